"""What staff took back stays listed, with who did it and when; a draft knows which words it settled."""

from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0020"
down_revision = "0019"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _changed(table: str) -> AbstractContextManager[BatchOperations]:
    """SQLite puts a column that is added behind the key; made anew, the table is as one that was never another."""
    return op.batch_alter_table(table, recreate="always" if op.get_bind().dialect.name == "sqlite" else "never")


def upgrade() -> None:
    for table in ("phrasings", "drafts"):
        with _changed(table) as changed:
            changed.add_column(sa.Column("taken_back", sa.DateTime(), nullable=True))
            changed.add_column(sa.Column("taken_back_by", sa.String(length=64), nullable=True))
    with _changed("verdicts") as verdicts:
        verdicts.add_column(sa.Column("draft", _ID, nullable=True))


def downgrade() -> None:
    with _changed("verdicts") as verdicts:
        verdicts.drop_column("draft")
    for table in ("phrasings", "drafts"):
        op.execute(f"DELETE FROM {table} WHERE taken_back IS NOT NULL")  # noqa: S608 - a name from above
        with _changed(table) as changed:
            changed.drop_column("taken_back_by")
            changed.drop_column("taken_back")
