"""Finished estimates: which calculation and when, and nothing that was entered."""

from __future__ import annotations

import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_day, to_utc
from bot.storage.fading import fade
from bot.storage.schema import estimates
from handlers.dialogue.records import Estimated

_ADD = sa.insert(estimates)


async def add(
    connection: AsyncConnection, key: str, estimated: Estimated, now: datetime.datetime, channel: str | None = None
) -> None:
    day = to_day(now)
    row = {
        "key": key,
        "at": to_utc(now),
        "calculation": estimated.calculation,
        "month": day.replace(day=1),
        "day": day,
        "channel": channel,
    }
    await connection.execute(_ADD, row)


async def forget(connection: AsyncConnection, key: str) -> None:
    """Which calculation was finished stays, as an anonymous fact."""
    await fade(connection, estimates, estimates.c.at, estimates.c.key == key, channel=None)


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """The same for every estimate finished before a moment."""
    await fade(connection, estimates, estimates.c.at, estimates.c.at < to_utc(moment), channel=None)
