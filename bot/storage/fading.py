"""How a record loses its person, and keeps a day that cannot lead back to them.

What stays is an anonymous fact: a day, a topic, a level or an outcome. It carries `NOBODY` for a key, and it cannot be
joined to anything or anybody:

- No two rows of a person share a key, a delivery, a campaign or a channel any more; words, reasons and comments go.
- The hour goes: every time becomes the midnight at which its day began in Vietnam.
- The day stays only in a crowd: where `CROWD` people known by a key, this one among them, left such a record on that
  day. Whoever knows that somebody wrote on a day still can't tell which of those records was theirs. Elsewhere the day
  becomes the first of its month, which says no more than the month.
- The number of a row tells neither when it came nor beside which others: it is drawn by chance.

So no total changes when somebody is forgotten: a record stays in its month, days and weeks add up to the months, and a
span that begins with a month and ends today counts what the whole month does. By person it counts never again.
"""

from __future__ import annotations

import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import postgresql
from bot.storage.database import midnight, to_day, to_local

NOBODY = ""
CROWD = 5
"""People, as usual where statistics are given away: of fewer than five nothing is told by the day."""
_ONE = datetime.timedelta(days=1)
_MANY = 2**62


async def fade(
    connection: AsyncConnection,
    table: sa.Table,
    at: sa.Column[datetime.datetime],
    where: sa.ColumnElement[bool],
    *,
    also: tuple[sa.Column[datetime.datetime], ...] = (),
    **cleared: object,
) -> None:
    """Take the person out of the rows of `table` that match.

    `at` becomes the midnight of the day that is kept, and so do the times in `also` where there are any; `cleared`
    columns are set. Rows that match by their time alone match by whole days, or the last of a day would be told apart.
    """
    condition = sa.and_(where, table.c.key != NOBODY)
    first = sa.select(sa.func.min(at))
    begun = await connection.scalar(first.where(condition))
    while begun is not None:
        day = to_day(to_local(begun))
        after = midnight(day + _ONE)
        within = sa.and_(at >= midnight(day), at < after)
        kept = day if await _people(connection, table, within) >= CROWD else day.replace(day=1)
        stamp = midnight(kept)
        values = {table.c.key: NOBODY, at: stamp, **{each: sa.case((each.is_not(None), stamp)) for each in also}}
        if "day" in table.c:
            values[table.c.day] = kept
        if "id" in table.c:
            values[table.c.id] = _drawn(connection)
        values |= {table.c[name]: value for name, value in cleared.items()}
        await connection.execute(sa.update(table).where(condition, within).values(values))
        begun = await connection.scalar(first.where(condition, at >= after))


async def _people(connection: AsyncConnection, table: sa.Table, within: sa.ColumnElement[bool]) -> int:
    """How many left such a record and are known by a key; those forgotten before are not known, and not counted."""
    keys = sa.select(table.c.key).where(within, table.c.key != NOBODY).distinct().limit(CROWD).subquery()
    return (await connection.execute(sa.select(sa.func.count()).select_from(keys))).scalar_one()


def _drawn(connection: AsyncConnection) -> sa.ColumnElement[int]:
    """A number below those that rows are given in order, of each row another."""
    if connection.dialect.name == postgresql.NAME:
        return -1 - sa.cast(sa.func.floor(sa.func.random() * _MANY), sa.BigInteger)
    return -1 - sa.func.abs(sa.func.random() % _MANY)
