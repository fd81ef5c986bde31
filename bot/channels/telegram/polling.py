"""Telegram by long polling: updates to the desk, replies out.

An update is confirmed (by asking for the next one) only after the desk has committed it. Messages of one chat
are in order, chats side by side; sending goes on beside, so that one chat told to wait holds up nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CallbackQuery,
    ChatMember,
    Update,
)
from telegram import error as errors
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import Application, CallbackContext, TypeHandler
from telegram.request import BaseRequest

from bot.base import logs
from bot.base.retry import again
from bot.base.tasks import Errands, Stopped, until_stopped
from bot.channels.telegram.connection import NAME, TelegramConnection, WrongToken, make_bot
from bot.channels.telegram.inbound import in_group, in_private
from bot.channels.telegram.legible import legible
from bot.channels.telegram.sending import Sender, asked_to_wait
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.storage.database import StorageDown
from handlers.dialogue.turn import Picture, Said

log = logging.getLogger(__name__)

ALLOWED_UPDATES: Final = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)

_BATCH_GRACE = 10.0
_SENDING_GRACE = 5.0
_TRIES = 3
_FOR_GOOD = (BadRequest, Forbidden, InvalidToken, errors.ChatMigrated)
"""What Telegram says the same way again when it is asked again."""

T = TypeVar("T")
BotContext = CallbackContext[Any, Any, Any, Any]


class TelegramChannel:
    """A bot on Telegram: `run` until told to stop; the delivery sends through `send`."""

    name = NAME

    def __init__(
        self,
        connection: TelegramConnection,
        desk: Desk,
        delivery: Delivery,
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
        self._delivery = delivery
        self._clock = clock
        self._commands = commands
        self._staff_commands = staff_commands
        self._staff_chats = staff_chats
        self._apology = apology
        self._poll_seconds = connection.poll_seconds
        self._bot = make_bot(connection, request)
        self._sender = Sender(self._bot, pictures)
        self._application = Application.builder().bot(self._bot).updater(None).job_queue(None).build()
        self._application.add_handler(TypeHandler(Update, self._receive))
        self._application.add_error_handler(self._failed)
        self._offset: int | None = None
        self._errands = Errands()

    # --- running

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; raises WrongToken."""
        try:
            await until_stopped(self._reach(self._application.initialize), stop)
            self._errands.run(self._announce_commands())
            async with self._delivery.over(self):
                while not stop.is_set():
                    updates = await until_stopped(self._reach(self._poll), stop)
                    await until_stopped(self._take_all(updates), stop, _BATCH_GRACE)
        except Stopped:
            log.info("told to stop")
        finally:
            await self._close()

    async def settled(self) -> None:
        """Return when nothing is being sent any more."""
        await self._delivery.settled()
        await self._errands.settled()

    async def _close(self) -> None:
        await self._errands.end(_SENDING_GRACE)
        if self._offset is not None:  # what is not confirmed now comes again, and is known then
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(_SENDING_GRACE):
                    await self._poll(seconds=0, limit=1)
        await self._application.shutdown()
        await self._bot.shutdown()  # which the application leaves out when it never got to open

    async def _reach(self, work: Callable[[], Awaitable[T]]) -> T:
        """The result of `work`, tried until Telegram can be reached; raises WrongToken."""
        try:
            return await again(work, TelegramError, never=InvalidToken, asked=asked_to_wait, meanwhile=self._unreached)
        except InvalidToken:
            raise WrongToken from None

    async def _unreached(self, error: BaseException, seconds: float) -> None:
        if not isinstance(error, errors.Conflict):
            log.warning("no answer from Telegram (%s): again in %g s", type(error).__name__, seconds)
            return
        log.error("another process serves this bot, or a webhook is set")
        if "webhook" in error.message.lower():
            with contextlib.suppress(TelegramError):
                await self._bot.delete_webhook(drop_pending_updates=False)

    async def _announce_commands(self) -> None:
        await self._announce(self._commands, BotCommandScopeAllPrivateChats())
        for chat in self._staff_chats if self._staff_commands else ():
            shown = self._staff_commands if chat < 0 else (*self._commands, *self._staff_commands)
            await self._announce(shown, BotCommandScopeChat(chat))

    async def _announce(self, shown: Sequence[tuple[str, str]], scope: BotCommandScope) -> None:
        commands = [BotCommand(name, description) for name, description in shown]
        try:
            await again(
                partial(self._bot.set_my_commands, commands, scope=scope),
                TelegramError,
                never=_FOR_GOOD,
                asked=asked_to_wait,
            )
        except errors.ChatMigrated as moved:
            await self._announce(shown, BotCommandScopeChat(moved.new_chat_id))
        except TelegramError as error:  # or a chat that never wrote to the bot
            log.error("Telegram refuses a list of commands: %s", error.message.partition(":")[0])

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

    async def _receive(self, update: Update, context: BotContext) -> None:
        change, now = update.my_chat_member, self._clock()
        inbound = in_private(update, now) or in_group(update, now, self._bot)
        if inbound is not None:
            self._delivery.wake(await again(partial(self._desk.take, inbound), StorageDown))
        elif change is not None:
            if change.chat.type == ChatType.PRIVATE and change.new_chat_member.status == ChatMember.BANNED:
                left = partial(self._desk.unreachable, self.name, str(change.from_user.id))
                self._delivery.wake(await again(left, StorageDown))
        elif update.message is not None and update.message.migrate_to_chat_id is not None:
            old, new = str(update.message.chat.id), str(update.message.migrate_to_chat_id)
            await again(partial(self._desk.moved, self.name, old, new), StorageDown)

    async def _acknowledge(self, query: CallbackQuery) -> None:
        """Have the button stop waiting; too old, or answered before, nothing turns on it."""
        with contextlib.suppress(TelegramError):
            answer = partial(self._bot.answer_callback_query, query.id)
            await again(answer, TelegramError, never=_FOR_GOOD, asked=asked_to_wait, tries=_TRIES)

    async def _failed(self, update: object, context: BotContext) -> None:
        """Say sorry and log what failed, without a word of what was written."""
        if not isinstance(update, Update):
            return
        log.error("update %s failed: %s", update.update_id, logs.told(context.error))
        chat = update.effective_chat
        if chat is not None and chat.type == ChatType.PRIVATE:
            self._errands.run(self._sender.remark(chat.id, self._apology))

    # --- going out

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        """As `Sender.send`."""
        await self._sender.send(address, reply, replaces)
