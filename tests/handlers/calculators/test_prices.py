"""From which month a plan begins, and which of its prices is told first."""

from __future__ import annotations

import datetime

import pytest

from handlers.calculators.prices import Prices, first_to_pay, prices, still_in_time
from handlers.dialogue.context import Context, Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from law.base.month import Month
from law.figures import figures

LOWEST = 1_500_000


def context(resources: Resources, year: int, month: int, day: int) -> Context:
    at = datetime.datetime(year, month, day, 9, 0)
    return Context(Message("text", "1", at, ""), Memory(), resources)


def of(talk: Context, months: int, used: int = 0, income: int = 2_200_000) -> Prices:
    found = prices(talk, first_to_pay(talk), months, income, ("other",), used)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("day", "first", "until"),
    [(1, Month(2027, 1), None), (20, Month(2027, 1), None), (21, Month(2027, 2), 31), (31, Month(2027, 2), 31)],
)
def test_the_present_month_is_not_lost_while_it_can_be_paid(
    resources: Resources, day: int, first: Month, until: int | None
) -> None:
    talk = context(resources, 2027, 1, day)
    assert first_to_pay(talk) == first
    assert first_to_pay(talk, paid_until=Month(2027, 1)) == Month(2027, 2)
    assert first_to_pay(talk, paid_until=Month(2020, 1)) == first
    assert still_in_time(talk, first) == (None if until is None else datetime.date(2027, 1, until))


@pytest.mark.parametrize("months", [14, 24, 180])
def test_a_price_of_weeks_is_never_told_first_of_a_plan_of_years(resources: Resources, months: int) -> None:
    talk = context(resources, 2026, 11, 27)
    found = of(talk, months, income=LOWEST)
    assert found.lasting.since == Month(2027, 1)
    assert found.lasting.own == figures(resources.law, datetime.date(2026, 11, 27))["own_min_other_next"].value
    assert [each.since for each in found.earlier] == [Month(2026, 12)]
    assert sum(each.months for each in found.every) == months


def test_a_plan_of_a_single_month_is_told_by_its_price(resources: Resources) -> None:
    found = of(context(resources, 2026, 11, 27), 1, income=LOWEST)
    assert found.lasting.since == Month(2026, 12)
    assert not found.later


def test_once_the_floor_has_come_there_is_one_price(resources: Resources) -> None:
    found = of(context(resources, 2027, 1, 5), 100)
    assert [each.since for each in found.every] == [Month(2027, 1)]
    assert found.unsupported is None


def test_support_that_ends_within_a_year_does_not_make_the_headline(resources: Resources) -> None:
    """Seven supported months are left: 12/2026 and six more; the price without support is the one that lasts."""
    found = of(context(resources, 2026, 11, 27), 100, used=113)
    assert found.lasting == found.unsupported
    assert found.lasting.since == Month(2027, 7)
    assert found.lasting.support == 0


def test_who_never_had_support_left_is_not_told_that_it_ends(resources: Resources) -> None:
    assert of(context(resources, 2027, 1, 25), 100, used=120).unsupported is None
