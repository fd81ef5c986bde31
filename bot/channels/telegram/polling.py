"""Long polling: updates are asked for, and confirmed by asking for the next ones once they are committed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from functools import partial

from telegram.error import TelegramError

from bot.base.tasks import until_stopped
from bot.channels.telegram.api import TelegramBot
from bot.channels.telegram.legible import number_of
from bot.channels.telegram.reaching import reach
from bot.channels.telegram.receiving import ALLOWED_UPDATES, Receiver

log = logging.getLogger(__name__)

_BATCH_GRACE = 10.0
_CONFIRMING_GRACE = 5.0
_AT_MOST = 100
_AT_LEAST_SECONDS = 1.0


class Polling:
    """Asks for updates and has them received; nothing is confirmed before it is committed."""

    name = "long polling"

    def __init__(self, bot: TelegramBot, receiver: Receiver, seconds: int) -> None:
        """`seconds`: how long Telegram waits for an update before it answers that there is none."""
        self._bot = bot
        self._receiver = receiver
        self._seconds = seconds
        self._offset: int | None = None
        self._without_number = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop; raises Stopped then, and WrongToken."""
        now = asyncio.get_running_loop().time
        while not stop.is_set():
            since, confirmed = now(), self._offset
            updates = await until_stopped(reach(self._bot, partial(self._poll, self._seconds, _AT_MOST)), stop)
            await until_stopped(self._take_all(updates), stop, _BATCH_GRACE)
            if self._offset == confirmed:  # there was nothing: a server that doesn't wait is asked once a second
                await until_stopped(asyncio.sleep(since + _AT_LEAST_SECONDS - now()), stop)

    async def close(self) -> None:
        """Confirm what was committed: what is not confirmed now comes again, and is known then."""
        if self._offset is not None:
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(_CONFIRMING_GRACE):
                    await self._poll(0, 1)

    async def _poll(self, seconds: int, limit: int) -> list[object]:
        return await self._bot.raw_updates(offset=self._offset, limit=limit, seconds=seconds, kinds=ALLOWED_UPDATES)

    async def _take_all(self, updates: Sequence[object]) -> None:
        """Have a batch committed; then it may be confirmed."""
        numbers = [number for update in updates if (number := number_of(update)) is not None]
        without = len(updates) - len(numbers)
        if without > self._without_number:
            log.error("%d updates have no number that can be one, and are passed over", without)
        self._without_number = without  # those can't be confirmed, and come again
        async with asyncio.TaskGroup() as group:
            for update in updates:
                if number_of(update) is not None:
                    group.create_task(self._receiver.take(update))
        if numbers:
            self._offset = max(numbers) + 1
