"""What the forecast says beside its figures: which assumptions, which other ways, and that going on never harms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.base.estimate import Estimate, Note, Refusal
from law.base.law import Law
from law.base.month import Month
from law.pension.forecast import forecast
from law.pension.rate import minimum_months, pension_rate

NOW = Month(2026, 11)
sexes = st.sampled_from(["male", "female"])
births = st.builds(lambda number: Month(1950, 1) + number, st.integers(0, 12 * 45))


def of(law: Law, sex: str, born: Month | int, paid: int, income: int = 2_200_000, **more: Any) -> Estimate:
    found = forecast(law, NOW, sex, born, paid, income, **more)
    assert isinstance(found, Estimate)
    return found


def names(notes: tuple[Note, ...]) -> list[str]:
    return [note.name for note in notes]


def warning(found: Estimate, name: str) -> Note:
    return next(note for note in found.warnings if note.name == name)


@given(sex=sexes, born=births, paid=st.integers(0, 190))
def test_the_months_add_up(law: Law, sex: str, born: Month, paid: int) -> None:
    found = of(law, sex, born, paid)
    pays = found.whole("months_to_pay")
    assert paid + pays == found.whole("go_on_months") >= minimum_months(law, NOW)
    assert found.whole("months_by_then") + found.whole("go_on_missing") == found.whole("go_on_months")
    assert found.month("go_on_pension_from") == NOW + 1 + pays
    assert found.month("go_on_pension_from") > found.month("retires")
    assert (found.figures["first_month"] is None) == (pays == 0)
    assert (found.whole("go_on_missing") == 0) == (found.figures["go_on_eligible"] is True)


@given(sex=sexes, born=births, paid=st.integers(0, 190), income=st.integers(1_500_000, 50_600_000))
def test_the_pension_lies_within_its_rates(
    law: Law, coming_floor: int, sex: str, born: Month, paid: int, income: int
) -> None:
    found = of(law, sex, born, paid, income)
    assert income <= found.whole("go_on_average") <= max(income, coming_floor)
    percent = found.figures["go_on_percent"]
    assert isinstance(percent, Decimal)
    assert 40 <= percent <= 75
    assert abs(found.whole("go_on_pension") - found.whole("go_on_average") * percent / 100) <= 1


@given(sex=sexes, born=births, paid=st.integers(180, 190))
def test_going_on_never_gives_less_than_stopping(law: Law, sex: str, born: Month, paid: int) -> None:
    found = of(law, sex, born, paid)
    assert found.figures["stop_now_eligible"] is True
    assert found.whole("go_on_pension") >= found.whole("stop_now_pension")


@given(sex=sexes, born=births, paid=st.integers(0, 179))
def test_missing_time_at_once_is_never_later_than_month_by_month(law: Law, sex: str, born: Month, paid: int) -> None:
    found = of(law, sex, born, paid)
    if found.figures["go_on_eligible"]:
        assert found.figures["lump_months"] is None
        return
    assert found.whole("lump_months") <= 60
    assert found.month("lump_pension_from") <= found.month("go_on_pension_from")
    assert found.month("lump_paid_in") >= max(NOW, found.month("retires"))
    still_paid = found.month("lump_paid_in") - NOW
    assert paid + still_paid + found.whole("lump_months") == minimum_months(law, NOW)


def test_a_low_income_is_raised_to_the_coming_floor_and_that_is_said(law: Law, coming_floor: int) -> None:
    low = of(law, "female", Month(1990, 5), 0, 1_500_000)
    told = warning(low, "floor_rises").figures
    assert (told["since"], told["minimum"], told["income"]) == (Month(2027, 1), coming_floor, 1_500_000)
    assert "floor_rises" in names(of(law, "female", Month(1990, 5), 0, coming_floor - 1).warnings)
    assert "floor_rises" not in names(of(law, "female", Month(1990, 5), 0, coming_floor).warnings)


def test_a_past_that_is_not_known_is_said_to_be_assumed(law: Law) -> None:
    assert "history_assumed" in names(of(law, "female", Month(1975, 3), 1).warnings)
    assert "history_assumed" not in names(of(law, "female", Month(1975, 3), 0).warnings)


def test_it_is_always_said_to_be_in_todays_money_and_not_indexed(law: Law) -> None:
    found = of(law, "male", 1980, 12)
    assert warning(found, "not_indexed").figures == {"year": 2026}
    assert warning(found, "todays_money").figures == {"month": NOW}


def test_the_missing_time_is_offered_with_what_to_pay_before(law: Law) -> None:
    near = of(law, "female", Month(1975, 3), 24)
    assert "option_missing_time" in names(near.options)
    far = of(law, "female", Month(1975, 3), 0)
    later = next(note for note in far.options if note.name == "option_missing_time_later")
    assert (later.figures["first"], later.figures["months"]) == (24, 60)
    assert not names(of(law, "female", Month(1990, 3), 0).options)


def test_the_fund_rate_carried_on_is_said(law: Law) -> None:
    expired = [note for note in of(law, "female", Month(1975, 3), 24).warnings if note.name == "value_expired"]
    assert {str(note.figures["until"]) for note in expired} == {"2026-12-31", "2030-12-31"}


def test_a_price_that_is_not_known_is_left_out(law: Law) -> None:
    """The fund's return for payments in 2025 was never read: the way is offered without its price."""
    found = forecast(law, Month(2025, 8), "male", Month(1960, 5), 170, 1_500_000)
    assert isinstance(found, Estimate)
    assert (found.figures["lump_months"], found.figures["lump_gross"]) == (10, None)
    assert next(note for note in found.options).figures["gross"] is None


