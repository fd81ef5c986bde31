"""Finished estimates: which calculation and when, and nothing that was entered."""

from __future__ import annotations

import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_day, to_utc
from bot.storage.schema import estimates
from handlers.talk import Estimated


async def add(connection: AsyncConnection, key: str, estimated: Estimated, now: datetime.datetime) -> None:
    day = to_day(now)
    row = {
        "key": key,
        "at": to_utc(now),
        "calculation": estimated.calculation,
        "month": day.replace(day=1),
        "day": day,
    }
    await connection.execute(sa.insert(estimates).values(row))


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(sa.delete(estimates).where(estimates.c.key == key))
