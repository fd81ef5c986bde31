"""What comes back of a prepayment whose months are not needed: to whom, and how much.

NĐ 159/2025 Điều 8 (until 2025-06 QĐ 595/2017 Điều 10 khoản 6). The State's support goes back to the budget.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from law.base.estimate import Estimate, Refusal
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working
from law.paying.contribution import contribution
from law.paying.payment import FundRate, fund_rate, refuse_unknown

CAUSES = ("compulsory", "lump_sum", "death", "pension")
"""Why the months are not needed: insured compulsorily, withdrawn, died, draws the pension."""


def payment_refund(
    law: Law,
    paid_in: Month,
    income: int,
    months: int,
    months_left: int,
    cause: str | None = None,
    groups: Collection[str] = (),
    supported_months_used: int = 0,
    stopped_in: Month | None = None,
) -> Estimate | Refusal:
    """What comes back of 3, 6 or 12 months paid at once when the last `months_left` are not needed.

    What the person paid for those months, without the State's support: refund and support_returned, in dong.
    Priced in the month of payment, as it was paid; whether it comes back is up to the law of `stopped_in` (the
    month of payment, where that is not given). Refuses a cause that law does not name (`no_refund`), and as
    `law.paying.contribution.contribution`. Raises ValueError for more months left than were paid, and a cause there is
    none of.

    >>> dict(payment_refund(law, Month(2026, 11), 5_000_000, 12, months_left=5, cause="compulsory").figures)
    {'refund': 5170000, 'support_returned': 330000}
    """
    if not 0 <= months_left <= months:
        raise ValueError(f"months left must be 0 to {months}, got {months_left}")
    working = Working(law, "payment_refund", stopped_in or paid_in)
    try:
        if not _comes_back(working, cause):
            return working.refuse("no_refund", cause=cause)
    except NoValueKnownOn as unknown:
        return refuse_unknown(working, unknown)
    paid = contribution(law, paid_in, income, months, groups, supported_months_used)
    if isinstance(paid, Refusal):
        return working.refuse(paid.reason, **paid.figures)
    working.take(paid)
    needed = months - months_left
    supported_left = max(0, paid.whole("supported_months") - needed)
    returned = supported_left * (paid.whole("support") // max(1, paid.whole("supported_months")))
    gross = dong(Fraction(paid.whole("gross") * months_left, months))
    working.article("nd-159-2025", "Điều 8")
    working.step("payment_refund", months_left=months_left, support=returned, refund=gross - returned)
    return working.estimate(refund=gross - returned, support_returned=returned)


def advance_refund(
    law: Law,
    income: int,
    years: int,
    months_left: int,
    monthly_fund_rate_percent: FundRate,
    support_to_return: int = 0,
    cause: str | None = None,
    on: Month | None = None,
) -> Estimate | Refusal:
    """What comes back of years paid ahead when `months_left` of them are not needed (NĐ 159/2025 Điều 8).

    The contributions of the last months as they were discounted, less the State's support for them; `refund`
    in dong. The fund rate is that of the payment. Refuses a cause the law of `on` does not name (`no_refund`)
    and a number of years it does not have (`years_out_of_range`). Raises ValueError for more months left than
    were paid, or a cause there is none of.

    >>> from decimal import Decimal
    >>> advance_refund(law, 5_000_000, 2, 10, Decimal("0.31"), support_to_return=660_000, cause="death").figures
    {'refund': 9728231}
    """
    if not 0 <= months_left <= 12 * years:
        raise ValueError(f"months left must be 0 to {12 * years}, got {months_left}")
    working = Working(law, "advance_refund", on or law.newest)
    try:
        if not _comes_back(working, cause):
            return working.refuse("no_refund", cause=cause)
        lowest, highest = working.whole("advance_years_min"), working.whole("advance_years_max")
        if not lowest <= years <= highest:
            return working.refuse("years_out_of_range", years=years, minimum=lowest, maximum=highest)
        monthly = working.rate("contribution_rate") * income
        growth = 1 + fund_rate(working, monthly_fund_rate_percent)
    except NoValueKnownOn as unknown:
        return refuse_unknown(working, unknown)
    discounted = (monthly / growth**month for month in range(12 * years - months_left, 12 * years))
    refund = max(0, dong(sum(discounted, Fraction(0)) - support_to_return))
    working.article("nd-159-2025", "Điều 8 khoản 3")
    working.step("advance_refund", months_left=months_left, support=support_to_return, refund=refund)
    return working.estimate(refund=refund)


def _comes_back(working: Working, cause: str | None) -> bool:
    """Whether the law of the working's month pays back for this cause (any, where it is not told)."""
    if cause is not None and cause not in CAUSES:
        raise ValueError(f"unknown cause {cause}; known are {', '.join(CAUSES)}")
    return cause != "pension" or working.law.on(working.on).value("refund_for_pension").value is True
