"""A first pension forecast for a purely voluntary payer: go on paying every month, or stop today.

Luật 41/2024/QH15 Điều 98, 99, 101, 104. The rate itself is in `law.pension_rate`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from law.contribution import contribution, refuse_out_of_range
from law.estimate import Estimate, Figure, Refusal
from law.law import Law, NoValueKnownOn
from law.month import Month
from law.payment import missing_time_payment
from law.pension_rate import excess_allowance
from law.pension_rate import minimum_months as minimum_months
from law.pension_rate import pension_rate as pension_rate
from law.retirement import retirement
from law.rounding import dong
from law.working import Working

_OLDEST = 120
"""An age in years no living person has: a slip of the keyboard, not a rule."""


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
) -> Estimate | Refusal:
    """The pension of a voluntary payer who goes on paying every month, in today's money.

    Counting: `months_paid` holds everything paid up to and including the month `today`; the next month paid
    for is the one after it, the last one the month in which retirement age is reached, and the pension starts
    the month after. Who is past the age goes on from the month after `today` until the minimum months are
    full. `income` is the chosen income, dong per month; a later month with a higher floor is reckoned at that
    floor. What was paid on in the past is not known: the same income is assumed. Support already used is
    taken to be the months paid, where it is not given. A bare birth year means 1 January of it (TT 11/2025
    Điều 5 khoản 7).

    Figures. Age: retires (month the age is reached), age_years, age_months, past_age. At that age:
    months_by_then, eligible, months_missing. The pension on this way: pension_from, age_at_pension_years,
    months_at_pension, percent, average, pension, retirement_allowance (once); earliest_pension_from is
    pension_from where the minimum is missed at the age, else None. Paying: first_month, months_to_pay,
    income, monthly_gross, monthly_support, monthly_own (of the first month), total_own. Paying the missing
    time at once: lump_months, lump_paid_in, lump_gross, lump_pension_from (None where nothing is missing).
    Stopping now: stop_now_months, stop_now_eligible, stop_now_missing, stop_now_percent, stop_now_pension,
    stop_now_pension_from (the last three None when not eligible). Amounts in dong, percent as Decimal (45 for
    45 %).

    Refuses born_in_future, too_old, too_young, more_months_than_possible (most), income_out_of_range and
    before_known_law. Raises ValueError for a sex there is none of, an unknown group, or months below zero.
    """
    if months_paid < 0:
        raise ValueError(f"months paid can't be below zero, got {months_paid}")
    working = Working(law, "forecast", today)
    try:
        refused = _impossible(working, born, months_paid) or refuse_out_of_range(working, income)
        if refused is not None:
            return refused
        used = min(months_paid, working.whole("state_support_max_months"))
        payer = _Payer(income, groups, used if supported_months_used is None else supported_months_used, local_top_up)
        return _forecast(working, sex, born, months_paid, payer)
    except NoValueKnownOn as unknown:
        return working.refuse("before_known_law", known_from=unknown.first)


@dataclass(frozen=True, slots=True)
class _Payer:
    """On which income a person pays, and what the State and the province add."""

    income: int
    groups: Collection[str]
    supported_months_used: int
    local_top_up: int


def _forecast(working: Working, sex: str, born: Month | int, months_paid: int, payer: _Payer) -> Estimate:
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

    paying = _pay_on(working, today + 1, months - months_paid, payer)
    average = (months_paid * payer.income + paying.incomes) / Fraction(months)
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
        "age_at_pension_years": (pension_from - _birth(born)) // 12,
        "months_at_pension": months,
        "percent": rate.figures["percent"],
        "average": dong(average),
        "pension": dong(pension),
        "retirement_allowance": dong(allowance),
        "first_month": today + 1 if months > months_paid else None,
        "months_to_pay": months - months_paid,
        "income": payer.income,
        "monthly_gross": paying.gross,
        "monthly_support": paying.support,
        "monthly_own": paying.own,
        "total_own": paying.total_own,
    }
    figures |= _missing_at_once(working, at_age, missing, payer.income)
    figures |= _stop_now(working, sex, months_paid, at_age, payer.income)
    if not missing and retires < today:
        working.option("option_draw_now", pension_from=pension_from)
    _say_early_route(working, sex, _birth(born), months_paid, at_age)
    if missing:
        _say_allowances(working)
    working.warn("todays_money", month=today)
    working.warn("not_indexed", year=today.year)
    if months_paid:
        working.warn("history_assumed", months=months_paid, income=payer.income)
    return working.estimate(**figures)


def _birth(born: Month | int) -> Month:
    return Month(born, 1) if isinstance(born, int) else born


def _rate(found: Estimate) -> Fraction:
    return Fraction(str(found.figures["percent"])) / 100


def _repeat_steps(working: Working, part: Estimate) -> None:
    for step in part.steps:
        working.step(step.name, **step.figures)


def _impossible(working: Working, born: Month | int, months_paid: int) -> Refusal | None:
    """What no one can have: a birth to come, an age beyond any life, more months than since joining age."""
    birth, today, youngest = _birth(born), working.on, working.whole("join_min_age")
    joined = birth + 12 * youngest
    if birth > today:
        return working.refuse("born_in_future", born=birth, today=today)
    if today - birth > 12 * _OLDEST:
        return working.refuse("too_old", born=birth, age=(today - birth) // 12)
    if joined > today:
        return working.refuse("too_young", born=birth, min_age=youngest, joins_from=joined)
    most = today - joined + 1
    if months_paid > most:
        return working.refuse("more_months_than_possible", months_paid=months_paid, most=most, min_age=youngest)
    return None


@dataclass(slots=True)
class _Paying:
    """What paying on comes to: the first month's price, the sum of own parts, the sum of incomes (dong)."""

    gross: int = 0
    support: int = 0
    own: int = 0
    total_own: int = 0
    incomes: int = 0


