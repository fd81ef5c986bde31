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
from functools import partial

from bot.base import logs
from bot.base.keys import Keys
from bot.base.locks import Locks
from bot.base.retry import again
from bot.base.tasks import Errands
from bot.desk import late
from bot.desk.channel import Barred, Channel, Moved, TryLater, Unreachable
from bot.desk.desk import Desk
from bot.desk.line import OutgoingLine, Sending
from bot.desk.rendering import Renderer
from bot.desk.staff_group import STAFF, StaffGroup
from bot.storage import addresses, claims, outbox, postgresql
from bot.storage.addresses import Address
from bot.storage.database import Connection, Damaged, Database, StorageDown
from bot.storage.replica import Replica
from handlers.dialogue.turn import Said

log = logging.getLogger(__name__)

_GRACE_SECONDS = 5.0
_PATIENCE = late.LATE.total_seconds()
"""How long a sender waits for a channel that takes nothing; then what waits is looked at anew, for it is late."""
_SOON = 60.0
"""Seconds; who is told to wait longer is not tried again because a channel takes what is said to others."""


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
        replica: Replica | None = None,
    ) -> None:
        self._database = database
        self._keys = keys
        self._desk = desk
        self._staff_group = staff_group
        self._renderer = renderer
        self._sleep = sleep
        self.replica = replica or Replica(database, shared=False)
        self._lines: dict[str, OutgoingLine] = {}
        self._errands = Errands()
        self._owed: set[str] = set()
        self._sending: set[str] = set()
        self._done: dict[str, set[int]] = {}
        """By key, what a channel took and is not marked yet: it is not said again."""
        self._perhaps_taken: dict[str, late.Due] = {}
        """By key, what a channel may have taken: however late, it is said again as it was, and so known there."""
        self._locks = Locks()

    # --- the channels

    def connect(self, channel: Channel) -> None:
        """From now on what its people are owed goes out over this channel."""
        self._lines[channel.name] = OutgoingLine(channel)
        self._desk.heed(channel.name, channel.writes_first)

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

    @contextlib.contextmanager
    def using(self, channel: str) -> Iterator[Channel | None]:
        """A channel to send over meanwhile, which is waited for when it ends; None where it is not there."""
        line = self._lines.get(channel)
        with contextlib.nullcontext() if line is None else line.in_use():
            yield None if line is None else line.channel

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
        self._errands.run(again(self._resume, StorageDown, never=Damaged))

    async def look(self) -> None:
        """Have sent, beside, what another process left to be sent; nothing old is dropped. Raises StorageDown."""
        async with self._database.read() as connection:
            waiting = await outbox.waiting(connection, self._lines.keys())
            self.wake((*waiting, STAFF) if await outbox.waits(connection, STAFF) else waiting)

    async def take_over(self) -> None:
        """Have sent what another process left that is not alive any more; raises StorageDown."""
        if self.replica.id is not None and self._lines:
            async with self._database.read() as connection:
                self.wake(await claims.forsaken(connection, self._lines.keys(), STAFF))

    async def close(self) -> None:
        """End what is under way beside."""
        await self._errands.end(_GRACE_SECONDS)

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
        waiting = await self.waiting()
        for key in self._perhaps_taken.keys() - set(waiting):  # forgotten meanwhile: nothing of theirs is kept here
            del self._perhaps_taken[key]
        self.wake(waiting)

    async def _sender(self, key: str) -> None:
        try:
            while key in self._owed:
                self._owed.discard(key)
                self.wake(await again(partial(self._flush, key), StorageDown, never=Damaged))
        finally:
            self._sending.discard(key)

    # --- sending

    async def _flush(self, key: str) -> Collection[str]:
        """Send what waits under a key, in order; whom something must be told then."""
        async with self._locks.of(key):
            address, waiting, asked = await self._database.write(partial(self._owed_to, key))
            line = None if address is None else self._lines.get(address.channel)
            if address is None or line is None:
                return ()
            with line.in_use():
                sending = Sending(line.channel, key, address.chat)
                done = self._done.setdefault(key, set())
                done |= late.overtaken(waiting, self._desk.now())
                try:
                    for due in late.due(waiting, asked, self._desk.now(), self._desk.resources.texts):
                        if not self.replica.sure:  # another process may have taken over
                            await self.replica.surely()
                            return (key,)
                        if due.unsent.id not in done:
                            await self._send(sending, due)
                            done.add(due.unsent.id)
                            self._go_on(line)
                except Unreachable:
                    return await self._desk.lost(key)
                except Barred:
                    return await self._desk.barred(key)
                except TryLater as error:
                    log.warning("a reply stays unsent for now: %s did not take it", line.channel.name)
                    line.left_behind |= error.seconds <= _SOON  # else others that go out say nothing of this one
                    return ()
                finally:
                    with _unless_told_to_stop():
                        await self._mark(key, over=True)
                    if not done:
                        del self._done[key]
        return ()

    async def _owed_to(
        self, key: str, connection: Connection
    ) -> tuple[Address | None, list[outbox.Unsent], dict[str, str]]:
        of_staff = key == STAFF
        address = await (
            self._staff_group.where(connection) if of_staff else addresses.find(connection, key, self._keys)
        )
        if address is None or address.channel not in self._lines:
            return None, [], {}
        if not await claims.claim(connection, key, self.replica.id):
            return None, [], {}
        waiting = await outbox.unsent(connection, key, self.replica.id)
        answered = late.answered_late(waiting, self._desk.now())
        return address, waiting, await outbox.asked(connection, key, answered) if answered else {}

    async def _send(self, sending: Sending, due: late.Due) -> None:
        """Try until the channel takes the reply, for ten minutes."""
        channel, key, chat = sending.channel, sending.key, sending.chat
        before = self._perhaps_taken.get(key)
        if before is not None and before.unsent.id == due.unsent.id:
            due = before
        try:
            async with channel.at_work(chat):
                own = self._keys.of(channel.name, chat) == key
                said = await self._renderer.render(due.unsent.reply, key, chat, own=own)
        except StorageDown:
            raise
        except Exception as error:  # again and again it would stand before all others
            log.error("a reply can't be made: %s", logs.told(error))
            return
        if due.lead:
            said = self._renderer.led(said, due.lead)

        async def mark(error: BaseException, seconds: float) -> None:
            await self._mark(key)  # a pause may be long, and be the end

        async def send() -> None:
            try:
                await self._send_where_it_is(sending, said, due.replaces)
            except TryLater as error:
                if error.perhaps_taken:
                    self._perhaps_taken[key] = due
                raise
            self._perhaps_taken.pop(key, None)

        await again(
            send,
            TryLater,
            asked=lambda error: error.seconds if isinstance(error, TryLater) else 0.0,
            within=_PATIENCE,
            meanwhile=mark,
            sleep=self._sleep,
        )

    async def _send_where_it_is(self, sending: Sending, said: Said, replaces: str | None) -> None:
        """Send, to a group that moved at its new address, and to that from then on."""
        try:
            await sending.channel.send(sending.chat, said, replaces)
        except Moved as moved:
            await self._desk.moved(sending.channel.name, sending.chat, moved.to)
            sending.chat = moved.to
            await sending.channel.send(sending.chat, said, replaces)
        if sending.key == STAFF:
            self._desk.staff_reached()

    def _go_on(self, line: OutgoingLine) -> None:
        """The channel takes something again: what it did not take before is tried at once."""
        if line.left_behind:
            line.left_behind = False
            self.resume()

    async def _mark(self, key: str, *, over: bool = False) -> None:
        """What went out is sent, and nobody's address is kept longer than something is owed to them.

        `over`: what was not sent is left for later; what came meanwhile, by another process, is looked at next.
        """
        ids, me = tuple(self._done[key]), self.replica.id
        if ids or (over and me is not None):
            more = await self._database.write(partial(_sent, key, ids, me if over else None))
            self._done[key].difference_update(ids)
            if more:
                self.wake((key,))


@contextlib.contextmanager
def _unless_told_to_stop() -> Iterator[None]:
    """Whoever breaks off does so also where nothing can be kept: waiting for the disk would be no end."""
    try:
        yield
    except StorageDown:
        task = asyncio.current_task()
        if task is None or not task.cancelling():
            raise


async def _sent(key: str, ids: Collection[int], leaves: str | None, connection: Connection) -> bool:
    await postgresql.hold(connection, key)
    if ids:
        await outbox.sent(connection, ids)
    more = await claims.leave(connection, key, leaves)
    await addresses.settle(connection, key)
    return more
