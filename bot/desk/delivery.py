"""Replies out: to each person on the channel they are on, in order, and until the channel took them.

What waits is known by key, and where a key is written to stands in `addresses`, or for the staff in the settings: so
nobody is written to on another channel, though the numbers of people are the same there. One sender a key: a person
who has to wait holds up nobody. A channel that is not there keeps waiting only those who are on it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from bot.base.keys import Keys
from bot.base.locks import Locks
from bot.base.retry import again
from bot.base.tasks import Errands
from bot.desk.channel import Channel, Moved, TryLater, Unreachable
from bot.desk.desk import Desk
from bot.desk.rendering import Renderer
from bot.desk.staff_group import STAFF, StaffGroup
from bot.storage import addresses, outbox
from bot.storage.addresses import Address
from bot.storage.database import Connection, Database, StorageDown
from handlers.dialogue.turn import Said

log = logging.getLogger(__name__)

_TRIES = 3
"""How often a sender tries a database that is down: what was sent but could not be marked is sent again."""
_GRACE_SECONDS = 5.0


class Delivery:
    """The way out of every channel: knows them by name, and is woken by the keys of those who are owed something."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        desk: Desk,
        staff_group: StaffGroup,
        renderer: Renderer,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._keys = keys
        self._desk = desk
        self._staff_group = staff_group
        self._renderer = renderer
        self._sleep = sleep
        self._lines: dict[str, _Line] = {}
        self._errands = Errands()
        self._owed: set[str] = set()
        self._sending: set[str] = set()
        self._locks = Locks()

    # --- the channels

    def connect(self, channel: Channel) -> None:
        """From now on what its people are owed goes out over this channel."""
        self._lines[channel.name] = _Line(channel)

    @property
    def connected(self) -> tuple[str, ...]:
        """The names of the channels that are there."""
        return tuple(self._lines)

    @contextlib.asynccontextmanager
    async def over(self, channel: Channel) -> AsyncIterator[None]:
        """Send over a channel meanwhile, first all that waits for its people; what is under way at the end gets 5 s."""
        self.connect(channel)
        self.resume()
        try:
            yield
        finally:
            await self._lines.pop(channel.name).end(_GRACE_SECONDS)

    # --- who is owed something

    def wake(self, keys: Iterable[str]) -> None:
        """Have what waits under these keys sent, beside: the one sender of each looks again before it ends."""
        for key in keys:
            self._owed.add(key)
            if key not in self._sending:
                self._sending.add(key)
                self._errands.run(self._sender(key))

    def resume(self) -> None:
        """Have all that waits sent, beside: what another run left, and what a channel did not take before."""
        self._errands.run(again(self._resume, StorageDown, tries=_TRIES))

    async def settled(self) -> None:
        """Return when nothing is being sent any more."""
        await self._errands.settled()

    async def send(self, keys: Iterable[str]) -> None:
        """Send what waits under these keys, and return then. Raises StorageDown."""
        for key in keys:
            for told in await self._flush(key):
                await self._flush(told)

    async def waiting(self) -> tuple[str, ...]:
        """The keys that unsent replies wait under, as far as the channels are there; what is too old is dropped."""
        await self._desk.tidy()
        async with self._database.read() as connection:
            return (*await outbox.waiting(connection, self._lines.keys()), STAFF)

    async def _resume(self) -> None:
        self.wake(await self.waiting())

    async def _sender(self, key: str) -> None:
        try:
            while key in self._owed:
                self._owed.discard(key)
                self.wake(await again(partial(self._flush, key), StorageDown, tries=_TRIES))
        finally:
            self._sending.discard(key)

    # --- sending

    async def _flush(self, key: str) -> Collection[str]:
        """Send what waits under a key, in order; whom something must be told then."""
        async with self._locks.of(key):
            address, waiting = await self._database.write(partial(self._owed_to, key))
            line = None if address is None else self._lines.get(address.channel)
            if address is None or line is None:
                return ()
            with line.in_use():
                sending = _Sending(line.channel, key, address.chat)
                try:
                    for unsent in waiting:
                        await self._send(sending, unsent)
                except Unreachable:
                    return await self._desk.lost(key)
                except TryLater:
                    log.warning("a reply stays unsent for now: %s did not take it", line.channel.name)
                    return ()
                finally:
                    await self._mark(sending)
        return ()

    async def _owed_to(self, key: str, connection: Connection) -> tuple[Address | None, list[outbox.Unsent]]:
        where = self._staff_group.where(connection) if key == STAFF else addresses.find(connection, key)
        return await where, await outbox.unsent(connection, key)

    async def _send(self, sending: _Sending, unsent: outbox.Unsent) -> None:
        """Try until the channel takes the reply, as long as the reply makes sense."""
        channel, key, chat = sending.channel, sending.key, sending.chat
        said = await self._renderer.render(unsent.reply, key, chat, own=self._keys.of(channel.name, chat) == key)

        async def mark(error: BaseException, seconds: float) -> None:
            await self._mark(sending)  # a pause may be long, and be the end

        await again(
            partial(self._send_where_it_is, sending, said, unsent.replaces),
            TryLater,
            asked=_asked,
            within=outbox.REPLIES_KEPT.total_seconds(),
            meanwhile=mark,
            sleep=self._sleep,
        )
        sending.sent.append(unsent.id)

    async def _send_where_it_is(self, sending: _Sending, said: Said, replaces: str | None) -> None:
        """Send, to a group that moved at its new address, and to that from then on."""
        try:
            await sending.channel.send(sending.chat, said, replaces)
        except Moved as moved:
            await self._desk.moved(sending.channel.name, sending.chat, moved.to)
            sending.chat = moved.to
            await sending.channel.send(sending.chat, said, replaces)

    async def _mark(self, sending: _Sending) -> None:
        """What went out is sent, and nobody's address is kept longer than something is owed to them."""
        if sending.sent:
            ids, sending.sent = sending.sent, []
            await self._database.write(partial(_sent, sending.key, ids))


def _asked(error: BaseException) -> float:
    return error.seconds if isinstance(error, TryLater) else 0.0


async def _sent(key: str, ids: Collection[int], connection: Connection) -> None:
    await outbox.sent(connection, ids)
    await addresses.settle(connection, key)


@dataclass(slots=True)
class _Sending:
    """How far the sending of what waits under a key has come."""

    channel: Channel
    key: str
    chat: str
    sent: list[int] = field(default_factory=list)
    """What the channel took and is not marked yet."""


class _Line:
    """A channel, and the tasks that are sending over it."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
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
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=grace)
        left = tuple(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
