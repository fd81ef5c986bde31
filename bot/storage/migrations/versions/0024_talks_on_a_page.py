"""Who talks on the chat page, and what it shows them again."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    key = sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql")
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "guests",
        sa.Column("key", key, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guests")),
    )
    op.create_index(op.f("ix_guests_at"), "guests", ["at"])
    op.create_table(
        "talk_lines",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("delivery", key, nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("shown", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_lines")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_talk_lines_key"), "talk_lines", ["key"])
    op.create_index(op.f("ix_talk_lines_at"), "talk_lines", ["at"])


def downgrade() -> None:
    op.drop_table("talk_lines")
    op.drop_table("guests")
