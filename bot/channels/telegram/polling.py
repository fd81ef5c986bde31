"""Long polling: updates are asked for, and confirmed by asking for the next ones once they are committed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from functools import partial
from typing import Any

from telegram.error import TelegramError

from bot.base.tasks import until_stopped
from bot.channels.telegram.connection import TelegramBot
from bot.channels.telegram.reaching import reach
from bot.channels.telegram.receiving import ALLOWED_UPDATES, Receiver

_BATCH_GRACE = 10.0
_CONFIRMING_GRACE = 5.0
_AT_MOST = 100


class Polling:
    """Asks for updates and has them received; nothing is confirmed before it is committed."""

    def __init__(self, bot: TelegramBot, receiver: Receiver, seconds: int) -> None:
        """`seconds`: how long Telegram waits for an update before it answers that there is none."""
        self._bot = bot
        self._receiver = receiver
        self._seconds = seconds
        self._offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop; raises Stopped then, and WrongToken."""
        while not stop.is_set():
            updates = await until_stopped(reach(self._bot, partial(self._poll, self._seconds, _AT_MOST)), stop)
            await until_stopped(self._take_all(updates), stop, _BATCH_GRACE)

    async def close(self) -> None:
        """Confirm what was committed: what is not confirmed now comes again, and is known then."""
        if self._offset is not None:
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(_CONFIRMING_GRACE):
                    await self._poll(0, 1)

    async def _poll(self, seconds: int, limit: int) -> Sequence[dict[str, Any]]:
        return await self._bot.raw_updates(offset=self._offset, limit=limit, seconds=seconds, kinds=ALLOWED_UPDATES)

    async def _take_all(self, updates: Sequence[dict[str, Any]]) -> None:
        """Have a batch committed; then it may be confirmed."""
        numbered = [update for update in updates if isinstance(update.get("update_id"), int)]
        async with asyncio.TaskGroup() as group:
            for update in numbered:
                group.create_task(self._receiver.take(update))
        if numbered:
            self._offset = max(update["update_id"] for update in numbered) + 1
