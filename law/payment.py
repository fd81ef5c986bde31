"""Paying at once: years ahead, the time that is missing, late, and what comes back of a prepayment.

Luật 41/2024/QH15 Điều 36; NĐ 159/2025 Điều 6–8 (until 2025-06 QĐ 595/2017 Điều 9–11). The rate r is the
fund's average monthly return of the year before the payment; it is announced each January, and only some
years of it are known, from secondary sources. Whoever knows it passes it in, in percent a month.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from law.contribution import refuse_out_of_range
from law.estimate import Estimate, Refusal
from law.law import Law, NoValueKnownOn
from law.month import Month
from law.rounding import dong
from law.working import Working

FundRate = Decimal | int | None
"""Percent a month as announced («0.31»); None for the value of the parameter file."""


def advance_payment(
    law: Law, paid_in: Month, income: int, years: int, monthly_fund_rate_percent: FundRate = None
) -> Estimate | Refusal:
    """Paying several years ahead: Σ contribution / (1+r)^(i−1) over the months i (NĐ 159/2025 Điều 6).

    Figures in dong: gross (before State support), undiscounted, saved; months; own_if_undiscounted_support is
    not given, as the law states no formula for the support of this way of paying. Refuses an income out of
    range, a number of years the law does not have (`years_out_of_range`), a year whose fund rate is not known
    (`fund_rate_unknown`), a month before the first known law.
    """
    working = Working(law, "advance_payment", paid_in)
    try:
        lowest, highest = working.whole("advance_years_min"), working.whole("advance_years_max")
        if not lowest <= years <= highest:
            return working.refuse("years_out_of_range", years=years, minimum=lowest, maximum=highest)
        refused = refuse_out_of_range(working, income)
        if refused is not None:
            return refused
        monthly = working.rate("contribution_rate") * income
        growth = 1 + _fund_rate(working, monthly_fund_rate_percent)
    except NoValueKnownOn as unknown:
        return _unknown(working, unknown)
    gross = sum((monthly / growth**month for month in range(12 * years)), Fraction(0))
    plain = monthly * 12 * years
    working.warn("support_formula_open")
    working.step("advance_payment", income=income, months=12 * years, fund_rate=growth - 1, gross=dong(gross))
    return working.estimate(
        gross=dong(gross), months=12 * years, undiscounted=dong(plain), saved=dong(plain) - dong(gross)
    )


def missing_time_payment(
    law: Law, paid_in: Month, income: int, months_missing: int, monthly_fund_rate_percent: FundRate = None
) -> Estimate | Refusal:
    """Paying the missing months at once: Σ contribution × (1+r)^i (NĐ 159/2025 Điều 7).

    Figures in dong: gross (before State support), months. Refuses more months than the law lets a person pay
    at once (`too_many_months_missing`: months_missing, maximum, pay_first: the months to be paid in another
    way before), and as `advance_payment`. Raises ValueError below one month.
    """
    if months_missing < 1:
        raise ValueError(f"at least one month must be missing, got {months_missing}")
    working = Working(law, "missing_time_payment", paid_in)
    try:
        most = working.whole("missing_time_max_months")
        if months_missing > most:
            return working.refuse(
                "too_many_months_missing",
                months_missing=months_missing,
                maximum=most,
                pay_first=months_missing - most,
            )
        refused = refuse_out_of_range(working, income)
        if refused is not None:
            return refused
        monthly = working.rate("contribution_rate") * income
        growth = 1 + _fund_rate(working, monthly_fund_rate_percent)
    except NoValueKnownOn as unknown:
        return _unknown(working, unknown)
    gross = sum((monthly * growth**month for month in range(1, months_missing + 1)), Fraction(0))
    working.warn("support_formula_open")
    working.step("missing_time_payment", income=income, months=months_missing, fund_rate=growth - 1, gross=dong(gross))
    return working.estimate(gross=dong(gross), months=months_missing)


def late_payment(
    law: Law, paid_in: Month, amount: int, months_late: int, monthly_fund_rate_percent: FundRate = None
) -> Estimate | Refusal:
    """A payment made up for after its deadline: amount × (1+r)^months late, in dong (QĐ 595/2017 Điều 11).

    Refuses where the law of the month has no such rule (`no_rule`). Raises ValueError below zero months.
    """
    if months_late < 0:
        raise ValueError(f"months late can't be below zero, got {months_late}")
    working = Working(law, "late_payment", paid_in)
    try:
        if not working.value("payment_in_arrears").value:
            return working.refuse("no_rule")
        growth = 1 + _fund_rate(working, monthly_fund_rate_percent)
    except NoValueKnownOn as unknown:
        return _unknown(working, unknown)
    due = dong(amount * growth**months_late)
    working.step("late_payment", paid=amount, months=months_late, fund_rate=growth - 1, amount=due)
    return working.estimate(amount=due)


def advance_refund(
    law: Law,
    income: int,
    years: int,
    months_left: int,
    monthly_fund_rate_percent: FundRate,
    support_to_return: int = 0,
    on: Month | None = None,
) -> Estimate | Refusal:
    """What comes back of years paid ahead when `months_left` of them are not needed (NĐ 159/2025 Điều 8).

    The contributions of the last months as they were discounted, less the State's support for them; `refund`
    in dong. The fund rate is that of the payment. Raises ValueError for more months left than were paid.
    """
    if not 0 <= months_left <= 12 * years:
        raise ValueError(f"months left must be 0 to {12 * years}, got {months_left}")
    working = Working(law, "advance_refund", on or law.newest)
    try:
        lowest, highest = working.whole("advance_years_min"), working.whole("advance_years_max")
        if not lowest <= years <= highest:
            return working.refuse("years_out_of_range", years=years, minimum=lowest, maximum=highest)
        monthly = working.rate("contribution_rate") * income
        growth = 1 + _fund_rate(working, monthly_fund_rate_percent)
    except NoValueKnownOn as unknown:
        return _unknown(working, unknown)
    discounted = (monthly / growth**month for month in range(12 * years - months_left, 12 * years))
    refund = dong(sum(discounted, Fraction(0)) - support_to_return)
    working.article("nd-159-2025", "Điều 8 khoản 3")
    working.step("advance_refund", months_left=months_left, support=support_to_return, refund=refund)
    return working.estimate(refund=max(0, refund))


def _fund_rate(working: Working, given: FundRate) -> Fraction:
    if given is None:
        return working.rate("fund_rate")
    if given < 0:
        raise ValueError(f"the fund rate can't be below zero, got {given}")
    return Fraction(given) / 100


def _unknown(working: Working, unknown: NoValueKnownOn) -> Refusal:
    if unknown.name == "fund_rate":
        return working.refuse("fund_rate_unknown", year=working.on.year)
    return working.refuse("before_known_law", known_from=unknown.first)