def _pay_on(working: Working, first: Month, months: int, payer: _Payer) -> _Paying:
    """Price `months` from `first` on: one price between two changes of the law, raised to the floor there."""
    paying = _Paying()
    if not months:
        return paying
    end, used = first + months, payer.supported_months_used
    limit = working.whole("state_support_max_months")
    changes = {Month.of(day) for day in working.law.change_dates()}
    starts = [first, *sorted(change for change in changes if first < change < end)]
    for start, following in pairwise((*starts, end)):
        income = max(payer.income, working.whole("rural_poverty_line", on=start))
        supported = min(following - start, max(0, limit - used))
        priced = _price(working, start, income, payer, used)
        paying.total_own += supported * priced.whole("own")
        paying.total_own += (following - start - supported) * _price(working, start, income, payer, limit).whole("own")
        paying.incomes += (following - start) * income
        used += supported
        if start == first:
            paying.gross, paying.support = priced.whole("gross"), priced.whole("support")
            paying.own = priced.whole("own")
        if income > payer.income:
            working.warn("floor_rises", since=start, minimum=income, income=payer.income, own=priced.whole("own"))
    return paying


def _price(working: Working, month: Month, income: int, payer: _Payer, used: int) -> Estimate:
    priced = contribution(working.law, month, income, 1, payer.groups, used, payer.local_top_up)
    assert isinstance(priced, Estimate)
    return priced


def _missing_at_once(working: Working, at_age: Month, missing: int, income: int) -> dict[str, Figure]:
    """Paying the missing time at once: how many months, when after paying on, about how much.

    The amount rests on the fund's return of the newest known year, so the option calls it an estimate; that
    the year is over is the one warning taken over.
    """
    if not missing:
        return dict.fromkeys(("lump_months", "lump_paid_in", "lump_gross", "lump_pension_from"))
    most = working.whole("missing_time_max_months", on=at_age)
    at_once = min(missing, most)
    paid_in = at_age + (missing - at_once)
    income = max(income, working.whole("rural_poverty_line", on=paid_in))
    priced = missing_time_payment(working.law, paid_in, income, at_once)
    gross = None
    if isinstance(priced, Estimate):
        gross = working.take(priced, warnings=("value_expired",)).whole("gross")
    working.option(
        "option_missing_time" if missing <= most else "option_missing_time_later",
        months=at_once,
        first=missing - at_once,
        paid_in=paid_in,
        pension_from=paid_in + 1,
        gross=gross,
    )
    return {
        "lump_months": at_once,
        "lump_paid_in": paid_in,
        "lump_gross": gross,
        "lump_pension_from": paid_in + 1,
    }


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


def _say_early_route(working: Working, sex: str, birth: Month, months_paid: int, at_age: Month) -> None:
    """The age of before 2021, for who began to pay in time and will have paid long enough by then."""
    age, needed = working.whole("early_route_age", sex), working.whole("early_route_min_months")
    reached = birth + age
    if months_paid and working.on <= reached < at_age and months_paid + (reached - working.on) >= needed:
        before = working.day("early_route_before")
        working.option("option_early_route", age_years=age // 12, reached=reached, months=needed, before=before)


def _say_allowances(working: Working) -> None:
    """What who has too few years may ask for instead."""
    working.option(
        "option_allowances",
        amount=working.whole("social_pension_amount"),
        age=working.whole("social_pension_age"),
        age_poor=working.whole("social_pension_age_poor"),
    )
