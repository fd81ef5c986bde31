"""How many months are missing for a pension, and by which way and when they can be made up.

Luật 41/2024/QH15 Điều 98, Điều 36 khoản 2 điểm đ and khoản 3.
"""

from __future__ import annotations

from law.base.estimate import Estimate, Figure
from law.base.law import Law
from law.base.month import Month
from law.base.working import Working
from law.pension.rate import minimum_months


def shortfall(law: Law, today: Month, months_paid: int, retires: Month | None, first: Month) -> Estimate:
    """The months that are missing today, and how they are made up when every month is paid from `first` on.

    `retires` is the month in which the retirement age is reached, None where it is not known. Figures:
    minimum_months; missing; at_once_max, the most that may be paid at once at the age; full_in, the month in which
    paying every month fills the minimum (None where nothing is missing). Where the age is known: of_age; at_once,
    whether the rest may be paid at once now; at_once_from, the month from which it may be; monthly, how many months
    are paid one by one before that; last, how many are left then (0 where the minimum is full before the age);
    pension_from, the first month of the pension by that way. Raises ValueError for months below zero.

    >>> found = shortfall(law, Month(2026, 11), 96, Month(2024, 3), first=Month(2026, 12))
    >>> [found.figures[name] for name in ("missing", "at_once", "monthly", "last")], str(found.month("at_once_from"))
    ([84, False, 24, 60], '2028-11')
    """
    if months_paid < 0:
        raise ValueError(f"months paid can't be below zero, got {months_paid}")
    working = Working(law, "shortfall", today)
    at_age = today if retires is None else max(today, retires)
    minimum = minimum_months(law, at_age + 1)
    most = working.whole("missing_time_max_months", on=at_age)
    missing, paid_until = max(0, minimum - months_paid), first + -1
    figures: dict[str, Figure] = {
        "minimum_months": minimum,
        "missing": missing,
        "at_once_max": most,
        "full_in": paid_until + missing if missing else None,
    }
    if retires is None:
        return working.estimate(**figures)
    earliest = retires + -working.whole("missing_time_earliest_months", on=at_age)
    by_age = max(0, retires - paid_until)
    last = min(max(0, missing - by_age), most)
    monthly = missing - last
    paid_in = max(today, earliest, paid_until + monthly)
    return working.estimate(
        **figures,
        of_age=retires < today,
        at_once=bool(missing) and missing <= most and earliest <= today,
        at_once_from=paid_in,
        monthly=monthly,
        last=last,
        pension_from=max(paid_in, at_age) + 1,
    )
