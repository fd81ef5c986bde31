"""A channel as replies go out over it: who is sending now, and how far a sender has come."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from bot.base.tasks import ended
from bot.desk.channel import Channel


@dataclass(slots=True)
class Sending:
    """The sending of what waits under a key: where it goes to now."""

    channel: Channel
    key: str
    chat: str


class OutgoingLine:
    """A channel, and the tasks that are sending over it."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.left_behind = False
        """Whether it did not take something, and nobody tries again before all is looked at anew."""
        self._tasks: set[asyncio.Task[object]] = set()

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """The task at hand sends over it meanwhile."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def end(self, grace: float) -> None:
        """Give those who send `grace` seconds, and break off the rest."""
        await ended(self._tasks, grace)
