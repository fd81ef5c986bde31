"""Keeps a running assistant on the phrasings that staff assigned: looks for news, learns them beside, swaps."""

from __future__ import annotations

import asyncio
import dataclasses
import logging

from bot.base import logs
from bot.desk.desk import Desk
from bot.storage import phrasings
from bot.storage.database import Database, StorageDown
from bot.storage.phrasings import Version
from faq.engine.match import Matcher

log = logging.getLogger(__name__)

_LOOK_SECONDS = 20
"""Looking and learning together stay well under a minute."""


async def assigned(database: Database) -> tuple[Version, list[tuple[str, str]]]:
    """The version of what staff assigned, and the (entry, phrasing) pairs."""
    async with database.read() as connection:
        version = await phrasings.version(connection)
        return version, [(each.entry, each.text) for each in await phrasings.list_all(connection)]


class Freshener:
    """Knows which version of the phrasings the desk uses."""

    def __init__(self, database: Database, desk: Desk, version: Version) -> None:
        self._database = database
        self._desk = desk
        self._version = version
        self._one = asyncio.Lock()

    async def look(self) -> bool:
        """Learn the phrasings anew when they changed, in a thread; whether they did. Raises StorageDown."""
        async with self._one:
            return await self._look()

    async def _look(self) -> bool:
        async with self._database.read() as connection:
            if await phrasings.version(connection) == self._version:
                return False
        version, pairs = await assigned(self._database)
        library = self._desk.resources.library.with_phrasings(pairs)
        matcher = await asyncio.to_thread(Matcher.build, library, self._desk.resources.matcher.weights)
        self._desk.use(dataclasses.replace(self._desk.resources, matcher=matcher))
        self._version = version
        log.info("phrasings learnt anew: %d assigned by staff", len(pairs))
        return True

    async def run(self) -> None:
        """Look now and then, until cancelled; a look at the database is brought to its end, for it is short."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            looking = asyncio.create_task(self._look_and_go_on())
            try:
                await asyncio.shield(looking)
            except asyncio.CancelledError:
                await looking
                raise

    async def _look_and_go_on(self) -> None:
        try:
            await self.look()
        except StorageDown:  # which the database has told; phrasings stay as they are for now
            return
        except Exception as error:
            log.error("phrasings could not be learnt anew, and are tried again: %s", logs.told(error))
