"""A pension plan over a history: stop now or go on paying, what closes the gap, what it costs and pays back.

Luật 41/2024/QH15 Điều 33, 36, 98–101, 104, 141; NĐ 159/2025 Điều 7, 10, 11, 13. The pension itself is
`law.pension.settlement.pension`, settled in the month it starts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from law.base.estimate import Estimate, Figure, Note, Refusal
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.base.rounding import ceiling
from law.base.working import Working
from law.paying.contribution import refuse_out_of_range
from law.paying.payment import missing_time_payment
from law.pension.history import Period, count_months, refuse_impossible
from law.pension.paying_on import Payer, Paying, missing_at_once, pay_on, say_allowances
from law.pension.rate import minimum_months
from law.pension.retirement import birth_month, retirement
from law.pension.settlement import pension
from law.pension.start import pension_start

_SETTLED = ("percent", "average", "pension", "retirement_allowance", "floored")


def plan(
    law: Law,
    today: Month,
    sex: str,
    born: Month | int,
    periods: Sequence[Period],
    income: int,
    groups: Collection[str] = (),
    supported_months_used: int | None = None,
    local_top_up: int = 0,
    first: Month | None = None,
    only_minimum: bool = False,
) -> Estimate | Refusal:
    """What a person with this history gets when stopping now, and when paying on to retirement age.

    Counting: `periods` (maybe none) hold everything paid up to the month before `first`, the first month to be paid:
    the month after `today` where it is not given, or the month `today` itself, which can be paid until it ends. From
    then on `income` (dong per month) is paid every month, voluntarily, until the month of retirement age, or until
    the minimum months are full where that is later; the pension starts the month after. `only_minimum`: paying ends
    as soon as the minimum is full, and the pension waits for the age. A later month
    with a higher floor is reckoned at that floor. Past incomes are indexed by the newest table, years paid after
    the age earn the higher allowance, a long compulsory payer has a lowest pension, and who began voluntary
    payment before 2021 and stops with enough of it may draw at the earlier age. Support already used is taken to
    be the voluntary months since the State supports, where it is not given. A bare birth year means 1 January of
    it (TT 11/2025 Điều 5 khoản 7).

    Figures. History: months_paid, voluntary_months, compulsory_months, months_by_year (of periods known by
    years only). Age: retires (month the age is reached), age_years, age_months, past_age. Both ways: stop_now_
    and go_on_ before months, missing, eligible, percent (Decimal, 45 for 45 %), average, pension,
    retirement_allowance (once), floored, pension_from (None when not eligible; go_on_missing is at the age,
    go_on_months at the pension). The gap: minimum_months, months_by_then (at the age), gap_closes (month in
    which paying on fills the minimum; None where nothing is missing), age_at_pension_years (full years). The
    price of going on, in dong: income, supported_months_used (before), first_month, months_to_pay, monthly_gross,
    monthly_support, monthly_own (of the first month), total_own (all own payments from now), payback_months
    (months of pension that make that up, the allowance left aside). Where stopping now gives a pension too:
    extra_pension a month, extra_payback_months. Paying the missing time at once: lump_months, lump_paid_in,
    lump_gross, lump_pension_from (None where nothing is missing at the age). The earlier age, if paying on leads
    there first: early_pension_from, early_months, early_percent, early_pension.

    Refuses born_in_future, too_old, too_young, income_out_of_range (minimum, maximum), before_known_law; and a
    history no one can have: period_in_future (first, last, today), periods_overlap and both_kinds_in_one_month
    (first, last: the months that are there twice), more_months_than_possible (months_paid, most, min_age),
    period_before_joining_age (first, earliest, min_age), coefficient_unknown (year). Raises ValueError for a
    sex there is none of, an unknown group, and a first month that is neither of the two or is paid already.

    >>> wages = Period(Month(2014, 1), Month(2021, 12), 5_000_000, "compulsory")
    >>> found = plan(law, Month(2026, 11), "female", Month(1975, 5), [wages], income=5_000_000)
    >>> found.figures["stop_now_missing"], str(found.month("gap_closes")), found.figures["go_on_months"]
    (84, '2033-11', 198)
    """
    working = Working(law, "plan", today)
    first = today + 1 if first is None else first
    if not today <= first <= today + 1:
        raise ValueError(f"the first month to be paid is {today} or the one after it, got {first}")
    try:
        refused = refuse_impossible(working, born, periods) or refuse_out_of_range(working, income)
        if refused is not None:
            return refused
        if any(each.last >= first for each in periods):
            raise ValueError(f"{first} is to be paid, but the history holds it already")
        person = _Person(working, sex, born, tuple(periods), first)
        used = person.months_supported if supported_months_used is None else supported_months_used
        return _plan(working, person, Payer(income, groups, used, local_top_up), only_minimum)
    except NoValueKnownOn as unknown:
        return working.refuse("before_known_law", known_from=unknown.first)


@dataclass(frozen=True, slots=True)
class _Person:
    """Whose plan it is, and what the history says of it."""

    working: Working
    sex: str
    born: Month | int
    periods: tuple[Period, ...]
    first: Month
    """The first month to be paid."""

    @property
    def paid_until(self) -> Month:
        """The last month that is not to be paid any more."""
        return self.first + -1

    @property
    def dated(self) -> bool:
        """Whether it is known when everything was paid, not only how long."""
        return not any(each.undated for each in self.periods)

    @property
    def voluntary(self) -> list[Month]:
        return sorted(month for each in self.periods if each.scheme == "voluntary" for month in each.months())

    @property
    def months_supported(self) -> int:
        """The voluntary months since the State supports anybody, up to the limit."""
        law = self.working.law
        helped = 0
        for month in self.voluntary:
            law_on = law.on(month)
            known = law_on.knows("state_support_rate")
            helped += known and any(law_on.value("state_support_rate").table().values())
        return min(helped, self.working.whole("state_support_max_months"))

    def settled(self, pension_from: Month, more: Sequence[Period] = ()) -> Estimate | Refusal:
        """The pension that starts in a month, with what is paid until then."""
        until = pension_from + -1
        paid_on = [replace(each, last=min(each.last, until)) for each in more if each.first <= until]
        return pension(self.working.law, self.sex, self.born, pension_from, [*self.periods, *paid_on])

    def earlier_age(self) -> tuple[Month, int] | None:
        """The month of the age of before 2021 and the months still needed for it; None for who began too late."""
        working, paid = self.working, self.voluntary
        age, needed = working.whole("early_route_age", self.sex), working.whole("early_route_min_months")
        if not paid or paid[0] >= Month.of(working.day("early_route_before")):
            return None
        return birth_month(self.born) + age, max(0, needed - len(paid))


def _plan(working: Working, person: _Person, payer: Payer, only_minimum: bool) -> Estimate | Refusal:
    law, today = working.law, working.on
    paid, voluntary = count_months(person.periods), len(person.voluntary)
    age = working.take(retirement(law, person.sex, person.born))
    retires = age.month("reached")
    at_age, until = max(retires, today), max(retires, person.paid_until)
    minimum = minimum_months(law, at_age + 1)
    by_then = paid + (until - person.paid_until)
    if only_minimum:
        by_then = min(by_then, max(paid, minimum))
    missing = max(0, minimum - by_then)
    months, pension_from = by_then + missing, max(until + missing, today) + 1
    paying = pay_on(working, person.first, months - paid, payer)
    route = person.earlier_age()
    stop_from = at_age + 1 if route is None or route[1] else min(at_age, max(route[0], today)) + 1

    gone_on = person.settled(pension_from, paying.periods)
    if isinstance(gone_on, Refusal):
        return working.refuse(gone_on.reason, **gone_on.figures)
    stopped = person.settled(stop_from) if paid else None
    assert not isinstance(stopped, Refusal), "a history that was settled with more months is settled without them"
    _say_table(working, person, pension_from)
    working.take(gone_on)

    _repeat_steps(working, age.steps)
    working.step("plan_history", months=paid, voluntary=voluntary, compulsory=paid - voluntary)
    working.step("plan_months", months_paid=paid, months_by_then=by_then, until=at_age)
    if missing:
        working.step("plan_missing", missing=missing, minimum_months=minimum, pension_from=pension_from)
    _repeat_steps(working, [step for step in gone_on.steps if step not in age.steps])
    figures: dict[str, Figure] = {
        "months_paid": paid,
        "voluntary_months": voluntary,
        "compulsory_months": paid - voluntary,
        "months_by_year": count_months([each for each in person.periods if each.by_year]),
        "retires": retires,
        "age_years": age.figures["age_years"],
        "age_months": age.figures["age_months"],
        "past_age": retires < today,
        "minimum_months": minimum,
        "months_by_then": by_then,
    }
    figures |= _stop_now(working, person, stopped, paid, minimum, stop_from)
    figures |= {
        "go_on_months": months,
        "go_on_missing": missing,
        "go_on_eligible": not missing,
        "go_on_pension_from": pension_from,
        **{f"go_on_{name}": gone_on.figures[name] for name in _SETTLED},
        "age_at_pension_years": (pension_from - birth_month(person.born)) // 12,
    }
    figures |= _price(person, paying, months - paid, payer, gone_on, stopped)
    figures |= missing_at_once(working, until, missing, payer.income)
    _say_what_closes_the_gap(working, person, minimum - paid, missing, at_age, payer.income)
    figures |= _earlier(working, person, route, paying.periods, at_age)
    if not missing and retires < today:
        _say_drawn_from(working, person, retires, minimum, pension_from)
    if missing:
        say_allowances(working)
    _say_what_is_assumed(working, person, payer, months - paid)
    return working.estimate(**figures)


def _say_drawn_from(working: Working, person: _Person, retires: Month, minimum: int, pension_from: Month) -> None:
    """Who is past the age with enough months: from now, or, having stopped paying, from when that was so.

    TT 11/2025/TT-BNV Điều 5. Where only the length of time is known, both are said: who had the age when this
    law came, and the months, and has not paid since, draws from that day.
    """
    if not person.dated:
        working.option("option_draw_now", pension_from=pension_from)
        in_force = working.law.on(working.on).value("pension_min_months").since
        if retires < Month.of(in_force):
            working.article("tt-11-2025", "Điều 5")
            working.option("option_drawn_since", since=in_force)
        return
    paid = sorted(month for each in person.periods for month in each.months())
    start = pension_start(
        working.law, person.sex, person.born, paid[minimum - 1], paid[-1], requested=working.on, on=working.on
    )
    if start.month("pension_from") >= pension_from:
        working.option("option_draw_now", pension_from=pension_from)
    else:
        working.take(start)
        working.option("option_drawn_from", pension_from=start.month("pension_from"))


def _repeat_steps(working: Working, steps: Sequence[Note]) -> None:
    for step in steps:
        working.step(step.name, **step.figures)


def _say_table(working: Working, person: _Person, pension_from: Month) -> None:
    """Up to which year the newest table tells the rise of prices; what comes later is today's money."""
    if not person.dated:
        working.warn("not_indexed", year=working.on.year)
        return
    table = working.law.on(pension_from).value("income_coefficients").since
    if pension_from.year > table.year:
        working.warn("not_indexed", year=table.year)


