"""The premium of the voluntary work-accident insurance, a scheme of its own (NĐ 143/2024 Điều 11)."""

from __future__ import annotations

from law.base.estimate import Estimate, Refusal
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working


def accident_insurance_premium(law: Law, month: Month, months: int) -> Estimate | Refusal:
    """What the insurance costs for 6 or 12 months paid in a month: amount in dong.

    Refuses a month for which the scheme or the minimum wage it is reckoned on is not known
    (`before_known_law`). Raises ValueError for another number of months.

    >>> [accident_insurance_premium(law, Month(2026, 11), months).figures["amount"] for months in (6, 12)]
    [222000, 444000]
    """
    working = Working(law, "accident_insurance_premium", month)
    try:
        choices = working.table("accident_premium_rate")
        if months not in choices:
            raise ValueError(f"{months} months is no way to pay; there are {', '.join(str(each) for each in choices)}")
        wage, rate = working.whole("region_iv_min_wage"), working.rate("accident_premium_rate", months)
    except NoValueKnownOn as unknown:
        return working.refuse("before_known_law", known_from=unknown.first)
    amount = dong(wage * rate)
    working.step("accident_premium", wage=wage, rate=rate, amount=amount)
    return working.estimate(amount=amount)
