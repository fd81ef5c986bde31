"""Telegram: updates to the desk by long polling, replies out, and nothing else of Telegram anywhere.

    WrongToken        Telegram does not know the token

An update is confirmed (by asking for the next one) only after the desk has committed it. Messages of one chat
are in order, chats side by side; sending goes on beside, so that one chat told to wait holds up nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Literal, TypeVar
from urllib.parse import urlsplit

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CallbackQuery,
    ChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    Update,
)
from telegram import Message as TelegramMessage
from telegram import error as errors
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import Application, CallbackContext, ExtBot, TypeHandler, filters
from telegram.request import BaseRequest, HTTPXRequest

from bot.base import logs
from bot.base.tasks import Errands, Stopped, again_while, pauses, stop_signals, until_stopped
from bot.channels import markup
from bot.channels.legible import legible
from bot.desk import channel
from bot.desk.senders import Desk, Senders
from bot.storage.database import StorageDown
from handlers.dialogue.message import Kind, Message
from handlers.dialogue.turn import Document, Picture, Said, Text

log = logging.getLogger(__name__)

NAME = "telegram"
ALLOWED_UPDATES: Final = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)

_BATCH_GRACE = 10.0
_SENDING_GRACE = 5.0
_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_GONE = ("chat not found", "user not found", "deactivated", "peer_id_invalid")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

T = TypeVar("T")
Context = CallbackContext[Any, Any, Any, Any]
Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | None
Step = Callable[[], Coroutine[Any, Any, None]]


class WrongToken(Exception):
    """Telegram does not know the token; the token itself is not in the message."""

    def __init__(self) -> None:
        super().__init__("Telegram does not know this token")


@dataclass(frozen=True, slots=True)
class Connection:
    """How Telegram is reached. An address that is only a host gets the usual path; polls last up to 50 s."""

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    proxy: str | None = field(default=None, repr=False)
    poll_seconds: int = 30


@dataclass(frozen=True, slots=True)
class Online:
    """Whether the Bot API answers, as whom, and if not why."""

    why: Literal["reachable", "wrong_token", "wrong_proxy", "timed_out", "no_connection", "refused"]
    username: str | None = None

    @property
    def reachable(self) -> bool:
        return self.why == "reachable"


class TelegramChannel:
    """A bot on Telegram: `run` until told to stop; the desk sends through `send`."""

    name = NAME

    def __init__(
        self,
        connection: Connection,
        desk: Desk,
        *,
        clock: Callable[[], datetime.datetime],
        pictures: Callable[[Picture], Awaitable[bytes]],
        commands: Sequence[tuple[str, str]],
        staff_commands: Sequence[tuple[str, str]] = (),
        staff_chats: Sequence[int] = (),
        apology: str,
        request: BaseRequest | None = None,
    ) -> None:
        """`commands`: (name, description), those of the staff shown in `staff_chats` only.

        The texts may hold <b> and <i>; `request` replaces the network.
        """
        logs.guard(connection.token)
        self._desk = desk
        self._clock = clock
        self._pictures = pictures
        self._commands = commands
        self._staff_commands = staff_commands
        self._staff_chats = staff_chats
        self._apology = apology
        self._poll_seconds = connection.poll_seconds
        self._bot = _bot(connection, request)
        self._application = Application.builder().bot(self._bot).updater(None).job_queue(None).build()
        self._application.add_handler(TypeHandler(Update, self._receive))
        self._application.add_error_handler(self._failed)
        self._offset: int | None = None
        self._errands = Errands()
        self._senders = Senders(desk, self, self._errands)
        self._begun: dict[str, tuple[Said, int]] = {}
        self._serving = False

    # --- running

    async def run(self, stop: asyncio.Event | None = None) -> None:
        """Serve until `stop` is set (by default on SIGTERM and SIGINT); raises WrongToken."""
        if stop is None:
            with stop_signals() as stop:
                return await self.run(stop)
        try:
            await until_stopped(self._reach(self._application.initialize), stop)
            self._errands.run(self._announce_commands())
            self._serving = True
            self._senders.start()
            while not stop.is_set():
                updates = await until_stopped(self._reach(self._poll), stop)
                await until_stopped(self._take_all(updates), stop, _BATCH_GRACE)
        except Stopped:
            log.info("told to stop")
        finally:
            self._serving = False
            await self._close()
        return None

    def send_waiting(self) -> None:
        """Send beside what waits for anybody: what the clock started, and what Telegram did not take before."""
        if self._serving:
            self._senders.start()

    async def settled(self) -> None:
        """Return when nothing is being sent any more."""
        await self._errands.settled()

    async def _close(self) -> None:
        await self._errands.end(_SENDING_GRACE)
        if self._offset is not None:  # what is not confirmed now comes again, and is known then
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(_SENDING_GRACE):
                    await self._poll(seconds=0, limit=1)
        await self._application.shutdown()
        await self._bot.shutdown()  # which the application leaves out when it never got to open

    async def _reach(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The result of `work`, tried until Telegram can be reached; raises WrongToken."""
        pause = pauses()
        while True:
            try:
                return await work()
            except InvalidToken:
                raise WrongToken from None
            except errors.Conflict as error:
                log.error("another process serves this bot, or a webhook is set")
                if "webhook" in error.message.lower():
                    with contextlib.suppress(TelegramError):
                        await self._bot.delete_webhook(drop_pending_updates=False)
                seconds = next(pause)
            except TelegramError as error:
                seconds = max(next(pause), _asked_to_wait(error))
                log.warning("no answer from Telegram (%s): again in %g s", type(error).__name__, seconds)
            await asyncio.sleep(seconds)

    async def _announce_commands(self) -> None:
        await self._announce(self._commands, BotCommandScopeAllPrivateChats())
        for chat in self._staff_chats if self._staff_commands else ():
            shown = self._staff_commands if chat < 0 else (*self._commands, *self._staff_commands)
            await self._announce(shown, BotCommandScopeChat(chat))

    async def _announce(self, shown: Sequence[tuple[str, str]], scope: BotCommandScope) -> None:
        commands = [BotCommand(name, description) for name, description in shown]
        for pause in pauses():
            try:
                await self._bot.set_my_commands(commands, scope=scope)
                return
            except errors.ChatMigrated as moved:
                scope = BotCommandScopeChat(moved.new_chat_id)
            except (BadRequest, Forbidden, InvalidToken) as error:  # or a chat that never wrote to the bot
                log.error("Telegram refuses a list of commands: %s", error.message.partition(":")[0])
                return
            except TelegramError as error:
                await asyncio.sleep(max(pause, _asked_to_wait(error)))

    # --- coming in

    async def _poll(self, seconds: int | None = None, limit: int = 100) -> Sequence[Update]:
        """Confirm what is committed, and wait for more."""
        wanted: dict[str, Any] = {"limit": limit, "allowed_updates": list(ALLOWED_UPDATES)}
        if self._offset is not None:
            wanted["offset"] = self._offset
        try:
            return await self._bot.get_updates(timeout=self._poll_seconds if seconds is None else seconds, **wanted)
        except TelegramError:
            raise
        except Exception as error:  # one the library can't read must not stand before all others for ever
            log.warning("an update can't be read (%s): reading one by one", type(error).__name__)
        given = await self._bot.do_api_request("get_updates", wanted | {"timeout": 0})
        return [self._legible(one) for one in given if isinstance(one.get("update_id"), int)]

    def _legible(self, raw: dict[str, Any]) -> Update:
        """The update, as far as it can be read; with nothing but its number if not at all."""
        for content in legible(raw):
            with contextlib.suppress(Exception):
                return Update.de_json(content, self._bot)
        return Update(raw["update_id"])

    async def _take_all(self, updates: Sequence[Update]) -> None:
        """Have a batch committed, a chat's updates in order, chats side by side; then it may be confirmed."""
        chats: dict[int, list[Update]] = {}
        for update in updates:
            if update.callback_query is not None:
                self._errands.run(self._acknowledge(update.callback_query))
            place = update.effective_chat or update.effective_user
            chats.setdefault(place.id if place else 0, []).append(update)
        async with asyncio.TaskGroup() as group:
            for of_one_chat in chats.values():
                group.create_task(self._take_in_order(of_one_chat))
        if updates:
            self._offset = max(update.update_id for update in updates) + 1

    async def _take_in_order(self, updates: Sequence[Update]) -> None:
        for update in updates:
            await self._application.process_update(update)

    async def _receive(self, update: Update, context: Context) -> None:
        change, now = update.my_chat_member, self._clock()
        inbound = _inbound(update, now) or _in_group(update, now, self._bot)
        if inbound is not None:
            self._senders.send(await again_while(StorageDown, partial(self._desk.take, inbound)))
        elif change is not None:
            if change.chat.type == ChatType.PRIVATE and change.new_chat_member.status == ChatMember.BANNED:
                left = partial(self._desk.unreachable, self.name, str(change.from_user.id))
                self._senders.send(await again_while(StorageDown, left))
        elif update.message is not None and update.message.migrate_to_chat_id is not None:
            old, new = str(update.message.chat.id), str(update.message.migrate_to_chat_id)
            await again_while(StorageDown, partial(self._desk.moved, old, new))

    async def _acknowledge(self, query: CallbackQuery) -> None:
        for pause in (0.5, 2.0, 0.0):
            try:
                await self._bot.answer_callback_query(query.id)
                return
            except (BadRequest, Forbidden, InvalidToken):
                return  # too old, or answered before: nothing turns on it
            except TelegramError as error:
                await asyncio.sleep(max(pause, _asked_to_wait(error)) if pause else 0)

    async def _failed(self, update: object, context: Context) -> None:
        """Say sorry and log what failed, without a word of what was written."""
        if not isinstance(update, Update):
            return
        log.error("update %s failed: %s", update.update_id, logs.told(context.error))
        chat = update.effective_chat
        if chat is not None and chat.type == ChatType.PRIVATE:
            self._errands.run(self._remark(chat.id, self._apology))

    # --- going out

    async def _remark(self, chat: int, text: str) -> None:
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


