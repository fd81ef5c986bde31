"""Replies out to Telegram: texts in pieces, pictures, files, and messages changed in place."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyKeyboardMarkup
from telegram import error as errors
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.base import logs
from bot.channels import markup
from bot.channels.at_work import AtWork
from bot.channels.telegram.api import Garbage, TelegramBot, perhaps_done
from bot.channels.telegram.pacing import ANNOUNCEMENT
from bot.channels.telegram.passing_on import pass_on_button
from bot.channels.telegram.reaching import asked_to_wait
from bot.desk import channel
from handlers.dialogue.turn import Document, Picture, Said, Text

log = logging.getLogger(__name__)

UNCLEAR_SECONDS: Final = 30.0
"""Until a message of which it is not known whether Telegram took it is sent once more: longer than an answer takes."""
_GONE = ("chat not found", "user not found", "deactivated", "peer_id_invalid")
_BARRED = (
    "not enough rights", "have no rights", "need administrator rights", "chat_write_forbidden", "chat_admin_required",
    "chat_restricted", "chat_send_", "topic_closed", "topic_deleted", "thread not found",
)  # fmt: skip
"""What Telegram says where the bot may not write now, and may again when somebody gives it the right."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | None
Step = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class _BrokenOff:
    """A reply that broke off before its step `at`, which was tried `unclear` times and may have been done.

    Of the reply only a hash is kept: who is never written to again leaves nothing that was said.
    """

    reply: str
    at: int
    unclear: int


