"""What holds of every life: cutting and order change nothing, more never brings less, all money is somebody's."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from law.base.estimate import Estimate, Outcome
from law.base.law import Law
from law.base.month import Month
from law.benefits.lump_sum import lump_sum
from law.paying.contribution import contribution, income_bounds
from law.paying.payment import advance_payment
from law.pension.forecast import forecast
from law.pension.goal import goal
from law.pension.history import Paid, Period, count_months
from law.pension.indexation import average_income
from law.pension.plan import plan
from law.pension.rate import minimum_months
from law.pension.settlement import pension
from law.pension.start import history_start, pension_start
from tests.law.lives import ADULTS, INCOMES, MONTHS, NOW, PEOPLE_GROUPS, SEXES, cut, stretches

LIVES = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
FEW = settings(LIVES, max_examples=25)


def estimate(outcome: Outcome) -> Estimate:
    assert isinstance(outcome, Estimate), outcome
    return outcome


def planned(law: Law, sex: str, born: Month, periods: list[Period], income: int, **more: int) -> Estimate:
    return estimate(plan(law, NOW, sex, born, periods, income, **more))  # type: ignore[arg-type]


# --- cutting and order ---------------------------------------------------------------------------


@LIVES
@given(data=st.data(), sex=SEXES, born=ADULTS, periods=stretches(), income=INCOMES)
def test_order_and_cutting_of_periods_change_nothing(
    law: Law, data: st.DataObject, sex: str, born: Month, periods: list[Period], income: int
) -> None:
    pieces = data.draw(cut(periods))
    assert planned(law, sex, born, pieces, income).figures == planned(law, sex, born, periods, income).figures
    later = NOW + 1
    assert pension(law, sex, born, later, pieces).figures == pension(law, sex, born, later, periods).figures
    assert average_income(law, later, pieces).figures == average_income(law, later, periods).figures
    whole = lump_sum(law, later, "settling_abroad", periods, ["poor"])
    assert lump_sum(law, later, "settling_abroad", pieces, ["poor"]).figures == whole.figures


# --- more never brings less ----------------------------------------------------------------------


@LIVES
@given(
    sex=SEXES, born=ADULTS, periods=stretches(), income=INCOMES, more=st.integers(1, 5_000_000), place=st.integers(0, 9)
)
def test_more_income_never_lowers_what_comes_of_it(
    law: Law, sex: str, born: Month, periods: list[Period], income: int, more: int, place: int
) -> None:
    raised = list(periods)
    old = raised[place % len(raised)]
    raised[place % len(raised)] = Period(old.first, old.last, old.income + more, old.scheme)
    before, after = planned(law, sex, born, periods, income), planned(law, sex, born, raised, income + more)
    for name in ("go_on_pension", "go_on_average", "stop_now_pension", "stop_now_arrears", "total_own"):
        if before.figures[name] is not None:
            assert after.whole(name) >= before.whole(name), name
    taken = [estimate(lump_sum(law, NOW, "settling_abroad", each)).whole("net") for each in (periods, raised)]
    assert taken[0] <= taken[1]


@LIVES
@given(month=MONTHS, share=st.integers(0, 1000), more=st.integers(0, 1_000_000), used=st.integers(0, 130))
def test_more_income_never_costs_less(law: Law, month: Month, share: int, more: int, used: int) -> None:
    bounds = income_bounds(law, month)
    lowest, highest = bounds.whole("minimum"), bounds.whole("maximum")
    income = lowest + (highest - lowest) * share // 1000
    paid = [
        estimate(contribution(law, month, min(highest, each), 6, supported_months_used=used))
        for each in (income, income + more)
    ]
    assert paid[0].whole("own") <= paid[1].whole("own")


# --- all money is somebody's ---------------------------------------------------------------------


@settings(LIVES, max_examples=300)
@given(
    month=MONTHS,
    income=INCOMES,
    months=st.sampled_from((1, 3, 6, 12)),
    groups=PEOPLE_GROUPS,
    used=st.integers(0, 130),
    top_up=st.integers(0, 800_000),
)
@example(month=Month(2019, 7), income=1_801_967, months=6, groups=[], used=0, top_up=500_000)
def test_own_support_and_top_up_make_the_payment_and_none_is_negative(
    law: Law, month: Month, income: int, months: int, groups: list[str], used: int, top_up: int
) -> None:
    bounds = income_bounds(law, month)
    income = min(max(income, bounds.whole("minimum")), bounds.whole("maximum"))
    found = estimate(contribution(law, month, income, months, groups, used, top_up))
    parts = [found.whole(name) for name in ("own", "support", "local_top_up")]
    assert min(parts) >= 0
    assert sum(parts) == found.whole("gross")
    one = [found.whole(f"monthly_{name}") for name in ("own", "support", "local_top_up")]
    assert min(one) >= 0
    assert sum(one) == found.whole("monthly_gross")


@LIVES
@given(income=INCOMES, groups=PEOPLE_GROUPS, used=st.integers(0, 119), more=st.integers(1, 60))
def test_more_support_used_never_makes_it_cheaper(
    law: Law, income: int, groups: list[str], used: int, more: int
) -> None:
    def own(months_used: int) -> list[int]:
        months = (estimate(contribution(law, NOW, income, each, groups, months_used)) for each in (1, 6, 12))
        years = estimate(advance_payment(law, NOW, income, 5, groups=groups, supported_months_used=months_used))
        return [each.whole("own") for each in (*months, years)]

    assert all(less <= later for less, later in zip(own(used), own(used + more), strict=True))


# --- goal, forecast and plan are one -------------------------------------------------------------


@FEW
@given(sex=SEXES, born=ADULTS, months=st.integers(0, 120), past=INCOMES, wanted=st.integers(1, 9_000_000))
def test_the_income_of_a_goal_is_the_least_that_brings_the_wish(
    law: Law, sex: str, born: Month, months: int, past: int, wanted: int
) -> None:
    found = goal(law, NOW, sex, born, months, wanted, past_income=past)
    assume(isinstance(found, Estimate))
    income = estimate(found).whole("income")

    def brings(chosen: int) -> int:
        return estimate(forecast(law, NOW, sex, born, months, chosen, past_income=past)).whole("go_on_pension")

    assert brings(income) == estimate(found).whole("pension") >= wanted
    assert estimate(found).figures["lowest"] or brings(income - 1) < wanted


@FEW
@given(sex=SEXES, born=ADULTS, months=st.integers(0, 200), income=INCOMES, ahead=st.integers(0, 60))
def test_a_forecast_is_the_plan_of_one_period_and_a_goal_is_both(
    law: Law, sex: str, born: Month, months: int, income: int, ahead: int
) -> None:
    """Of which the money is that of today."""
    last = NOW + ahead
    told = forecast(law, NOW, sex, born, months + ahead, income, past_income=income, last_paid=last if ahead else None)
    held = [Period(last + (1 - months - ahead), last, income, undated=True)] if months + ahead else []
    assert told.figures == plan(law, NOW, sex, born, held, income).figures
    if ahead or isinstance(told, Estimate) is False or not told.whole("months_to_pay"):
        return
    wished = goal(law, NOW, sex, born, months, told.whole("go_on_pension"), past_income=income)
    found = estimate(wished)
    assert found.whole("pension") >= told.whole("go_on_pension")
    assert found.whole("income") <= income
    for name, of in (("pension_from", "go_on_pension_from"), ("months_to_pay", "months_to_pay")):
        assert found.figures[name] == told.figures[of]


# --- a pension starts in one month ---------------------------------------------------------------


@LIVES
@given(sex=SEXES, born=ADULTS, periods=stretches())
def test_plan_pension_and_start_name_one_month(law: Law, sex: str, born: Month, periods: list[Period]) -> None:
    found = planned(law, sex, born, periods, 1_500_000)
    if not found.figures["stop_now_eligible"]:
        return
    start = found.month("stop_now_pension_from")
    paid = sorted((Paid(month, each) for each in periods for month in each.months()), key=lambda each: each.month)
    by_start = history_start(law, sex, born, paid, NOW, NOW)
    assert by_start is not None
    assert by_start.month("pension_from") == start
    settled = estimate(pension(law, sex, born, start, periods))
    assert settled.month("pension_from") == start
    assert settled.figures["pension"] == found.figures["stop_now_pension"]
    if "early_route" not in str(by_start.figures["case"]) and len(paid) < 240:
        full_in = paid[minimum_months(law, NOW) - 1].month
        alone = estimate(pension_start(law, sex, born, full_in, paid[-1].month, NOW))
        assert alone.month("pension_from") == start
    if not found.whole("months_to_pay"):
        assert found.month("go_on_pension_from") == start
    late = max(0, NOW - start + 1)
    assert found.whole("stop_now_arrears_months") == late
    assert (found.figures["stop_now_pension_today"] is None) == (late == 0)
    if late:
        least, most = late * found.whole("stop_now_pension"), late * found.whole("stop_now_pension_today")
        assert least <= found.whole("stop_now_arrears") <= most


@LIVES
@given(sex=SEXES, born=ADULTS, months=st.integers(1, 240), ahead=st.integers(1, 60), income=INCOMES)
def test_months_ahead_are_paid_once_and_are_either_counted_or_paid_back(
    law: Law, sex: str, born: Month, months: int, ahead: int, income: int
) -> None:
    assume(NOW + (1 - months) >= Month(2009, 1))
    one = [Period(NOW + (1 - months), NOW + ahead, income)]
    found = planned(law, sex, born, one, income)
    assert found.whole("months_ahead") == ahead
    assert count_months(one) == months + ahead == found.whole("months_paid")
    kept = found.whole("go_on_months") - found.whole("months_to_pay")
    assert kept + found.whole("go_on_refund_months") == months + ahead
    if found.whole("months_to_pay"):
        assert found.month("first_month") == NOW + (ahead + 1)
        assert not found.whole("go_on_refund_months")


@LIVES
@given(sex=SEXES, born=ADULTS, periods=stretches(), more=st.integers(1, 60))
def test_going_on_to_a_total_ends_with_it(law: Law, sex: str, born: Month, periods: list[Period], more: int) -> None:
    total = count_months(periods) + more
    found = planned(law, sex, born, periods, 2_200_000, total_months=total)
    assert found.whole("go_on_months") == max(total, found.whole("minimum_months"))
    assert found.month("go_on_pension_from") > found.month("retires")
    forgone = found.figures["forgone_pension"]
    stops = found.figures["stop_now_pension_from"]
    assert (forgone is not None) == (isinstance(stops, Month) and stops < found.month("go_on_pension_from"))
