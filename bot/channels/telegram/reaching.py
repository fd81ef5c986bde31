"""Asking the Bot API until it answers: what passes is waited for, what is refused for good is not asked again."""

from __future__ import annotations

import contextlib
import datetime
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeVar

from telegram import error as errors
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.base.retry import again
from bot.channels.telegram.api import TelegramBot
from bot.channels.telegram.connection import WrongToken

log = logging.getLogger(__name__)

FOR_GOOD: Final = (BadRequest, Forbidden, InvalidToken, errors.ChatMigrated)
"""What Telegram says the same way again when it is asked again."""

T = TypeVar("T")


async def reach(bot: TelegramBot, work: Callable[[], Awaitable[T]]) -> T:
    """The result of `work`, tried until Telegram can be reached; raises WrongToken."""
    meanwhile = partial(_unreached, bot)
    try:
        return await again(work, TelegramError, never=InvalidToken, asked=asked_to_wait, meanwhile=meanwhile)
    except InvalidToken:
        raise WrongToken from None


def asked_to_wait(error: BaseException) -> float:
    """The seconds Telegram asks to wait; 0 when it does not."""
    if not isinstance(error, errors.RetryAfter):
        return 0.0
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, datetime.timedelta) else float(wait)


async def _unreached(bot: TelegramBot, error: BaseException, seconds: float) -> None:
    if not isinstance(error, errors.Conflict):
        log.warning("no answer from Telegram (%s): again in %g s", type(error).__name__, seconds)
        return
    log.error("another process serves this bot, or a webhook is set")
    if "webhook" in error.message.lower():
        with contextlib.suppress(TelegramError):
            await bot.delete_webhook(drop_pending_updates=False)
