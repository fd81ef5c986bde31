"""Tells the group of the staff, once when something passes a threshold and once when it is over.

What was told is known by the deliveries of the clock (`tick:alarm:disk:000012:begun`, then `…:over`), so a restart in
between neither repeats nor forgets it; the words go out through the outbox like everything else.
"""

from __future__ import annotations

import collections
import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from bot.app import App
from bot.base.clock import Clock
from bot.watch.state import Health, looked_at
from bot.watch.telling import last_told, tell
from handlers.handover.ticks import ALARM, ALARMS, BEGUN, OVER

log = logging.getLogger(__name__)

WINDOW = datetime.timedelta(minutes=10)
"""Errors are counted over so long."""
_MORE_ROOM = 1.2
"""A disk is no longer nearly full when so many times the threshold is free."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """A value against its threshold: `beyond` it, or `calm` again; in between nothing changes."""

    name: str
    value: int
    beyond: bool
    calm: bool


class Alarms:
    """Compares what is found with the thresholds of the settings."""

    def __init__(self, app: App, clock: Clock) -> None:
        self._app, self._clock = app, clock
        self._known: dict[str, str] = {}
        self._errors: collections.deque[tuple[datetime.datetime, int]] = collections.deque()

    async def look(self) -> Health:
        """Tell what begins and what is over now; raises StorageDown."""
        now = self._clock()
        health = await looked_at(self._app, now)
        for each in self._measured(health):
            last = self._known.get(each.name) or await self._last(each.name)
            number, _, state = last.partition(":")
            if state != BEGUN and each.beyond:
                await self._tell(each, f"{int(number) + 1:06}", BEGUN, now)
            elif state == BEGUN and each.calm:
                await self._tell(each, number, OVER, now)
            else:
                self._known[each.name] = last
            self._app.meters.alarms.labels(each.name).set(self._known[each.name].endswith(BEGUN))
        return health

    def _measured(self, health: Health) -> Iterator[_Measured]:
        watch, errors = self._app.settings.watch, self._errors_lately(health.at)
        minutes, free = int(health.waiting.total_seconds() // 60), health.free_megabytes
        errors_limit, waiting_limit, free_limit = watch.errors, watch.waiting_minutes, watch.free_megabytes
        if errors_limit:
            yield _Measured(ALARMS[0], errors, errors >= errors_limit, errors * 2 <= errors_limit)
        if waiting_limit:
            yield _Measured(ALARMS[1], minutes, minutes >= waiting_limit, minutes * 2 <= waiting_limit)
        if free_limit:
            yield _Measured(ALARMS[2], free, free < free_limit, free >= free_limit * _MORE_ROOM)

    def _errors_lately(self, now: datetime.datetime) -> int:
        self._errors.append((now, self._app.meters.errors + self._app.replica.errors_of_others))
        while self._errors[0][0] < now - WINDOW or self._errors[0][0] > now:  # a clock may be set back
            self._errors.popleft()
        return max(0, self._errors[-1][1] - self._errors[0][1])  # less where a process has gone

    async def _last(self, name: str) -> str:
        """The number and the state of what was told last: «000012:begun»."""
        return await last_told(self._app, _delivery(name)) or "000000:"

    async def _tell(self, measured: _Measured, number: str, state: str, now: datetime.datetime) -> None:
        log.warning("%s: %s at %d", measured.name, state, measured.value)
        if self._app.settings.staff.group is not None:
            text = f"{ALARM}|{measured.name}|{state}|{measured.value}"
            await tell(self._app, f"{_delivery(measured.name)}{number}:{state}", text, now)
        self._known[measured.name] = f"{number}:{state}"


def _delivery(name: str) -> str:
    return f"tick:{ALARM}:{name}:"
