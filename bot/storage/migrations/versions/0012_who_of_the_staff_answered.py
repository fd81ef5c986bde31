"""Who of the staff answered a citizen, first and each time, and who ended the conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    with op.batch_alter_table("conversations") as conversations:
        conversations.add_column(sa.Column("answerer", sa.String(length=64), nullable=True))
        conversations.add_column(sa.Column("closer", sa.String(length=64), nullable=True))
    with op.batch_alter_table("conversation_messages") as messages:
        messages.add_column(sa.Column("by", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conversation_messages") as messages:
        messages.drop_column("by")
    with op.batch_alter_table("conversations") as conversations:
        conversations.drop_column("closer")
        conversations.drop_column("answerer")
