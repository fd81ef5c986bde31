"""How who once paid as an employee comes to a pension (Luật 41/2024/QH15 Điều 33 khoản 7, Điều 5 khoản 3).

Both kinds of months count together. Whose compulsory months alone lack only a few at retirement age may pay the
missing ones once, as compulsory ones (TT 12/2025/TT-BNV Điều 12 khoản 2); everybody else goes on voluntarily
(TT 11/2025/TT-BNV Điều 3).
"""

from __future__ import annotations

from law.base.estimate import Estimate, Figure
from law.base.law import Law
from law.base.month import Month
from law.base.working import Working
from law.pension.rate import minimum_months
from law.pension.retirement import retirement


def former_worker(
    law: Law,
    today: Month,
    sex: str,
    born: Month | int,
    compulsory_months: int,
    voluntary_months: int = 0,
    first: Month | None = None,
) -> Estimate:
    """The way to a pension of a former employee, and what the compulsory months keep by themselves.

    The months are those not withdrawn, up to the month before `first`, with which paying on begins: the month after
    `today` where it is not given, or `today` itself. Figures: months (both kinds), minimum_months, missing (today);
    retires, age_years, age_months, past_age; way: enough, as_compulsory (the compulsory months alone are so near
    the minimum that those missing may be paid once at retirement age) or voluntary; as_compulsory_max, how many may
    be missing for that, and as_compulsory_from, the compulsory months it takes; months_to_age and missing_at_age, if
    every month is paid; full_in: the month in which paying every month fills the minimum by the retirement age (None
    where it does not); for what is then missing still, last_months to be paid at once in last_paid_in (None where
    nothing is); paid_in: from when the few months of `as_compulsory` are paid, the month before that of the age at
    the earliest; pension_from (None for who is past the age with enough: the office says from when).

    Kept by compulsory months: keeps_survivors (monthly survivors' benefits), keeps_floor (the least pension),
    keeps_funeral; and what those take, survivors_min_months, floor_min_months. Raises ValueError for months
    below zero or a sex there is none of.

    >>> found = former_worker(law, Month(2026, 11), "female", Month(1985, 5), 150, 10)
    >>> found.figures["way"], found.figures["missing"], str(found.month("full_in"))
    ('voluntary', 20, '2028-07')
    """
    if min(compulsory_months, voluntary_months) < 0:
        raise ValueError("months can't be below zero")
    working = Working(law, "former_worker", today)
    age = working.take(retirement(law, sex, born))
    retires = age.month("reached")
    at_age = max(today, retires)
    months = compulsory_months + voluntary_months
    minimum = minimum_months(law, at_age + 1)
    working.value("pension_min_months", on=at_age + 1)
    working.article("luat-41-2024", "Điều 5 khoản 3")
    working.step("former_months", compulsory=compulsory_months, voluntary=voluntary_months, months=months)
    for step in age.steps:
        working.step(step.name, **step.figures)
    figures: dict[str, Figure] = {
        "months": months,
        "minimum_months": minimum,
        "missing": max(0, minimum - months),
        "retires": retires,
        "age_years": age.figures["age_years"],
        "age_months": age.figures["age_months"],
        "past_age": retires < today,
    }
    paid_until = today if first is None else first + -1
    near = minimum - working.whole("missing_compulsory_max_months") <= compulsory_months
    figures |= _way(working, minimum - months, near and months < minimum, retires, voluntary_months, paid_until)
    figures["as_compulsory_from"] = minimum - working.whole("missing_compulsory_max_months")
    figures |= _kept(working, today, compulsory_months, months)
    return working.estimate(**figures)


def _way(
    working: Working, missing: int, as_compulsory: bool, retires: Month, voluntary: int, paid_until: Month
) -> dict[str, Figure]:
    """Which of the two ways of Điều 33 khoản 7 closes the gap, and until when."""
    past_age, at_age, until = retires < working.on, max(working.on, retires), max(paid_until, retires)
    few = working.whole("missing_compulsory_max_months")
    to_age = until - paid_until
    at_once = max(0, missing - to_age)
    figures: dict[str, Figure] = {
        "as_compulsory_max": few,
        "months_to_age": to_age,
        "missing_at_age": at_once,
        "full_in": paid_until + missing if 0 < missing <= to_age else None,
        "last_months": None,
        "last_paid_in": None,
        "paid_in": None,
        "pension_from": at_age + 1,
    }
    if missing <= 0:
        pension_from = None if past_age else at_age + 1
        working.step("former_enough", pension_from=pension_from)
        return figures | {"way": "enough", "pension_from": pension_from}
    if as_compulsory:
        earliest = retires + -working.whole("missing_compulsory_earliest_months")
        paid_in = max(working.on, earliest)
        working.article("tt-12-2025", "Điều 12 khoản 2")
        working.step("former_as_compulsory", missing=missing, few=few, paid_in=paid_in)
        if voluntary:
            working.warn("former_as_compulsory_open")
        return figures | {"way": "as_compulsory", "paid_in": paid_in}
    working.article("tt-11-2025", "Điều 3")
    working.step("former_voluntary", missing=missing, few=few)
    if at_once:
        most = working.whole("missing_time_max_months", on=at_age)
        last = min(at_once, most)
        paid_in = max(working.on, until + (at_once - last))
        working.step("former_last", first=missing - last, last=last, most=most, paid_in=paid_in)
        figures |= {
            "last_months": last,
            "last_paid_in": paid_in,
            "pension_from": paid_in + 1,
        }
    return figures | {"way": "voluntary"}


def _kept(working: Working, today: Month, compulsory: int, months: int) -> dict[str, Figure]:
    """What the compulsory months give by themselves, whatever is paid voluntarily."""
    survivors = working.whole("survivors_monthly_min_months")
    floor, joined_before = working.whole("pension_floor_min_months"), working.day("pension_floor_joined_before")
    keeps_survivors = compulsory >= survivors
    keeps_floor = compulsory >= floor and today + (1 - compulsory) < Month.of(joined_before)
    keeps_funeral = compulsory >= working.whole("funeral_min_compulsory_months")
    keeps_funeral = keeps_funeral or months >= working.whole("funeral_min_months")
    if keeps_survivors:
        working.step("former_keeps_survivors", months=survivors)
    if keeps_floor:
        level = working.whole("base_salary")
        working.step("former_keeps_floor", months=floor, before=joined_before, level=level)
        working.warn("former_floor_open")
    return {
        "keeps_survivors": keeps_survivors,
        "survivors_min_months": survivors,
        "keeps_floor": keeps_floor,
        "floor_min_months": floor,
        "keeps_funeral": keeps_funeral,
    }
