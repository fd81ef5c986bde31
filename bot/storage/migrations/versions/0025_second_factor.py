"""A second factor of who signs in: what its codes are made of, sealed, and hashes of codes for when it is lost."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_KEY = sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_key"), "recovery_codes", ["key"])
    on_sqlite = op.get_bind().dialect.name == "sqlite"  # which would put the column behind the key
    with op.batch_alter_table("staff_sessions", recreate="always" if on_sqlite else "never") as sessions:
        sessions.add_column(sa.Column("waits", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM staff_sessions WHERE waits")
    with op.batch_alter_table("staff_sessions") as sessions:
        sessions.drop_column("waits")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
