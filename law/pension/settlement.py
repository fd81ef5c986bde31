"""A pension from a history of payments, voluntary and compulsory together.

Luật 41/2024/QH15 Điều 98–100, 104, 141; NĐ 159/2025 Điều 10, 11, 13.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from law.base.estimate import Estimate, Refusal
from law.base.law import Law
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working
from law.pension.history import Paid, Period, PeriodsOverlap, paid_months
from law.pension.indexation import CoefficientUnknown, average, refuse_history, say_average
from law.pension.rate import excess_allowance, pension_rate
from law.pension.retirement import birth_month, retirement
from law.pension.start import early_route_full, history_start


def pension(law: Law, sex: str, born: Month | int, settled_in: Month, periods: Sequence[Period]) -> Estimate | Refusal:
    """The pension that starts in `settled_in`, at the ordinary retirement age, for the months in `periods`.

    Figures: months, average (dong per month), eligible, months_missing, of_age, pension_from (the first month it can
    be drawn for, as `pension_start`; with too few months the first one the age allows); and, if eligible, percent
    (Decimal), pension (dong per month), retirement_allowance (dong, once), floored (raised to the least pension,
    which only long compulsory payers have). Not being old enough or short of months is a result, not an error. Early
    routes for heavy work or impairment are not reckoned. Refuses `coefficient_unknown`, `periods_overlap`, and
    `before_known_law`.

    >>> wages = Period(Month(2025, 1), Month(2026, 6), 5_000_000, "compulsory")
    >>> found = pension(law, "male", Month(1962, 1), Month(2026, 11), [wages])
    >>> found.figures["eligible"], found.figures["months_missing"]
    (False, 162)
    """
    working = Working(law, "pension", settled_in)
    if not working.law.on(settled_in).knows("pension_min_months"):
        return working.refuse("before_known_law", known_from=law.parameter("pension_min_months").values[0].since)
    try:
        paid = paid_months(working, periods)
        exact = average(working, paid)
    except (CoefficientUnknown, PeriodsOverlap) as unknown:
        return refuse_history(working, unknown)
    say_average(working, paid, exact)
    age = working.take(retirement(law, sex, born))
    reached = _reached(working, sex, born, paid, age.month("reached"))
    rate = working.take(pension_rate(law, sex, len(paid), settled_in))
    percent = rate.figures["percent"]
    of_age = settled_in > reached
    start = history_start(law, sex, born, paid, requested=settled_in + -1, on=settled_in)
    base = {
        "months": len(paid),
        "average": dong(exact),
        "months_missing": rate.figures["months_missing"],
        "of_age": of_age,
        "pension_from": reached + 1 if start is None else start.figures["pension_from"],
    }
    for step in (*age.steps, *rate.steps):
        working.step(step.name, **step.figures)
    if percent is None or not of_age:
        return working.estimate(**base, eligible=False)
    amount = exact * Fraction(str(percent)) / 100
    working.step("pension_amount", average=dong(exact), percent=percent, pension=dong(amount))
    floor = _floor(working, paid)
    floored = floor is not None and amount < floor
    if floor is not None and floored:
        working.step("pension_floor", floor=floor)
        amount = Fraction(floor)
    after_age = sum(1 for each in _after_earning(paid, age.month("reached"), rate.whole("minimum_months")))
    allowance = excess_allowance(working, sex, len(paid), after_age, exact)
    if allowance:
        working.step("retirement_allowance", months=len(paid), after_age=after_age, amount=dong(allowance))
    return working.estimate(
        **base,
        eligible=True,
        percent=percent,
        pension=dong(amount),
        retirement_allowance=dong(allowance),
        floored=floored,
    )


def _reached(working: Working, sex: str, born: Month | int, paid: Sequence[Paid], ordinary: Month) -> Month:
    """The month of retirement: earlier for who began voluntary payment in time and paid it long enough."""
    voluntary = [each.month for each in paid if each.scheme == "voluntary"]
    if early_route_full(working.law, voluntary, working.on) is None:
        return ordinary
    working.article("nd-159-2025", "Điều 13")
    return min(ordinary, birth_month(born) + working.whole("early_route_age", sex))


def _after_earning(paid: Sequence[Paid], reached: Month, minimum: int) -> Sequence[Paid]:
    """The months paid after reaching the age of Điều 98, once the minimum was full (Luật 41/2024 Điều 100 khoản 2).

    The earlier age of Điều 141 khoản 9 is another condition than that of Điều 98, so it does not count here. None is
    known to be where part of the history is undated.
    """
    if any(each.period.undated for each in paid):
        return []
    return [each for number, each in enumerate(paid) if each.month > reached and number >= minimum]


def _floor(working: Working, paid: Sequence[Paid]) -> int | None:
    """The lowest pension of a long compulsory payer who joined in time; None for everybody else."""
    if not working.law.on(working.on).knows("pension_floor_min_months"):
        return None
    compulsory = [each.month for each in paid if each.scheme == "compulsory"]
    if len(compulsory) < working.law.on(working.on).value("pension_floor_min_months").whole():
        return None
    joined_before = "pension_floor_joined_before"  # no such day before this law, and none who came later
    if working.law.on(working.on).knows(joined_before) and compulsory[0] >= Month.of(working.day(joined_before)):
        return None
    working.whole("pension_floor_min_months")
    return working.whole("base_salary")
