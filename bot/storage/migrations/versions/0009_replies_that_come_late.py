"""What an unsent reply is and which delivery it answers, so that it makes sense when it comes late."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("kind", sa.String(length=8), server_default="last", nullable=False))
        outbox.add_column(sa.Column("delivery", sa.String(length=64), nullable=True))
        outbox.add_column(sa.Column("told", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE outbox SET kind = 'relay' WHERE lasting")
    op.execute("UPDATE outbox SET kind = 'brief' WHERE NOT lasting AND key = 'staff'")
    if op.get_bind().dialect.name != "sqlite":  # elsewhere no number is used again
        op.drop_column("outbox", "lasting")
        return
    with op.batch_alter_table("outbox", recreate="always", table_kwargs={"sqlite_autoincrement": True}) as outbox:
        outbox.drop_column("lasting")


def downgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("lasting", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE outbox SET lasting = (kind = 'relay')")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("told")
        outbox.drop_column("delivery")
        outbox.drop_column("kind")
