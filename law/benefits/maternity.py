"""The maternity grant for a birth, and the months that count for it; the law before 2025-07 had none.

Luật 41/2024/QH15 Điều 94, 95.
"""

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


def maternity_window(
    law: Law,
    birth: Month,
    paid_from: Month | None = None,
    paid_to: Month | None = None,
    months_beside: int = 0,
    children: int = 1,
) -> Estimate:
    """The months that count for a birth, by when they were paid, and the last month in which to begin.

    Every month from `paid_from` to `paid_to` is paid; where `paid_to` is not given, every month until the birth.
    `months_beside` are others of the window, told as a number. Figures: window_from and window_to, the first and
    the last month that count; months, least, missing; eligible, amount, per_child as of `maternity_grant`;
    begin_by: the last month in which paying every month until the birth must begin, to make enough with what is
    paid by `paid_to` and beside; None where that is enough already or can't be enough any more.

    The month of the birth is not reckoned with: whether it counts was not read, and where it would decide, the
    estimate warns of it. Raises ValueError for months below zero, a last month before the first or without it, or
    more months than the window has.

    >>> found = maternity_window(law, Month(2026, 12), paid_from=Month(2026, 7))
    >>> found.figures["months"], found.figures["eligible"], str(found.month("begin_by"))
    (5, False, '2026-06')
    """
    if paid_to is not None and (paid_from is None or paid_to < paid_from):
        raise ValueError("give the first month paid too, and no last one before it")
    if months_beside < 0:
        raise ValueError("months can't be below zero")
    working = Working(law, "maternity_window", birth)
    window, least = working.whole("maternity_window_months"), working.whole("maternity_min_months")
    window_from, window_to = birth + -window, birth + -1
    goes_on = paid_to is None
    stretch = 0
    if paid_from is not None:
        last = window_to if paid_to is None else min(paid_to, window_to)
        stretch = max(0, last - max(paid_from, window_from) + 1)
    months = stretch + months_beside
    working.step("maternity_window", window_from=window_from, window_to=window_to, months=months, least=least)
    grant = working.take(maternity_grant(law, birth, months, children))
    surely = months_beside if goes_on else months
    begin_by = birth + (surely - least) if surely < least else None
    if begin_by is not None and paid_to is not None and begin_by <= paid_to:
        begin_by = None
    if begin_by is not None:
        working.step("maternity_begin_by", begin_by=begin_by, window_to=window_to, missing=least - surely)
    for step in grant.steps:
        working.step(step.name, **step.figures)
    paid_at_birth = paid_from is not None and (paid_to is None or paid_to >= birth)
    if paid_at_birth and months < least <= months + 1:
        working.warn("maternity_birth_month_open", birth=birth)
    return working.estimate(
        window_from=window_from,
        window_to=window_to,
        months=months,
        least=least,
        missing=max(0, least - months),
        begin_by=begin_by,
        **grant.figures,
    )