def _stop_now(
    working: Working, person: _Person, stopped: Estimate | None, paid: int, minimum: int, stop_from: Month
) -> dict[str, Figure]:
    """The pension of who pays nothing more, and the month in which paying on would fill the minimum."""
    eligible = stopped is not None and stopped.figures["eligible"] is True
    missing = 0 if eligible else minimum - paid
    figures: dict[str, Figure] = {
        "stop_now_months": paid,
        "stop_now_missing": missing,
        "stop_now_eligible": eligible,
        "stop_now_pension_from": stop_from if eligible else None,
        "gap_closes": person.paid_until + missing if missing else None,
    }
    if stopped is None or not eligible:
        working.step("pension_too_short", months=paid, minimum_months=minimum, missing=missing)
        return figures | dict.fromkeys(f"stop_now_{name}" for name in _SETTLED)
    settled = {name: stopped.figures[name] for name in _SETTLED}
    working.step("plan_stop_now", months=paid, pension_from=stop_from, **settled)
    return figures | {f"stop_now_{name}": value for name, value in settled.items()}


def _price(
    person: _Person, paying: Paying, months: int, payer: Payer, gone_on: Estimate, stopped: Estimate | None
) -> dict[str, Figure]:
    """What going on costs the person from now, and after how many months of pension it has come back."""
    cost, amount = paying.total_own, gone_on.whole("pension")
    extra = extra_payback = None
    if months and stopped is not None and stopped.figures["eligible"] is True:
        extra = amount - stopped.whole("pension")
        extra_payback = ceiling(Fraction(cost, extra)) if extra > 0 else None
    if months:
        person.working.step("plan_cost", months=months, first_month=person.first, cost=cost)
    return {
        "first_month": person.first if months else None,
        "months_to_pay": months,
        "income": payer.income,
        "supported_months_used": payer.supported_months_used,
        "monthly_gross": paying.gross,
        "monthly_support": paying.support,
        "monthly_own": paying.own,
        "total_own": cost,
        "payback_months": ceiling(Fraction(cost, amount)) if cost else 0,
        "extra_pension": extra,
        "extra_payback_months": extra_payback,
    }


