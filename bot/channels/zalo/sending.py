"""Replies out to Zalo: texts a page at a time, and pictures by their address, or what they show in words."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.base import logs
from bot.channels.zalo.api import (
    NAME,
    ZaloApi,
    ZaloBusy,
    ZaloFailure,
    ZaloLockedOut,
    ZaloRefusal,
    ZaloUnclear,
    ZaloUnreached,
)
from bot.channels.zalo.pictures import PictureShelf
from bot.channels.zalo.writing import captioned, page, written
from bot.desk.channel import TryLater
from bot.desk.plain_chats import PlainChats
from bot.storage.database import StorageDown
from handlers.dialogue.texts import Texts
from handlers.dialogue.turn import Document, Picture, Said, Text

log = logging.getLogger(__name__)

UNCLEAR_SECONDS = 30.0
"""Until a message of which it is not known whether Zalo took it is sent once more: longer than an answer takes."""
_REFUSED_SECONDS = 5.0
_REFUSALS = 3
"""So often a message is refused before it is dropped: what a code means, and whether it passes, is not known."""

ZaloStep = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class _BrokenOff:
    """A reply that broke off before its step `at`, which was refused and left unclear so many times.

    Of the reply only a hash is kept: who is never written to again leaves nothing that was said.
    """

    reply: str
    at: int = 0
    refused: int = 0
    unclear: int = 0


class ZaloSender:
    """Carries replies out; of one that was broken off it knows how far it came."""

    def __init__(self, api: ZaloApi, chats: PlainChats, shelf: PictureShelf | None, texts: Texts) -> None:
        """`shelf`: where pictures are put up; None where there is no address that Zalo could fetch them from."""
        self._api = api
        self._chats = chats
        self._shelf = shelf
        self._texts = texts
        self._broken_off: dict[str, _BrokenOff] = {}

    async def remark(self, chat: str, text: str) -> None:
        """Say something that is not the desk's, once."""
        with contextlib.suppress(ZaloFailure, StorageDown):
            await self._say(chat, Text(text))

    async def send(self, address: str, reply: Said) -> None:
        """Send one reply; tried again, it goes on where it broke off. Raises TryLater and StorageDown.

        A message that Zalo refuses, by whatever code, is tried again twice, then logged and dropped, but for one that
        waits since the token is not known; one whose answer was lost is sent once more after a while, then it counts
        as taken.
        """
        mark = hashlib.sha256(repr(reply).encode()).hexdigest()
        before = self._broken_off.pop(address, None)
        if before is None or before.reply != mark:
            before = _BrokenOff(mark)
        for number, step in enumerate(self._steps(address, reply)):
            if number < before.at:
                continue
            refused, unclear = (before.refused, before.unclear) if number == before.at else (0, 0)
            try:
                await step()
            except ZaloUnclear:
                if unclear:
                    log.error("of a message it is not known whether Zalo took it: it counts as taken")
                    continue
                self._broken_off[address] = _BrokenOff(mark, number, refused, unclear + 1)
                raise TryLater(UNCLEAR_SECONDS, perhaps_taken=True) from None
            except (ZaloBusy, ZaloUnreached, ZaloLockedOut) as error:
                if isinstance(error, ZaloLockedOut):
                    log.error("Zalo does not know zalo.token (401): replies wait until it does")
                self._broken_off[address] = _BrokenOff(mark, number, refused, unclear)
                raise TryLater(1.0) from None
            except ZaloRefusal as error:
                if refused + 1 < _REFUSALS:
                    self._broken_off[address] = _BrokenOff(mark, number, refused + 1, unclear)
                    raise TryLater(_REFUSED_SECONDS) from None
                log.error("Zalo refuses a reply, which is dropped: %s", error)
            except StorageDown:
                self._broken_off[address] = _BrokenOff(mark, number, refused, unclear)
                raise
            except Exception as error:  # again and again it would stand before all others
                log.error("a reply can't be made: %s", logs.told(error))

    def _steps(self, chat: str, reply: Said) -> list[ZaloStep]:
        match reply:
            case Picture():
                return self._picture_steps(chat, reply)
            case Document():
                return [partial(self._say, chat, Text(self._texts.say("zalo.no_file")))]
            case _:
                return [partial(self._say, chat, reply)]

    def _picture_steps(self, chat: str, picture: Picture) -> list[ZaloStep]:
        if self._shelf is None:
            return [partial(self._say_instead, chat, picture)]
        caption, left = captioned(picture.caption)
        steps: list[ZaloStep] = [partial(self._show, chat, self._shelf, picture, caption)]
        return [*steps, partial(self._say, chat, Text(left))] if left else steps

    async def _say(self, chat: str, text: Text) -> None:
        """A text, or its first page; what it offers holds from now on, unless it surely did not arrive."""
        shown = page(text, self._texts)
        if not shown.offered and not shown.typed and shown.rest is None:
            await self._api.call("sendMessage", {"chat_id": chat, "text": written(shown, (), self._texts)})
            return
        showing = await self._chats.shown(NAME, chat, shown.offered, shown.lettered, shown.rest)
        try:
            await self._api.call("sendMessage", {"chat_id": chat, "text": written(shown, showing.lines, self._texts)})
        except (ZaloRefusal, ZaloBusy, ZaloUnreached):
            await self._chats.taken_back(NAME, chat, showing)
            raise

    async def _show(self, chat: str, shelf: PictureShelf, picture: Picture, caption: str) -> None:
        try:
            address = await shelf.put_up(chat, picture)
        except StorageDown:
            raise
        except Exception as error:
            log.error("picture %s can't be made: %s", picture.name, logs.told(error))
            await self._say_instead(chat, picture)
            return
        body = {"chat_id": chat, "photo": address} | ({"caption": caption} if caption else {})
        try:
            await self._api.call("sendPhoto", body)
        except ZaloLockedOut:
            raise
        except ZaloRefusal as error:
            log.error("Zalo refuses the picture %s, which is told in words: %s", picture.name, error)
            await self._say_instead(chat, picture)

    async def _say_instead(self, chat: str, picture: Picture) -> None:
        """What the picture shows, in words."""
        await self._say(chat, Text("\n\n".join((self._texts.say("zalo.no_picture"), picture.words or picture.caption))))
