"""After the death of who drew the monthly allowance: the rest of it (Luật 41/2024 Điều 23; NĐ 159/2025 Điều 15)."""

from __future__ import annotations

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.working import Working
from law.benefits.survivors import funeral_allowance


def allowance_after_death(
    law: Law,
    month_of_death: Month,
    monthly: int,
    months_granted: int,
    months_received: int,
    voluntary_months: int = 0,
    compulsory_months: int = 0,
) -> Estimate:
    """The months of the allowance that were not drawn yet, at once to the heirs, and the funeral allowance.

    `monthly` is what was drawn last, dong per month; `voluntary_months` and `compulsory_months` are those paid once.
    Figures: months_left; amount and funeral (dong, 0 where there is none); total. Raises ValueError below zero, and
    for more months drawn than granted.

    >>> found = allowance_after_death(law, Month(2026, 11), 500_000, months_granted=68, months_received=20)
    >>> [found.figures[name] for name in ("months_left", "amount", "funeral")]
    [48, 24000000, 0]
    """
    if min(monthly, months_granted, months_received) < 0:
        raise ValueError("an allowance and months can't be below zero")
    if months_received > months_granted:
        raise ValueError(f"of {months_granted} months granted, {months_received} can't have been drawn")
    law.on(month_of_death).value("allowance_multiple")  # before the allowance was there nobody drew it
    working = Working(law, "allowance_after_death", month_of_death)
    working.article("luat-41-2024", "Điều 23")
    working.article("nd-159-2025", "Điều 15")
    left = months_granted - months_received
    amount = left * monthly
    working.step("allowance_left", granted=months_granted, received=months_received, monthly=monthly, amount=amount)
    funeral = working.take(funeral_allowance(law, month_of_death, voluntary_months, compulsory_months))
    for step in funeral.steps:
        working.step(step.name, **step.figures)
    paid = funeral.whole("amount")
    return working.estimate(months_left=left, amount=amount, funeral=paid, total=amount + paid)
