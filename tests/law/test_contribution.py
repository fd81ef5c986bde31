"""What holds for every payment, and what a payment tells the person."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.base.estimate import Estimate, Refusal
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.paying.contribution import (
    contribution,
    income_bounds,
    income_for_payment,
    next_floor,
    prices_ahead,
)
from law.paying.support import GROUPS

NOW = Month(2026, 11)
groups = st.sets(st.sampled_from(GROUPS))
months_of_the_law = st.builds(lambda number: Month(2016, 1) + number, st.integers(0, 12 * 16))


def priced(law: Law, paid_in: Month, income: int, *more: Any, **named: Any) -> Estimate:
    found = contribution(law, paid_in, income, *more, **named)
    assert isinstance(found, Estimate)
    return found


@given(
    paid_in=months_of_the_law,
    part=st.integers(0, 1000),
    months=st.sampled_from([1, 3, 6, 12]),
    of=groups,
    used=st.integers(0, 130),
    top_up=st.integers(0, 500_000),
)
def test_every_dong_is_paid_by_somebody_and_nobody_is_paid(
    law: Law, paid_in: Month, part: int, months: int, of: Collection[str], used: int, top_up: int
) -> None:
    bounds = income_bounds(law, paid_in)
    lowest, highest = bounds.whole("minimum"), bounds.whole("maximum")
    found = priced(law, paid_in, lowest + (highest - lowest) * part // 1000, months, of, used, top_up)
    paid = found.whole("support") + found.whole("local_top_up") + found.whole("own")
    assert paid == found.whole("gross") == months * found.whole("monthly_gross")
    assert min(found.whole("support"), found.whole("local_top_up"), found.whole("own")) >= 0


@given(paid_in=months_of_the_law, of=groups, used=st.integers(0, 130))
def test_support_never_depends_on_the_chosen_income(law: Law, paid_in: Month, of: Collection[str], used: int) -> None:
    bounds = income_bounds(law, paid_in)
    low = priced(law, paid_in, bounds.whole("minimum"), 1, of, used)
    high = priced(law, paid_in, bounds.whole("maximum"), 1, of, used)
    assert low.whole("support") == high.whole("support")


@given(paid_in=months_of_the_law, of=groups)
def test_one_group_more_never_costs_more(law: Law, paid_in: Month, of: Collection[str]) -> None:
    floor = income_bounds(law, paid_in).whole("minimum")
    alone = priced(law, paid_in, floor, 1, ()).whole("own")
    assert priced(law, paid_in, floor, 1, of).whole("own") <= alone


@given(own=st.integers(165_000, 11_066_000), of=groups, used=st.integers(0, 125))
def test_a_payment_buys_the_highest_income_it_pays_for(law: Law, own: int, of: Collection[str], used: int) -> None:
    found = income_for_payment(law, NOW, own, of, used)
    if isinstance(found, Refusal):
        assert found.reason in {"payment_too_low", "payment_too_high"}
        return
    income = found.whole("income")
    assert priced(law, NOW, income, 1, of, used).whole("own") == found.whole("own") <= own
    if income < income_bounds(law, NOW).whole("maximum"):
        assert priced(law, NOW, income + 5, 1, of, used).whole("own") > own


def test_a_round_payment_gives_back_its_round_income(law: Law) -> None:
    for income in (1_500_000, 2_000_000, 5_000_000, 50_600_000):
        own = priced(law, NOW, income).whole("own")
        found = income_for_payment(law, NOW, own)
        assert found.figures["income"] == income


def test_a_payment_under_the_lowest_own_part_is_told_that_part(law: Law) -> None:
    found = income_for_payment(law, NOW, 263_999)
    assert isinstance(found, Refusal)
    assert (found.reason, dict(found.figures)) == ("payment_too_low", {"lowest_own": 264000, "income": 1500000})
    assert isinstance(income_for_payment(law, NOW, 264_000), Estimate)
    assert isinstance(income_for_payment(law, NOW, 165_000, ("poor",)), Estimate)


def test_a_payment_above_the_highest_own_part_is_told_that_part(law: Law) -> None:
    found = income_for_payment(law, NOW, 11_066_001)
    assert isinstance(found, Refusal)
    assert found.reason == "payment_too_high"
    assert dict(found.figures) == {"highest_own": 11066000, "income": 50600000}


def test_who_has_had_all_support_pays_the_full_price(law: Law) -> None:
    found = income_for_payment(law, NOW, 330_000, ("poor",), supported_months_used=120)
    assert found.figures["income"] == 1_500_000
    assert found.figures["support"] == 0


def test_a_top_up_buys_more_income(law: Law) -> None:
    found = income_for_payment(law, NOW, 264_000, local_top_up=66_000)
    assert found.figures["income"] == 1_800_000


def test_a_top_up_that_pays_everything_asks_nothing(law: Law) -> None:
    found = income_for_payment(law, NOW, 0, ("poor",), local_top_up=1_000_000)
    assert isinstance(found, Estimate)
    assert found.figures["own"] == 0


def test_no_payment_before_the_first_known_law(law: Law) -> None:
    found = income_for_payment(law, Month(2015, 1), 300_000)
    assert isinstance(found, Refusal)
    assert found.reason == "before_known_law"
    with pytest.raises(NoValueKnownOn):
        income_bounds(law, Month(2015, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"months": 2},
        {"months": 0},
        {"groups": ("hộ nghèo",)},
        {"supported_months_used": -1},
        {"local_top_up": -1},
    ],
)
def test_what_no_form_may_send_is_an_error(law: Law, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"month|group|top-up"):
        contribution(law, NOW, 1_500_000, **wrong)


def test_the_steps_show_the_base_of_the_support(law: Law) -> None:
    found = priced(law, NOW, 5_000_000, 1, ("near_poor",))
    steps = {step.name: step.figures for step in found.steps}
    assert steps["contribution_support"]["poverty_line"] == 1_500_000
    assert steps["contribution_support"]["monthly_support"] == 132_000
    assert steps["contribution_gross"]["monthly_gross"] == 1_100_000
    assert steps["contribution_own"]["own"] == 968_000


def test_only_the_winning_group_is_named_among_what_was_used(law: Law) -> None:
    found = priced(law, NOW, 1_500_000, 1, ("ethnic_minority", "poor"))
    assert [used.key for used in found.used if used.parameter == "state_support_rate"] == ["poor"]


def test_months_of_support_used_are_said_to_be_an_estimate(law: Law) -> None:
    assert "support_count_assumed" in [each.name for each in priced(law, NOW, 1_500_000, 1, (), 5).warnings]
    assert priced(law, NOW, 1_500_000).warnings == ()


def test_an_income_between_the_old_steps_is_said(law: Law) -> None:
    warned = [each.name for each in priced(law, Month(2025, 6), 1_510_000).warnings]
    assert warned == ["income_between_steps"]
    assert priced(law, Month(2025, 6), 1_550_000).warnings == ()
    assert priced(law, Month(2025, 7), 1_510_000).warnings == ()


def test_a_top_up_stands_among_the_steps(law: Law) -> None:
    found = priced(law, NOW, 1_500_000, 3, (), 0, 10_000)
    assert [step.figures for step in found.steps if step.name == "contribution_top_up"] == [{"local_top_up": 30_000}]


def test_the_next_floor_is_known_until_it_holds(law: Law, coming_floor: int) -> None:
    coming = next_floor(law, Month(2026, 12))
    assert coming is not None
    assert (coming.month("since"), coming.whole("minimum")) == (Month(2027, 1), coming_floor)
    assert next_floor(law, Month(2027, 1)) is None


def test_figures_are_asked_for_by_their_kind(estimated: Callable[..., Estimate]) -> None:
    found = estimated("contribution", paid_in="2026-11", income=1500000)
    with pytest.raises(TypeError, match=r"contribution\.group"):
        found.whole("group")
    with pytest.raises(TypeError, match=r"contribution\.own"):
        found.month("own")


@given(
    first=st.builds(lambda number: NOW + number, st.integers(0, 36)),
    part=st.integers(0, 1000),
    of=groups,
    used=st.integers(0, 130),
    top_up=st.integers(0, 500_000),
)
def test_between_two_of_the_prices_ahead_nothing_changes(
    law: Law, first: Month, part: int, of: Collection[str], used: int, top_up: int
) -> None:
    bounds = income_bounds(law, first)
    income = bounds.whole("minimum") + (bounds.whole("maximum") - bounds.whole("minimum")) * part // 1000
    ahead = prices_ahead(law, first, income, of, used, top_up)
    assert next(iter(ahead)) == first
    assert list(ahead) == sorted(ahead)
    for month in (first + away for away in range(140)):
        paid = max(income, income_bounds(law, month).whole("minimum"))
        then = priced(law, month, paid, 1, of, used + (month - first), top_up)
        since = max(each for each in ahead if each <= month)
        assert ahead[since].whole("own") == then.whole("own"), month


def test_an_income_no_month_allows_has_no_prices_ahead(law: Law) -> None:
    with pytest.raises(ValueError, match="income_out_of_range"):
        prices_ahead(law, NOW, 10**9)


@pytest.mark.parametrize("own", [264_000, 165_000, 198_000, 231_000])
def test_the_lowest_payment_buys_the_lowest_income(law: Law, own: int) -> None:
    of = {264_000: "other", 165_000: "poor", 198_000: "near_poor", 231_000: "ethnic_minority"}[own]
    found = income_for_payment(law, NOW, own, [of])
    assert (found.figures["income"], found.figures["own"]) == (1_500_000, own)
