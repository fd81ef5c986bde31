"""What a plan says beside its figures, and where it agrees with the forecast and with the pension from a history."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.base.estimate import Estimate, Note, Refusal
from law.base.law import Law
from law.base.month import Month
from law.pension.forecast import forecast
from law.pension.history import Period, Scheme
from law.pension.plan import plan
from law.pension.settlement import pension

NOW = Month(2026, 11)
sexes = st.sampled_from(["male", "female"])
births = st.builds(lambda number: Month(1950, 1) + number, st.integers(0, 12 * 45))


def stretch(months: int, last: Month = NOW, scheme: Scheme = "voluntary", income: int = 2_200_000) -> Period:
    return Period(last + (1 - months), last, income, scheme)


def of(law: Law, sex: str, born: Month | int, periods: list[Period], income: int = 2_200_000) -> Estimate:
    found = plan(law, NOW, sex, born, periods, income)
    assert isinstance(found, Estimate), found
    return found


def names(notes: tuple[Note, ...]) -> list[str]:
    return [note.name for note in notes]


def option(found: Estimate, name: str) -> Note:
    return next(note for note in found.options if note.name == name)


@given(sex=sexes, born=births, paid=st.integers(0, 23), income=st.integers(1_500_000, 50_600_000))
def test_one_voluntary_period_without_rise_of_prices_is_the_forecast(
    law: Law, sex: str, born: Month, paid: int, income: int
) -> None:
    """2025 and 2026 have the coefficient 1, so nothing that only a history tells is left."""
    planned = of(law, sex, born, [stretch(paid, income=income)] if paid else [], income)
    first = forecast(law, NOW, sex, born, paid, income)
    assert isinstance(first, Estimate)
    higher = "go_on_retirement_allowance"  # for months known to be paid after the age
    assert planned.whole(higher) >= first.whole(higher)
    assert {**planned.figures, higher: 0} == {**first.figures, higher: 0}


@given(
    sex=sexes,
    born=births.filter(lambda born: born.year < 1986),  # 15 before the 300 months begin
    worked=st.integers(0, 200),
    paid=st.integers(0, 100),
    income=st.integers(1_500_000, 20_000_000),
)
def test_it_is_the_pension_settled_in_the_month_it_starts(
    law: Law, sex: str, born: Month, worked: int, paid: int, income: int
) -> None:
    periods = [stretch(paid, income=income)] if paid else []
    periods += [stretch(worked, NOW + -paid, "compulsory", 5_000_000)] if worked else []
    planned = of(law, sex, born, periods, income)
    assert planned.whole("go_on_months") == worked + paid + planned.whole("months_to_pay")
    assert planned.whole("go_on_months") >= planned.whole("minimum_months")
    assert planned.month("go_on_pension_from") == NOW + 1 + planned.whole("months_to_pay")
    assert planned.whole("total_own") <= planned.whole("payback_months") * planned.whole("go_on_pension")
    if planned.figures["stop_now_eligible"]:
        settled = pension(law, sex, born, planned.month("stop_now_pension_from"), periods)
        assert settled.figures["pension"] == planned.figures["stop_now_pension"]
        assert planned.figures["gap_closes"] is None
    else:
        assert planned.month("gap_closes") == NOW + planned.whole("stop_now_missing")
        assert planned.figures["stop_now_pension"] is None


def test_years_without_months_are_said_to_be_an_estimate(law: Law) -> None:
    exact = Period(Month(2014, 1), Month(2021, 12), 5_000_000, "compulsory")
    rough = Period(Month(2014, 1), Month(2021, 12), 5_000_000, "compulsory", by_year=True)
    assert "periods_by_year" not in names(of(law, "female", 1975, [exact]).warnings)
    warned = of(law, "female", 1975, [rough])
    assert next(note for note in warned.warnings if note.name == "periods_by_year").figures == {"months": 96}
    assert warned.figures["go_on_pension"] == of(law, "female", 1975, [exact]).figures["go_on_pension"]


def test_wages_are_said_to_be_averaged_only_where_there_are_wages(law: Law) -> None:
    assert "wages_averaged" in names(of(law, "female", 1975, [stretch(12, scheme="compulsory")]).warnings)
    assert "wages_averaged" not in names(of(law, "female", 1975, [stretch(12)]).warnings)


def test_the_months_of_support_used_are_said_to_be_assumed(law: Law) -> None:
    used = next(
        note for note in of(law, "female", 1975, [stretch(12)]).warnings if note.name == "support_count_assumed"
    )
    assert used.figures == {"used": 12, "limit": 120}
    assert "support_count_assumed" not in names(of(law, "female", 1975, []).warnings)
    before_any_support = Period(Month(2017, 1), Month(2017, 12), 700_000)
    assert "support_count_assumed" not in names(of(law, "female", 1975, [before_any_support]).warnings)
    voluntary_before_any_known_rate = Period(Month(2015, 1), Month(2015, 12), 700_000)
    assert "support_count_assumed" not in names(of(law, "female", 1975, [voluntary_before_any_known_rate]).warnings)


def test_prices_after_the_newest_table_are_said_not_to_be_reckoned(law: Law) -> None:
    later = of(law, "female", 1975, [stretch(12)])
    assert next(note for note in later.warnings if note.name == "not_indexed").figures == {"year": 2026}
    now = of(law, "male", 1960, [stretch(180, Month(2024, 12))])
    assert "not_indexed" not in names(now.warnings)


@pytest.mark.parametrize(("missing", "offered"), [(60, True), (61, False)])
def test_a_gap_that_may_be_paid_at_the_age_is_offered_so(law: Law, missing: int, offered: bool) -> None:
    found = of(law, "female", Month(1985, 5), [stretch(180 - missing, scheme="compulsory")], 3_000_000)
    assert ("option_close_at_age" in names(found.options)) == offered
    if offered:
        told = option(found, "option_close_at_age").figures
        assert (told["months"], told["paid_in"]) == (60, Month(2045, 5))
        # 660.000 × Σ 1,0031^i (i = 1 … 60)
        growth = 1.0031
        assert told["gross"] == pytest.approx(660_000 * growth * (growth**60 - 1) / (growth - 1), abs=1)


def test_the_price_of_a_year_whose_fund_rate_is_not_known_is_left_out(law: Law) -> None:
    """Payments in 2025: the fund's return of 2024 was never read."""
    found = plan(law, Month(2025, 8), "male", Month(1964, 7), [stretch(178, Month(2025, 7))], 2_200_000)
    assert isinstance(found, Estimate)
    assert found.figures["retires"] == Month(2025, 10)
    told = option(found, "option_close_at_age").figures
    assert (told["months"], told["paid_in"], told["gross"]) == (2, Month(2025, 10), None)


