"""Trying again after what passes: pauses that grow, as long as the error asks for, until it makes no sense any more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.base.obstacle import ToldAlready

log = logging.getLogger(__name__)

T = TypeVar("T")
Failures = type[Exception] | tuple[type[Exception], ...]

_LONGEST = 30.0
"""Seconds between tries: 1, 2, 4 … 30, 30 …"""


async def _log(error: BaseException, seconds: float) -> None:
    if not isinstance(error, ToldAlready):
        log.error("%s; trying again in %g s", type(error).__name__, seconds)


async def again(
    work: Callable[[], Awaitable[T]],
    on: Failures,
    *,
    never: Failures = (),
    asked: Callable[[BaseException], float] = lambda error: 0.0,
    tries: int | None = None,
    within: float | None = None,
    meanwhile: Callable[[BaseException, float], Awaitable[None]] = _log,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> T:
    """The result of `work`, tried again after a pause as long as it raises `on`, but for what is in `never`.

    A pause lasts at least the seconds `asked` for by the error; before it `meanwhile` is done, which logs. The last
    error is raised after so many `tries`, or when the pauses would be longer than `within` seconds together.
    """
    tried, paused, usual = 0, 0.0, 1.0
    while True:
        tried += 1
        try:
            return await work()
        except on as error:
            pause = max(usual, asked(error))
            too_long = within is not None and paused + pause > within
            if isinstance(error, never) or tried == tries or too_long:
                raise
            await meanwhile(error, pause)
            await sleep(pause)
        paused, usual = paused + pause, min(2 * usual, _LONGEST)
