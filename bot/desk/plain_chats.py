"""A chat without buttons: what may be picked is shown as lines with a mark, and what is typed is read by them.

A number or a letter, or the words of a line, is the press of its button; «tiếp» brings the rest of a long answer; the
code of a campaign said with a greeting is its link. All else is text. Lines are known to every process, hold until
others are shown, and are counted on while the person has not written since: what one turn offers has no mark twice.
"""

from __future__ import annotations

import dataclasses
import re
import secrets
import string
from collections.abc import Iterable
from functools import partial

from bot.base.retry import again
from bot.desk.channel import Inbound
from bot.desk.desk import Desk
from bot.storage import addresses, campaigns, outbox, plain_chats, postgresql, shown_pictures
from bot.storage.addresses import Address
from bot.storage.database import Connection, StorageDown
from bot.storage.plain_chats import ChatLine, PlainChat
from handlers import reading
from handlers.dialogue.message import MessageKind
from handlers.dialogue.turn import Picture, Text
from vietnamese.normalize import fold

_MOST_LINES = 30
"""Counted on beyond, marks begin anew: nobody scrolls up so far."""
_NAME_BYTES = 24
_AROUND = re.compile(r"^\W+|\W+$")

Pickable = tuple[str, MessageKind, str]
"""The words of a line, and what its person does by it: (label, kind, text)."""


@dataclasses.dataclass(frozen=True, slots=True)
class Showing:
    """The lines of a message that is about to be sent; what was known of its chat before, and is from now on."""

    lines: tuple[ChatLine, ...]
    before: PlainChat
    after: PlainChat


class PlainChats:
    """The chats of the people of a channel without buttons, each of which is one person's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database
        self._keys = desk.keys
        self._clock = desk.now

    # --- what comes in

    async def take(self, inbound: Inbound, tries: int | None = 1) -> tuple[str, ...]:
        """As `Desk.take`, with what was typed read by what the person has before them. Raises StorageDown."""
        if inbound.message.kind != "text":
            return await self._desk.take(inbound, tries)
        read = await again(partial(self._read, inbound), StorageDown, tries=tries)
        return read if isinstance(read, tuple) else await self._desk.take(read, tries)

    async def _read(self, inbound: Inbound) -> Inbound | tuple[str, ...]:
        """What the person does by their text; the keys to wake where they read on, which is done here."""
        key = self._keys.of(inbound.channel, inbound.person)

        async def work(connection: Connection) -> Inbound | tuple[str, ...]:
            await postgresql.hold(connection, key)
            now, message = self._clock(), inbound.message
            chat = await plain_chats.load(connection, key, now)
            if chat.rest is not None and reading.reads_on(message.text):
                return await self._read_on(connection, key, inbound, chat.rest)
            if (chat.lines or chat.rest is not None) and not chat.answered:
                await plain_chats.heard(connection, key)
            line = picked(chat.lines, message.text)
            if line is not None:
                message = dataclasses.replace(message, kind=line.kind, text=line.data)
            elif (code := await _campaign(connection, message.text)) is not None:
                message = dataclasses.replace(message, kind="start", text=code)
            return dataclasses.replace(inbound, message=message)

        return await self._database.write(work)

    async def _read_on(self, connection: Connection, key: str, inbound: Inbound, rest: Text) -> tuple[str, ...]:
        """The rest goes out as any reply; where its message comes again, it did so already."""
        if not await outbox.take(connection, inbound.channel, inbound.message.delivery, inbound.message.at):
            return (key,)
        await addresses.save(connection, key, Address(inbound.channel, inbound.address), self._keys)
        await outbox.put(connection, key, rest, None, inbound.message.at, None, "last", inbound.message.delivery)
        now = self._clock()
        chat = await plain_chats.load(connection, key, now)
        await plain_chats.save(connection, key, dataclasses.replace(chat, rest=None), now)
        return (key,)

    # --- what goes out

    async def shown(
        self, channel: str, chat: str, offered: Iterable[Pickable], lettered: bool, rest: Text | None
    ) -> Showing:
        """The lines of a message that is about to be sent, with their marks; what an older one left unread is over.

        From now on they hold: whether a message arrived is not always known. Where it surely did not, `taken_back`.
        """
        key = self._keys.of(channel, chat)

        async def work(connection: Connection) -> Showing:
            await postgresql.hold(connection, key)
            before = await plain_chats.load(connection, key, self._clock())
            kept = () if before.answered or len(before.lines) > _MOST_LINES else before.lines
            lines = tuple(_marked(offered, lettered, kept))
            after = PlainChat((*kept, *lines), rest or (None if before.answered else before.rest))
            await plain_chats.save(connection, key, after, self._clock())
            return Showing(lines, before, after)

        return await self._database.write(work)

    async def taken_back(self, channel: str, chat: str, showing: Showing) -> None:
        """A message that was about to be sent was not; what its person did meanwhile stays done."""
        key, before, after = self._keys.of(channel, chat), showing.before, showing.after

        async def work(connection: Connection) -> None:
            await postgresql.hold(connection, key)
            now = await plain_chats.load(connection, key, self._clock())
            back = PlainChat(
                before.lines if now.lines == after.lines else now.lines,
                before.rest if now.rest == after.rest else now.rest,
                before.answered or now.answered,
            )
            await plain_chats.save(connection, key, back, self._clock())

        await self._database.write(work)

    # --- pictures

    async def show(self, channel: str, chat: str, picture: Picture) -> str:
        """The name under which a picture for this chat may be fetched for a day."""
        key, name = self._keys.of(channel, chat), secrets.token_urlsafe(_NAME_BYTES)
        await self._database.write(lambda connection: shown_pictures.add(connection, name, key, picture, self._clock()))
        return name

    async def picture(self, name: str) -> Picture | None:
        """The picture of this name; None where there is none any more. Raises StorageDown."""
        async with self._database.read() as connection:
            return await shown_pictures.find(connection, name, self._clock())


def picked(lines: tuple[ChatLine, ...], text: str) -> ChatLine | None:
    """The line that a text picks, the latest where several have its words; None for any other text."""
    mark = reading.line_picked(text)
    latest, words = lines[::-1], _words(text)
    by_mark = next((each for each in latest if each.mark == mark), None)
    return by_mark or next((each for each in latest if words and words == _words(each.label)), None)


def _words(text: str) -> str:
    """A text without its accents, its picture and the signs around it."""
    return fold(_AROUND.sub("", text))


def _marked(offered: Iterable[Pickable], lettered: bool, before: tuple[ChatLine, ...]) -> Iterable[ChatLine]:
    """Lines with the marks that follow those before."""
    used = sum(each.mark.isdecimal() != lettered for each in before)
    for number, (label, kind, data) in enumerate(offered, start=used):
        mark = str(number + 1) if not lettered else string.ascii_lowercase[number % len(string.ascii_lowercase)]
        yield ChatLine(mark, label, kind, data)


async def _campaign(connection: Connection, text: str) -> str | None:
    """The campaign whose code was said with a greeting; however its letters were typed."""
    said = reading.code_greeted_with(text)
    for code in () if said is None else dict.fromkeys((said, said.lower(), said.upper())):
        if await campaigns.find(connection, code) is not None:
            return code
    return None
