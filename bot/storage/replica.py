"""This process among those that serve one database: whether it may serve, whether it leads, how many there are.

A SQLite database is served by one process, held by the lock of its folder: it is alone, and leads.

CannotGoOn
    └── ServedElsewhere      a process that can't be together with this one serves the database
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final, Literal

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.base import logs
from bot.base.settings import CannotGoOn
from bot.storage import leases, postgresql
from bot.storage.database import Database, StorageDown
from bot.storage.faults import failure_of

log = logging.getLogger(__name__)

Way = Literal["alone", "among", "beside"]
"""alone: it asks for what comes in, which only one may; among: what comes in is sent to any of several; beside: it
serves nobody but who sits before it."""

_BEAT_SECONDS = 5.0
_LOOK_SECONDS = 1.0
_SURE_SECONDS = leases.LASTS.total_seconds() - _BEAT_SECONDS
_ALONE: Final = "alone"
_LEADER: Final = "leader"


class ServedElsewhere(CannotGoOn):
    """Another process serves the database, and the two can't be together."""

    code = 5

    def __init__(self, place: str, why: str, process: str) -> None:
        super().__init__(
            f"{place}: {why} ({process}). Stop it first, or serve by webhook (telegram.mode) in all of them"
        )


class Replica:
    """One process of those that share a database; `join` before it serves, `run` beside, `leave` at the end."""

    def __init__(
        self, database: Database, errors: Callable[[], int] = lambda: 0, *, shared: bool | None = None
    ) -> None:
        """`errors`: how many this process has logged; `shared`: whether others may serve, if not as the database is."""
        self._database = database
        self._errors = errors
        self._way: Way = "beside"
        self._beaten = time.monotonic()
        self._beat_again = asyncio.Event()
        self.errors_of_others = 0
        """How many errors the other processes have logged that are alive."""
        self._engine: AsyncEngine | None = None
        self.id: Final = secrets.token_hex(8) if (database.shared if shared is None else shared) else None
        """By which what it sends is known; None where nobody else could."""
        self.count = 1
        """How many processes serve what comes in, this one included."""
        self.leads = self.id is None
        """Whether what is done once for all of them is done here."""

    @property
    def told(self) -> str:
        """Where it is, for who keeps the servers."""
        return f"{socket.gethostname()}, process {os.getpid()}"[:128]

    @property
    def sure(self) -> bool:
        """Whether what it holds is still its own, as far as it can know."""
        return self.id is None or time.monotonic() < self._beaten + _SURE_SECONDS

    async def surely(self) -> None:
        """Return when what it holds is its own again."""
        while not self.sure:
            await self._beat_again.wait()

    async def join(self, way: Way) -> None:
        """Serve from now on; raises ServedElsewhere, and StorageDown.

        What a process left that was killed is waited for; one that is alive is known by what it renews.
        """
        self._way = way
        if self.id is None:
            return
        seen: dict[str, leases.Lease] = {}
        while (standing := await self._tried()) is not None:
            before = seen.setdefault(standing.name, standing)
            if standing.until > before.until:
                why = "another process asks for what comes in" if standing.name == _ALONE else "others serve by webhook"
                raise ServedElsewhere(self._database.place, why, standing.told)
            await asyncio.sleep(_LOOK_SECONDS)
        await self.beat()

    async def beat(self) -> None:
        """Say that it is alive, and hear who else is; raises ServedElsewhere, and StorageDown."""
        if self.id is None:
            return
        since = time.monotonic()
        async with self._transaction() as connection:
            await leases.order(connection)
            await leases.renew(connection, self.id, self._errors())
            standing = await self._hold(connection)
            leads = self._way != "beside" and await leases.take(connection, _LEADER, self.id, self.told)
            held = await leases.alive(connection)
            errors = await leases.errors(connection)
        if standing is not None:
            why = "another process serves in the place of this one, which was away too long"
            raise ServedElsewhere(self._database.place, why, standing.told)
        self._beaten, self.leads = since, leads
        self.count = max(1, sum(each.name == _ALONE or each.name.startswith("among/") for each in held))
        self.errors_of_others = max(0, errors - self._errors())
        self._beat_again.set()
        self._beat_again = asyncio.Event()

    async def run(self, after: Callable[[], Awaitable[None]]) -> None:
        """Beat until cancelled, and do `after` each time; raises ServedElsewhere."""
        if self.id is None:
            await asyncio.Event().wait()
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            try:
                await self.beat()
                await after()
            except StorageDown:  # which the database has told
                if not self.sure:
                    self.leads = False
            except CannotGoOn:
                raise
            except Exception as error:
                log.error("looking for the other processes failed: %s", logs.told(error))

    async def leave(self) -> None:
        """What it held is free at once; where that can't be said it ends by itself."""
        if self.id is None or self._engine is None:
            return
        with contextlib.suppress(StorageDown):
            async with self._transaction() as connection:
                await leases.give_up(connection, self.id)
        await self._engine.dispose()

    async def _tried(self) -> leases.Lease | None:
        async with self._transaction() as connection:
            await leases.order(connection)
            await leases.forget_old(connection)  # at a start: who is killed again and again never leaves
            return await self._hold(connection)

    @contextlib.asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        """On a connection of its own: however many wait for the others, it is known to be alive."""
        if self._engine is None:
            self._engine = postgresql.engine(self._database.url, 1)
        try:
            async with self._engine.begin() as connection:
                yield connection
        except Exception as error:
            failure = failure_of(error)
            if failure is None or failure is error:
                raise
            raise failure from error

    async def _hold(self, connection: AsyncConnection) -> leases.Lease | None:
        """Hold what this way of serving needs; what stands in the way of it."""
        assert self.id is not None
        for each in await leases.alive(connection):
            is_other = each.holder != self.id
            alone, among = each.name == _ALONE, each.name.startswith("among/")
            if is_other and ((alone and self._way != "beside") or (among and self._way == "alone")):
                return each
        name = _ALONE if self._way == "alone" else f"{self._way}/{self.id}"
        await leases.take(connection, name, self.id, self.told)
        return None


async def others(database: Database) -> leases.Lease | None:
    """A process that serves a shared database now; None where there is none, or the database is not made yet."""
    async with database.read() as connection:
        if not await connection.run_sync(lambda sync: sync.dialect.has_table(sync, "leases")):
            return None
        held = await leases.alive(connection)
    return held[0] if held else None
