"""What staff taught and took back, phrasings and drafts alike: used no more, listed as what was done, dropped later."""

from __future__ import annotations

import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_utc


async def take_back(connection: AsyncConnection, table: sa.Table, id: int, by: str, now: datetime.datetime) -> Any:
    """The row of a number as it is from now on; None where none is used under it."""
    used = sa.update(table).where(table.c.id == id, table.c.taken_back.is_(None))
    taken = await connection.execute(used.values(taken_back=to_utc(now), taken_back_by=by).returning(table))
    return taken.first()


async def forget_before(connection: AsyncConnection, table: sa.Table, moment: datetime.datetime) -> None:
    """Drop what was taken back before a moment: the words were those of people."""
    await connection.execute(sa.delete(table).where(table.c.taken_back < to_utc(moment)))


async def history(connection: AsyncConnection, table: sa.Table, most: int, before: int) -> tuple[list[Any], int]:
    """Every row, the newest first, `most` after the `before` newest; and how many there are."""
    count = (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
    query = sa.select(table).order_by(table.c.id.desc()).limit(most).offset(before)
    return list(await connection.execute(query)), int(count)
