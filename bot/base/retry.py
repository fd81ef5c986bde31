"""Trying again after what passes: pauses that grow, as long as the error asks for, until it makes no sense any more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import tenacity

log = logging.getLogger(__name__)

T = TypeVar("T")
Failures = type[Exception] | tuple[type[Exception], ...]

_PAUSES = tenacity.wait_exponential(multiplier=1.0, max=30.0)
"""Seconds between tries: 1, 2, 4 … 30, 30 …"""


async def _log(error: BaseException, seconds: float) -> None:
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

    def worth_it(error: BaseException) -> bool:
        return isinstance(error, on) and not isinstance(error, never)

    def pause(state: tenacity.RetryCallState) -> float:
        return max(_PAUSES(state), asked(_error(state)))

    def enough(state: tenacity.RetryCallState) -> bool:
        too_long = within is not None and state.idle_for + state.upcoming_sleep > within
        return too_long or state.attempt_number == tries

    async def before_pause(state: tenacity.RetryCallState) -> None:
        await meanwhile(_error(state), state.upcoming_sleep)

    policy = tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception(worth_it),
        wait=pause,
        stop=enough,
        before_sleep=before_pause,
        sleep=sleep,
        reraise=True,
    )
    return await policy(work)


def _error(state: tenacity.RetryCallState) -> BaseException:
    error = state.outcome.exception() if state.outcome is not None else None
    assert error is not None, "there is a pause after an error only"
    return error
