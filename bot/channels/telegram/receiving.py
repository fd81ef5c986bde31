"""What comes from Telegram, whichever way it was fetched: a raw update to the desk, and back when it is kept.

Long polling and a webhook do no more than

    await receiver.take(raw)    # returns once its effects are committed: now it may be confirmed

Updates of one chat are in the order in which `take` was called, chats side by side.
"""

from __future__ import annotations

import contextlib
import datetime
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, Final, TypeVar

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.base import logs
from bot.base.locks import Locks
from bot.base.meters import Meters
from bot.base.retry import again
from bot.base.tasks import Errands
from bot.channels.at_work import AtWork
from bot.channels.telegram.api import TelegramBot
from bot.channels.telegram.connection import NAME
from bot.channels.telegram.inbound import in_group, in_private, posted
from bot.channels.telegram.inline import offer
from bot.channels.telegram.legible import number_of, read
from bot.channels.telegram.reaching import FOR_GOOD, asked_to_wait
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.storage.database import StorageDown

log = logging.getLogger(__name__)

ALLOWED_UPDATES: Final = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
    Update.MY_CHAT_MEMBER,
)

_TRIES = 3
_ALBUMS_KNOWN = 500

T = TypeVar("T")


class Receiver:
    """Takes updates as the Bot API sends them, and hands to the desk what people did."""

    def __init__(
        self,
        bot: TelegramBot,
        at_work: AtWork,
        desk: Desk,
        delivery: Delivery,
        clock: Callable[[], datetime.datetime],
        apologise: Callable[[int], Coroutine[Any, Any, None]],
        meters: Meters | None = None,
    ) -> None:
        """`apologise` tells a chat that something of theirs failed."""
        self._bot = bot
        self._at_work = at_work
        self._desk = desk
        self._delivery = delivery
        self._clock = clock
        self._apologise = apologise
        self._meters = meters or Meters()
        self._chats = Locks()
        self._errands = Errands()
        self._albums: dict[str, int] = {}

    async def take(self, raw: object, tries: int | None = None) -> None:
        """Return once all that an update leads to is committed, or it is known that nothing ever will be.

        What can't be read is noted by its number, and passed over. While the database fails it is tried again, or so
        many times at most: then StorageDown is raised, nothing is kept, and the update must come again.
        """
        update = read(raw, self._bot)
        if update is None:
            log.error("update %s can't be read, and is passed over", number_of(raw))
            self._meters.passed_over()
            return
        if update.inline_query is not None:
            self._errands.run(offer(self._bot, self._desk, update.inline_query))
            return
        if update.callback_query is not None:
            self._errands.run(self._acknowledge(update.callback_query))
        place = update.effective_chat or update.effective_user
        async with self._chats.of(str(place.id if place else 0)):
            try:
                if not self._answered_with_its_album(update):
                    await self._hand_in(update, tries)
            except StorageDown:
                raise
            except Exception as error:
                self._failed(update, error)

    async def settled(self) -> None:
        """Return when no press is being acknowledged any more."""
        await self._errands.settled()

    async def end(self, grace: float) -> None:
        """Give what is under way beside `grace` seconds, and break off the rest."""
        await self._errands.end(grace)

    def _answered_with_its_album(self, update: Update) -> bool:
        """Whether this is one more picture, without words, of an album of which one was answered already."""
        message = update.message
        if message is None or message.media_group_id is None:
            return False
        first = self._albums.setdefault(message.media_group_id, update.update_id)
        if len(self._albums) > _ALBUMS_KNOWN:
            self._albums.pop(next(iter(self._albums)))
        return first != update.update_id and not message.caption

    async def _hand_in(self, update: Update, tries: int | None) -> None:
        change, now = update.my_chat_member, self._clock()
        inbound = in_private(update, now) or in_group(update, now, self._bot) or posted(update, now)
        if inbound is not None:
            silent = inbound.group or inbound.message.kind == "posted"
            async with contextlib.nullcontext() if silent else self._at_work.shown(inbound.address):
                self._delivery.wake(await self._desk.take(inbound, tries))
        elif change is not None:
            await self._member_changed(change, tries)
        elif update.message is not None and update.message.migrate_to_chat_id is not None:
            old, new = str(update.message.chat.id), str(update.message.migrate_to_chat_id)
            await _kept(partial(self._desk.moved, NAME, old, new), tries)

    async def _member_changed(self, change: ChatMemberUpdated, tries: int | None) -> None:
        """A person blocked the bot; or the staff may have given it the right to write, and what waits is tried."""
        if change.chat.type != ChatType.PRIVATE:
            if await _kept(partial(self._desk.staff_are_in, NAME, str(change.chat.id)), tries):
                self._delivery.resume()
        elif change.new_chat_member.status == ChatMember.BANNED:
            left = partial(self._desk.unreachable, NAME, str(change.from_user.id))
            self._delivery.wake(await _kept(left, tries))

    async def _acknowledge(self, query: CallbackQuery) -> None:
        """Have the button stop waiting; too old, or answered before, nothing turns on it."""
        with contextlib.suppress(TelegramError):
            answer = partial(self._bot.answer_callback_query, query.id)
            await again(answer, TelegramError, never=FOR_GOOD, asked=asked_to_wait, tries=_TRIES)

    def _failed(self, update: Update, error: Exception) -> None:
        """Say sorry and log what failed, without a word of what was written."""
        log.error("update %s failed: %s", update.update_id, logs.told(error))
        chat = update.effective_chat
        if chat is not None and chat.type == ChatType.PRIVATE:
            self._errands.run(self._apologise(chat.id))


async def _kept(work: Callable[[], Awaitable[T]], tries: int | None) -> T:
    return await again(work, StorageDown, tries=tries)
