"""Conversations with the staff, where their group moved to, and replies that wait longer than ten minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("waiting_since", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("with_staff", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    op.create_index(op.f("ix_conversations_key"), "conversations", ["key"])
    op.create_index(op.f("ix_conversations_opened_at"), "conversations", ["opened_at"])
    op.create_index(op.f("ix_conversations_closed_at"), "conversations", ["closed_at"])
    op.create_table(
        "conversation_messages",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("delivery", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_messages")),
    )
    op.create_index(op.f("ix_conversation_messages_conversation"), "conversation_messages", ["conversation"])
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "group_moves",
        sa.Column("old", sa.String(length=64), nullable=False),
        sa.Column("new", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("old", name=op.f("pk_group_moves")),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("lasting", sa.Boolean(), server_default=sa.false(), nullable=False))
        outbox.add_column(sa.Column("conversation", sa.Integer(), nullable=True))
        outbox.create_index(op.f("ix_outbox_conversation"), ["conversation"])


def downgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_index(op.f("ix_outbox_conversation"))
        outbox.drop_column("conversation")
        outbox.drop_column("lasting")
    op.drop_table("group_moves")
    op.drop_table("counters")
    op.drop_table("conversation_messages")
    op.drop_table("conversations")
