"""How long the staff took, of conversations that were deleted: weeks and times without a person."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "handled",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handled")),
    )
    op.create_index(op.f("ix_handled_week"), "handled", ["week"])


def downgrade() -> None:
    op.drop_table("handled")
