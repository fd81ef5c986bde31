"""A first pension forecast for a purely voluntary payer: go on paying every month, or stop today.

Luật 41/2024/QH15 Điều 98, 99, 101, 104. The rate itself is in `law.pension.rate`.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from law.base.estimate import Estimate, Figure, Refusal
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.base.rounding import ceiling, dong
from law.base.working import Working
from law.paying.contribution import refuse_out_of_range
from law.pension.history import impossible
from law.pension.paying_on import Payer, missing_at_once, pay_on, say_allowances
from law.pension.rate import excess_allowance
from law.pension.rate import minimum_months as minimum_months
from law.pension.rate import pension_rate as pension_rate
from law.pension.retirement import birth_month, retirement


def forecast(
    law: Law,
    today: Month,
    sex: str,
    born: Month | int,
    months_paid: int,
    income: int,
    groups: Collection[str] = (),
    supported_months_used: int | None = None,
    local_top_up: int = 0,
    past_income: int | None = None,
) -> Estimate | Refusal:
    """The pension of a voluntary payer who goes on paying every month, in today's money.

    Counting: `months_paid` holds everything paid up to and including the month `today`; the next month paid
    for is the one after it, the last one the month in which retirement age is reached, and the pension starts
    the month after. Who is past the age goes on from the month after `today` until the minimum months are
    full. `income` is the chosen income, dong per month; a later month with a higher floor is reckoned at that
    floor. `past_income` is the average income of the months paid, in today's money; where it is not given, the
    same income is assumed, and that is said. Support already used is taken to be the months paid, where it is
    not given. A bare birth year means 1 January of it (TT 11/2025 Điều 5 khoản 7).

    Figures. Age: retires (month the age is reached), age_years, age_months, past_age. At that age:
    months_by_then, eligible, months_missing. The pension on this way: pension_from, age_at_pension_years,
    months_at_pension, percent, average, pension, retirement_allowance (once); earliest_pension_from is
    pension_from where the minimum is missed at the age, else None. Paying: first_month, months_to_pay,
    income, supported_months_used (before), monthly_gross, monthly_support, monthly_own (of the first month),
    total_own, payback_months (months of pension that make that up). Paying the missing time at once:
    lump_months, lump_paid_in, lump_gross, lump_pension_from (None where nothing is missing).
    Stopping now: stop_now_months, stop_now_eligible, stop_now_missing, stop_now_percent, stop_now_pension,
    stop_now_pension_from (the last three None when not eligible). Amounts in dong, percent as Decimal (45 for
    45 %).

    Refuses born_in_future, too_old, too_young, more_months_than_possible (most), income_out_of_range and
    before_known_law. Raises ValueError for a sex there is none of, an unknown group, or months or a past
    income below zero.
    """
    if months_paid < 0:
        raise ValueError(f"months paid can't be below zero, got {months_paid}")
    if past_income is not None and past_income < 0:
        raise ValueError(f"a past income can't be below zero, got {past_income}")
    working = Working(law, "forecast", today)
    try:
        refused = impossible(working, born, months_paid) or refuse_out_of_range(working, income)
        if refused is not None:
            return refused
        assumed = min(months_paid, working.whole("state_support_max_months"))
        used = assumed if supported_months_used is None else supported_months_used
        payer = Payer(income, groups, used, local_top_up, past_income)
        return _forecast(working, sex, born, months_paid, payer)
    except NoValueKnownOn as unknown:
        return working.refuse("before_known_law", known_from=unknown.first)


def _forecast(working: Working, sex: str, born: Month | int, months_paid: int, payer: Payer) -> Estimate:
    law, today = working.law, working.on
    age = working.take(retirement(law, sex, born))
    retires = age.month("reached")
    at_age = max(retires, today)
    minimum = minimum_months(law, at_age + 1)
    by_then = months_paid + (at_age - today)
    missing = max(0, minimum - by_then)
    months, pension_from = by_then + missing, at_age + missing + 1
    _repeat_steps(working, age)
    working.step("forecast_months", months_paid=months_paid, months_by_then=by_then, until=at_age)
    if missing:
        working.step("forecast_missing", missing=missing, minimum_months=minimum, pension_from=pension_from)

    paying = pay_on(working, today + 1, months - months_paid, payer)
    average = (months_paid * payer.past + paying.incomes) / Fraction(months)
    rate = working.take(pension_rate(law, sex, months, pension_from))
    pension = average * _rate(rate)
    allowance = excess_allowance(working, sex, months, 0, average)
    _repeat_steps(working, rate)
    working.step("forecast_pension", average=dong(average), percent=rate.figures["percent"], pension=dong(pension))
    figures: dict[str, Figure] = {
        "retires": retires,
        "age_years": age.figures["age_years"],
        "age_months": age.figures["age_months"],
        "past_age": retires < today,
        "minimum_months": minimum,
        "months_by_then": by_then,
        "eligible": not missing,
        "months_missing": missing,
        "pension_from": pension_from,
        "earliest_pension_from": pension_from if missing else None,
        "age_at_pension_years": (pension_from - birth_month(born)) // 12,
        "months_at_pension": months,
        "percent": rate.figures["percent"],
        "average": dong(average),
        "pension": dong(pension),
        "retirement_allowance": dong(allowance),
        "first_month": today + 1 if months > months_paid else None,
        "months_to_pay": months - months_paid,
        "income": payer.income,
        "supported_months_used": payer.supported_months_used,
        "monthly_gross": paying.gross,
        "monthly_support": paying.support,
        "monthly_own": paying.own,
        "total_own": paying.total_own,
        "payback_months": ceiling(paying.total_own / pension) if pension else None,
    }
    figures |= missing_at_once(working, at_age, missing, payer.income)
    figures |= _stop_now(working, sex, months_paid, at_age, payer.past)
    if not missing and retires < today:
        working.option("option_draw_now", pension_from=pension_from)
        _say_drawn_since(working, retires, months_paid, minimum)
    _say_early_route(working, sex, birth_month(born), months_paid, at_age)
    if missing:
        say_allowances(working)
    working.warn("todays_money", month=today)
    working.warn("not_indexed", year=today.year)
    if months_paid and payer.past_income is None:
        working.warn("history_assumed", months=months_paid, income=payer.income)
    return working.estimate(**figures)


def _rate(found: Estimate) -> Fraction:
    return Fraction(str(found.figures["percent"])) / 100


def _repeat_steps(working: Working, part: Estimate) -> None:
    for step in part.steps:
        working.step(step.name, **step.figures)


def _stop_now(working: Working, sex: str, months_paid: int, at_age: Month, income: int) -> dict[str, Figure]:
    """The pension of who pays nothing more: from the retirement age, on the months there are."""
    rate = pension_rate(working.law, sex, months_paid, at_age + 1)
    eligible = rate.figures["percent"] is not None
    return {
        "stop_now_months": months_paid,
        "stop_now_eligible": eligible,
        "stop_now_missing": rate.figures["months_missing"],
        "stop_now_percent": rate.figures["percent"],
        "stop_now_pension": dong(income * _rate(rate)) if eligible else None,
        "stop_now_pension_from": at_age + 1 if eligible else None,
    }


def _say_drawn_since(working: Working, retires: Month, months_paid: int, minimum: int) -> None:
    """Who had the age and the years when this law came and has not paid since draws from that day.

    TT 11/2025/TT-BNV Điều 5.
    """
    in_force = working.law.on(working.on).value("pension_min_months").since
    if retires < Month.of(in_force) and months_paid >= minimum:
        working.article("tt-11-2025", "Điều 5")
        working.option("option_drawn_since", since=in_force)


def _say_early_route(working: Working, sex: str, birth: Month, months_paid: int, at_age: Month) -> None:
    """The age of before 2021, for who began to pay in time: when it is reached and long enough is paid."""
    age, needed = working.whole("early_route_age", sex), working.whole("early_route_min_months")
    reached = max(birth + age, working.on + max(0, needed - months_paid))
    began = working.day("early_route_before")
    if months_paid > working.on - Month.of(began) and reached < at_age:
        reached = max(reached, working.on)
        working.option("option_early_route", age_years=age // 12, reached=reached, months=needed, before=began)
