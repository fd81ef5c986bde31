"""Who carries replies out: one sender for each person, so that one who has to wait holds up nobody."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from bot.channels.channel import Channel, Inbound
from bot.storage.database import StorageDown
from bot.waiting import Errands, again_while

_TRIES = 3
"""How often a sender tries a database that is down: what was sent but could not be marked is sent again."""


class Desk(Protocol):
    """What a channel needs of the desk."""

    async def take(self, inbound: Inbound) -> None: ...
    async def flush(self, channel: Channel, person: str) -> None: ...
    async def flush_all(self, channel: Channel) -> None: ...
    async def unreachable(self, channel: str, person: str) -> None: ...


class Senders:
    """The senders of one channel; their errands are the channel's."""

    def __init__(self, desk: Desk, channel: Channel, errands: Errands) -> None:
        self._desk = desk
        self._channel = channel
        self._errands = errands
        self._owed: set[str] = set()
        self._sending: set[str] = set()

    def start(self) -> None:
        """Send what an earlier run left unsent."""
        self._errands.run(again_while(StorageDown, partial(self._desk.flush_all, self._channel), _TRIES))

    def send(self, person: str) -> None:
        """Have a person's replies sent, in order: their one sender looks again before it ends."""
        self._owed.add(person)
        if person not in self._sending:
            self._sending.add(person)
            self._errands.run(self._flush(person))

    async def _flush(self, person: str) -> None:
        try:
            while person in self._owed:
                self._owed.discard(person)
                await again_while(StorageDown, partial(self._desk.flush, self._channel, person), _TRIES)
        finally:
            self._sending.discard(person)
