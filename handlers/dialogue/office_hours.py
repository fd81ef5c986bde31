"""When the staff answer: the days and hours of the settings, whether it is now, and when the next begin."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Hours:
    """Days of the week (1 is Monday) and spans of a day, in order; without either nothing is promised."""

    days: frozenset[int] = frozenset()
    spans: tuple[tuple[datetime.time, datetime.time], ...] = ()

    @property
    def told(self) -> bool:
        """Whether hours are named at all."""
        return bool(self.days and self.spans)

    def are_now(self, at: datetime.datetime) -> bool:
        """Whether a moment is within them."""
        return at.isoweekday() in self.days and any(start <= at.time() < end for start, end in self.spans)

    def next_start(self, at: datetime.datetime) -> datetime.datetime | None:
        """When they begin next after a moment; None where no hours are named."""
        for away in range(_WEEK + 1):
            day = at + datetime.timedelta(days=away)
            for start, _ in self.spans if day.isoweekday() in self.days else ():
                begins = datetime.datetime.combine(day.date(), start, at.tzinfo)
                if begins > at:
                    return begins
        return None