@pytest.mark.parametrize(
    ("paid", "scheme", "offered"),
    [(174, "compulsory", True), (173, "compulsory", False), (174, "voluntary", False), (180, "compulsory", False)],
)
def test_a_few_months_may_be_paid_as_compulsory(law: Law, paid: int, scheme: Scheme, offered: bool) -> None:
    found = of(law, "female", Month(1985, 5), [stretch(paid, scheme=scheme)])
    assert ("option_missing_compulsory" in names(found.options)) == offered


def test_who_is_too_short_at_the_age_is_told_the_ways(law: Law) -> None:
    short = names(of(law, "female", Month(1975, 3), [stretch(12)]).options)
    assert short == ["option_missing_time_later", "option_allowances"]
    assert names(of(law, "male", Month(1960, 5), [stretch(200, Month(2026, 1))]).options) == ["option_draw_now"]


@pytest.mark.parametrize(
    ("born", "last", "since"),
    [
        (Month(1960, 5), Month(2024, 12), Month(2025, 7)),  # old enough and stopped before this law
        (Month(1964, 10), Month(2025, 9), Month(2026, 5)),  # 61 years 6 months in 2026-04
        (Month(1964, 10), Month(2026, 6), None),  # paid on after it: from the request
    ],
)
def test_who_stopped_already_draws_from_when_the_conditions_were_met(
    law: Law, born: Month, last: Month, since: Month | None
) -> None:
    """TT 11/2025/TT-BNV Điều 5."""
    found = of(law, "male", born, [stretch(190, last)])
    if since is None:
        assert names(found.options) == ["option_draw_now"]
    else:
        told = option(found, "option_drawn_from").figures
        assert (told["pension_from"], told["months"]) == (since, NOW - since + 1)
        assert found.figures["stop_now_pension_from"] == found.figures["go_on_pension_from"] == since


@pytest.mark.parametrize(("born", "warned"), [(Month(1968, 11), False), (Month(1969, 1), True)])
def test_paying_on_past_the_stated_end_of_the_poverty_line_is_said(law: Law, born: Month, warned: bool) -> None:
    """The line of 2027 is stated until 2030-12; a man of 1969-01 is 62 in 2031-01."""
    found = of(law, "male", born, [stretch(200)])
    assert (
        ("value_expired", "chuẩn hộ nghèo khu vực nông thôn")
        in [(each.name, each.figures.get("term")) for each in found.warnings]
    ) is warned


def test_months_told_twice_are_refused_whatever_their_order(law: Law) -> None:
    one, other = stretch(12), stretch(3, Month(2026, 1), "compulsory")
    for periods in ([one, other], [other, one]):
        found = plan(law, NOW, "female", 1975, periods, 2_200_000)
        assert isinstance(found, Refusal)
        assert (found.reason, found.figures["first"]) == ("both_kinds_in_one_month", Month(2025, 12))


def test_what_no_form_may_send_is_an_error(law: Law) -> None:
    with pytest.raises(ValueError, match="sex"):
        plan(law, NOW, "nam", 1975, [], 2_200_000)
    with pytest.raises(ValueError, match="group"):
        plan(law, NOW, "female", 1975, [], 2_200_000, groups=("rich",))
