"""Who agreed to be sent announcements, on which topics.

They may be written to meanwhile, so their address is kept as long (`addresses`).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_utc
from bot.storage.schema import subscriptions
from handlers.dialogue.announcement import ANNOUNCEMENT_TOPICS, AnnouncementTopic

_OF = sa.select(subscriptions.c.topic).where(subscriptions.c.key == sa.bindparam("of"))


async def of(connection: AsyncConnection, key: str) -> tuple[AnnouncementTopic, ...]:
    """The topics on which a person is sent announcements; none where they agreed to nothing."""
    found = set((await connection.execute(_OF, {"of": key})).scalars())
    return tuple(each for each in ANNOUNCEMENT_TOPICS if each in found)


async def put(
    connection: AsyncConnection, key: str, topics: Sequence[AnnouncementTopic], now: datetime.datetime
) -> None:
    """A person agreed to these topics, and to no others."""
    await stop(connection, key)
    rows = [{"key": key, "topic": each, "at": to_utc(now)} for each in topics]
    await connection.execute(sa.insert(subscriptions), rows)


async def stop(connection: AsyncConnection, key: str) -> bool:
    """A person is sent nothing any more; whether they were."""
    ended = await connection.execute(sa.delete(subscriptions).where(subscriptions.c.key == key))
    return bool(ended.rowcount)


async def forget(connection: AsyncConnection, key: str) -> None:
    await stop(connection, key)


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """What people agreed to before a moment, and did not choose again since, ends."""
    await connection.execute(sa.delete(subscriptions).where(subscriptions.c.at < to_utc(moment)))
