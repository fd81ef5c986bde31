"""Random lives for the properties that hold of every one: who, what was paid when, and how it is cut into periods."""

from __future__ import annotations

from hypothesis import strategies as st

from law.base.month import Month
from law.paying.support import GROUPS
from law.pension.history import Period, Scheme

NOW = Month(2026, 11)
_FIRST = Month(2009, 1)
_UNTIL_NOW = NOW - _FIRST + 1


@st.composite
def stretches(draw: st.DrawFn, most: int = 4) -> list[Period]:
    """Periods of either kind up to this month, in order and apart from each other; at least one."""
    bounds = draw(st.lists(st.integers(0, _UNTIL_NOW), min_size=2, max_size=2 * most, unique=True).map(sorted))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return [draw(_period(_FIRST + first, _FIRST + (after - 1))) for first, after in pairs]


@st.composite
def _period(draw: st.DrawFn, first: Month, last: Month) -> Period:
    scheme: Scheme = draw(st.sampled_from(("voluntary", "compulsory")))
    return Period(first, last, draw(INCOMES), scheme)


@st.composite
def cut(draw: st.DrawFn, periods: list[Period]) -> list[Period]:
    """The same months in other pieces and another order."""
    pieces = []
    for each in periods:
        where = draw(st.integers(0, each.last - each.first))
        middle = each.first + where
        pieces.append(Period(each.first, middle, each.income, each.scheme))
        if middle < each.last:
            pieces.append(Period(middle + 1, each.last, each.income, each.scheme))
    return draw(st.permutations(pieces))


INCOMES = st.integers(1_500_000, 29_000_000)
SEXES = st.sampled_from(("male", "female"))
ADULTS = st.integers(0, 12 * 30).map(lambda months: Month(1962, 1) + months)
"""Births of people who were of joining age before 2009."""
PEOPLE_GROUPS = st.lists(st.sampled_from(GROUPS), max_size=3, unique=True)
MONTHS = st.integers(0, 12 * 11).map(lambda months: Month(2018, 1) + months)
"""Months of payment of which the law is known, to 2028."""
