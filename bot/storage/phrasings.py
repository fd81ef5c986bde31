"""Phrasings that staff assigned to entries, used by every process until they stand in the content files."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import taking_back
from bot.storage.database import to_local, to_utc
from bot.storage.schema import phrasings

Version = tuple[int, int]
"""How many phrasings are used and the last id there was: another pair means that they changed."""

_USED = phrasings.c.taken_back.is_(None)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask for an entry; `merged` is when it was written into the content files.

    `taken_back`: when it was, and by whom; it is used no more, and listed as what was done.
    """

    id: int
    entry: str
    text: str
    by: str
    at: datetime.datetime
    merged: datetime.datetime | None = None
    taken_back: datetime.datetime | None = None
    taken_back_by: str | None = None


async def add(connection: AsyncConnection, entry: str, text: str, by: str, now: datetime.datetime) -> int:
    """Keep a phrasing; returns its id."""
    row = {"entry": entry, "text": text, "by": by, "at": to_utc(now)}
    done = await connection.execute(sa.insert(phrasings).values(row).returning(phrasings.c.id))
    return int(done.scalar_one())


async def list_all(connection: AsyncConnection) -> list[Phrasing]:
    """Every phrasing that is used, oldest first."""
    query = sa.select(phrasings).where(_USED).order_by(phrasings.c.id)
    return [_phrasing(row) for row in await connection.execute(query)]


async def history(connection: AsyncConnection, most: int, before: int = 0) -> tuple[list[Phrasing], int]:
    """What was ever assigned, the newest first, `most` after the `before` newest; and how many there are."""
    rows, count = await taking_back.history(connection, phrasings, most, before)
    return [_phrasing(row) for row in rows], count


async def version(connection: AsyncConnection) -> Version:
    """What changes whenever a phrasing is added or taken back; no version comes again, for no number does."""
    last = sa.func.coalesce(sa.func.max(phrasings.c.id), 0)
    query = sa.select(sa.func.count().filter(_USED), last).select_from(phrasings)
    count, newest = (await connection.execute(query)).one()
    return int(count), int(newest)


async def take_back(connection: AsyncConnection, id: int, by: str, now: datetime.datetime) -> Phrasing | None:
    """Use a phrasing no more; it as it was, None where none is used under this number."""
    row = await taking_back.take_back(connection, phrasings, id, by, now)
    return None if row is None else _phrasing(row)


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """Drop what was taken back before a moment: the words were those of people."""
    await taking_back.forget_before(connection, phrasings, moment)


async def set_merged(connection: AsyncConnection, ids: Collection[int], now: datetime.datetime) -> None:
    """They stand in the content files now."""
    await connection.execute(sa.update(phrasings).where(phrasings.c.id.in_(ids)).values(merged=to_utc(now)))


def _phrasing(row: Any) -> Phrasing:
    return Phrasing(
        row.id,
        row.entry,
        row.text,
        row.by,
        to_local(row.at),
        row.merged and to_local(row.merged),
        row.taken_back and to_local(row.taken_back),
        row.taken_back_by,
    )
