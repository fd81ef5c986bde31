"""Questions, estimates and ratings know on which channel they came, as far as the starts of their people tell it."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

_BEFORE = {
    "questions": {
        "by_month": ["month", "decision", "chosen", "misanswered", "answered"],
        "by_day": ["day", "decision", "chosen", "misanswered", "answered"],
        "by_person": ["key", "month", "day", "decision"],
    },
    "estimates": {
        "by_month": ["month", "calculation"],
        "by_day": ["day", "calculation"],
        "by_person": ["key", "month", "day"],
    },
    "ratings": {
        "by_month": ["month", "asked_for", "level", "kind", "subject", "campaign"],
        "by_day": ["day", "asked_for", "level", "kind", "subject", "campaign"],
        "by_person": ["key", "month", "day", "offered_at", "level", "kind", "subject", "campaign"],
    },
}
_starts = sa.table("starts", sa.column("key", sa.String), sa.column("channel", sa.String))


def upgrade() -> None:
    for table, indexes in _BEFORE.items():
        for name in indexes:
            op.drop_index(f"ix_{table}_{name}", table)
        # SQLite puts a column that is added behind a key of several; made anew, that table is as one that was never
        # another. The others stay: the numbers they have given are known to the table itself.
        anew = table == "ratings" and op.get_bind().dialect.name == "sqlite"
        with op.batch_alter_table(table, recreate="always" if anew else "never") as changed:
            changed.add_column(sa.Column("channel", sa.String(length=16), nullable=True))
        _fill(table)
        for name, columns in indexes.items():
            op.create_index(f"ix_{table}_{name}", table, [*columns, "channel"])


def _fill(table: str) -> None:
    """Where the person of each row began; of the people who were forgotten it is not known."""
    rows = sa.table(table, sa.column("key", sa.String), sa.column("channel", sa.String))
    began = sa.select(sa.func.max(_starts.c.channel)).where(_starts.c.key == rows.c.key).scalar_subquery()
    op.execute(sa.update(rows).where(rows.c.key != "").values(channel=began))


def downgrade() -> None:
    for table, indexes in _BEFORE.items():
        for name in indexes:
            op.drop_index(f"ix_{table}_{name}", table)
        op.drop_column(table, "channel")
        for name, columns in indexes.items():
            op.create_index(f"ix_{table}_{name}", table, columns)
