"""What the clock brought, by the names of its deliveries: what was told once is known by them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.outbox import CLOCK
from bot.storage.schema import deliveries

_AFTER_ALL = "\x7f"


async def last(connection: AsyncConnection, beginning: str) -> str | None:
    """Of the deliveries of the clock whose names begin so, the last by name."""
    name = deliveries.c.delivery
    query = sa.select(sa.func.max(name)).where(
        deliveries.c.channel == CLOCK, name.between(beginning, beginning + _AFTER_ALL)
    )
    found: str | None = (await connection.execute(query)).scalar_one()
    return found
