"""How much waits to be sent, and since when: for whom watches over the service."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_local
from bot.storage.schema import addresses, outbox


@dataclass(frozen=True, slots=True)
class Backlog:
    """So many unsent replies, the oldest of them from then (Asia/Ho_Chi_Minh); None where there is none."""

    replies: int
    since: datetime.datetime | None

    def age(self, now: datetime.datetime) -> datetime.timedelta:
        """How long the oldest waits."""
        return datetime.timedelta() if self.since is None else max(now - self.since, datetime.timedelta())


async def of_people(connection: AsyncConnection, channels: Collection[str]) -> Backlog:
    """What people on these channels are still to get."""
    on = sa.select(addresses.c.key).where(addresses.c.channel.in_(channels))
    return await _of(connection, outbox.c.key.in_(on))


async def of_key(connection: AsyncConnection, key: str) -> Backlog:
    """What waits under one key."""
    return await _of(connection, outbox.c.key == key)


async def _of(connection: AsyncConnection, wanted: sa.ColumnElement[bool]) -> Backlog:
    row = (await connection.execute(sa.select(sa.func.count(), sa.func.min(outbox.c.at)).where(wanted))).one()
    return Backlog(row[0], None if row[1] is None else to_local(row[1]))
