"""Spans of days in Vietnam: a day, an ISO week, a month, a quarter, a year, some months or years of it, any days.

Their parts, and the spans they are compared with: as many months, or days, before, and the same a year before.

CannotGoOn
    └── BadSpan    what was given names no span; the words say what would
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.base.settings import CannotGoOn
from bot.reports.words import say
from bot.storage.counted import Days
from vietnamese import wording

Part = Literal["day", "week", "month", "quarter", "year"]
PARTS: tuple[Part, ...] = ("day", "week", "month", "quarter", "year")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_ROMAN = ("I", "II", "III", "IV")
_JULY, _HALF, _YEAR = 7, 6, 12
_ONE = datetime.timedelta(days=1)


class BadSpan(CannotGoOn):
    """What was given names no span of time."""

    code = 2


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `since` to `until`, both of them in it; ValueError when they are the wrong way round."""

    since: datetime.date
    until: datetime.date

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError(f"a span ends on or after the day it begins, got {self.since} to {self.until}")

    @classmethod
    def of_day(cls, day: datetime.date) -> Span:
        return cls(day, day)

    @classmethod
    def of_week(cls, year: int, week: int) -> Span:
        """An ISO week, from Monday to Sunday; ValueError for one the year does not have."""
        monday = datetime.date.fromisocalendar(year, week, 1)
        return cls(monday, monday + 6 * _ONE)

    @classmethod
    def of_month(cls, year: int, month: int) -> Span:
        first = datetime.date(year, month, 1)
        return cls(first, _next_month(first) - _ONE)

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Span:
        """A quarter, 1 to 4; ValueError for another."""
        return cls(datetime.date(year, 3 * quarter - 2, 1), cls.of_month(year, 3 * quarter).until)

    @classmethod
    def of_year(cls, year: int) -> Span:
        return cls(datetime.date(year, 1, 1), datetime.date(year, 12, 31))

    @classmethod
    def of_first_months(cls, year: int, months: int) -> Span:
        """The first months of a year, 1 to 12, as a report on six or nine months counts them; ValueError for others."""
        return cls(datetime.date(year, 1, 1), cls.of_month(year, months).until)

    @classmethod
    def around(cls, day: datetime.date, part: Part) -> Span:
        """The day, week, month, quarter or year that a day is in."""
        if part == "day":
            return cls.of_day(day)
        if part == "week":
            year, week, _ = day.isocalendar()
            return cls.of_week(year, week)
        if part == "month":
            return cls.of_month(day.year, day.month)
        return cls.of_quarter(day.year, (day.month + 2) // 3) if part == "quarter" else cls.of_year(day.year)

    @property
    def months(self) -> int:
        """How many months it has a day in."""
        return _YEAR * (self.until.year - self.since.year) + self.until.month - self.since.month + 1

    def before(self) -> Span:
        """The span before: as many months before whole months (a quarter before a quarter), else as many days."""
        if self.whole_months:
            return Span(_moved(self.since, -self.months), self.since - _ONE)
        return Span(self.since - (self.until - self.since + _ONE), self.since - _ONE)

    def a_year_before(self) -> Span:
        """The same days a year before; of an ISO week the week of the same number, the 52nd before a 53rd."""
        if self.part == "week":
            year, week, _ = self.since.isocalendar()
            return Span.of_week(year - 1, min(week, 52))
        until = _moved(self.until, -_YEAR)
        return Span(_moved(self.since, -_YEAR), _last_of_month(until) if self.whole_months else until)

    def as_far_as(self, today: datetime.date, of: Span) -> Span:
        """As much of this span as `today` has left behind of another one; all of it where that is not under way."""
        if not of.since <= today < of.until:
            return self
        months = _YEAR * (self.since.year - of.since.year) + self.since.month - of.since.month
        last = _moved(today, months) if self.whole_months else self.since + (today - of.since)
        return Span(self.since, min(last, self.until))

    @property
    def whole_months(self) -> bool:
        return self.since.day == 1 and (self.until + _ONE).day == 1

    def days(self, by_day: bool = False) -> Days:
        """As the storage counts it: by month where it can, unless `by_day`."""
        return Days(self.since, self.until, self.whole_months and not by_day)

    def parts(self, part: Part, up_to: datetime.date | None = None) -> tuple[Span, ...]:
        """Its days, weeks, months, quarters or years in order, cut to the span; none that begins after `up_to`."""
        found: list[Span] = []
        first, last = self.since, self.until if up_to is None else min(self.until, up_to)
        while first <= last:
            whole = Span.around(first, part)
            found.append(Span(first, min(whole.until, self.until)))
            first = whole.until + _ONE
        return tuple(found)

    @property
    def part(self) -> Part | None:
        """What it is exactly: a day, week, month, quarter or year; None when it is none of them."""
        return next((part for part in PARTS if Span.around(self.since, part) == self), None)

    @property
    def name(self) -> str:
        """As reports write it: «quý IV/2026», «tuần 48/2026», «6 tháng đầu năm 2026», «giai đoạn 2026–2030».

        Of days that have no such name from when to when.
        """
        year, week, _ = self.since.isocalendar()
        quarter = _ROMAN[(self.since.month - 1) // 3]
        words: Mapping[Part, dict[str, object]] = {
            "day": {"day": wording.day(self.since)},
            "week": {"week": week, "year": year},
            "month": {"month": self.since.month, "year": self.since.year},
            "quarter": {"quarter": quarter, "year": self.since.year},
            "year": {"year": self.since.year},
        }
        if self.part is not None:
            return say(f"span_{self.part}", **words[self.part])
        first, last = self.since, self.until
        if self.whole_months and (first.month, last.month) == (1, _YEAR):
            return say("span_years", first=first.year, last=last.year)
        if self.whole_months and first.year == last.year and first.month == 1:
            return say("span_first_months", months=last.month, year=first.year)
        if self.whole_months and first.year == last.year and (first.month, last.month) == (_JULY, _YEAR):
            return say("span_last_months", months=_HALF, year=first.year)
        return say("span_days", since=wording.day(self.since), until=wording.day(self.until))

    @property
    def axis(self) -> str:
        """Under an axis of time, of a part of a longer span: «24/11», «T11/26», «QIV/26», «2026»."""
        first = self.since
        if (self.until - first).days < 7:
            return f"{first:%d/%m}"
        names: Mapping[int, str] = {1: f"T{first.month}/{first:%y}", 3: f"Q{_ROMAN[(first.month - 1) // 3]}/{first:%y}"}
        return names.get(self.months, f"{first.year}")

    @property
    def short(self) -> str:
        """For the name of a file: «2026», «2026-Q4», «2026-11», «2026-W48», «2026-11-26», «2026-T1-T6», or its days."""
        first, last = self.since, self.until
        year, week, _ = first.isocalendar()
        names: Mapping[Part, str] = {
            "day": f"{first}",
            "week": f"{year}-W{week:02}",
            "month": f"{first:%Y-%m}",
            "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
            "year": f"{first.year}",
        }
        if self.part is not None:
            return names[self.part]
        in_one_year = self.whole_months and first.year == last.year
        return f"{first.year}-T{first.month}-T{last.month}" if in_one_year else f"{first}_{last}"


def _next_month(first: datetime.date) -> datetime.date:
    return (first + 31 * _ONE).replace(day=1)


def _last_of_month(day: datetime.date) -> datetime.date:
    return _next_month(day.replace(day=1)) - _ONE


def _moved(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, _YEAR)
    first = datetime.date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, _last_of_month(first).day))


