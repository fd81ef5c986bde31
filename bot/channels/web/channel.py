"""The chat page as a channel: what people do goes to the desk, what they are told is kept for the page to show."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from starlette.types import ASGIApp

from bot.base.clock import Clock
from bot.base.listening import Limits, bound, listening
from bot.base.settings import CannotGoOn
from bot.channels import markup
from bot.channels.web.door import NAME, Guest
from bot.desk.channel import Inbound, Unreachable
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.storage import guests, outbox, postgresql, talks
from bot.storage.database import Connection
from bot.storage.talks import TalkLine
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.turn import Picture, Said
from vietnamese.masking import mask

log = logging.getLogger(__name__)

_LIMITS = Limits(connections=600, of_one_peer=60)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a person did; `words` are what they see of it afterwards, `pressed` the line of a button."""

    kind: MessageKind
    text: str
    delivery: str
    words: str = ""
    pressed: str | None = None


@dataclass(frozen=True, slots=True)
class ChatPlace:
    """The address for people, where the page listens, whose word on who asks is believed, who may frame it."""

    address: str
    host: str
    port: int
    proxy: str
    embed_hosts: tuple[str, ...] = ()


class WebChannel:
    """The chat page: `run` until told to stop; the delivery leaves what is said through `send`."""

    name = NAME
    writes_first = False
    """What is written waits in the talk until its page is opened."""

    def __init__(
        self,
        desk: Desk,
        delivery: Delivery,
        place: ChatPlace,
        *,
        clock: Clock,
        pictures: Callable[[Picture], Awaitable[bytes]],
        application: Callable[[WebChannel], ASGIApp],
    ) -> None:
        self.desk = desk
        self.place = place
        self.clock = clock
        self.pictures = pictures
        self._delivery = delivery
        self.application = application(self)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; raises CannotGoOn for a port that is taken."""
        place = self.place
        try:
            listener = bound(place.host, place.port)
        except OSError as error:
            raise CannotGoOn(
                f"web.host, web.chat_port: {place.host}, port {place.port} can't be used: {error.strerror}"
            ) from None
        async with (
            self._delivery.over(self),
            listening(listener, self.application, proxy=place.proxy, limits=_LIMITS),
        ):
            log.info("the chat page is served on %s, by %s, port %d", place.address, place.host, place.port)
            await stop.wait()

    async def take(self, guest: Guest, did: Deed) -> bool:
        """Hand in what a person did and have its answers kept; False where they were forgotten by it.

        Deed again with the same delivery, it was done once. Raises StorageDown.
        """
        await self.desk.database.write(partial(self._heard, guest, did))
        message = Message(did.kind, did.delivery, self.clock(), markup.readable(did.text))
        owed = await self.desk.take(Inbound(NAME, guest.secret, guest.key, message, did.pressed))
        self._delivery.wake(key for key in owed if key != guest.key)  # the staff may be long in being reached
        await self._delivery.send((guest.key,))
        async with self.desk.database.read() as connection:
            return await guests.is_known(connection, guest.key)

    async def _heard(self, guest: Guest, did: Deed, connection: Connection) -> None:
        now = self.clock()
        await postgresql.hold(connection, guest.key)
        was_forgotten = not await guests.is_known(connection, guest.key)
        if was_forgotten and await outbox.was_taken(connection, NAME, did.delivery):
            return  # by this very deed, whose answer got lost: nobody is known anew by it
        await guests.add(connection, guest.key, guest.token_hash, now)
        if did.words:
            masked, _ = mask(markup.readable(did.words))
            await talks.add_asked(connection, self.desk.keys, guest.key, did.delivery, masked, now)

    async def shown(self, guest: Guest, after: int = 0) -> list[TalkLine]:
        """The lines of a talk after a number, which the person has seen then. Raises StorageDown."""
        async with self.desk.database.read() as connection:
            lines, unseen = await talks.of_person(connection, self.desk.keys, guest.key, self.clock(), after)
        if unseen:
            await self.desk.database.write(partial(talks.set_shown, key=guest.key, ids=unseen, now=self.clock()))
        return lines

    async def shown_anew(self, guest: Guest, number: int) -> TalkLine | None:
        """One line as it is now, which the person has seen then; None where there is none. Raises StorageDown."""
        line = await self.line(guest, number)
        if line is not None:
            await self.desk.database.write(partial(talks.set_shown, key=guest.key, ids=[number], now=self.clock()))
        return line

    async def line(self, guest: Guest, number: int) -> TalkLine | None:
        """One line of a person's talk; None where there is none."""
        async with self.desk.database.read() as connection:
            return await talks.one(connection, self.desk.keys, guest.key, number, self.clock())

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        """Keep a reply for the page; raises Unreachable for who was forgotten, and StorageDown."""
        if not await self.desk.database.write(partial(self._keep, address, reply, replaces)):
            raise Unreachable("nobody of this key talks on the page any more")

    async def _keep(self, key: str, reply: Said, replaces: str | None, connection: Connection) -> bool:
        await postgresql.hold(connection, key)
        if not await guests.is_known(connection, key):
            return False
        await talks.add_said(connection, self.desk.keys, key, reply, replaces, self.clock())
        return True

    def at_work(self, address: str) -> contextlib.AbstractAsyncContextManager[None]:
        """The script of the page says meanwhile that an answer is being written."""
        return contextlib.nullcontext()
