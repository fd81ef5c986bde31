"""Where a group moved to when it became a supergroup: followed, so that no setting must be changed at once."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.schema import group_moves

_FAR = 10
"""A group becomes a supergroup once; more steps are a ring that somebody wrote."""
_NEW = sa.select(group_moves.c.new).where(group_moves.c.old == sa.bindparam("of"))


async def moved(connection: AsyncConnection, old: str, new: str) -> None:
    """Note that the group `old` is `new` now."""
    if old != new:
        await upsert.put(connection, group_moves, {"old": old, "new": new}, {"old"})


async def current(connection: AsyncConnection, group: str) -> str:
    """Where a group is now."""
    for _ in range(_FAR):
        new = (await connection.execute(_NEW, {"of": group})).scalar_one_or_none()
        if new is None:
            break
        group = new
    return group
