"""What the audit log is told of what is done on the server, by the command line."""

from __future__ import annotations

from bot.app import open_database
from bot.base.clock import now_in_vietnam
from bot.base.settings import Settings
from bot.storage import announcements, audit
from bot.storage.audit import Noting
from bot.storage.database import Connection, Database


def noting(what: str, *about: str) -> Noting:
    """What notes it within the transaction that does it."""

    async def note(connection: Connection, *more: str) -> None:
        await audit.add(connection, audit.SERVER, what, now_in_vietnam(), " ".join((*about, *more)))

    return note


async def note(database: Database, what: str, about: str = "") -> None:
    """Noting what was done, in an open database."""
    async with database.begin() as connection:
        await noting(what, about)(connection)


async def note_restored(settings: Settings, about: str) -> int:
    """Noting that a backup was brought back, and stopping the announcements that were being sent when it was made: to
    whom they went since is not known. How many those are.
    """
    database = await open_database(settings)
    try:
        async with database.begin() as connection:
            await noting("restore", about)(connection)
            return await announcements.stop_all(connection)
    finally:
        await database.close()


async def note_in(settings: Settings, what: str, about: str = "") -> None:
    """The same in the database of the settings, opened and closed for it."""
    database = await open_database(settings)
    try:
        await note(database, what, about)
    finally:
        await database.close()
