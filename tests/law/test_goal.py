"""The income the reverse goal names is the least that is enough, and what it costs is what a payment costs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.base.estimate import Estimate, Refusal
from law.base.law import Law
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds
from law.pension.forecast import forecast
from law.pension.goal import goal

NOW = Month(2026, 11)


def pension_at(law: Law, sex: str, born: Month, paid: int, past: int | None, income: int) -> int:
    found = forecast(law, NOW, sex, born, paid, income, past_income=past)
    assert isinstance(found, Estimate)
    return found.whole("go_on_pension")


@settings(max_examples=60)
@given(
    sex=st.sampled_from(["male", "female"]),
    born=st.builds(lambda number: Month(1955, 1) + number, st.integers(0, 12 * 45)),
    paid=st.integers(0, 200),
    past=st.none() | st.integers(700_000, 20_000_000),
    wanted=st.integers(1, 45_000_000),
)
def test_no_lower_income_is_enough(law: Law, sex: str, born: Month, paid: int, past: int | None, wanted: int) -> None:
    bounds = income_bounds(law, NOW)
    found = goal(law, NOW, sex, born, paid, wanted, past_income=past)
    if isinstance(found, Refusal):
        if found.reason == "pension_out_of_reach":
            assert pension_at(law, sex, born, paid, past, bounds.whole("maximum")) < wanted
        return
    income = found.whole("income")
    assert pension_at(law, sex, born, paid, past, income) == found.whole("pension") >= wanted
    if found.figures["lowest"]:
        assert income == bounds.whole("minimum")
    else:
        assert pension_at(law, sex, born, paid, past, income - 1) < wanted


@pytest.mark.parametrize("wanted", [1_300_000, 1_364_000, 3_000_000, 31_372_000])
def test_each_stretch_is_priced_like_a_payment_made_then(law: Law, wanted: int) -> None:
    found = goal(law, NOW, "female", Month(1990, 5), 0, wanted, ("near_poor",))
    assert isinstance(found, Estimate)
    for name, since, used in (
        ("", Month(2026, 12), 0),
        ("next_", Month(2027, 1), 1),
        ("full_", Month(2036, 12), 120),
    ):
        income = max(found.whole("income"), income_bounds(law, since).whole("minimum"))
        for figure, months in (("monthly_own", 1), ("half_year_own", 6)):
            paid = contribution(law, since, income, months, ("near_poor",), used)
            assert isinstance(paid, Estimate)
            assert found.whole(name + figure) == paid.whole("own")


def test_support_used_is_said_to_be_assumed_only_where_there_was_some(law: Law) -> None:
    for paid, said in ((0, False), (12, True)):
        found = goal(law, NOW, "female", Month(1990, 5), paid, 3_000_000, past_income=2_000_000)
        assert ("support_count_assumed" in {note.name for note in found.warnings}) is said


def test_the_lowest_income_is_that_of_the_first_month_to_pay(law: Law) -> None:
    """In December 2026 everything to come is paid at the floor of January."""
    found = goal(law, Month(2026, 12), "female", Month(1986, 5), 0, 600_000)
    assert isinstance(found, Estimate)
    assert found.figures["lowest"] is True
    assert found.figures["income"] == law.on(Month(2027, 1)).value("rural_poverty_line").whole()
