"""The database: one engine, transactions, a writer for those of conversations, migrations at start.

Times are kept as naive UTC; `to_utc`, `to_local`, `to_day` and `midnight` are the only places that convert.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import logging
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.base.clock import VIETNAM as VIETNAM
from bot.base.obstacle import Obstacle
from bot.storage import file, postgresql, schema, upsert
from bot.storage.failures import Contended
from bot.storage.failures import Damaged as Damaged
from bot.storage.failures import StorageDown as StorageDown
from bot.storage.failures import UnknownVersion as UnknownVersion
from bot.storage.faults import failure_of
from bot.storage.writer import Work, Writer
from vietnamese.normalize import fold

log = logging.getLogger(__name__)

T = TypeVar("T")
Connection = AsyncConnection
"""A connection in a transaction, for those who may not know SQL."""

_BUSY_SECONDS = 30
_CONNECTIONS = 10
_CONTENDED_TRIES = 3
_TRIED = {"name": "tried", "value": 0}
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))
_MIGRATING = "migrating"
_READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_SIZE = sa.select(sa.func.pg_database_size(sa.func.current_database()))
_WRONG_PAGES = sa.text("SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()")


def to_utc(at: datetime.datetime) -> datetime.datetime:
    """An aware time as it is stored."""
    return at.astimezone(datetime.UTC).replace(tzinfo=None)


def to_local(stored: datetime.datetime) -> datetime.datetime:
    """A stored time in Asia/Ho_Chi_Minh."""
    return stored.replace(tzinfo=datetime.UTC).astimezone(VIETNAM)


def to_day(at: datetime.datetime) -> datetime.date:
    """The day of an aware time in Asia/Ho_Chi_Minh."""
    return at.astimezone(VIETNAM).date()


def midnight(day: datetime.date) -> datetime.datetime:
    """The moment at which a day begins in Vietnam, as it is stored."""
    return to_utc(datetime.datetime.combine(day, datetime.time(), VIETNAM))


class Database:
    """An engine whose transactions are short, serialised where SQLite needs it, and durable when they return.

    Whatever keeps one from being carried out is StorageDown; the log names each cause once, and its end. One that is
    Damaged is also told to whoever waits for `damage`.
    """

    def __init__(self, url: str, connections: int = _CONNECTIONS) -> None:
        """`connections`: how many are opened at most, where the database is a server."""
        self.url = url
        self.shared = not url.startswith("sqlite")
        """Whether several processes may serve it."""
        self.engine: AsyncEngine = postgresql.engine(url, connections) if self.shared else create_async_engine(url)
        self.writing = Obstacle(log, "nothing can be kept, and what comes in waits", "what comes in is kept again")
        self.reading = Obstacle(log, "nothing can be read", "what is kept can be read again")
        self._writer: Writer | None = None
        self._opened: os.stat_result | None = None
        self._damaged: Damaged | None = None
        self._damage_found = asyncio.Event()
        if not self.shared:
            same = sa.create_engine(self.engine.url.set(drivername="sqlite"), poolclass=sa.NullPool)
            for each in (self.engine.sync_engine, same):
                sa.event.listen(each, "do_connect", self._keep_private)
                sa.event.listen(each, "connect", _prepare_sqlite)
                sa.event.listen(each, "begin", _begin_sqlite)
            self._writer = Writer(self.engine, same)

    @classmethod
    def in_folder(cls, folder: Path) -> Database:
        """The SQLite database of a data folder, which is made when it is not there."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls.at(folder / file.FILE)

    @classmethod
    def at(cls, path: Path) -> Database:
        """The SQLite database in a file."""
        return cls(f"sqlite+aiosqlite:///{path}")

    async def migrate(self) -> None:
        """Bring the schema to this version; raises UnknownVersion or StorageDown."""
        engine = postgresql.engine(self.url, 1, patient=True) if self.shared else self.engine
        try:
            with self._failures():
                async with engine.connect() as connection:
                    await postgresql.hold(connection, _MIGRATING)
                    await connection.run_sync(_migrate)
                    await connection.commit()
        finally:
            if engine is not self.engine:
                await engine.dispose()
        if not self.shared:
            self._opened = os.stat(self.place)

    async def version(self) -> str | None:
        """Its version, None where nobody made it yet; raises UnknownVersion or StorageDown."""
        async with self.read() as connection:
            return await connection.run_sync(_version)

    @property
    def place(self) -> str:
        """Where it is; no user and no password."""
        return postgresql.place(self.engine.url) if self.shared else str(self.engine.url.database)

    async def size(self) -> int:
        """Its bytes, with what was written last; raises StorageDown."""
        if not self.shared:
            files = [Path(f"{self.place}{each}") for each in ("", "-wal")]
            return sum(each.stat().st_size for each in files if each.exists())
        async with self.read() as connection:
            return int((await connection.execute(_SIZE)).scalar_one())

    async def check_whole(self) -> None:
        """Look through every page (a tenth of a second for 100 MB); raises Damaged or StorageDown.

        A server looks at its pages whenever it reads them; of it is asked whether it found one that is wrong.
        """
        async with self.read() as connection:
            if self.shared:
                failed = (await connection.execute(_WRONG_PAGES)).scalar_one()
                if failed:
                    log.error("%s: the server has read %d pages that were not whole", self.place, failed)
                return
            found = (await connection.exec_driver_sql("PRAGMA quick_check(1)")).scalar_one()
            if found != "ok":
                raise Damaged(f"{self.place}: {found}")

    async def leave_no_trace(self) -> None:
        """Overwrite what was written before it is in the file; best effort, and nothing to do on a server."""
        if not self.shared:
            with contextlib.suppress(StorageDown), self._failures():
                async with self.engine.connect() as connection:
                    raw: Any = (await connection.get_raw_connection()).driver_connection
                    await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def damage(self) -> Damaged:
        """Wait until the database is found damaged, by whoever used it."""
        await self._damage_found.wait()
        assert self._damaged is not None
        return self._damaged

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: all of it is kept, or nothing; raises StorageDown when the database fails."""
        with self._failures(self.writing):
            self._check_place()
            async with self._fresh(), self.engine.begin() as connection:
                if self.writing.cause is not None:  # what writes nothing would tell nothing of a full disk
                    await upsert.put(connection, schema.counters, _TRIED, ["name"])
                yield connection

    async def write(self, work: Work[T]) -> T:
        """The result of `work`, a transaction that awaits nothing but its connection: all of it is kept, or nothing.

        Much cheaper than `begin` where it is done for every message; raises StorageDown when the database fails.
        """
        if self._writer is not None:
            with self._failures(self.writing):
                self._check_place()
                return await self._writer.write(work)
        for _ in range(_CONTENDED_TRIES):
            with contextlib.suppress(Contended):
                async with self.begin() as connection:
                    return await work(connection)
        async with self.begin() as connection:
            return await work(connection)

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads, beside whoever writes: all of it sees one moment."""
        with self._failures(self.reading):
            async with self._fresh(), self.engine.connect() as connection:
                await connection.execution_options(**(_READING if self.shared else {"reads_only": True}))
                yield connection

    async def close(self) -> None:
        """What was handed in to be written is, then."""
        if self._writer is not None:
            await self._writer.close()
        await self.engine.dispose()

    def _keep_private(self, *_: object) -> None:
        """Before each connection, for the driver would make a file that others may read."""
        if self.engine.url.database:
            file.keep_private(Path(self.engine.url.database))

    def _check_place(self) -> None:
        """What is written to a file that has no name any more is gone with the process."""
        if self._opened is None:
            return
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.stat(self.place), self._opened):
                return
        raise Damaged(f"{self.place} was removed or replaced while it was in use")

    @contextlib.contextmanager
    def _failures(self, obstacle: Obstacle | None = None) -> Iterator[None]:
        """Whatever error the database has is a StorageDown, noted where it stands in the way."""
        try:
            yield
        except Exception as error:
            failure = failure_of(error)
            if failure is None:
                raise
            if isinstance(failure, Damaged):  # which ends the process, and is its last word
                failure = failure if failure is error else Damaged(f"{self.place}: {failure.what}")
                self._damaged = failure
                self._damage_found.set()
            elif obstacle is not None and not isinstance(failure, Contended):
                obstacle.met(str(failure))
            if failure is error:
                raise
            raise failure from error
        if obstacle is not None:
            obstacle.passed()

    @contextlib.asynccontextmanager
    async def _fresh(self) -> AsyncIterator[None]:
        """Have connections opened anew after a failure: one made while the disk could not be written to never can."""
        try:
            yield
        except Exception as error:
            failure = failure_of(error)
            sound = failure is None or isinstance(failure, Contended) or isinstance(error, sa.exc.TimeoutError)
            if not sound:  # else those in use are as good as before
                with contextlib.suppress(Exception):
                    await self.engine.dispose()
            raise


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself: `_begin_sqlite` does
    connection.create_function("folded", 1, _folded, deterministic=True)
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _folded(text: str | None) -> str | None:
    """The SQL function `folded`: a text without accents and large letters, to search in."""
    return None if text is None else fold(text)


def _begin_sqlite(connection: sa.Connection) -> None:
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSION.name):
        return None
    current = connection.scalar(sa.select(_VERSION.c.version_num))
    if current is not None and current not in file.versions():
        raise UnknownVersion(current)
    return current


def _migrate(connection: sa.Connection) -> None:
    if _version(connection) == file.versions()[-1]:
        return
    if connection.dialect.name == "sqlite" and not sa.inspect(connection).get_table_names():
        _make(connection, file.versions()[-1])
        return
    from bot.storage.upgrade import upgrade  # the library of migrations takes a tenth of a second to load

    upgrade(connection)


def _make(connection: sa.Connection, version: str) -> None:
    """All tables of this version in an empty database, as its migrations would make them, and without their library."""
    schema.metadata.create_all(connection)
    number = sa.Column("version_num", sa.String(32), nullable=False)
    key = sa.PrimaryKeyConstraint(number, name="alembic_version_pkc")
    sa.Table(_VERSION.name, sa.MetaData(), number, key).create(connection)
    connection.execute(sa.insert(_VERSION).values(version_num=version))