async def check_online(connection: Connection, request: BaseRequest | None = None) -> Online:
    """Ask the Bot API once who the bot is; never raises, and never tells the token."""
    logs.guard(connection.token)
    try:
        bot = _bot(connection, request)
    except InvalidToken:
        return Online("wrong_token")
    except (ValueError, RuntimeError, ImportError):
        return Online("wrong_proxy")
    try:
        await bot.initialize()
        return Online("reachable", bot.username)
    except InvalidToken:
        return Online("wrong_token")
    except errors.TimedOut:
        return Online("timed_out")
    except TelegramError as error:
        return Online("no_connection" if error.message.startswith("httpx.") else "refused")
    except (TypeError, KeyError, AttributeError):  # something answers, and it is no Bot API
        return Online("refused")
    finally:
        await bot.shutdown()


def _bot(connection: Connection, request: BaseRequest | None) -> ExtBot[None]:
    sending = request or HTTPXRequest(64, 15.0, 15.0, 10.0, 30.0, proxy=connection.proxy)
    polling = request or HTTPXRequest(2, 10.0, 10.0, 10.0, 10.0, proxy=connection.proxy)
    return ExtBot(
        connection.token,
        base_url=_with_path(connection.base_url, "/bot"),
        base_file_url=_with_path(connection.base_file_url, "/file/bot"),
        request=sending,
        get_updates_request=polling,
    )


