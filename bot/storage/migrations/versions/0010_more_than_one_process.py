"""On PostgreSQL the function that searches without accents; who serves, who does what alone, and who sends a reply."""

import sqlalchemy as sa
from alembic import op

from bot.storage.postgresql import NAME, make_folded

revision = "0010"
down_revision = "0009"


_KEYED = (
    "states",
    "addresses",
    "outbox",
    "questions",
    "estimates",
    "ratings",
    "starts",
    "touches",
    "staff_links",
    "staff_sessions",
    "conversations",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == NAME:
        make_folded(op.get_bind())
        for table in _KEYED:
            op.alter_column(table, "key", type_=sa.String(length=64, collation="C"))
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("told", sa.String(length=128), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("errors", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("sender", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("sender")
    op.drop_table("leases")
    if op.get_bind().dialect.name == NAME:
        op.execute("DROP FUNCTION folded(text)")
