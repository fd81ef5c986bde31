"""Seals the chat ids that an older version kept as they are, at the first start: a migration knows no secret."""

from __future__ import annotations

from bot.base.keys import Keys
from bot.desk.staff_group import StaffGroup
from bot.storage import addresses, groups, postgresql
from bot.storage.database import Database


async def seal_what_is_plain(database: Database, keys: Keys, group: StaffGroup) -> None:
    """Seal every chat id that is not; of what stood there nothing is left in the file. Raises StorageDown."""
    async with database.read() as connection:
        if not await addresses.plain(connection) and not await groups.plain(connection):
            return
    async with database.begin() as connection:
        for key, address in await addresses.plain(connection):
            if await postgresql.held(connection, key):
                await addresses.save(connection, key, address, keys)
        await group.seal(connection)
    await database.leave_no_trace()