def test_the_old_age_is_offered_only_to_who_may_have_begun_in_time(law: Law) -> None:
    begun = of(law, "female", Month(1985, 3), 80)
    early = next(note for note in begun.options if note.name == "option_early_route")
    assert early.figures["reached"] == Month(2040, 3)
    assert early.figures["age_years"] == 55
    assert "option_early_route" not in names(of(law, "female", Month(1985, 3), 0).options)
    # 79 months paid by 2026-11: the 240th is paid in 2040-04, after 55 and before 60
    later = next(note for note in of(law, "female", Month(1985, 3), 79).options if note.name == "option_early_route")
    assert later.figures["reached"] == Month(2040, 4)
    # past 55 with 240 months: at once
    now = next(note for note in of(law, "female", Month(1971, 1), 240).options if note.name == "option_early_route")
    assert now.figures["reached"] == Month(2026, 11)
    # 70 months fit between 2021-01 and 2026-11: begun too late, as far as is known
    assert "option_early_route" not in names(of(law, "female", Month(1975, 3), 70).options)


def test_who_has_all_years_and_the_age_is_told_to_ask_for_the_pension(law: Law) -> None:
    assert names(of(law, "male", Month(1960, 5), 200).options) == ["option_draw_now", "option_drawn_since"]
    # born 1964-10: 61 years 6 months in 2026-04, after the law came
    assert names(of(law, "male", Month(1964, 10), 200).options) == ["option_draw_now"]
    assert "option_draw_now" not in names(of(law, "male", Month(1975, 5), 200).options)


def test_who_has_too_few_years_is_told_of_the_allowances(law: Law) -> None:
    told = next(note for note in of(law, "male", Month(1958, 5), 10).options if note.name == "option_allowances")
    assert (told.figures["amount"], told.figures["age"], told.figures["age_poor"]) == (500_000, 75, 70)


def test_a_bare_year_is_the_first_of_january(law: Law) -> None:
    assert of(law, "female", 1975, 12).figures == of(law, "female", Month(1975, 1), 12).figures


def test_groups_and_top_up_lower_only_what_the_person_pays(law: Law) -> None:
    plain = of(law, "female", Month(1975, 3), 12)
    helped = of(law, "female", Month(1975, 3), 12, groups=("poor",), local_top_up=20_000)
    assert helped.whole("monthly_own") == plain.whole("monthly_own") - 99_000 - 20_000
    assert helped.whole("total_own") < plain.whole("total_own")
    assert helped.figures["go_on_pension"] == plain.figures["go_on_pension"]


@pytest.mark.parametrize(
    "wrong", [("nam", 12, ()), ("male", -1, ()), ("male", 12, ("rich",))], ids=["sex", "months", "group"]
)
def test_what_no_form_may_send_is_an_error(law: Law, wrong: tuple[str, int, tuple[str, ...]]) -> None:
    sex, paid, groups = wrong
    with pytest.raises(ValueError, match=r"sex|months|group"):
        forecast(law, NOW, sex, 1980, paid, 2_200_000, groups)


def test_impossible_birth_is_refused_before_anything_else(law: Law) -> None:
    found = forecast(law, NOW, "male", 2027, 500, 1)
    assert isinstance(found, Refusal)
    assert found.reason == "born_in_future"


