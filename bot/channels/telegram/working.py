"""«đang soạn…» in a chat while something is made that takes longer than a moment."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.api import TelegramBot

_A_MOMENT = 1.0
_SHOWN_SECONDS = 5.0
"""So long a chat shows it; then it is asked for again."""
_TIMES = 12
"""What takes longer than a minute waits for something else."""


@contextlib.asynccontextmanager
async def at_work(bot: TelegramBot, chat: int, action: ChatAction = ChatAction.TYPING) -> AsyncIterator[None]:
    """Show in a chat that the assistant is at work within, if that takes longer than a second.

    Nothing turns on it: where it can't be shown, it isn't.
    """
    telling: asyncio.Task[None] | None = None

    def tell() -> None:
        nonlocal telling
        telling = asyncio.create_task(_tell(bot, chat, action))

    timer = asyncio.get_running_loop().call_later(_A_MOMENT, tell)
    try:
        yield
    finally:
        timer.cancel()
        if telling is not None:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)


async def _tell(bot: TelegramBot, chat: int, action: ChatAction) -> None:
    for _ in range(_TIMES):
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(chat, action)
        await asyncio.sleep(_SHOWN_SECONDS)
