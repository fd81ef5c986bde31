"""Who agreed to be sent announcements, on which topics."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_KEY = sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("topic", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", "topic", name=op.f("pk_subscriptions")),
    )
    op.create_index(op.f("ix_subscriptions_at"), "subscriptions", ["at"])


def downgrade() -> None:
    op.drop_table("subscriptions")
