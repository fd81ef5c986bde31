"""A thread that holds one connection and carries out whole transactions, those that wait together under one COMMIT.

A driver with a loop of its own crosses threads four times a statement, which costs more than the statement. Here a
transaction crosses once: it is a coroutine that awaits nothing but its connection, and a statement of this connection
is answered before it is awaited, so the coroutine runs through in the writer's thread as an ordinary function would.

Durable is what is committed, and nobody is told before that: a COMMIT that fails fails for all that are in it. Each
transaction has a savepoint of its own, so that one that fails by itself leaves nothing behind and harms no other.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.failures import StorageDown
from bot.storage.faults import failure_of

T = TypeVar("T")
Work = Callable[[AsyncConnection], Coroutine[Any, Any, T]]

_TOGETHER = 8
"""How many transactions share a COMMIT: it waits for the disk about as long as one of them takes, and the first waits
for the last."""


class Writer:
    """Carries out transactions in the order they come; its thread and connection are made for the first one."""

    def __init__(self, engine: AsyncEngine, same: sa.Engine) -> None:
        """`same` reaches the database of `engine` without a loop."""
        self._engine = engine
        self._same = same
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._connection: sa.Connection | None = None
        self._ending = False

    async def write(self, work: Work[T]) -> T:
        """The result of `work`, once it is committed; raises what it raises, and StorageDown where nothing is kept."""
        if self._thread is None:
            self._ending = False
            thread = threading.Thread(target=self._serve, name="writer", daemon=True)
            thread.start()
            self._thread = thread
        job = _Job(work)
        self._waiting.put(job)
        result: T = await job.done
        return result

    async def close(self) -> None:
        """Bring what was handed in to its end, and close the connection; what comes after it is not kept."""
        thread = self._thread
        if thread is None:
            return
        self._ending = True
        self._waiting.put(None)
        await asyncio.to_thread(thread.join)
        self._thread = None  # not before: a second thread beside it would take the end from the queue
        with contextlib.suppress(queue.Empty):
            while True:
                late = self._waiting.get_nowait()
                if late is not None:
                    late.error = StorageDown("the database is being closed")
                    late.tell()

    # --- in the thread

    def _serve(self) -> None:
        failed: Exception | None = None
        while (first := self._waiting.get()) is not None:
            if first.done.cancelled():  # nobody waits, so nothing is worth waiting for
                continue
            together = [first]
            if failed is not None and self._ending:  # each would wait as long as the one before
                first.error = failed
            else:
                failed = self._tried(together)
            for job in together:
                job.tell()
        self._hang_up()

    def _tried(self, together: list[_Job]) -> Exception | None:
        """Carry out what waits; the reason where the database failed, which all of them are told."""
        failed: Exception | None
        try:
            self._carry_out(together)
        except BaseException as error:  # whatever it is: who waits must be told, and the thread must live
            failed = failure_of(error) or StorageDown(type(error).__name__)
            for job in together:
                job.error = failed
        else:
            failed = next((job.error for job in together if isinstance(job.error, StorageDown)), None)
        if failed is not None:
            self._hang_up()  # opened while the disk could not be written to, it never could
        return failed

    def _carry_out(self, together: list[_Job]) -> None:
        """Carry out the first, and those that come meanwhile, under one COMMIT."""
        if self._connection is None:
            self._connection = self._same.connect()
        with self._connection.begin():
            raw = self._connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            here = _Here(self._engine, self._connection)
            together[0].run(here, raw)
            while len(together) < _TOGETHER:
                try:
                    following = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if following is None:
                    self._waiting.put(None)
                    break
                together.append(following)
                following.run(here, raw)

    def _hang_up(self) -> None:
        """Let go of the connection: another is made when it is needed."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(DBAPIError, sqlite3.Error):
                connection.close()


class _Job:
    """A transaction, and who waits for its result."""

    def __init__(self, work: Work[Any]) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._result: object = None
        self.error: Exception | None = None
        self.done: asyncio.Future[Any] = self._loop.create_future()

    def run(self, here: AsyncConnection, raw: sqlite3.Connection) -> None:
        """Carry it out within a savepoint; raises where SQLite gave up the whole transaction."""
        if self.done.cancelled():
            return
        raw.execute("SAVEPOINT job")
        try:
            self._result = _run_through(self._work(here))
        except Exception as error:
            if not raw.in_transaction:  # a full disk, for one: those before it are undone too
                raise
            raw.execute("ROLLBACK TO job")
            self.error = failure_of(error) or error
        raw.execute("RELEASE job")

    def tell(self) -> None:
        """Have who waits go on."""
        with contextlib.suppress(RuntimeError):  # their loop is closed: nobody waits
            self._loop.call_soon_threadsafe(self._go_on)

    def _go_on(self) -> None:
        if self.done.cancelled():
            return
        if self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result(self._result)


class _Here(AsyncConnection):
    """A connection that executes in this thread, before it is awaited."""

    async def execute(self, statement: Any, parameters: Any = None, **options: Any) -> Any:
        assert self.sync_connection is not None
        return self.sync_connection.execute(statement, parameters, **options)


def _run_through(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never waits."""
    try:
        work.send(None)
    except StopIteration as ended:
        result: T = ended.value
        return result
    work.close()
    raise RuntimeError("a transaction awaits its connection, and nothing else")