@given(sex=sexes, months=st.integers(180, 600))
def test_one_month_more_never_lowers_the_rate(law: Law, sex: str, months: int) -> None:
    less = pension_rate(law, sex, months, NOW).figures["percent"]
    more = pension_rate(law, sex, months + 1, NOW).figures["percent"]
    assert isinstance(less, Decimal)
    assert isinstance(more, Decimal)
    assert less <= more <= 75


def test_a_rate_under_the_old_law_says_what_is_not_sure(law: Law) -> None:
    sure = pension_rate(law, "female", 240, Month(2024, 1))
    assert names(sure.warnings) == []
    odd = pension_rate(law, "female", 241, Month(2024, 1))
    assert names(odd.warnings) == ["value_uncertain"]
    assert names(pension_rate(law, "female", 241, NOW).warnings) == []


@pytest.mark.parametrize("wrong", [("nam", 180), ("male", -1)])
def test_a_rate_of_nobody_is_an_error(law: Law, wrong: tuple[str, int]) -> None:
    with pytest.raises(ValueError, match=r"sex|months"):
        pension_rate(law, *wrong, NOW)


@given(sex=sexes, born=births, paid=st.integers(0, 190))
def test_who_pays_for_this_month_already_is_a_month_ahead(law: Law, sex: str, born: Month, paid: int) -> None:
    """The present month can be paid until it ends: no pension is later for it, and none that has years to wait for."""
    later, now = of(law, sex, born, paid), of(law, sex, born, paid, first=NOW)
    pays = now.whole("months_to_pay")
    assert now.whole("go_on_months") == paid + pays >= minimum_months(law, NOW)
    assert now.figures["first_month"] == (NOW if pays else None)
    assert now.month("go_on_pension_from") == max(NOW + 1, NOW + pays)
    assert now.month("go_on_pension_from") <= later.month("go_on_pension_from")
    if later.whole("go_on_missing"):
        assert now.whole("go_on_missing") == later.whole("go_on_missing") - (now.month("retires") >= NOW)


def test_another_first_month_than_this_one_or_the_next_is_refused(law: Law) -> None:
    for first in (NOW + -1, NOW + 2):
        with pytest.raises(ValueError, match="the first month to be paid"):
            of(law, "female", 1980, 0, first=first)


@pytest.mark.parametrize(
    ("voluntary", "used"),
    [(120, 107), (108, 107), (107, 107), (50, 50), (0, 0)],
    ids=["all", "one before 2018", "since 2018", "fifty", "none"],
)
def test_only_voluntary_months_since_2018_can_have_been_supported(law: Law, voluntary: int, used: int) -> None:
    found = of(law, "male", Month(1965, 10), 120, past_income=2_000_000, voluntary_months=voluntary)
    assert found.figures["supported_months_used"] == used
    assert found.figures["voluntary_months"] == voluntary


def test_never_more_support_is_used_than_there_is(law: Law) -> None:
    in_2030 = forecast(law, Month(2030, 6), "male", Month(1980, 3), 160, 5_000_000)
    assert isinstance(in_2030, Estimate)
    assert in_2030.figures["supported_months_used"] == 120


def test_more_voluntary_months_than_were_paid_are_a_mistake(law: Law) -> None:
    with pytest.raises(ValueError, match="can't be voluntary"):
        of(law, "female", 1980, 12, voluntary_months=13)


@given(sex=sexes, born=births, paid=st.integers(0, 190), voluntary=st.integers(0, 190))
def test_paying_only_what_is_missing_is_the_smallest_decision(
    law: Law, sex: str, born: Month, paid: int, voluntary: int
) -> None:
    own = min(paid, voluntary)
    whole = of(law, sex, born, paid, past_income=2_000_000, voluntary_months=own)
    least = of(law, sex, born, paid, past_income=2_000_000, voluntary_months=own, only_minimum=True)
    missing = max(0, minimum_months(law, NOW) - paid)
    assert least.whole("months_to_pay") == missing <= whole.whole("months_to_pay")
    assert least.whole("total_own") <= whole.whole("total_own")
    assert least.figures["go_on_pension_from"] == whole.figures["go_on_pension_from"]
    assert least.whole("go_on_pension") > 0


def test_as_many_months_as_there_can_be_are_possible_whichever_month_is_the_first(law: Law) -> None:
    """Fifteen in November 2006, so 241 months until now: of a length of time it is not known when it began."""
    for first in (NOW, NOW + 1):
        assert of(law, "male", Month(1991, 11), 241, first=first).figures["stop_now_months"] == 241
        refused = forecast(law, NOW, "male", Month(1991, 11), 242, 2_200_000, first=first)
        assert isinstance(refused, Refusal)
        assert refused.reason == "more_months_than_possible"
