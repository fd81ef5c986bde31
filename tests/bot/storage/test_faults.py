"""The database fails under the desk: nothing is kept and nothing is said sorry for, and after it all are answered.

Each fault is the real one, as the operating system or SQLite has it, without the rights of an administrator: a limit
on the length of files makes a COMMIT fail in its middle, a limit on pages is a full disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.desk.channel import Inbound
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.storage import database as storage
from bot.storage import schema
from bot.storage.database import Damaged, Database, StorageDown
from bot.storage.faults import failure_of
from bot.testing.channel import ChannelInMemory
from handlers.dialogue.message import Message
from tests.conftest import Clock

ONLY_SQLITE = True
FILE = "bhxh.sqlite3"
Fault = Callable[[Database, Path], AbstractContextManager[None]]


def question(clock: Clock, number: int) -> Inbound:
    return Inbound("recorder", str(number), f"chat-{number}", Message("text", str(number), clock(), "/tinhdong"))


@contextlib.contextmanager
def with_setting(database: Database, pragma: str) -> Iterator[None]:
    """Every connection is made with this, for it is there when they are."""
    assert database._writer is not None
    engines = (database.engine.sync_engine, database._writer._same)

    def prepare(connection: sqlite3.Connection, record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    for each in engines:
        sa.event.listen(each, "connect", prepare)
    try:
        yield
    finally:
        for each in engines:
            sa.event.remove(each, "connect", prepare)


@contextlib.contextmanager
def locked(database: Database, folder: Path) -> Iterator[None]:
    """Another process writes, and does not end."""
    other = sqlite3.connect(folder / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextlib.contextmanager
def full(database: Database, folder: Path) -> Iterator[None]:
    with with_setting(database, "max_page_count = 1"):
        yield


@contextlib.contextmanager
def read_only(database: Database, folder: Path) -> Iterator[None]:
    with with_setting(database, "query_only = ON"):
        yield


@contextlib.contextmanager
def failing_in_the_commit(database: Database, folder: Path) -> Iterator[None]:
    """No file may grow beyond the middle of what a COMMIT writes."""
    write_ahead = folder / f"{FILE}-wal"
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with contextlib.closing(sqlite3.connect(folder / FILE)) as reading:
        reading.execute("SELECT name FROM sqlite_master").fetchone()  # who closes last would begin that file anew
        resource.setrlimit(resource.RLIMIT_FSIZE, (write_ahead.stat().st_size + 6_000, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


@contextlib.contextmanager
def no_file_left(database: Database, folder: Path) -> Iterator[None]:
    """The process has as many files open as it may."""
    before, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, hard))


FAULTS: dict[str, Fault] = {
    "database is locked": locked,
    "database or disk is full": full,
    "attempt to write a readonly database": read_only,
    "disk I/O error": failing_in_the_commit,
    "unable to open database file": no_file_left,
}


@pytest.fixture
def channel(delivery: Delivery) -> ChannelInMemory:
    made = ChannelInMemory("recorder")
    delivery.connect(made)
    return made


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock is waited for no longer than a moment."""
    monkeypatch.setattr(storage, "_BUSY_SECONDS", 0)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("before", [False, True], ids=["at start", "under way"])
