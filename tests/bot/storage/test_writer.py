"""The writer: transactions that wait share a COMMIT, one that fails harms no other, and what is told is durable."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import groups
from bot.storage.database import Database, StorageDown

ONLY_SQLITE = True
Work = Callable[[AsyncConnection], Coroutine[Any, Any, str]]


def noted(name: str, *, then: Callable[[], None] = lambda: None) -> Work:
    async def work(connection: AsyncConnection) -> str:
        await groups.moved(connection, name, f"{name}-new")
        then()
        return name

    return work


def kept(folder: Path) -> set[str]:
    """What another process sees."""
    connection = sqlite3.connect(folder / "bhxh.sqlite3")
    try:
        return {row[0] for row in connection.execute("SELECT old FROM group_moves")}
    finally:
        connection.close()


class Held:
    """Holds the writer's thread until others wait behind it, and counts the commits."""

    def __init__(self, database: Database) -> None:
        self._release = threading.Event()
        self.reached = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.commits = 0
        assert database._writer is not None
        sa.event.listen(database._writer._same, "commit", self._count)

    def _count(self, connection: sa.Connection) -> None:
        self.commits += 1

    def wait(self) -> None:
        self._loop.call_soon_threadsafe(self.reached.set)
        assert self._release.wait(60)

    async def behind(self, *waiting: asyncio.Task[Any]) -> None:
        await self.reached.wait()
        await asyncio.sleep(0)  # the tasks have handed in what they write
        self._release.set()
        await asyncio.wait(waiting)


def fails() -> None:
    raise KeyError("a bug")


async def test_one_that_fails_leaves_nothing_and_harms_no_other(database: Database, tmp_path: Path) -> None:
    results = await asyncio.gather(
        database.write(noted("a")),
        database.write(noted("b", then=fails)),
        database.write(noted("c")),
        return_exceptions=True,
    )
    assert results[0] == "a"
    assert isinstance(results[1], KeyError)
    assert results[2] == "c"
    assert kept(tmp_path / "data") == {"a", "c"}


async def test_a_statement_that_fails_is_the_storage_being_down_for_its_own_transaction(
    database: Database, tmp_path: Path
) -> None:
    async def broken(connection: AsyncConnection) -> None:
        await groups.moved(connection, "b", "x")
        await connection.execute(sa.text("INSERT INTO nowhere VALUES (1)"))

    results = await asyncio.gather(
        database.write(noted("a")), database.write(broken), database.write(noted("c")), return_exceptions=True
    )
    assert isinstance(results[1], StorageDown)
    assert kept(tmp_path / "data") == {"a", "c"}


async def test_a_commit_that_fails_fails_for_all_in_it_and_the_next_is_made(database: Database, tmp_path: Path) -> None:
    assert database._writer is not None
    refusals = [sqlite3.OperationalError("database or disk is full")]

    def refuse(connection: sa.Connection) -> None:
        if refusals:
            raise sa.exc.OperationalError("COMMIT", {}, refusals.pop())

    sa.event.listen(database._writer._same, "commit", refuse)
    with pytest.raises(StorageDown, match="disk is full"):
        await database.write(noted("a"))
    assert kept(tmp_path / "data") == set()
    assert await database.write(noted("b")) == "b"
    assert kept(tmp_path / "data") == {"b"}


async def test_those_that_wait_are_committed_together_and_told_only_then(database: Database, tmp_path: Path) -> None:
    seen: list[set[str]] = []

    async def told(name: str) -> None:
        await database.write(noted(name))
        seen.append(kept(tmp_path / "data"))

    held = Held(database)
    first = asyncio.create_task(database.write(noted("first", then=held.wait)))
    others = [asyncio.create_task(told(name)) for name in "abcdefgh"]
    await held.behind(first, *others)
    assert all(each >= {"first", *"abcdefg"} for each in seen)
    assert held.commits == 2


async def test_who_stopped_waiting_is_left_out(database: Database, tmp_path: Path) -> None:
    held = Held(database)
    first = asyncio.create_task(database.write(noted("first", then=held.wait)))
    await held.reached.wait()
    second = asyncio.create_task(database.write(noted("second")))
    await asyncio.sleep(0)
    second.cancel()
    await held.behind(first, second)
    assert await database.write(noted("third")) == "third"
    assert kept(tmp_path / "data") == {"first", "third"}


async def test_what_was_handed_in_before_the_end_is_kept(database: Database, tmp_path: Path) -> None:
    writing = [asyncio.create_task(database.write(noted(str(number)))) for number in range(20)]
    await asyncio.sleep(0)
    await database.close()
    assert await asyncio.gather(*writing) == [str(number) for number in range(20)]
    assert len(kept(tmp_path / "data")) == 20


async def test_a_transaction_that_waits_for_anything_else_is_refused(database: Database, tmp_path: Path) -> None:
    async def waits(connection: AsyncConnection) -> None:
        await groups.moved(connection, "a", "b")
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="awaits its connection"):
        await database.write(waits)
    assert kept(tmp_path / "data") == set()


async def test_what_comes_while_it_closes_is_told_what_became_of_it(database: Database, tmp_path: Path) -> None:
    held = Held(database)
    first = asyncio.create_task(database.write(noted("first", then=held.wait)))
    await held.reached.wait()
    assert database._writer is not None
    closing = asyncio.create_task(database._writer.close())
    await asyncio.sleep(0)  # it waits for the thread
    late = asyncio.create_task(database.write(noted("late")))
    await asyncio.sleep(0)
    held._release.set()
    await closing
    assert await first == "first"
    (told,) = await asyncio.gather(late, return_exceptions=True)
    assert told == "late" or isinstance(told, StorageDown)
    assert kept(tmp_path / "data") == {"first", *({"late"} if told == "late" else ())}
    assert await database.write(noted("afterwards")) == "afterwards"
