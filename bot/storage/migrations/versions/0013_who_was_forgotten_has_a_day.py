"""Records of people who were forgotten have a day, the first of their month, and a number that tells no order."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_NUMBERED = {"questions": "id", "estimates": "id", "starts": "id", "ratings": "rowid"}
_DATED = ("questions", "estimates", "ratings")
_MANY = 2**62
_NOBODY = ""


def upgrade() -> None:
    for name in _DATED:
        dated = sa.table(name, sa.column("day", sa.Date), sa.column("month", sa.Date))
        op.execute(sa.update(dated).where(dated.c.day.is_(None)).values(day=dated.c.month))
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(given_once=True)  # or the next number would follow those drawn, where no others are left
        drawn = -1 - sa.func.abs(sa.func.random() % _MANY)
    else:
        drawn = -1 - sa.cast(sa.func.floor(sa.func.random() * _MANY), sa.BigInteger)
    for name, number in _NUMBERED.items():
        if number == "id" or op.get_bind().dialect.name == "sqlite":
            rows = sa.table(name, sa.column("key", sa.String), sa.column(number, sa.BigInteger))
            op.execute(sa.update(rows).where(rows.c.key == _NOBODY).values({number: drawn}))


def downgrade() -> None:
    for name in _DATED:
        dated = sa.table(name, sa.column("key", sa.String), sa.column("day", sa.Date))
        op.execute(sa.update(dated).where(dated.c.key == _NOBODY).values(day=None))
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(given_once=False)


def _make_anew(given_once: bool) -> None:
    """The tables with numbers, of which none is given twice; elsewhere none ever is."""
    for name, number in _NUMBERED.items():
        if number == "id":
            with op.batch_alter_table(name, recreate="always", table_kwargs={"sqlite_autoincrement": given_once}):
                pass
