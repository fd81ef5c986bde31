"""The only wiring: Settings → App."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.clock import now_in_vietnam as now_in_vietnam
from bot.content import read_content
from bot.desk import Desk
from bot.keys import Keys, load_secret
from bot.resources import resources_of as resources_of
from bot.settings import Settings, made_folder
from bot.storage.database import Database
from handlers.exchange import Resources


@dataclass(frozen=True, slots=True)
class App:
    """Everything a running assistant needs; `close` when done."""

    settings: Settings
    resources: Resources
    database: Database
    desk: Desk

    async def close(self) -> None:
        await self.database.close()


async def open_database(settings: Settings) -> Database:
    """The database of the settings, brought to this version; raises UnknownVersion or StorageDown."""
    folder = made_folder(settings)
    Database.check_version(folder)
    database = Database.in_folder(folder)
    try:
        await database.migrate()
    except BaseException:
        await database.close()
        raise
    return database


async def open_app(settings: Settings, clock: Clock = now_in_vietnam) -> App:
    """Read the content, open the database, and put a desk on top."""
    resources = resources_of(read_content(), settings)
    folder = made_folder(settings)
    Database.check_version(folder)
    given = settings.secret.get_secret_value() if settings.secret is not None else None
    keys = Keys(load_secret(folder, given))
    database = await open_database(settings)
    return App(settings, resources, database, Desk(database, keys, resources, clock))