def _say_what_closes_the_gap(
    working: Working, person: _Person, gap: int, missing: int, at_age: Month, income: int
) -> None:
    """The ways besides paying on every month: at once at retirement age, or as compulsory for the last months."""
    if gap <= 0:
        return
    most = working.whole("missing_compulsory_max_months")
    if gap <= most and any(each.scheme == "compulsory" for each in person.periods):
        working.option("option_missing_compulsory", months=gap, most=most)
    at_once = working.whole("missing_time_max_months", on=at_age)
    if missing or gap > at_once:
        return
    income = max(income, working.whole("rural_poverty_line", on=at_age))
    priced = missing_time_payment(working.law, at_age, income, gap)
    gross = None
    if isinstance(priced, Estimate):
        gross = working.take(priced, warnings=("value_expired",)).whole("gross")
    working.option("option_close_at_age", months=gap, paid_in=at_age, pension_from=at_age + 1, gross=gross)


def _earlier(
    working: Working, person: _Person, route: tuple[Month, int] | None, more: Sequence[Period], at_age: Month
) -> dict[str, Figure]:
    """The age of before 2021, where paying on meets its conditions before the ordinary age."""
    nothing: dict[str, Figure] = dict.fromkeys(("early_pension_from", "early_months", "early_percent", "early_pension"))
    if route is None or route[1] > count_months(more):
        return nothing
    reached = max(route[0], person.paid_until + route[1])
    if reached >= at_age:
        return nothing
    early = person.settled(reached + 1, more)
    assert isinstance(early, Estimate), "a history that was settled for the ordinary age is settled for this one"
    working.option(
        "option_early_route",
        age_years=working.whole("early_route_age", person.sex) // 12,
        reached=reached,
        months=working.whole("early_route_min_months"),
        before=working.day("early_route_before"),
    )
    return {
        "early_pension_from": reached + 1,
        "early_months": early.figures["months"],
        "early_percent": early.figures["percent"],
        "early_pension": early.figures["pension"],
    }


def _say_what_is_assumed(working: Working, person: _Person, payer: Payer, months_to_pay: int) -> None:
    by_year = count_months([each for each in person.periods if each.by_year])
    if by_year:
        working.warn("periods_by_year", months=by_year)
    if any(each.scheme == "compulsory" for each in person.periods):
        working.warn("wages_averaged")
    if payer.supported_months_used and months_to_pay:
        limit = working.whole("state_support_max_months")
        working.warn("support_count_assumed", used=payer.supported_months_used, limit=limit)
    working.warn("todays_money", month=working.on)
