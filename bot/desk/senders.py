"""Who carries replies out: one sender for each person, so that one who has to wait holds up nobody."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Protocol

from bot.base.tasks import Errands, again_while
from bot.desk.channel import Channel, Inbound
from bot.storage.database import StorageDown

_TRIES = 3
"""How often a sender tries a database that is down: what was sent but could not be marked is sent again."""


class Desk(Protocol):
    """What a channel needs of the desk."""

    async def take(self, inbound: Inbound) -> tuple[str, ...]: ...
    async def flush_key(self, channel: Channel, key: str) -> None: ...
    async def flush_all(self, channel: Channel) -> None: ...
    async def unreachable(self, channel: str, person: str) -> tuple[str, ...]: ...
    async def moved(self, old: str, new: str) -> None: ...


class Senders:
    """The senders of one channel; their errands are the channel's."""

    def __init__(self, desk: Desk, channel: Channel, errands: Errands) -> None:
        self._desk = desk
        self._channel = channel
        self._errands = errands
        self._owed: set[str] = set()
        self._sending: set[str] = set()

    def start(self) -> None:
        """Send all that is unsent, of whatever run."""
        self._errands.run(again_while(StorageDown, partial(self._desk.flush_all, self._channel), _TRIES))

    def send(self, keys: Iterable[str]) -> None:
        """Have the replies to these people sent, in order: the one sender of each looks again before it ends."""
        for key in keys:
            self._owed.add(key)
            if key not in self._sending:
                self._sending.add(key)
                self._errands.run(self._flush(key))

    async def _flush(self, key: str) -> None:
        try:
            while key in self._owed:
                self._owed.discard(key)
                await again_while(StorageDown, partial(self._desk.flush_key, self._channel, key), _TRIES)
        finally:
            self._sending.discard(key)
