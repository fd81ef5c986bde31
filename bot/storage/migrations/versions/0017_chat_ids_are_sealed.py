"""A chat id stands sealed, which is longer; those that were kept are sealed at the start that follows."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_COLUMNS = (("addresses", "address"), ("group_moves", "new"))


def upgrade() -> None:
    for table, column in _COLUMNS:
        with op.batch_alter_table(table) as changed:
            changed.alter_column(column, type_=sa.Text(), existing_type=sa.String(length=64), existing_nullable=False)


def downgrade() -> None:
    """What is sealed has no room in the columns of before: everybody is written to again once they write."""
    for table, column in _COLUMNS:
        op.execute(sa.delete(sa.table(table)))
        with op.batch_alter_table(table) as changed:
            changed.alter_column(column, type_=sa.String(length=64), existing_type=sa.Text(), existing_nullable=False)
