"""What people are reminded of, and what they told that they have paid."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEY = sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("whom", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("period", sa.Date(), nullable=True),
        sa.Column("asked", sa.Date(), nullable=True),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("touched", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", "kind", "whom", name=op.f("pk_reminders")),
    )
    op.create_index(op.f("ix_reminders_at"), "reminders", ["at"])
    op.create_table(
        "reminders_set",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders_set")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reminders_set_key"), "reminders_set", ["key"])
    op.create_index(op.f("ix_reminders_set_at"), "reminders_set", ["at"])
    op.create_index("ix_reminders_set_by_day", "reminders_set", ["day", "kind"])
    op.create_table(
        "payments_told",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("whom", sa.String(length=8), nullable=False),
        sa.Column("period", sa.Date(), nullable=True),
        sa.Column("months", sa.SmallInteger(), nullable=False),
        sa.Column("supported", sa.SmallInteger(), nullable=False),
        sa.Column("own", sa.BigInteger(), nullable=False),
        sa.Column("support", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments_told")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_payments_told_key"), "payments_told", ["key"])
    op.create_index(op.f("ix_payments_told_at"), "payments_told", ["at"])


def downgrade() -> None:
    for table in ("payments_told", "reminders_set", "reminders"):
        op.drop_table(table)
