"""Past incomes in the money of the year of settlement, and their average (Luật 41/2024 Điều 104).

A coefficient is the price level of the year before settlement over that of the year paid, never under 1; so
the year before settlement and the year of settlement itself always have 1. One that is not published is not
guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from law.base.estimate import Estimate, Refusal
from law.base.law import Law
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working
from law.pension.history import SCHEMES, Paid, Period, PeriodsOverlap, Scheme, paid_months


class CoefficientUnknown(LookupError):
    """The coefficient of a year is not published, or its table was not read."""

    def __init__(self, year: int, settled: int) -> None:
        super().__init__(f"no coefficient known for {year} settled in {settled}")
        self.year = year
        self.settled = settled


def average(working: Working, paid: Sequence[Paid]) -> Fraction:
    """The exact average of the indexed incomes of all months, dong per month; raises CoefficientUnknown."""
    sums: dict[tuple[int, Scheme, bool, bool], int] = {}
    for each in paid:
        key = (each.month.year, each.scheme, each.period.indexed, each.period.missing_time)
        sums[key] = sums.get(key, 0) + each.income
    total = Fraction(0)
    for (year, scheme, indexed, missing_time), income in sums.items():
        if missing_time:
            total += income * working.number("missing_time_coefficient")
        else:
            total += income * coefficient(working, year, scheme) if indexed else income
    return total / len(paid)


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

    >>> average_income(law, Month(2026, 7), [Period(Month(2022, 1), Month(2022, 12), 1_500_000)]).figures
    {'months': 12, 'average': 1665000}
    """
    working = Working(law, "average_income", settled_in)
    try:
        paid = paid_months(working, periods)
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
    indexed = found != Fraction(sum(each.income for each in paid), len(paid))
    working.step("average_income", months=len(paid), average=dong(found), indexed=indexed)


def refuse_history(working: Working, unknown: CoefficientUnknown | PeriodsOverlap) -> Refusal:
    """The refusal of a history that can't be reckoned with."""
    if isinstance(unknown, PeriodsOverlap):
        return working.refuse("periods_overlap", month=unknown.month)
    return working.refuse("coefficient_unknown", year=unknown.year, settled=unknown.settled)
