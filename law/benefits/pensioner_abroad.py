"""What a pensioner who settles abroad gets at once in place of the pension (Luật 41/2024/QH15 Điều 115 khoản 1)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working
from law.benefits.lump_sum import move_odd_months
from law.pension.rate import counted_years

_PER_YEAR = "pensioner_abroad_per_year"


def pensioner_abroad(
    law: Law,
    month: Month,
    pension: int,
    months_received: int,
    months_before_2014: int = 0,
    months_from_2014: int = 0,
) -> Estimate:
    """The lump sum of who asks for it in `month`, drawing `pension` dong per month since `months_received` months.

    The months paid in all, before and from 2014. Figures: multiple (months' pension, Decimal), floored (whether the
    least there is was taken), amount (dong), months (paid). Odd months before 2014 are counted with the later ones, as
    in the other lump sums; that this holds here too was not read, and is warned of where it matters. Raises ValueError
    below zero, and where nothing was paid.

    >>> found = pensioner_abroad(law, Month(2026, 11), 3_000_000, months_received=24, months_from_2014=150)
    >>> found.figures["multiple"], found.figures["amount"]
    (Decimal('13'), 39000000)
    """
    if min(pension, months_received, months_before_2014, months_from_2014) < 0:
        raise ValueError("a pension and months can't be below zero")
    if not months_before_2014 + months_from_2014:
        raise ValueError("whoever draws a pension has paid for it")
    working = Working(law, "pensioner_abroad", month)
    early, later = move_odd_months(months_before_2014, months_from_2014)
    earned = Fraction(0)
    for months, key in ((early, "before_2014"), (later, "from_2014")):
        if months:
            earned += counted_years(working, months) * working.number(_PER_YEAR, key)
    less = months_received * working.number("pensioner_abroad_decrement")
    least = working.number("pensioner_abroad_min")
    multiple = max(least, earned - less)
    amount = dong(pension * multiple)
    working.step("abroad_years", before=early, later=later, earned=_decimal(earned))
    working.step("abroad_received", received=months_received, less=_decimal(less), least=_decimal(least))
    working.step("abroad_amount", multiple=_decimal(multiple), pension=pension, amount=amount)
    if early != months_before_2014:
        working.warn("abroad_odd_months_open", months=months_before_2014 % 12)
    return working.estimate(
        multiple=_decimal(multiple),
        floored=earned - less < least,
        amount=amount,
        months=months_before_2014 + months_from_2014,
    )


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator
