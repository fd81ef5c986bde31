"""Tasks: work that is broken off when told to stop, and work that goes on beside."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Collection, Coroutine, Iterator
from typing import Any, TypeVar

from bot.base import logs

log = logging.getLogger(__name__)

T = TypeVar("T")


class Stopped(Exception):
    """Told to stop before the work at hand was done."""


async def until_stopped(work: Coroutine[Any, Any, T], stop: asyncio.Event, grace: float = 0.0) -> T:
    """The result of `work`; told to stop it gets `grace` seconds more, then it is broken off: Stopped."""
    task = asyncio.ensure_future(work)
    told = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((task, told), return_when=asyncio.FIRST_COMPLETED)
        if not task.done() and grace:
            await asyncio.wait((task,), timeout=grace)
        if not task.done():
            raise Stopped
        return task.result()
    finally:
        task.cancel()
        told.cancel()
        await asyncio.gather(task, told, return_exceptions=True)


@contextlib.contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set, while inside."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


class Errands:
    """Work done beside, none forgotten: an error is logged without its message, which may quote people."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Start an errand and return at once."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("an errand failed: %s", logs.told(error))

    async def settled(self) -> None:
        """Return when nothing is under way any more."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def end(self, grace: float) -> None:
        """Give what is under way `grace` seconds, and break off the rest."""
        await ended(self._tasks, grace)


async def ended(tasks: Collection[asyncio.Task[Any]], grace: float) -> None:
    """Give tasks, each of which leaves the collection at its end, `grace` seconds, and break off the rest.

    Who does not end then is not waited for longer than that again: it may be waiting for a disk.
    """
    if tasks:
        await asyncio.wait(tuple(tasks), timeout=grace)
    left = tuple(tasks)
    for task in left:
        task.cancel()
    if left:
        await asyncio.wait(left, timeout=grace)


@contextlib.asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Work that goes on beside what is done within, and is broken off with it."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