def _with_path(address: str, usual: str) -> str:
    return address.rstrip("/") + ("" if urlsplit(address).path.strip("/") else usual)


def _inbound(update: Update, at: datetime.datetime) -> channel.Inbound | None:
    """What a person did in a private chat, in the words of the desk; None for what nobody need answer."""
    user, chat, query = update.effective_user, update.effective_chat, update.callback_query
    if chat is None or chat.type != ChatType.PRIVATE or (user is not None and user.is_bot):
        return None
    did = _did(update)
    if did is None:
        return None
    message = Message(did[0], str(update.update_id), at, markup.readable(did[1]))
    pressed = str(query.message.message_id) if query is not None and query.message is not None else None
    person = chat.id if user is None else user.id  # the same number in a private chat
    return channel.Inbound(NAME, str(person), str(chat.id), message, pressed)


def _in_group(update: Update, at: datetime.datetime, bot: ExtBot[None]) -> channel.Inbound | None:
    """What somebody did in a group that is meant for the bot: a press, a reply to the bot, a command to it."""
    chat, query = update.effective_chat, update.callback_query
    if chat is None or chat.type not in _GROUPS:
        return None
    if query is not None:
        if not query.data or query.from_user.is_bot:
            return None
        message = Message("press", str(update.update_id), at, markup.readable(query.data))
        pressed = str(query.message.message_id) if query.message is not None else None
        return channel.Inbound(NAME, str(query.from_user.id), str(chat.id), message, pressed, group=True)
    said = update.message or update.edited_message
    did = None if said is None or _is_to_another(said, bot) else _did(update)
    if said is None or did is None:
        return None
    to = said.reply_to_message
    replied = "" if to is None or to.from_user is None or to.from_user.id != bot.id else to.text or to.caption or ""
    kind: Kind = "text" if did[0] == "start" else did[0]
    text = said.text or ""
    if not replied and not text.startswith("/"):
        return None
    writer = said.sender_chat or said.from_user  # a group writes for an admin who stays unknown
    if writer is None or (said.sender_chat is None and said.from_user is not None and said.from_user.is_bot):
        return None
    text = _COMMAND.sub(lambda found: f"/{found[1]} {found[3] or ''}".rstrip(), text) if text[:1] == "/" else text
    message = Message(kind, str(update.update_id), at, markup.readable(text), replied=markup.readable(replied))
    return channel.Inbound(NAME, str(writer.id), str(chat.id), message, group=True)


def _is_to_another(message: TelegramMessage, bot: ExtBot[None]) -> bool:
    """Whether a command names another bot of the group."""
    called = _COMMAND.fullmatch(message.text or "")
    return called is not None and called[2] is not None and called[2].lower() != (bot.bot.username or "").lower()


def _did(update: Update) -> tuple[Kind, str] | None:
    """The kind of message, and its text."""
    if update.callback_query is not None:
        return ("press", update.callback_query.data) if update.callback_query.data else None
    if update.edited_message is not None:  # a place that moves is an edit every few seconds: silence
        return None if update.edited_message.location else ("edit", update.edited_message.text or "")
    if update.message is None or filters.StatusUpdate.ALL.check_update(update):
        return None
    text = update.message.text or ""
    if not text.strip():
        return "media", ""
    command = _COMMAND.fullmatch(text)
    if command is None:
        return "text", text
    name, addressed_to, rest = command[1], command[2], (command[3] or "").strip()
    if name.lower() == "start":
        return "start", rest
    return "text", f"/{name} {rest}".rstrip() if addressed_to else text


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
    return channel.TryLater(max(1.0, _asked_to_wait(error)))


def _asked_to_wait(error: TelegramError) -> float:
    """The seconds Telegram asks to wait; 0 when it does not."""
    if not isinstance(error, errors.RetryAfter):
        return 0.0
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, datetime.timedelta) else float(wait)
