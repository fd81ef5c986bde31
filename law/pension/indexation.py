"""Past incomes in the money of the year of settlement, and their average (Luật 41/2024 Điều 104).

A coefficient is the price level of the year before settlement over that of the year paid, never under 1; so
the year before settlement and the year of settlement itself always have 1. One that is not published is not
guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from law.base.estimate import Estimate, Refusal
from law.base.law import Law
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working

Scheme = Literal["voluntary", "compulsory"]
SCHEMES: tuple[Scheme, ...] = ("voluntary", "compulsory")


@dataclass(frozen=True, slots=True)
class Period:
    """Months paid without a break on one income (voluntary: chosen; compulsory: the wage), dong per month.

    `missing_time`: paid at once for time that was missing; such months are not indexed (NĐ 159/2025 Điều 10
    khoản 3). `by_year`: the person knows the years only, so the months are an estimate. Raises ValueError where
    the period ends before it begins.
    """

    first: Month
    last: Month
    income: int
    scheme: Scheme = "voluntary"
    missing_time: bool = False
    by_year: bool = False

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


@dataclass(frozen=True, slots=True)
class Paid:
    """One month that was paid for."""

    month: Month
    income: int
    scheme: Scheme
    missing_time: bool


class PeriodsOverlap(ValueError):
    """Two periods of one scheme hold the same month."""

    def __init__(self, month: Month) -> None:
        super().__init__(f"two periods of the same scheme hold {month}; count each month once")
        self.month = month


class CoefficientUnknown(LookupError):
    """The coefficient of a year is not published, or its table was not read."""

    def __init__(self, year: int, settled: int) -> None:
        super().__init__(f"no coefficient known for {year} settled in {settled}")
        self.year = year
        self.settled = settled


def history(working: Working, periods: Sequence[Period]) -> tuple[Paid, ...]:
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
                found[month] = Paid(month, period.income, period.scheme, period.missing_time)
    if refunded:
        working.article("nd-159-2025", "Điều 8")
        working.warn("overlap_refunded", months=refunded)
    return tuple(found[month] for month in sorted(found))


def average(working: Working, paid: Iterable[Paid]) -> Fraction:
    """The exact average of the indexed incomes of all months, dong per month; raises CoefficientUnknown."""
    total, months = Fraction(0), 0
    known: dict[tuple[int, Scheme], Fraction] = {}
    for each in paid:
        months += 1
        key = (each.month.year, each.scheme)
        if each.missing_time:
            total += each.income * working.number("missing_time_coefficient")
            continue
        if key not in known:
            known[key] = coefficient(working, *key)
        total += each.income * known[key]
    return total / months


def coefficient(working: Working, year: int, scheme: Scheme) -> Fraction:
    """The coefficient of an income of `year` settled in the working's month; raises CoefficientUnknown."""
    settled = working.on.year
    law_on = working.law.on(working.on)
    if not law_on.knows("income_coefficients"):
        raise CoefficientUnknown(year, settled)
    years = _years(working, "income_coefficients")
    if year in years:
        return working.number("income_coefficients", year)
    if year > years[-1]:
        if year < settled - 1:
            working.warn("not_indexed", year=year)
        return Fraction(1)
    if scheme != "compulsory" or not law_on.knows("wage_coefficients_before_2008"):
        raise CoefficientUnknown(year, settled)
    return working.number(
        "wage_coefficients_before_2008", max(year, _years(working, "wage_coefficients_before_2008")[0])
    )


def _years(working: Working, name: str) -> list[int]:
    return sorted(year for year in working.table(name) if isinstance(year, int))


def average_income(law: Law, settled_in: Month, periods: Sequence[Period]) -> Estimate | Refusal:
    """The average income a benefit is reckoned on: months, average (dong per month).

    Of both schemes together all months count (NĐ 159/2025 Điều 11 khoản 4); compulsory wages are taken as
    paid under the wage system of the employer, all periods averaged. Refuses where a coefficient is not known
    (`coefficient_unknown`) or a month is there twice (`periods_overlap`).
    """
    working = Working(law, "average_income", settled_in)
    try:
        paid = history(working, periods)
        found = average(working, paid)
    except (CoefficientUnknown, PeriodsOverlap) as unknown:
        return refuse_history(working, unknown)
    say_average(working, paid, found)
    return working.estimate(months=len(paid), average=dong(found))


def say_average(working: Working, paid: Sequence[Paid], found: Fraction) -> None:
    """The step and the articles of an average."""
    working.article("luat-41-2024", "Điều 104")
    working.article("nd-159-2025", "Điều 10")
    if {each.scheme for each in paid} == set(SCHEMES):
        working.article("nd-159-2025", "Điều 11 khoản 4")
    working.step("average_income", months=len(paid), average=dong(found))


def refuse_history(working: Working, unknown: CoefficientUnknown | PeriodsOverlap) -> Refusal:
    """The refusal of a history that can't be reckoned with."""
    if isinstance(unknown, PeriodsOverlap):
        return working.refuse("periods_overlap", month=unknown.month)
    return working.refuse("coefficient_unknown", year=unknown.year, settled=unknown.settled)
