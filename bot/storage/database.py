"""The database: one engine, transactions, a writer for those of conversations, migrations at start.

Times are kept as naive UTC; `to_utc`, `to_local`, `to_day` and `midnight` are the only places that convert.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.base.clock import VIETNAM as VIETNAM
from bot.storage import file
from bot.storage.failures import StorageDown as StorageDown
from bot.storage.failures import UnknownVersion as UnknownVersion
from bot.storage.writer import Work, Writer
from vietnamese.normalize import fold

T = TypeVar("T")
Connection = AsyncConnection
"""A connection in a transaction, for those who may not know SQL."""

_BUSY_SECONDS = 30
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))


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
    """An engine whose transactions are short, serialised where SQLite needs it, and durable when they return."""

    def __init__(self, url: str) -> None:
        self.engine: AsyncEngine = create_async_engine(url)
        self._writer: Writer | None = None
        if self.engine.dialect.name == "sqlite":
            same = sa.create_engine(self.engine.url.set(drivername="sqlite"), poolclass=sa.NullPool)
            for each in (self.engine.sync_engine, same):
                sa.event.listen(each, "connect", _prepare_sqlite)
                sa.event.listen(each, "begin", _begin_sqlite)
            self._writer = Writer(self.engine, same)

    @classmethod
    def in_folder(cls, folder: Path) -> Database:
        """The SQLite database of a data folder, which is made when it is not there."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(f"sqlite+aiosqlite:///{folder / file.FILE}")

    @staticmethod
    def check_version(folder: Path) -> None:
        """Raise UnknownVersion for a database of another version, read without changing a byte of it."""
        file.version_in(folder)

    async def migrate(self) -> None:
        """Bring the schema to this version; raises UnknownVersion or StorageDown."""
        try:
            async with self.engine.connect() as connection:
                await connection.run_sync(_migrate)
                await connection.commit()
        except DBAPIError as error:
            raise StorageDown(str(error.orig)) from error

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: all of it is kept, or nothing; raises StorageDown when the database fails."""
        try:
            async with self.engine.begin() as connection:
                yield connection
        except OperationalError as error:
            raise StorageDown(str(error.orig)) from error

    async def write(self, work: Work[T]) -> T:
        """The result of `work`, a transaction that awaits nothing but its connection: all of it is kept, or nothing.

        Much cheaper than `begin` where it is done for every message; raises StorageDown when the database fails.
        """
        if self._writer is not None:
            return await self._writer.write(work)
        async with self.begin() as connection:
            return await work(connection)

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads, beside whoever writes."""
        try:
            async with self.engine.connect() as connection:
                await connection.execution_options(reads_only=True)
                yield connection
        except OperationalError as error:
            raise StorageDown(str(error.orig)) from error

    async def close(self) -> None:
        """What was handed in to be written is, then."""
        if self._writer is not None:
            await self._writer.close()
        await self.engine.dispose()


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


def _migrate(connection: sa.Connection) -> None:
    known = file.versions()
    kept = sa.inspect(connection).has_table(_VERSION.name)
    current = connection.scalar(sa.select(_VERSION.c.version_num)) if kept else None
    if current == known[-1]:
        return
    if current is not None and current not in known:
        raise UnknownVersion(current)
    from bot.storage.upgrade import upgrade  # the library of migrations takes a tenth of a second to load

    upgrade(connection)
