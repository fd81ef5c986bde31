"""What a person is to be reminded of, and what they told of what they have paid."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from typing import Literal

from handlers.dialogue.values import Given, Values
from handlers.reading import Whom
from law.base.month import Month

ReminderKind = Literal["pay", "support", "age", "years", "law"]
"""pay: the next payment; support: the last month that the State helps to pay; age: half a year before the age; years:
how long it still is to the years of a pension; law: numbers of the law that change what they pay."""


@dataclass(frozen=True, slots=True)
class QuietTimes:
    """When nobody is reminded: from one hour to another, also over midnight, and on the days of a holiday."""

    since: datetime.time = datetime.time(21)
    until: datetime.time = datetime.time(6)
    holidays: frozenset[datetime.date] = frozenset()

    def is_quiet(self, hour: datetime.time) -> bool:
        """Whether an hour of the day is quiet."""
        if self.since <= self.until:
            return self.since <= hour < self.until
        return hour >= self.since or hour < self.until

    def holds(self, now: datetime.datetime) -> bool:
        """Whether nobody is reminded at a moment."""
        return self.is_quiet(now.time()) or now.date() in self.holidays

    def before(self, now: datetime.datetime, span: datetime.timedelta) -> datetime.datetime:
        """The moment so long before `now`, each day of a holiday in between not counted."""
        then, day = now - span, now.date()
        while day >= then.date():
            if day in self.holidays:
                then -= datetime.timedelta(days=1)
            day -= datetime.timedelta(days=1)
        return then


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing a person is to be reminded of; of each kind there is one for each person the talk may be about."""

    kind: ReminderKind
    whom: Whom
    at: datetime.datetime
    """When it is said next, in Vietnam."""
    given: Given = dataclasses.field(default_factory=dict)
    """What it goes by, as it was told in the form."""
    period: Month | None = None
    """Of a payment: the first of the months that are paid for next."""
    asked: Month | None = None
    """Of a payment: the same of the one they were reminded of last, until they say what became of it."""

    @property
    def values(self) -> Values:
        return Values(self.given)


@dataclass(frozen=True, slots=True)
class ToldPayment:
    """One payment as it was told, in dong: what they paid themselves, and the State's part.

    Without a `period` it stands for all that was paid before the first one told, of which only the months are known.
    """

    whom: Whom
    period: Month | None
    months: int
    supported: int = 0
    own: int = 0
    support: int = 0
