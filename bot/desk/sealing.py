"""Seals the chat ids that an older version kept as they are, at the first start: a migration knows no secret."""

from __future__ import annotations

from bot.base.keys import Keys
from bot.desk.staff_group import StaffGroup
from bot.storage import addresses, groups, postgresql
from bot.storage.database import Database

_TOGETHER = 500
"""People whose keys one transaction holds: PostgreSQL has room for some thousands of locks, of all transactions."""


async def seal_what_is_plain(database: Database, keys: Keys, group: StaffGroup) -> None:
    """Seal every chat id that is not; of what stood there nothing is left in the file. Raises StorageDown."""
    async with database.read() as connection:
        waiting = await addresses.plain(connection)
        if not waiting and not await groups.plain(connection):
            return
    for first in range(0, len(waiting), _TOGETHER):
        async with database.begin() as connection:
            for key, address in waiting[first : first + _TOGETHER]:
                if await postgresql.held(connection, key):
                    await addresses.seal(connection, key, address, keys)
    async with database.begin() as connection:
        await group.seal(connection)
    await database.leave_no_trace()
