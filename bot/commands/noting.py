"""What the audit log is told of what is done on the server, by the command line."""

from __future__ import annotations

from bot.app import open_database
from bot.base.clock import now_in_vietnam
from bot.base.settings import Settings
from bot.storage import audit
from bot.storage.database import Database


async def note(database: Database, what: str, about: str = "") -> None:
    """Note what was done, in an open database."""
    async with database.begin() as connection:
        await audit.add(connection, audit.SERVER, what, now_in_vietnam(), about)


async def note_in(settings: Settings, what: str, about: str = "") -> None:
    """The same in the database of the settings, opened and closed for it."""
    database = await open_database(settings)
    try:
        await note(database, what, about)
    finally:
        await database.close()
