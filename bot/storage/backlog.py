"""How much waits to be sent, and since when: for whom watches over the service."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_local
from bot.storage.schema import addresses, outbox

_JUST_THEN = datetime.timedelta(minutes=1)
"""Another message that went out so shortly after says nothing of what waits."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """So many unsent replies, the oldest of them from then (Asia/Ho_Chi_Minh); None where there is none.

    `others_since`: the oldest of those that wait for anybody else than who gets the oldest of all.
    """

    replies: int
    since: datetime.datetime | None
    others_since: datetime.datetime | None = None

    def age(self, now: datetime.datetime) -> datetime.timedelta:
        """How long the oldest waits."""
        return _age(self.since, now)

    def held_up(self, now: datetime.datetime, last_sent: datetime.datetime | None) -> datetime.timedelta:
        """As `age`, but without a chat that alone takes nothing while others are still written to."""
        alone = self.since is not None and last_sent is not None and last_sent > self.since + _JUST_THEN
        return _age(self.others_since, now) if alone else self.age(now)


async def of_people(connection: AsyncConnection, channels: Collection[str]) -> Backlog:
    """What people on these channels are still to get, but for what only tells them that they wait."""
    on = sa.select(addresses.c.key).where(addresses.c.channel.in_(channels))
    return await _of(connection, outbox.c.key.in_(on) & (outbox.c.kind != "notice"))


async def of_key(connection: AsyncConnection, key: str) -> Backlog:
    """What waits under one key."""
    return await _of(connection, outbox.c.key == key)


async def _of(connection: AsyncConnection, wanted: sa.ColumnElement[bool]) -> Backlog:
    replies, since = sa.func.count().label("replies"), sa.func.min(outbox.c.at).label("since")
    each = sa.select(replies, since).where(wanted).group_by(outbox.c.key).subquery()
    in_order = each.c.since, sa.func.sum(each.c.replies).over()
    oldest = (await connection.execute(sa.select(*in_order).order_by(each.c.since).limit(2))).all()
    if not oldest:
        return Backlog(0, None)
    return Backlog(int(oldest[0][1]), *(to_local(row[0]) for row in oldest))


def _age(since: datetime.datetime | None, now: datetime.datetime) -> datetime.timedelta:
    return datetime.timedelta() if since is None else max(now - since, datetime.timedelta())