class Sender:
    """Carries replies out; of one that was broken off it knows how far it came."""

    def __init__(self, bot: TelegramBot, at_work: AtWork, pictures: Callable[[Picture], Awaitable[bytes]]) -> None:
        self._bot = bot
        self._at_work = at_work
        self._pictures = pictures
        self._broken_off: dict[str, _BrokenOff] = {}

    async def remark(self, chat: int, text: str) -> None:
        """Say something that is not the desk's, once."""
        with contextlib.suppress(TelegramError):
            for html in markup.pieces(text):
                await self._say(chat, html, None)

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        """Send one reply, in several messages where it is long; tried again, it goes on where it broke off.

        Raises Unreachable, Barred or TryLater. What Telegram refuses for good, and what can't be made, is logged and
        dropped. A message whose answer was lost is sent once more after a while, when Telegram answers again; then it
        counts as taken. One that was answered by garbage, which is not Telegram's, is sent until it is answered.
        """
        mark = hashlib.sha256(repr(reply).encode()).hexdigest()
        before = self._broken_off.pop(address, None)
        if before is None or before.reply != mark:
            before = _BrokenOff(mark, 0, unclear=0)
        if before.unclear:
            await self._answers_again(address, before)
        try:
            steps = await self._steps(int(address), reply, replaces)
        except Exception as error:  # again and again it would stand before all others
            log.error("a reply can't be made: %s", logs.told(error))
            return
        for number, step in enumerate(steps):
            if number < before.at:
                continue
            tried = before.unclear if number == before.at else 0
            try:
                await step()
            except TelegramError as error:
                if perhaps_done(error) and (not tried or isinstance(error, Garbage)):
                    self._broken_off[address] = _BrokenOff(mark, number, tried + 1)
                    raise channel.TryLater(UNCLEAR_SECONDS * 2**tried, perhaps_taken=True) from None
                if perhaps_done(error):
                    log.error("of a message it is not known whether Telegram took it: it counts as taken")
                    continue
                problem = _undelivered(error)
                if isinstance(problem, channel.TryLater | channel.Barred):
                    self._broken_off[address] = _BrokenOff(mark, number, tried)
                if problem is not None:
                    raise problem from None
                log.error("Telegram refuses a reply: %s", error.message.partition(":")[0])
            except Exception as error:  # again and again it would stand before all others
                log.error("a reply can't be made: %s", logs.told(error))

    async def announce(self, address: str, message: Text) -> None:
        """Send one message, once, when nobody's answer waits for its turn.

        Raises Unreachable, Barred, Moved, NeverTaken, TryLater: `perhaps_taken` where its answer was lost, for it is
        not sent again. What was broken off in the same chat goes on as if this had not been.
        """
        try:
            await self._bot.send_message(
                int(address), message.html, ParseMode.HTML, reply_markup=_keyboard(message),
                link_preview_options=_NO_PREVIEW,
                rate_limit_args=None if self._bot.rate_limiter is None else ANNOUNCEMENT,
            )  # fmt: skip
        except TelegramError as error:
            if perhaps_done(error):
                raise channel.TryLater(UNCLEAR_SECONDS, perhaps_taken=True) from None
            raise (_undelivered(error) or channel.NeverTaken(error.message.partition(":")[0])) from None

    async def _answers_again(self, address: str, before: _BrokenOff) -> None:
        """Raise TryLater while Telegram answers nothing: what is sent meanwhile would be lost as well."""
        try:
            await self._bot.get_me()
        except TelegramError:
            self._broken_off[address] = before
            raise channel.TryLater(UNCLEAR_SECONDS, perhaps_taken=True) from None

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
        try:
            async with self._at_work.shown(str(chat), ChatAction.UPLOAD_PHOTO):
                image = await self._pictures(picture)
        except Exception as error:
            log.error("picture %s can't be made: %s", picture.name, logs.told(error))
            return [partial(self._say_instead, chat, picture)]
        caption = markup.pieces(picture.caption, markup.CAPTION_LIMIT)
        if len(caption) > 1:
            said = [partial(self._say, chat, html, None) for html in markup.pieces(picture.caption)]
            return [partial(self._show, chat, image, picture, None), *said]
        return [partial(self._show, chat, image, picture, "".join(caption))]

    async def _say(self, chat: int, html: str, keyboard: Keyboard, quiet: bool = False) -> None:
        await self._bot.send_message(
            chat, html, ParseMode.HTML, reply_markup=keyboard, link_preview_options=_NO_PREVIEW,
            disable_notification=quiet or None,
        )  # fmt: skip

    async def _show(self, chat: int, image: bytes, picture: Picture, caption: str | None) -> None:
        try:
            async with self._at_work.shown(str(chat), ChatAction.UPLOAD_PHOTO):
                await self._bot.send_photo(
                    chat, image, caption or None, parse_mode=ParseMode.HTML, filename=f"{picture.name}.png"
                )  # fmt: skip
        except BadRequest as error:
            if _undelivered(error) is not None:
                raise
            told = error.message.partition(":")[0]
            log.error("Telegram refuses the picture %s, which is told in words: %s", picture.name, told)
            await self._say_instead(chat, picture)

    async def _say_instead(self, chat: int, picture: Picture) -> None:
        """What the picture shows, in words."""
        for html in markup.pieces(picture.words or picture.caption):
            await self._say(chat, html, None)

    async def _hand_over(self, chat: int, file: Document) -> None:
        caption = (markup.pieces(file.caption, markup.CAPTION_LIMIT) or (None,))[0]
        async with self._at_work.shown(str(chat), ChatAction.UPLOAD_DOCUMENT):
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
    hands_on = None if text.pass_on is None else pass_on_button(text.pass_on)
    if text.buttons or hands_on is not None:
        rows = [[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in text.buttons]
        return InlineKeyboardMarkup(rows if hands_on is None else [[hands_on], *rows])
    if text.menu:
        return ReplyKeyboardMarkup(text.menu, resize_keyboard=True, is_persistent=True)
    return None


def _undelivered(error: TelegramError) -> channel.Undelivered | None:
    """What an error of sending means to the desk; None: this message will never be taken."""
    if isinstance(error, errors.ChatMigrated):
        return channel.Moved(str(error.new_chat_id))
    if isinstance(error, Forbidden | BadRequest):
        words = error.message.lower()
        if any(each in words for each in _BARRED):
            return channel.Barred("the bot may not write there now")
        if isinstance(error, Forbidden):
            return channel.Unreachable("the person blocked the bot")
        return channel.Unreachable("the chat is gone") if any(each in words for each in _GONE) else None
    return channel.TryLater(max(1.0, asked_to_wait(error)))
