"""Paying at once: years ahead, the time that is missing, late.

Luật 41/2024/QH15 Điều 36; NĐ 159/2025 Điều 6, 7 (until 2025-06 QĐ 595/2017 Điều 9–11). The rate r is the
fund's average monthly return of the year before the payment; it is announced each January, and only some
years of it are known, from secondary sources. Whoever knows it passes it in, in percent a month.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from law.base.estimate import Estimate, Figure, Refusal
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working
from law.paying.contribution import refuse_out_of_range
from law.paying.support import check_groups, months_supported, state_support

FundRate = Decimal | int | None
"""Percent a month as announced («0.31»); None for the value of the parameter file."""


def advance_payment(
    law: Law,
    paid_in: Month,
    income: int,
    years: int,
    monthly_fund_rate_percent: FundRate = None,
    groups: Collection[str] = (),
    supported_months_used: int = 0,
) -> Estimate | Refusal:
    """Paying several years ahead: Σ contribution / (1+r)^(i−1) over the months i (NĐ 159/2025 Điều 6).

    Figures in dong: gross (before State support), undiscounted, saved, support, own; months,
    supported_months. The support is that of each month, not discounted (QĐ 595/2017 Điều 12 khoản 1); the law
    from 2025-07 on states no formula, so there the same is assumed, and that is said (`support_assumed`).
    Refuses an income out of range, a number of years the law does not have (`years_out_of_range`), a year
    whose fund rate is not known (`fund_rate_unknown`), a month before the first known law. Raises ValueError
    for an unknown group.

    >>> found = advance_payment(law, Month(2026, 11), 5_000_000, years=2)
    >>> [found.figures[name] for name in ("undiscounted", "saved", "support", "own")]
    [26400000, 917329, 1584000, 23898671]
    """
    check_groups(groups)
    working = Working(law, "advance_payment", paid_in)
    try:
        lowest, highest = working.whole("advance_years_min"), working.whole("advance_years_max")
        if not lowest <= years <= highest:
            return working.refuse("years_out_of_range", years=years, minimum=lowest, maximum=highest)
        refused = refuse_out_of_range(working, income)
        if refused is not None:
            return refused
        monthly = working.rate("contribution_rate") * income
        growth = 1 + fund_rate(working, monthly_fund_rate_percent)
    except NoValueKnownOn as unknown:
        return refuse_unknown(working, unknown)
    gross = sum((monthly / growth**month for month in range(12 * years)), Fraction(0))
    plain = monthly * 12 * years
    supported = months_supported(working, 12 * years, supported_months_used)
    support = supported * state_support(working, groups, paid_in).monthly
    working.step("advance_payment", income=income, months=12 * years, fund_rate=growth - 1, gross=dong(gross))
    working.step("lump_support", supported_months=supported, support=support, own=dong(gross) - support)
    if not law.on(paid_in).value("lump_support_stated").value:
        working.warn("support_assumed")
    return working.estimate(
        gross=dong(gross),
        months=12 * years,
        undiscounted=dong(plain),
        saved=dong(plain) - dong(gross),
        support=support,
        own=dong(gross) - support,
        supported_months=supported,
    )


def missing_time_payment(
    law: Law,
    paid_in: Month,
    income: int,
    months_missing: int,
    monthly_fund_rate_percent: FundRate = None,
    groups: Collection[str] = (),
    supported_months_used: int = 0,
) -> Estimate | Refusal:
    """Paying the missing months at once: Σ contribution × (1+r)^i (NĐ 159/2025 Điều 7).

    Figures in dong: gross (before State support), months, support, own. Until 2025-06 the support grew like
    the contribution (QĐ 595/2017 Điều 12 khoản 1); the law after it states no formula, so support and own are
    None there, and that is said (`support_formula_open`). Refuses more months than the law lets a person pay
    at once (`too_many_months_missing`: months_missing, maximum, pay_first: the months to be paid in another
    way before), and as `advance_payment`. Raises ValueError below one month or for an unknown group.

    >>> missing_time_payment(law, Month(2026, 11), 5_000_000, months_missing=12).figures["gross"]
    13469027
    >>> missing_time_payment(law, Month(2026, 11), 5_000_000, months_missing=61).figures["pay_first"]
    1
    """
    check_groups(groups)
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
        growth = 1 + fund_rate(working, monthly_fund_rate_percent)
    except NoValueKnownOn as unknown:
        return refuse_unknown(working, unknown)
    gross = sum((monthly * growth**month for month in range(1, months_missing + 1)), Fraction(0))
    working.step("missing_time_payment", income=income, months=months_missing, fund_rate=growth - 1, gross=dong(gross))
    figures: dict[str, Figure] = {"gross": dong(gross), "months": months_missing}
    if not law.on(paid_in).value("lump_support_stated").value:
        working.warn("support_formula_open")
        return working.estimate(**figures, support=None, own=None)
    supported = months_supported(working, months_missing, supported_months_used)
    helped = state_support(working, groups, paid_in).monthly
    support = dong(sum((helped * growth**month for month in range(1, supported + 1)), Fraction(0)))
    working.step("lump_support", supported_months=supported, support=support, own=dong(gross) - support)
    return working.estimate(**figures, support=support, own=dong(gross) - support)


def late_payment(
    law: Law, paid_in: Month, amount: int, months_late: int, monthly_fund_rate_percent: FundRate = None
) -> Estimate | Refusal:
    """A payment made up for after its deadline: amount × (1+r)^months late, in dong (QĐ 595/2017 Điều 11).

    Refuses where the law of the month has no such rule (`no_rule`). Raises ValueError below zero months.

    >>> late_payment(law, Month(2025, 6), 1_100_000, months_late=3, monthly_fund_rate_percent=Decimal("0.3")).figures
    {'amount': 1109930}
    >>> late_payment(law, Month(2026, 11), 1_100_000, months_late=3).reason
    'no_rule'
    """
    if months_late < 0:
        raise ValueError(f"months late can't be below zero, got {months_late}")
    working = Working(law, "late_payment", paid_in)
    try:
        if not working.value("payment_in_arrears").value:
            return working.refuse("no_rule")
        growth = 1 + fund_rate(working, monthly_fund_rate_percent)
    except NoValueKnownOn as unknown:
        return refuse_unknown(working, unknown)
    due = dong(amount * growth**months_late)
    working.step("late_payment", paid=amount, months=months_late, fund_rate=growth - 1, amount=due)
    return working.estimate(amount=due)


def fund_rate(working: Working, given: FundRate) -> Fraction:
    """The fund's return a month: as given in percent, or the newest known; raises NoValueKnownOn before the first."""
    if given is None:
        return working.rate("fund_rate")
    if given < 0:
        raise ValueError(f"the fund rate can't be below zero, got {given}")
    return Fraction(given) / 100


def refuse_unknown(working: Working, unknown: NoValueKnownOn) -> Refusal:
    """The refusal of a month whose fund rate, or whose law, is not known."""
    if unknown.name == "fund_rate":
        return working.refuse("fund_rate_unknown", year=working.on.year)
    return working.refuse("before_known_law", known_from=unknown.first)