_WRITTEN: Mapping[Part, tuple[re.Pattern[str], str]] = {
    "month": (re.compile(r"([0-9]{4})-([0-9]{2})"), "2026-11"),
    "quarter": (re.compile(r"([0-9]{4})-Q([1-4])"), "2026-Q4"),
    "week": (re.compile(r"([0-9]{4})-W([0-9]{2})"), "2026-W48"),
    "day": (re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), "2026-11-26"),
    "year": (re.compile(r"([0-9]{4})"), "2026"),
}


def read_span(part: Part, written: str) -> Span:
    """A span as it is written on the command line and in addresses («2026-Q4»); raises BadSpan."""
    pattern, example = _WRITTEN[part]
    found = pattern.fullmatch(written.strip().upper())
    try:
        if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
            raise ValueError(written)
        numbers = [int(each) for each in found.groups()]
        if part == "day":
            return Span.of_day(datetime.date(*numbers))
        if part == "year":
            return Span.of_year(*numbers)
        makers = {"month": Span.of_month, "quarter": Span.of_quarter, "week": Span.of_week}
        return makers[part](*numbers)
    except ValueError:
        raise BadSpan(f"{written!r} is no {part}; expected one as in {example}") from None


def which_part(written: str) -> Part:
    """What a written span is («2026-11» a month); raises BadSpan for one that is none."""
    found = next((part for part, (pattern, _) in _WRITTEN.items() if pattern.fullmatch(written.strip().upper())), None)
    if found is None:
        examples = ", ".join(example for _, example in _WRITTEN.values())
        raise BadSpan(f"{written!r} is no span of time; expected one as in {examples}")
    return found


def read_days(since: str | None, until: str | None, today: datetime.date) -> Span:
    """Any days from one to another, both written as in 2026-01-01; up to `today` where the last is not given.

    Raises BadSpan with an example.
    """
    example = "--from 2026-01-01 --to 2026-12-14"
    if since is None:
        raise BadSpan(f"--to says where a span ends, and --from where it begins; expected both, as in {example}")
    first = read_span("day", since).since
    last = today if until is None else read_span("day", until).since
    if last < first:
        raise BadSpan(f"--from {first} is after --to {last}; expected the earlier day first, as in {example}")
    return Span(first, last)
