"""The social pension of old people without a pension (Luật 41/2024/QH15 Điều 21; NĐ 176/2025)."""

from __future__ import annotations

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.working import Working


def social_pension(law: Law, month: Month, born: Month, poor: bool = False, monthly_benefit: int = 0) -> Estimate:
    """Whether a person may have the social pension when asking for it in `month`.

    `poor`: of a poor or near-poor household, which may have it earlier; `monthly_benefit`: the pension or
    monthly social-insurance allowance drawn already, dong per month. Figures: eligible; reason, by name, why
    not (too_young, has_benefit; None where eligible); level (dong per month); amount: what is paid (dong per
    month; 0 where not eligible, None beside a smaller benefit, where the law's text gives no formula);
    age_from: the month in which this person is old enough, and age_from_poor, age_from_other the same for
    either kind of household. Raises ValueError for a benefit below zero.

    >>> found = social_pension(law, Month(2026, 11), Month(1955, 1), poor=True)
    >>> found.figures["amount"], str(found.month("age_from"))
    (500000, '2025-01')
    """
    if monthly_benefit < 0:
        raise ValueError(f"a benefit can't be below zero, got {monthly_benefit}")
    working = Working(law, "social_pension", month)
    level = working.whole("social_pension_amount")
    early, late = working.whole("social_pension_age_poor"), working.whole("social_pension_age")
    from_poor, from_other = born + 12 * early, born + 12 * late
    age_from = from_poor if poor else from_other
    reason = None
    if month < age_from:
        reason = "too_young"
    elif monthly_benefit >= level:
        reason = "has_benefit"
    working.step("social_pension_age", age=early if poor else late, age_from=age_from, poor=poor)
    if monthly_benefit:
        working.step("social_pension_benefit", smaller=monthly_benefit < level, level=level)
    amount = level if reason is None else 0
    return working.estimate(
        eligible=reason is None,
        reason=reason,
        level=level,
        amount=None if amount and monthly_benefit else amount,
        age_from=age_from,
        age_from_poor=from_poor,
        age_from_other=from_other,
    )
