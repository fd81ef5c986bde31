"""A pension claimed late: what is paid afterwards for the months since it starts, and what it is by now.

TT 11/2025/TT-BNV Điều 5; the increases since then are those of every pension drawn before them (NĐ 162/2026 Điều 2).
"""

from __future__ import annotations

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working


def pension_arrears(law: Law, today: Month, pension: int, pension_from: Month) -> Estimate:
    """What a pension that started at `pension` dong a month in `pension_from` comes to by `today`, if claimed then.

    Figures: months (from its start up to and with `today`; 0 for one still to start), amount (of all of them, dong,
    each month at what the pension was then), monthly (dong, of today). An increase counts for a pension that started
    before it, so the amount of a start is that of the law and the coefficients of its own month. Raises ValueError
    for a pension below zero.

    >>> found = pension_arrears(law, Month(2026, 11), 1_000_000, Month(2025, 7))
    >>> [found.figures[name] for name in ("months", "amount", "monthly")]
    [17, 17400000, 1080000]
    """
    if pension < 0:
        raise ValueError(f"a pension can't be below zero, got {pension}")
    working = Working(law, "pension_arrears", today)
    months, amount, monthly = max(0, today - pension_from + 1), 0, pension
    since = pension_from
    for raised in law.parameter("pension_increase").values:
        month = Month.of(raised.since)
        if not pension_from < month <= today:
            continue
        amount += (month - since) * monthly
        monthly = dong(monthly * (1 + working.rate("pension_increase", on=month)))
        since = month
        working.step("pension_increased", since=month, percent=raised.whole(), monthly=monthly)
    amount += max(0, today - since + 1) * monthly
    working.article("tt-11-2025", "Điều 5")
    working.step("pension_arrears", pension_from=pension_from, months=months, amount=amount, monthly=monthly)
    return working.estimate(months=months, amount=amount, monthly=monthly)
