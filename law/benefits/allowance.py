"""The monthly allowance of who retired with too few years (Luật 41/2024 Điều 23; NĐ 159/2025 Điều 14)."""

from __future__ import annotations

from fractions import Fraction

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.rounding import ceiling, dong
from law.base.working import Working
from law.pension.rate import counted_years


def monthly_allowance(
    law: Law, month: Month, average: int, months_paid: int, months_until_social_pension: int
) -> Estimate:
    """The allowance of a person of retirement age who can't have a pension, asked for in `month`.

    `average` is the average income in dong per month. Figures: eligible; months it is paid for, monthly
    (dong), and top_up: what the person may pay at once to have it until the social pension (0 where it lasts
    that long). Where it would last longer, the monthly amount rises instead. Not eligible: under the least
    months, with enough for a pension, at the age of the social pension already, or before the law had it.
    Raises ValueError below zero.

    >>> found = monthly_allowance(law, Month(2026, 11), 2_000_000, months_paid=100, months_until_social_pension=80)
    >>> [found.figures[name] for name in ("months", "monthly", "top_up")]
    [68, 500000, 6000000]
    """
    if min(average, months_paid, months_until_social_pension) < 0:
        raise ValueError("an income and months can't be below zero")
    working = Working(law, "monthly_allowance", month)
    working.article("luat-41-2024", "Điều 23")
    reason = _not_eligible(working, months_paid, months_until_social_pension)
    if reason is not None:
        working.step("allowance_none", reason=reason)
        return working.estimate(eligible=False, reason=reason, months=0, monthly=0, top_up=0)
    level = working.whole("social_pension_amount")
    until = months_until_social_pension
    months = ceiling(average * working.number("allowance_multiple") * counted_years(working, months_paid) / level)
    longer = max(0, months - until)
    monthly = dong(level + Fraction(longer * level, until))
    top_up = max(0, until - months) * level
    working.step("allowance_months", average=average, months_paid=months_paid, level=level, months=months)
    if longer:
        working.step("allowance_raised", until=until, monthly=monthly)
    if top_up:
        working.step("allowance_top_up", until=until, top_up=top_up)
    return working.estimate(eligible=True, reason=None, months=months, monthly=monthly, top_up=top_up)


def _not_eligible(working: Working, months_paid: int, until: int) -> str | None:
    if not working.law.on(working.on).knows("allowance_multiple"):
        return "not_yet_in_force"
    if months_paid < working.whole("allowance_min_months"):
        return "too_few_months"
    if months_paid >= working.whole("pension_min_months"):
        return "enough_for_pension"
    return "social_pension_already" if not until else None
