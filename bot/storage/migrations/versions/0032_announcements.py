"""What staff announce to those who agreed, and to whom one goes that is under way."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

_KEY = sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("topics", sa.String(length=64), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=True),
        sa.Column("begun_by", sa.String(length=64), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("unsubscribed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_announcements_state"), "announcements", ["state"])
    op.create_table(
        "announcement_recipients",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("announcement", sa.Integer(), nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("sender", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_recipients")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_announcement_recipients_key"), "announcement_recipients", ["key"])
    op.create_index(
        op.f("ix_announcement_recipients_announcement_state_id"),
        "announcement_recipients",
        ["announcement", "state", "id"],
    )


def downgrade() -> None:
    for table in ("announcement_recipients", "announcements"):
        op.drop_table(table)
