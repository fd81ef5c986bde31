"""What the family gets after a death: the funeral allowance and the survivors' lump sum.

Luật 41/2024/QH15 Điều 109, 110; NĐ 159/2025 Điều 12 (until 2025-06 Luật 58/2014 Điều 80, 81). Of who paid
compulsorily last: Luật 41/2024 Điều 89; NĐ 158/2025 Điều 21 khoản 5.
"""

from __future__ import annotations

from fractions import Fraction

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working
from law.benefits.lump_sum import move_odd_months, multiples
from law.pension.history import SCHEMES


def funeral_allowance(
    law: Law,
    month_of_death: Month,
    voluntary_months: int,
    compulsory_months: int = 0,
    pensioner: bool = False,
) -> Estimate:
    """The funeral allowance for who arranged the burial: amount in dong, 0 where there is none; eligible.

    A multiple of the reference level of the month of death, for a pensioner, or enough months of both kinds
    together, or enough compulsory ones. Raises ValueError for months below zero.

    >>> [funeral_allowance(law, Month(2026, 11), months).figures["amount"] for months in (59, 60)]
    [0, 25300000]
    """
    if min(voluntary_months, compulsory_months) < 0:
        raise ValueError("months can't be below zero")
    working = Working(law, "funeral_allowance", month_of_death)
    enough = voluntary_months + compulsory_months >= working.whole("funeral_min_months")
    if compulsory_months:
        enough = enough or compulsory_months >= working.whole("funeral_min_compulsory_months")
    eligible = enough or pensioner
    multiple, level = working.number("funeral_multiple"), working.whole("base_salary")
    amount = dong(multiple * level) if eligible else 0
    working.step("funeral_allowance", level=level, amount=amount, months=voluntary_months + compulsory_months)
    return working.estimate(amount=amount, eligible=eligible)


def survivor_lump_sum(
    law: Law,
    average: int | None = None,
    months_before_2014: int = 0,
    months_from_2014: int = 0,
    pension: int | None = None,
    months_received: int | None = None,
    amount_paid: int | None = None,
    compulsory_months: int = 0,
    last_scheme: str | None = None,
    on: Month | None = None,
) -> Estimate:
    """The survivors' lump sum: amount in dong, and the months it goes by.

    Of a payer: `average` (dong per month) and the months before and from 2014; of a pensioner: `pension`
    (dong per month) and the months it was drawn. A payer with too few months leaves what was paid:
    `amount_paid`, or, where that is not given, as if every month had been paid on the average (and that is
    said). With compulsory months among them there is a least amount. The rules are those of the scheme paid into
    last, voluntary or compulsory, of which the compulsory one pays back nothing: there each year counts. Of who
    paid both ways, `last_scheme` tells it; where it is not given, voluntary is taken, and where the other would come
    to another amount, that is said (`last_scheme_assumed`). Raises ValueError unless it is told of exactly one, payer
    or pensioner, and for a last scheme that was never paid into.

    >>> survivor_lump_sum(law, average=2_000_000, months_before_2014=30, months_from_2014=40).figures["amount"]
    22000000
    >>> survivor_lump_sum(law, pension=1_500_000, months_received=10).figures["amount"]
    66000000
    """
    working = Working(law, "survivor_lump_sum", on or law.newest)
    if pension is not None and average is None:
        return _of_pensioner(working, pension, months_received)
    if average is None or pension is not None:
        raise ValueError("give average and months of a payer, or pension and months_received of a pensioner")
    if min(average, months_before_2014, months_from_2014) < 0:
        raise ValueError("an income and months can't be below zero")
    months = months_before_2014 + months_from_2014
    scheme = _last_scheme(months, compulsory_months, last_scheme)
    early, later = move_odd_months(months_before_2014, months_from_2014)
    if scheme == "compulsory" and working.law.on(working.on).knows("survivors_compulsory_min"):
        working.article("luat-41-2024", "Điều 89")
        working.article("nd-158-2025", "Điều 21 khoản 5")
        amount = _by_years(working, average, early, later)
        least = "survivors_compulsory_min"
    else:
        short = months < working.whole("survivors_min_months")
        paid_back = _paid_back(working, average, months, amount_paid) if short else None
        amount = _by_years(working, average, early, later) if paid_back is None else paid_back
        least = "survivors_mixed_min"
    if compulsory_months:
        amount = max(amount, average * working.number(least))
    working.step("survivors_amount", amount=dong(amount))
    found = working.estimate(amount=dong(amount), months=months)
    if last_scheme is not None or compulsory_months in (0, months):
        return found
    other = survivor_lump_sum(
        law, average, months_before_2014, months_from_2014, None, None, amount_paid, compulsory_months, "compulsory", on
    )
    if other.figures == found.figures:
        return found
    working.warn("last_scheme_assumed", other=other.whole("amount"))
    return working.estimate(**found.figures)


def _last_scheme(months: int, compulsory: int, told: str | None) -> str:
    """The scheme a payer paid into last: as told, or the only one there was; voluntary where nobody knows."""
    if not 0 <= compulsory <= months:
        raise ValueError(f"of {months} months paid, {compulsory} can't be compulsory")
    if told is not None and told not in SCHEMES:
        raise ValueError(f"a scheme is {' or '.join(SCHEMES)}, got {told!r}")
    only = "compulsory" if months and compulsory == months else None if compulsory else "voluntary"
    if told is not None and only is not None and told != only:
        raise ValueError(f"{told} can't be the last scheme of {months} months, {compulsory} of them compulsory")
    return told or only or "voluntary"


def _by_years(working: Working, average: int, early: int, later: int) -> Fraction:
    multiple = multiples(working, early, later, "survivors")
    working.step("survivors_multiple", before=early, later=later, multiple=multiple, average=average)
    return average * multiple


def _paid_back(working: Working, average: int, months: int, amount_paid: int | None) -> Fraction:
    if amount_paid is None:
        working.warn("amount_paid_assumed", average=average)
        amount = working.rate("contribution_rate") * average * months
    else:
        amount = Fraction(amount_paid)
    limit = working.value("survivors_short_max")
    working.step("survivors_short", months=months, amount=dong(amount))
    return amount if limit.value is None else min(amount, average * limit.number())


def _of_pensioner(working: Working, pension: int, months_received: int | None) -> Estimate:
    if months_received is None or min(pension, months_received) < 0:
        raise ValueError("of a pensioner, give pension and months_received, neither below zero")
    later = max(0, months_received - working.whole("survivors_pensioner_first_months"))
    most, least = working.number("survivors_pensioner_months"), working.number("survivors_pensioner_min")
    multiple = max(least, most - later * working.number("survivors_pensioner_decrement"))
    amount = dong(pension * multiple)
    working.step("survivors_of_pensioner", multiple=multiple, pension=pension, amount=amount)
    return working.estimate(amount=amount, months=months_received)
