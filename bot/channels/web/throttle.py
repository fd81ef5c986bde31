"""How much one may ask for: whoever asks faster waits, and only who would have to wait for long is told to come again.

Nothing is kept but a time for each, in memory; the addresses are told to nobody.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

PATIENCE = 8.0
"""Seconds that somebody is kept waiting; a browser waits for longer."""
_REMEMBERED = 20_000


class TooFast(Exception):
    """More was asked for than waiting would do: come again after so many `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("more than waiting would do")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Throttles:
    """What an address may look at, what it may send, and what one person may send."""

    looking: Throttle
    sending: Throttle
    person: Throttle

    @classmethod
    def usual(cls) -> Throttles:
        """Many people may be behind one address: a village, a school, a network of telephones."""
        return cls(
            Throttle(a_second=40, at_once=400), Throttle(a_second=5, at_once=60), Throttle(a_second=1, at_once=20)
        )

    @classmethod
    def none(cls) -> Throttles:
        """Nobody waits."""
        return cls(*(Throttle(a_second=1e9, at_once=1_000_000) for _ in range(3)))


class Throttle:
    """So many a second of each, and some more at once."""

    def __init__(
        self,
        a_second: float,
        at_once: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval = 1 / a_second
        self._slack = (at_once - 1) / a_second
        self._clock = clock
        self._sleep = sleep
        self._next: OrderedDict[str, float] = OrderedDict()
        """When each would be heard if nobody were let ahead of their time."""

    async def keep(self, who: str) -> None:
        """Wait until this one may be heard; raises TooFast."""
        now = self._clock()
        due = max(self._next.get(who, now), now)
        wait = due - self._slack - now
        if wait > PATIENCE:
            raise TooFast(wait)
        self._next[who] = due + self._interval
        self._next.move_to_end(who)
        if len(self._next) > _REMEMBERED:
            self._next.popitem(last=False)
        if wait > 0:
            await self._sleep(wait)
