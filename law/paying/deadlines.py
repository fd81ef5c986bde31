"""Until when what is paid for several months at once has to be paid (Luật 41/2024 Điều 36 khoản 3)."""

from __future__ import annotations

from law.base.law import Law
from law.base.month import Month


def last_month_to_pay(law: Law, first: Month, months: int) -> Month:
    """The last month in which a payment for `months` months, of which `first` is the first, is in time.

    By the law of the first month. Raises ValueError where so many months are no way to pay, NoValueKnownOn for a month
    before the first known law.

    >>> str(last_month_to_pay(law, Month(2026, 12), 6))
    '2027-03'
    """
    deadlines = law.on(first).value("payment_deadline")
    if months not in deadlines.table():
        raise ValueError(f"{months} months is no way to pay")
    return first + (deadlines.whole(months) - 1)