@pytest.mark.parametrize("cause", FAULTS)
async def test_what_cannot_be_kept_comes_again_and_is_answered_once_the_cause_is_gone(
    cause: str,
    before: bool,
    desk: Desk,
    delivery: Delivery,
    channel: ChannelInMemory,
    database: Database,
    clock: Clock,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder, people = tmp_path / "data", range(1, 13)
    if before:
        await delivery.send(await desk.take(question(clock, 0)))
        if FAULTS[cause] in (full, read_only, no_file_left):
            await database.close()  # what stands for the fault is met by new connections only
    with FAULTS[cause](database, folder):
        for _ in range(3):
            results = await asyncio.gather(
                *(desk.take(question(clock, each)) for each in people), return_exceptions=True
            )
            assert {type(each) for each in results} == {StorageDown}
            if FAULTS[cause] is not full:  # where pages that are there may still be changed
                with pytest.raises(StorageDown):
                    await desk.tidy()
    assert [text for text in channel.sent if "Xin lỗi" in str(text)] == []
    for each in people:
        await delivery.send(await desk.take(question(clock, each)))
    await desk.tidy()
    for each in people:
        assert len(channel.to(f"chat-{each}")) == 1
    said = [line for line in caplog.messages if cause in line]
    assert len(said) == 1, caplog.messages
    assert len(caplog.messages) == 2  # and that it is over
    assert database.writing.cause is None


async def test_all_connections_in_use_is_the_storage_being_down(database: Database) -> None:
    pool = database.engine.sync_engine.pool
    assert isinstance(pool, sa.pool.QueuePool)
    pool._timeout = 0
    async with contextlib.AsyncExitStack() as held:
        for _ in range(pool.size() + pool._max_overflow):
            await held.enter_async_context(database.read())
        with pytest.raises(StorageDown):
            await held.enter_async_context(database.read())
        with pytest.raises(StorageDown):
            async with database.begin():
                pass
    async with database.read() as connection:
        assert (await connection.execute(sa.select(schema.states))).all() == []


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        ConnectionResetError(104, "Connection reset by peer"),
        RuntimeError("can't start new thread"),
        sa.exc.OperationalError("SELECT 1", {}, Exception("server closed the connection")),  # of another database
        sa.exc.DBAPIError("SELECT 1", {}, sqlite3.ProgrammingError("closed"), connection_invalidated=True),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_whichever_library_raises_it_what_passes_is_one_error(database: Database, error: Exception) -> None:
    with pytest.raises(StorageDown):
        async with database.begin():
            raise error
    with pytest.raises(StorageDown):
        async with database.read():
            raise error

    async def work(connection: storage.Connection) -> None:
        raise error

    with pytest.raises(StorageDown):
        await database.write(work)
    assert not isinstance(failure_of(error), Damaged)


async def test_a_mistake_of_the_software_is_no_storage_down(database: Database) -> None:
    """It would come again for ever, and stand before all others."""
    row = {"key": "k", "state": None, "owes": False}
    with pytest.raises(sa.exc.IntegrityError):
        await database.write(lambda connection: connection.execute(sa.insert(schema.states), row))
    with pytest.raises(sa.exc.IntegrityError):
        async with database.begin() as connection:
            await connection.execute(sa.insert(schema.states), row)
    assert database.writing.cause is None


async def test_who_waits_for_a_lock_does_not_hold_up_the_end(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_BUSY_SECONDS", 1)
    tries: list[object] = []
    assert database._writer is not None
    sa.event.listen(database._writer._same, "connect", lambda *made: tries.append(made))

    async def nothing(connection: storage.Connection) -> None:
        pass

    with locked(database, tmp_path / "data"):
        writing = [asyncio.create_task(database.write(nothing)) for _ in range(50)]
        gone = [asyncio.create_task(database.write(nothing)) for _ in range(50)]
        await asyncio.sleep(0)
        for each in gone:
            each.cancel()
        await database.close()
        results = await asyncio.gather(*writing, return_exceptions=True)
    assert {type(each) for each in results} == {StorageDown}
    assert len(tries) == 1


# --- damage --------------------------------------------------------------------------------------


def overwritten(file: Path) -> None:
    """Every page but the first is another one, as after `dd`."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with file.open("r+b") as pages:
        pages.seek(4096)
        pages.write(b"\x5a" * (file.stat().st_size - 4096))


def headless(file: Path) -> None:
    with file.open("r+b") as pages:
        pages.write(b"my holiday photos")


def removed(file: Path) -> None:
    file.unlink()


def emptied(file: Path) -> None:
    connection = sqlite3.connect(file)
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if not table.startswith("sqlite_"):
            connection.execute(f'DROP TABLE "{table}"')
    connection.commit()
    connection.close()


@pytest.mark.parametrize("damage", [overwritten, headless, removed, emptied])
async def test_damage_is_told_apart_from_what_passes_and_nothing_is_apologised_for(
    damage: Callable[[Path], None],
    migrated: Path,
    desk: Desk,
    channel: ChannelInMemory,
    database: Database,
    clock: Clock,
    tmp_path: Path,
) -> None:
    await database.migrate()
    await database.engine.dispose()
    damage(tmp_path / "data" / FILE)
    with pytest.raises(Damaged, match="bhxh restore"):
        await desk.take(question(clock, 1))
    async with asyncio.timeout(60):
        assert "bhxh restore" in str(await database.damage())
    assert channel.sent == []


async def test_a_page_that_nobody_reads_is_found_by_looking_through_all(
    database: Database, desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    await database.check_whole()
    file = tmp_path / "data" / FILE
    with contextlib.closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'drafts'").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as pages:
        pages.seek((page - 1) * 4096)
        pages.write(b"\x5a" * 4096)
    await database.engine.dispose()
    await desk.take(question(clock, 1))  # which no draft is needed for
    with pytest.raises(Damaged):
        await database.check_whole()
