"""Phrasings that staff assigned to entries, used by every process until they stand in the content files."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_local, to_utc
from bot.storage.schema import phrasings

Version = tuple[int, int]
"""How many phrasings there are and the last id: another pair means that they changed."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask for an entry; `merged` is when it was written into the content files."""

    id: int
    entry: str
    text: str
    by: str
    at: datetime.datetime
    merged: datetime.datetime | None = None


async def add(connection: AsyncConnection, entry: str, text: str, by: str, now: datetime.datetime) -> int:
    """Keep a phrasing; returns its id."""
    row = {"entry": entry, "text": text, "by": by, "at": to_utc(now)}
    done = await connection.execute(sa.insert(phrasings).values(row).returning(phrasings.c.id))
    return int(done.scalar_one())


async def list_all(connection: AsyncConnection) -> list[Phrasing]:
    """Every phrasing, oldest first."""
    rows = await connection.execute(sa.select(phrasings).order_by(phrasings.c.id))
    return [
        Phrasing(row.id, row.entry, row.text, row.by, to_local(row.at), row.merged and to_local(row.merged))
        for row in rows
    ]


async def version(connection: AsyncConnection) -> Version:
    """What changes whenever a phrasing is added or taken back."""
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.max(phrasings.c.id), 0)).select_from(phrasings)
    count, last = (await connection.execute(query)).one()
    return int(count), int(last)


async def take_back(connection: AsyncConnection, id: int) -> bool:
    """Forget a phrasing; whether there was one."""
    done = await connection.execute(sa.delete(phrasings).where(phrasings.c.id == id))
    return bool(done.rowcount)


async def set_merged(connection: AsyncConnection, ids: Collection[int], now: datetime.datetime) -> None:
    """They stand in the content files now."""
    await connection.execute(sa.update(phrasings).where(phrasings.c.id.in_(ids)).values(merged=to_utc(now)))
