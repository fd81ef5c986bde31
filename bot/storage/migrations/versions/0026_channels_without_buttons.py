"""Channels without buttons: what a person may pick or read on, and pictures that are fetched from us."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def _key() -> sa.String:
    return sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "plain_chats",
        sa.Column("key", _key(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("rest", sa.Text(), nullable=True),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_plain_chats")),
    )
    op.create_index(op.f("ix_plain_chats_at"), "plain_chats", ["at"])
    op.create_table(
        "shown_pictures",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("key", _key(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_shown_pictures")),
    )
    op.create_index(op.f("ix_shown_pictures_key"), "shown_pictures", ["key"])
    op.create_index(op.f("ix_shown_pictures_at"), "shown_pictures", ["at"])


def downgrade() -> None:
    op.drop_table("shown_pictures")
    op.drop_table("plain_chats")
