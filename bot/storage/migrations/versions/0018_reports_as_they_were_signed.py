"""Reports as they were signed, and apart what people wrote in them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "signed_reports",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("report", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("narrowed", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_reports")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "signed_words",
        sa.Column("report", number, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("report", "digest", name=op.f("pk_signed_words")),
    )


def downgrade() -> None:
    op.drop_table("signed_words")
    op.drop_table("signed_reports")
