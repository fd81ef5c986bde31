"""The law's calculations: a pension over thirty years, and the reverse of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.measure import Measured, measured
from bot.base.content import read_law
from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.pension.goal import goal
from law.pension.history import Period
from law.pension.plan import plan
from law.pension.settlement import pension

_TODAY = Month(2026, 11)
_BORN = Month(1969, 3)
_TIMES = 300


def history() -> list[Period]:
    """Thirty years to the day, compulsory and voluntary in turn, a new income every two years."""
    periods = []
    for number in range(15):
        first = Month(1996, 11) + 24 * number
        voluntary = first >= Month(2008, 11) and number % 2 == 0
        income = 1_500_000 + 250_000 * number
        periods.append(Period(first, first + 23, income, "voluntary" if voluntary else "compulsory"))
    return periods


def pension_of_thirty_years(law: Law) -> Measured:
    """One settlement of 360 months."""
    call = partial(pension, law, "female", _BORN, _TODAY, history())
    found = call()
    if not isinstance(found, Estimate) or found.figures["months"] != 360:
        raise SystemExit(f"the benchmark's pension can't be reckoned: {found}")
    return measured("a pension over 30 years of mixed history", [call] * _TIMES, most=2)


def plan_of_thirty_years(law: Law) -> Measured:
    """The same history in a plan: stopping now beside going on."""
    call = partial(plan, law, _TODAY, "female", Month(1975, 3), history(), 3_000_000)
    found = call()
    if not isinstance(found, Estimate):
        raise SystemExit(f"the benchmark's plan can't be reckoned: {found}")
    return measured("a plan over the same history", [call] * _TIMES)


def reverse_goal(law: Law) -> Measured:
    """Which income brings a wanted pension, for many wanted ones."""
    wanted = [1_000_000 + 300_000 * number for number in range(100)]
    calls = [partial(goal, law, _TODAY, "female", Month(1981, 11), 24, each) for each in wanted]
    return measured("the reverse goal: the income for a wanted pension", list(calls), most=50)


def reckoning() -> Iterator[Measured]:
    law = read_law()
    yield pension_of_thirty_years(law)
    yield plan_of_thirty_years(law)
    yield reverse_goal(law)
