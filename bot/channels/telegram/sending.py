"""Replies out to Telegram: texts in pieces, pictures, files, and messages changed in place."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyKeyboardMarkup
from telegram import error as errors
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.base import logs
from bot.channels import markup
from bot.channels.telegram.reaching import asked_to_wait
from bot.desk import channel
from handlers.dialogue.turn import Document, Picture, Said, Text

log = logging.getLogger(__name__)

_GONE = ("chat not found", "user not found", "deactivated", "peer_id_invalid")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | None
Step = Callable[[], Coroutine[Any, Any, None]]


class Sender:
    """Carries replies out; of one that was broken off it knows how far it came."""

    def __init__(self, bot: ExtBot[None], pictures: Callable[[Picture], Awaitable[bytes]]) -> None:
        self._bot = bot
        self._pictures = pictures
        self._begun: dict[str, tuple[Said, int]] = {}

    async def remark(self, chat: int, text: str) -> None:
        """Say something that is not the desk's, once."""
        with contextlib.suppress(TelegramError):
            for html in markup.pieces(text):
                await self._say(chat, html, None)

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        """Send one reply, in several messages where it is long; tried again, it goes on where it broke off.

        Raises Unreachable or TryLater. What Telegram refuses for good is logged and dropped.
        """
        begun, done = self._begun.pop(address, (None, 0))
        for number, step in enumerate(await self._steps(int(address), reply, replaces)):
            if begun == reply and number < done:
                continue
            try:
                await step()
            except TelegramError as error:
                problem = _undelivered(error)
                if isinstance(problem, channel.TryLater) and number:
                    self._begun[address] = (reply, number)
                if problem is not None:
                    raise problem from None
                log.error("Telegram refuses a reply: %s", error.message.partition(":")[0])
            except Exception as error:  # taken or never to be taken; again and again it would stand before all others
                log.error("of a reply it is not known whether Telegram took it: %s", logs.told(error))

    async def _steps(self, chat: int, reply: Said, replaces: str | None) -> list[Step]:
        if isinstance(reply, Picture):
            return await self._picture_steps(chat, reply)
        if isinstance(reply, Document):
            return [partial(self._hand_over, chat, reply)]
        *first, last = markup.pieces(reply.html) or ("",)
        keyboard = _keyboard(reply)
        steps: list[Step] = [partial(self._say, chat, html, None, reply.quiet) for html in first]
        steps.append(partial(self._say, chat, last, keyboard, reply.quiet))
        if reply.replaces and replaces is not None:
            if first:
                steps[0] = partial(self._edit, chat, int(replaces), first[0], None)
            elif not isinstance(keyboard, ReplyKeyboardMarkup):  # an edit can't bring the menu
                steps[0] = partial(self._edit, chat, int(replaces), last, keyboard)
        return steps

    async def _picture_steps(self, chat: int, picture: Picture) -> list[Step]:
        caption = markup.pieces(picture.caption, markup.CAPTION_LIMIT)
        said: list[Step] = [partial(self._say, chat, html, None) for html in markup.pieces(picture.caption)]
        try:
            image = await self._pictures(picture)
        except Exception as error:
            log.error("picture %s can't be made: %s", picture.name, logs.told(error))
            return said
        if len(caption) > 1:
            return [partial(self._show, chat, image, picture.name, None), *said]
        return [partial(self._show, chat, image, picture.name, "".join(caption))]

    async def _say(self, chat: int, html: str, keyboard: Keyboard, quiet: bool = False) -> None:
        await self._bot.send_message(
            chat, html, ParseMode.HTML, reply_markup=keyboard, link_preview_options=_NO_PREVIEW,
            disable_notification=quiet or None,
        )  # fmt: skip

    async def _show(self, chat: int, image: bytes, name: str, caption: str | None) -> None:
        try:
            await self._bot.send_photo(
                chat, image, caption or None, parse_mode=ParseMode.HTML, filename=f"{name}.png"
            )  # fmt: skip
        except BadRequest as error:
            if not caption or _undelivered(error) is not None:
                raise
            await self._say(chat, caption, None)

    async def _hand_over(self, chat: int, file: Document) -> None:
        caption = (markup.pieces(file.caption, markup.CAPTION_LIMIT) or (None,))[0]
        await self._bot.send_document(chat, file.content, caption, filename=file.file, parse_mode=ParseMode.HTML)

    async def _edit(self, chat: int, message: int, html: str, keyboard: InlineKeyboardMarkup | None) -> None:
        """Change a message; where it is gone or can't be changed, say it anew."""
        try:
            await self._bot.edit_message_text(
                html, chat, message, parse_mode=ParseMode.HTML, reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            )  # fmt: skip
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                await self._say(chat, html, keyboard)


def _keyboard(text: Text) -> Keyboard:
    """Buttons under the message, or else the persistent menu: a message carries only one of them."""
    if text.buttons:
        rows = [[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in text.buttons]
        return InlineKeyboardMarkup(rows)
    if text.menu:
        return ReplyKeyboardMarkup(text.menu, resize_keyboard=True, is_persistent=True)
    return None


def _undelivered(error: TelegramError) -> channel.Undelivered | None:
    """What an error of sending means to the desk; None: this message will never be taken."""
    if isinstance(error, errors.ChatMigrated):
        return channel.Moved(str(error.new_chat_id))
    if isinstance(error, Forbidden):
        return channel.Unreachable("the person blocked the bot")
    if isinstance(error, BadRequest):
        gone = any(words in error.message.lower() for words in _GONE)
        return channel.Unreachable("the chat is gone") if gone else None
    return channel.TryLater(max(1.0, asked_to_wait(error)))
