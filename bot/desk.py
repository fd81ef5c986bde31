"""One delivery in: load → converse → commit state, records and replies in one transaction → send → mark sent.

Records happen exactly once, for a delivery is noted in the transaction it leads to. Replies go out at
least once, for they wait in the outbox until the channel took them. One person's messages are in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime
import html
import logging
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable

from bot import logs
from bot.channels.channel import Channel, Inbound, TryLater, Unreachable
from bot.keys import Keys
from bot.roles import Roles
from bot.storage import addresses, campaigns, estimates, outbox, privacy, questions, ratings, sessions, states
from bot.storage.database import Connection, Database, StorageDown
from bot.waiting import pauses
from handlers import route, welcome
from handlers.exchange import Resources
from handlers.talk import (
    Asked,
    Chosen,
    Commented,
    Estimated,
    Explained,
    Forgotten,
    Memory,
    Message,
    Misanswered,
    Offered,
    OwnId,
    Rated,
    Record,
    Reply,
    Report,
    Said,
    StaffLink,
    Started,
    Text,
    Turn,
)

log = logging.getLogger(__name__)

Clock = Callable[[], datetime.datetime]


class Desk:
    """Where every channel hands in what people do, and gets what is to be said."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        resources: Resources,
        clock: Clock,
        roles: Roles,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        links: Callable[[str], Awaitable[str | None]] | None = None,
        report: Callable[[Report], Awaitable[Said]] | None = None,
    ) -> None:
        """`links` makes a one-time link to the staff pages for a key, or None where it may not have one."""
        self._database = database
        self._keys = keys
        self._resources = resources
        self._clock = clock
        self._roles = roles
        self._sleep = sleep
        self._links = links
        self._report = report
        self._turns: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()
        self._sends: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    @property
    def resources(self) -> Resources:
        """What conversations are given now."""
        return self._resources

    def use(self, resources: Resources) -> None:
        """Give these to every message from now on."""
        self._resources = resources

    async def take(self, inbound: Inbound) -> None:
        """Carry out one delivery and return once it is committed; one taken before changes nothing.

        Raises StorageDown when nothing could be kept: the delivery must be brought again.
        """
        key = self._keys.of(inbound.channel, inbound.person)
        async with _held(self._turns, key):
            try:
                await self._carry_out(inbound, key, self._converse)
            except StorageDown:
                raise
            except Exception as error:
                log.error("a conversation failed: %s", logs.told(error))
                await self._carry_out(inbound, key, self._apologise)

    async def _carry_out(self, inbound: Inbound, key: str, converse: Callable[[Message, Memory], Turn]) -> None:
        message = inbound.message
        async with self._database.begin() as connection:
            if not await outbox.take(connection, inbound.channel, message.delivery, message.at):
                return
            turn = converse(message, await self._memory(connection, key, message))
            await states.save(connection, key, turn.state, message.at)
            for record in turn.records:
                await _keep(connection, key, message, record)
            for reply in turn.replies:
                replaces = inbound.pressed if isinstance(reply, Text) and reply.replaces else None
                await outbox.put(connection, key, reply, replaces, message.at)
            await addresses.save(connection, key, inbound.channel, inbound.address)
            await addresses.settle(connection, key)

    async def _memory(self, connection: Connection, key: str, message: Message) -> Memory:
        memory = Memory(await states.load(connection, key, message.at), role=self._roles.of(key))
        wanted = route.needs(message)
        if "campaign" in wanted:
            code = message.text
            known = welcome.well_formed(code) and await campaigns.exists(connection, code)
            memory = dataclasses.replace(memory, campaign=welcome.touch(code, known))
        if "offers" in wanted:
            subjects, offered_at = await ratings.offered_before(connection, key)
            memory = dataclasses.replace(memory, offered_subjects=subjects, offered_at=offered_at)
        return memory

    def _converse(self, message: Message, memory: Memory) -> Turn:
        return route.converse(message, memory, self._resources)

    def _apologise(self, message: Message, memory: Memory) -> Turn:
        return Turn((Text(self._resources.texts.say("welcome.broken")),), memory.state)

    async def flush(self, channel: Channel, person: str) -> None:
        """Send what a person is still to get, in order, each marked once the channel took it."""
        await self._flush(channel, self._keys.of(channel.name, person))

    async def flush_all(self, channel: Channel) -> None:
        """At start: send what was left unsent by less than ten minutes, drop what is older."""
        await self.tidy()
        async with self._database.read() as connection:
            keys = await outbox.waiting(connection, channel.name)
        await asyncio.gather(*(self._flush(channel, key) for key in keys))

    async def _flush(self, channel: Channel, key: str) -> None:
        async with _held(self._sends, key):
            async with self._database.read() as connection:
                address = await addresses.find(connection, key)
                waiting = await outbox.unsent(connection, key)
            if address is None:
                return
            for unsent in waiting:
                try:
                    await self._send(channel, key, address, unsent)
                except Unreachable:
                    await self._forget_address(key)
                    return
                except TryLater:
                    log.warning("a reply stays unsent for now: %s did not take it", channel.name)
                    return
                async with self._database.begin() as connection:
                    await outbox.sent(connection, unsent.id)
            async with self._database.begin() as connection:
                await addresses.settle(connection, key)

    async def _send(self, channel: Channel, key: str, address: str, unsent: outbox.Unsent) -> None:
        """Try until the channel takes the reply, with pauses that grow, as long as the reply makes sense."""
        left = outbox.REPLIES_KEPT.total_seconds()
        said = await self._made(unsent.reply, key, address, own=self._keys.of(channel.name, address) == key)
        for pause in pauses():
            try:
                await channel.send(address, said, unsent.replaces)
            except TryLater as wait:
                seconds = max(pause, wait.seconds)
                left -= seconds
                if left < 0:
                    raise
            else:
                return
            await self._sleep(seconds)

    async def _made(self, reply: Reply, key: str, address: str, own: bool) -> Said:
        """What a channel carries out for a reply; `own`: the address is a chat with this person alone.

        A report that can't be made is said to be so.
        """
        match reply:
            case OwnId():
                return Text(reply.html.format(id=address))
            case StaffLink():
                link = await self._links(key) if own and self._links is not None else None
                return Text(reply.refused if link is None else reply.html.format(link=html.escape(link)))
            case Report():
                return await self._reported(reply)
            case _:
                return reply

    async def _reported(self, reply: Report) -> Said:
        try:
            if self._report is not None:
                return await self._report(reply)
        except Exception as error:
            log.error("the report %s can't be made: %s", reply.name, logs.told(error))
        return Text(self._resources.texts.say("staff.no_report"))

    async def unreachable(self, channel: str, person: str) -> None:
        """The person blocked the assistant: their address and what was to be said are forgotten."""
        await self._forget_address(self._keys.of(channel, person))

    async def _forget_address(self, key: str) -> None:
        async with self._database.begin() as connection:
            await outbox.forget(connection, key)
            await addresses.forget(connection, key)

    async def tidy(self) -> None:
        """Drop what is too old to be owed or kept: replies, deliveries, states, words of people, addresses."""
        now = self._clock()
        async with self._database.begin() as connection:
            await outbox.expire(connection, now)
            await states.expire(connection, now)
            await sessions.expire(connection, now)
            await privacy.expire(connection, now, self._resources.manner.kept)
            await addresses.settle(connection)


async def _keep(connection: Connection, key: str, message: Message, record: Record) -> None:
    now = message.at
    match record:
        case Asked():
            await questions.add(connection, key, message.delivery, record, now)
        case Chosen():
            await questions.choose(connection, key, record)
        case Misanswered():
            await questions.misanswered(connection, key, record)
        case Estimated():
            await estimates.add(connection, key, record, now)
        case Offered():
            await ratings.offer(connection, key, record, now)
        case Rated():
            await ratings.rate(connection, key, record, now)
        case Explained():
            await ratings.explain(connection, key, record)
        case Commented():
            await ratings.comment(connection, key, record)
        case Started():
            await campaigns.started(connection, key, record, now)
        case Forgotten():
            await privacy.forget(connection, key)


@contextlib.asynccontextmanager
async def _held(locks: weakref.WeakValueDictionary[str, asyncio.Lock], key: str) -> AsyncIterator[None]:
    """Hold the lock of a key; a lock nobody holds or waits for is forgotten."""
    lock = locks.get(key)
    if lock is None:
        lock = locks[key] = asyncio.Lock()
    async with lock:
        yield
