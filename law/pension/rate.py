"""The pension as a percentage of the average income, and the allowance for the years above its highest rate.

Luật 41/2024/QH15 Điều 98–100 and Điều 5 khoản 6 (until 2025-06 Luật 58/2014 Điều 73–75).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.working import Working
from law.pension.retirement import SEXES


def minimum_months(law: Law, on: Month) -> int:
    """The months that must be paid for a pension that starts in `on`: full ones (Luật 41/2024 Điều 98)."""
    return law.on(on).value("pension_min_months").whole()


def counted_years(working: Working, months: int) -> Fraction:
    """Months as the years an amount is reckoned by: a few odd months half a year, more a whole one.

    >>> working = Working(law, "pension_rate", Month(2026, 11))
    >>> [str(counted_years(working, months)) for months in (180, 181, 186, 187)]
    ['15', '31/2', '31/2', '16']
    """
    years, odd = divmod(months, 12)
    if not odd:
        return Fraction(years)
    return years + (Fraction(1, 2) if odd <= working.whole("odd_months_half_max") else Fraction(1))


def pension_rate(law: Law, sex: str, months: int, on: Month) -> Estimate:
    """The percentage of the average income for `months` of payment, by the law of the month `on`.

    Figures: percent (Decimal, 45 for 45 %; None under the minimum months), minimum_months, months_missing.
    Raises ValueError for a sex there is none of or months below zero, NoValueKnownOn before the first known
    law.

    >>> [str(pension_rate(law, "male", months, Month(2026, 11)).figures["percent"]) for months in (179, 180, 186, 240)]
    ['None', '40', '40.5', '45']
    """
    if sex not in SEXES:
        raise ValueError(f"sex is male or female, got {sex!r}")
    if months < 0:
        raise ValueError(f"months paid can't be below zero, got {months}")
    working = Working(law, "pension_rate", on)
    minimum = working.whole("pension_min_months")
    percent = None if months < minimum else _percent(working, sex, months, minimum)
    if percent is None:
        working.step("pension_too_short", months=months, minimum_months=minimum, missing=minimum - months)
    return working.estimate(
        percent=percent, months=months, minimum_months=minimum, months_missing=max(0, minimum - months)
    )


def _percent(working: Working, sex: str, months: int, minimum: int) -> Decimal:
    years = counted_years(working, months)
    base_years = working.whole("pension_base_years", sex)
    highest = working.number("pension_max_rate")
    if years >= base_years:
        base, step = working.number("pension_base_rate"), working.number("pension_step", sex)
        counted_from = Fraction(base_years)
    else:
        base, step = working.number("pension_low_rate"), working.number("pension_low_step")
        counted_from = Fraction(minimum, 12)
    percent = min(highest, base + step * (years - counted_from))
    if months % 12:
        working.article("luat-41-2024", "Điều 5 khoản 6")
    shown = _decimal(percent)
    working.step(
        "pension_percent",
        months=months,
        years=_decimal(years),
        base=_decimal(base),
        base_years=_decimal(counted_from),
        step=_decimal(step),
        highest=_decimal(highest),
        percent=shown,
    )
    return shown


def excess_allowance(working: Working, sex: str, months: int, months_after_age: int, average: Fraction) -> Fraction:
    """The one-off allowance at retirement, in dong, for the years above those that earn the highest rate.

    A year paid up to retirement age earns less than one paid after it (Luật 41/2024 Điều 100);
    `months_after_age` are those of `months` that were paid after reaching the age with the pension already
    earned.
    """
    threshold = working.whole("excess_allowance_years", sex)
    excess = max(Fraction(0), counted_years(working, months) - threshold)
    if not excess:
        return Fraction(0)
    before = max(Fraction(0), counted_years(working, months - months_after_age) - threshold)
    after = excess - before
    allowance = average * before * working.number("excess_before_age") if before else Fraction(0)
    if after:
        allowance += average * after * working.number("excess_after_age")
    return allowance


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator
