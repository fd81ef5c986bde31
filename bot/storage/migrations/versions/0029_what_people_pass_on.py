"""What people pass on, and the code that their links carry."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

_KEY = sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "share_codes",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_share_codes")),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "shares",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
        sqlite_autoincrement=True,
    )
    for column in ("key", "at", "day"):
        op.create_index(op.f(f"ix_shares_{column}"), "shares", [column])


def downgrade() -> None:
    op.drop_table("shares")
    op.drop_table("share_codes")
