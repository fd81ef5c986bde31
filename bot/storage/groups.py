"""Where a group moved to when it became a supergroup: followed, so that no setting must be changed at once.

The old group is known by its key, the new one is sealed.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.base.keys import is_sealed
from bot.storage import upsert
from bot.storage.schema import group_moves

TABLE = group_moves.name
_NEW = sa.select(group_moves.c.new).where(group_moves.c.old == sa.bindparam("of"))


async def moved(connection: AsyncConnection, old: str, new: str) -> None:
    """Note that the group `old` is `new` now."""
    await upsert.put(connection, group_moves, {"old": old, "new": new}, {"old"})


async def moved_to(connection: AsyncConnection, old: str) -> str | None:
    """What is kept of where a group is now; None where it did not move."""
    found: str | None = (await connection.execute(_NEW, {"of": old})).scalar_one_or_none()
    return found


async def plain(connection: AsyncConnection) -> list[tuple[str, str]]:
    """The moves that an older version kept as they are."""
    rows = await connection.execute(sa.select(group_moves.c.old, group_moves.c.new))
    return [(old, new) for old, new in rows if not is_sealed(new)]


async def forget(connection: AsyncConnection, old: str) -> None:
    await connection.execute(sa.delete(group_moves).where(group_moves.c.old == old))
