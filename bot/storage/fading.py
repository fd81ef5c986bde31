"""How a record loses its person: the key goes, and the time becomes the first of its month in Vietnam.

What stays is an anonymous fact (month, topic, level or outcome). Such rows carry `NOBODY` for a key; they count
in months and longer spans, never by person, by day or by week.
"""

from __future__ import annotations

import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_local, to_utc

NOBODY = ""


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

    `at` becomes the month it is in, and so do the times in `also` where there are any; `cleared` columns are set.
    """
    condition = sa.and_(where, table.c.key != NOBODY)
    first, last = (await connection.execute(sa.select(sa.func.min(at), sa.func.max(at)).where(condition))).one()
    if first is None:
        return
    month = _month_of(first)
    while month <= to_local(last):
        following = _month_of(to_utc(month + datetime.timedelta(days=32)))
        in_month = sa.and_(condition, at >= to_utc(month), at < to_utc(following))
        stamp = to_utc(month)
        times = {at: stamp, **{each: sa.case((each.is_not(None), stamp)) for each in also}}
        values = {table.c.key: NOBODY, **times, **{table.c[name]: value for name, value in cleared.items()}}
        await connection.execute(sa.update(table).where(in_month).values(values))
        month = following


def _month_of(stored: datetime.datetime) -> datetime.datetime:
    return to_local(stored).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
