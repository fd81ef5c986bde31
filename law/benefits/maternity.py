"""The maternity grant for a birth (Luật 41/2024/QH15 Điều 94, 95); the law before 2025-07 had none."""

from __future__ import annotations

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.working import Working


def maternity_grant(law: Law, birth: Month, months_paid_in_last_12: int, children: int = 1) -> Estimate:
    """The grant for a birth in a month: amount in dong, 0 where there is none; eligible, per_child.

    `months_paid_in_last_12`: months paid, voluntary and compulsory, in the window before the birth. Raises
    ValueError below zero or for more months than the window has.

    >>> maternity_grant(law, Month(2026, 11), months_paid_in_last_12=6, children=2).figures["amount"]
    4000000
    """
    working = Working(law, "maternity_grant", birth)
    if months_paid_in_last_12 < 0 or children < 0:
        raise ValueError("months and children can't be below zero")
    per_child = working.whole("maternity_amount")
    eligible = False
    if per_child:
        window = working.whole("maternity_window_months")
        if months_paid_in_last_12 > window:
            raise ValueError(f"only the last {window} months before the birth count, got {months_paid_in_last_12}")
        eligible = months_paid_in_last_12 >= working.whole("maternity_min_months")
    amount = per_child * children if eligible else 0
    working.step("maternity_grant", months=months_paid_in_last_12, children=children, amount=amount)
    return working.estimate(amount=amount, eligible=eligible, per_child=per_child)
