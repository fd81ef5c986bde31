"""Who of the staff has taken a conversation, what it is about, and what they note for each other."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("conversations") as conversations:
        conversations.add_column(sa.Column("assignee", sa.String(length=64), nullable=True))
        conversations.add_column(sa.Column("topic", sa.String(length=64), nullable=True))
        conversations.create_index("ix_conversations_by_assignee", ["assignee", "closed_at"])
    op.create_table(
        "conversation_notes",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_notes")),
    )
    op.create_index(op.f("ix_conversation_notes_conversation"), "conversation_notes", ["conversation"])


def downgrade() -> None:
    op.drop_table("conversation_notes")
    with op.batch_alter_table("conversations") as conversations:
        conversations.drop_index("ix_conversations_by_assignee")
        conversations.drop_column("topic")
        conversations.drop_column("assignee")
