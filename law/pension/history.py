"""A history of payments: its periods, the months in them, and whether anyone can have it.

Months in the future, months told twice, both kinds in one month, more months than since joining age.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from law.base.estimate import Refusal
from law.base.month import Month
from law.base.working import Working
from law.pension.retirement import birth_month

Scheme = Literal["voluntary", "compulsory"]
SCHEMES: tuple[Scheme, ...] = ("voluntary", "compulsory")


@dataclass(frozen=True, slots=True)
class Period:
    """Months paid without a break on one income (voluntary: chosen; compulsory: the wage), dong per month.

    `missing_time`: paid at once for time that was missing; such months are not indexed (NĐ 159/2025 Điều 10
    khoản 3). `by_year`: the person knows the years only, so the months are an estimate. `undated`: only how long
    it lasted is known, not when. `todays_money`: months to come. Incomes of the last two are in the money of
    today, so they are not indexed either. Raises ValueError where the period ends before it begins, for an income
    below zero and a scheme there is none of.
    """

    first: Month
    last: Month
    income: int
    scheme: Scheme = "voluntary"
    missing_time: bool = False
    by_year: bool = False
    undated: bool = False
    todays_money: bool = False

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period ends in {self.last} before it begins in {self.first}")
        if self.income < 0:
            raise ValueError(f"an income can't be below zero, got {self.income}")
        if self.scheme not in SCHEMES:
            raise ValueError(f"a scheme is voluntary or compulsory, got {self.scheme!r}")

    def months(self) -> Iterator[Month]:
        """Every month of it, in order."""
        return (self.first + number for number in range(self.last - self.first + 1))

    @property
    def indexed(self) -> bool:
        """Whether its income is that of its own time, to be put into the money of the settlement."""
        return not (self.undated or self.todays_money)


@dataclass(frozen=True, slots=True)
class Paid:
    """One month that was paid for."""

    month: Month
    period: Period

    @property
    def income(self) -> int:
        return self.period.income

    @property
    def scheme(self) -> Scheme:
        return self.period.scheme


class PeriodsOverlap(ValueError):
    """Two periods of one scheme hold the same month."""

    def __init__(self, month: Month) -> None:
        super().__init__(f"two periods of the same scheme hold {month}; count each month once")
        self.month = month


_OLDEST = 120
"""An age in years no living person has: a slip of the keyboard, not a rule."""


def count_months(periods: Sequence[Period]) -> int:
    """The months of all periods together.

    >>> count_months([Period(Month(2026, 1), Month(2026, 3), 1_500_000)])
    3
    """
    return sum(period.last - period.first + 1 for period in periods)


def paid_months(working: Working, periods: Sequence[Period]) -> tuple[Paid, ...]:
    """The months paid, in order, each once.

    A month in both schemes counts as compulsory: the voluntary money is paid back (NĐ 159/2025 Điều 8), and
    that is said. Raises PeriodsOverlap for a month twice in one scheme, ValueError for no period at all.
    """
    if not periods:
        raise ValueError("at least one period is needed")
    found: dict[Month, Paid] = {}
    seen: set[tuple[Month, Scheme]] = set()
    refunded = 0
    for period in periods:
        for month in period.months():
            if (month, period.scheme) in seen:
                raise PeriodsOverlap(month)
            seen.add((month, period.scheme))
            refunded += month in found
            if month not in found or period.scheme == "compulsory":
                found[month] = Paid(month, period)
    if refunded:
        working.article("nd-159-2025", "Điều 8")
        working.warn("overlap_refunded", months=refunded)
    return tuple(found[month] for month in sorted(found))


def refuse_impossible(working: Working, born: Month | int, periods: Sequence[Period]) -> Refusal | None:
    """The refusal of a birth or a history that no one can have by the working's month; None where it can be.

    Voluntary months may lie ahead of it: those of as many years as may be paid at once.
    """
    refused = impossible(working, born, 0)
    if refused is not None:
        return refused
    ahead = working.whole("advance_years_max")
    latest = working.on + 12 * ahead
    for period in periods:
        if period.last > (latest if period.scheme == "voluntary" else working.on):
            return working.refuse(
                "period_in_future", first=period.first, last=period.last, today=working.on, years=ahead
            )
    ordered = sorted(periods, key=lambda each: each.first)
    for place, earlier in enumerate(ordered):
        for later in ordered[place + 1 :]:
            if later.first <= earlier.last:
                reason = "periods_overlap" if earlier.scheme == later.scheme else "both_kinds_in_one_month"
                return working.refuse(reason, first=later.first, last=min(earlier.last, later.last))
    refused = impossible(working, born, sum(1 for each in periods for month in each.months() if month <= working.on))
    if refused is not None:
        return refused
    youngest = working.whole("join_min_age")
    earliest = birth_month(born) + 12 * youngest
    dated = [each for each in ordered if not each.undated]  # of the others only the number of months is known
    if dated and dated[0].first < earliest:
        return working.refuse("period_before_joining_age", first=dated[0].first, earliest=earliest, min_age=youngest)
    return None


def impossible(working: Working, born: Month | int, months_paid: int) -> Refusal | None:
    """What no one can have: a birth to come, an age beyond any life, more months than since joining age."""
    birth, today, youngest = birth_month(born), working.on, working.whole("join_min_age")
    joined = birth + 12 * youngest
    if birth > today:
        return working.refuse("born_in_future", born=birth, today=today)
    if today - birth > 12 * _OLDEST:
        return working.refuse("too_old", born=birth, age=(today - birth) // 12)
    if joined > today:
        return working.refuse("too_young", born=birth, min_age=youngest, joins_from=joined)
    most = today - joined + 1
    if months_paid > most:
        return working.refuse("more_months_than_possible", months_paid=months_paid, most=most, min_age=youngest)
    return None
