"""A pension plan over a history: stop now or go on paying, what closes the gap, what it costs and pays back.

Luật 41/2024/QH15 Điều 33, 36, 98–101, 104, 141; NĐ 159/2025 Điều 7, 10, 11, 13. The pension itself is
`law.pension.settlement.pension`, settled in the month it starts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from law.base.estimate import Estimate, Figure, Note, Refusal
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.base.rounding import ceiling
from law.base.working import Working
from law.paying.contribution import refuse_out_of_range
from law.paying.payment import missing_time_payment
from law.pension.arrears import pension_arrears
from law.pension.history import Paid, Period, count_months, refuse_impossible
from law.pension.paid_back import paid_back
from law.pension.paying_on import Payer, Paying, missing_at_once, pay_on, say_allowances
from law.pension.rate import minimum_months
from law.pension.retirement import birth_month, retirement
from law.pension.settlement import pension
from law.pension.start import early_route_full, history_start

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
    total_months: int | None = None,
) -> Estimate | Refusal:
    """What a person with this history gets when stopping now, and when paying on to retirement age.

    Counting: `periods` (maybe none) hold everything paid up to the month before `first`, the first month to be paid:
    where it is not given, the month after `today`, or after the last month paid ahead; or the month `today` itself,
    which can be paid until it ends. From then on `income` (dong per month) is paid every month, voluntarily, until
    the month of retirement age, or until the minimum months are full where that is later; the pension starts the
    month after. `only_minimum`: paying ends as soon as the minimum is full, and the pension waits for the age;
    `total_months`: as soon as so many are (the minimum at the least), past the age where it takes longer, and the
    pension waits for both. Months paid ahead that the pension doesn't wait for are paid back. A later month
    with a higher floor is reckoned at that floor. Past incomes are indexed by the newest table, years paid after
    the age earn the higher allowance, a long compulsory payer has a lowest pension, and who began voluntary
    payment before 2021 and stops with enough of it may draw at the earlier age. Support already used is taken to
    be the voluntary months since the State supports, where it is not given. A bare birth year means 1 January of
    it (TT 11/2025 Điều 5 khoản 7).

    Figures. History: months_paid, voluntary_months, compulsory_months, months_by_year (of periods known by years
    only), months_ahead and paid_ahead_until (of those after `today`; None where there are none). Age: retires
    (month the age is reached), age_years, age_months, past_age. Both ways: stop_now_ and go_on_ before months,
    missing, eligible, percent (Decimal, 45 for 45 %), average, pension, retirement_allowance (once), floored,
    pension_from (None when not eligible; go_on_missing is at the age, go_on_months at the pension), refund_months
    (paid ahead, and paid back), refund (about how much that is, dong; None where it can't be told). Where the
    pension of who stops has started already, `stop_now_pension` is the one it started at; stop_now_arrears_months,
    stop_now_arrears (dong, up to and with `today`; 0 where it is still to start), stop_now_pension_today (dong a
    month, with the increases since; None there). The gap: minimum_months, months_by_then (at the age), gap_closes
    (month in which paying on fills the minimum; None where nothing is missing), age_at_pension_years (full years).
    The price of going on, in dong: income, supported_months_used (before), first_month, months_to_pay,
    monthly_gross, monthly_support, monthly_own (of the first month), total_own (all own payments from now),
    payback_months (months of pension that make that up, the allowance left aside). Where stopping now gives a
    pension too: extra_pension a month (over that of today), extra_payback_months; and where that pension starts
    sooner, forgone_pension (dong, of the months between) and forgone_payback_months, in which the extra makes up
    for that and the payments (None where it does not). Paying the missing time at once: lump_months, lump_paid_in,
    lump_gross, lump_pension_from (None where nothing is missing at the age). The earlier age, if paying on leads
    there first: early_pension_from, early_months, early_percent, early_pension.

    Refuses born_in_future, too_old, too_young, income_out_of_range (minimum, maximum), before_known_law; and a
    history no one can have: period_in_future (first, last, today; further ahead than may be paid, or a wage),
    periods_overlap and both_kinds_in_one_month (first, last: the months that are there twice),
    more_months_than_possible (months_paid, most, min_age), period_before_joining_age (first, earliest, min_age),
    coefficient_unknown (year). Raises ValueError for a sex there is none of, an unknown group, and a first month
    that is none of these or is paid already.

    >>> wages = Period(Month(2014, 1), Month(2021, 12), 5_000_000, "compulsory")
    >>> found = plan(law, Month(2026, 11), "female", Month(1975, 5), [wages], income=5_000_000)
    >>> found.figures["stop_now_missing"], str(found.month("gap_closes")), found.figures["go_on_months"]
    (84, '2033-11', 198)
    """
    working = Working(law, "plan", today)
    last = max((each.last for each in periods), default=today)
    first = max(today, last) + 1 if first is None else first
    if not today <= first <= max(today, last) + 1:
        raise ValueError(f"the first month to be paid is {today} or the one after all that is paid, got {first}")
    try:
        refused = refuse_impossible(working, born, periods) or refuse_out_of_range(working, income, first)
        if refused is not None:
            return refused
        if any(each.last >= first for each in periods):
            raise ValueError(f"{first} is to be paid, but the history holds it already")
        person = _Person(working, sex, born, tuple(periods), first)
        used = person.months_supported if supported_months_used is None else supported_months_used
        return _plan(working, person, Payer(income, groups, used, local_top_up), only_minimum, total_months)
    except NoValueKnownOn as unknown:
        return working.refuse("before_known_law", known_from=unknown.first)


@dataclass(frozen=True)
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
    def end_known(self) -> bool:
        """Whether it is known which month was paid last, though maybe not when all the others were."""
        return self.dated or not self.paid or self.paid[-1].month != min(self.paid_until, self.working.on)

    @cached_property
    def paid(self) -> Sequence[Paid]:
        """Every month paid, in order."""
        every = (Paid(month, each) for each in self.periods for month in each.months())
        return tuple(sorted(every, key=lambda each: each.month))

    @property
    def voluntary(self) -> list[Month]:
        return [each.month for each in self.paid if each.scheme == "voluntary"]

    @property
    def months_supported(self) -> int:
        """The voluntary months since the State supports anybody, up to the limit."""
        return self.supported_of(self.paid)

    def supported_of(self, paid: Sequence[Paid]) -> int:
        """The voluntary ones of these months since the State supports anybody, up to the limit."""
        helped = 0
        for each in paid:
            law_on = self.working.law.on(each.month)
            known = each.scheme == "voluntary" and law_on.knows("state_support_rate")
            helped += known and any(law_on.value("state_support_rate").table().values())
        return min(helped, self.working.whole("state_support_max_months"))

    def settled(self, pension_from: Month, more: Sequence[Period] = ()) -> Estimate | Refusal:
        """The pension that starts in a month, with what is paid until then; the rest is paid back."""
        until = pension_from + -1
        counted = [replace(each, last=min(each.last, until)) for each in (*self.periods, *more) if each.first <= until]
        return pension(self.working.law, self.sex, self.born, pension_from, counted)

    def stops(self, at_age: Month) -> Month:
        """The first month of the pension of who pays nothing more, as far as they have enough months for one."""
        if not self.end_known:  # it is asked for now
            return at_age + 1
        found = history_start(self.working.law, self.sex, self.born, self.paid, self.working.on, at_age + 1)
        return at_age + 1 if found is None else found.month("pension_from")

    def earlier_age(self) -> tuple[Month, int] | None:
        """The month of the age of before 2021 and the months still needed for it; None for who began too late."""
        working, paid = self.working, self.voluntary
        age, needed = working.whole("early_route_age", self.sex), working.whole("early_route_min_months")
        if not paid or paid[0] >= Month.of(working.day("early_route_before")):
            return None
        return birth_month(self.born) + age, max(0, needed - len(paid))


@dataclass(frozen=True, slots=True)
class _Course:
    """How going on runs: the months at the age, those missing then, those to pay, and the last one that is needed."""

    by_then: int
    missing: int
    to_pay: int
    full_in: Month
    still_missing: int
    """Of the missing ones, those not paid ahead."""


def _course(person: _Person, retires: Month, minimum: int, target: int | None) -> _Course:
    """Paying every month until the age and the minimum, or until `target` months are full."""
    paid = [each.month for each in person.paid]
    until = max(retires, min(person.paid_until, person.working.on))
    ahead = [month for month in paid if month > until]
    wanted = None if target is None else max(0, target - len(paid))
    by_age = max(0, until - person.paid_until)
    by_age = by_age if wanted is None else min(by_age, wanted)
    by_then = len(paid) - len(ahead) + by_age
    missing = max(0, minimum - by_then)
    still = max(0, missing - len(ahead))
    after_age = still if wanted is None else max(still, wanted - by_age)
    needed = ahead[missing - 1] if missing and not still else until
    full_in = max(until, person.paid_until) + after_age if after_age else needed
    return _Course(by_then, missing, by_age + after_age, full_in, still)


def _plan(
    working: Working, person: _Person, payer: Payer, only_minimum: bool, total_months: int | None
) -> Estimate | Refusal:
    law, today = working.law, working.on
    paid, voluntary = count_months(person.periods), len(person.voluntary)
    age = working.take(retirement(law, person.sex, person.born))
    retires = age.month("reached")
    at_age = max(retires, today)
    minimum = minimum_months(law, at_age + 1)
    target = minimum if only_minimum else None if total_months is None else max(total_months, minimum)
    course = _course(person, retires, minimum, target)
    paying = pay_on(working, person.first, course.to_pay, payer)
    stop_from = person.stops(at_age)
    enough = paid >= minimum
    pension_from = stop_from if enough and not course.to_pay else max(course.full_in, today) + 1

    gone_on = person.settled(pension_from, paying.periods)
    if isinstance(gone_on, Refusal):
        return working.refuse(gone_on.reason, **gone_on.figures)
    stopped = person.settled(stop_from) if enough else None
    if isinstance(stopped, Refusal):  # it started in a year whose table was not read
        return working.refuse(stopped.reason, **stopped.figures)
    _say_table(working, person, pension_from)
    working.take(gone_on)

    _repeat_steps(working, age.steps)
    working.step("plan_history", months=paid, voluntary=voluntary, compulsory=paid - voluntary)
    working.step("plan_months", months_paid=paid, months_by_then=course.by_then, until=at_age)
    if course.missing:
        working.step("plan_missing", missing=course.missing, minimum_months=minimum, pension_from=pension_from)
    _repeat_steps(working, [step for step in gone_on.steps if step not in age.steps])
    ahead = sum(each.month > today for each in person.paid)
    figures: dict[str, Figure] = {
        "months_paid": paid,
        "voluntary_months": voluntary,
        "compulsory_months": paid - voluntary,
        "months_by_year": count_months([each for each in person.periods if each.by_year]),
        "months_ahead": ahead,
        "paid_ahead_until": person.paid[-1].month if ahead else None,
        "retires": retires,
        "age_years": age.figures["age_years"],
        "age_months": age.figures["age_months"],
        "past_age": retires < today,
        "minimum_months": minimum,
        "months_by_then": course.by_then,
    }
    figures |= _stop_now(working, person, stopped, paid, minimum, stop_from)
    figures |= {
        "go_on_months": gone_on.figures["months"],
        "go_on_missing": course.missing,
        "go_on_eligible": not course.missing,
        "go_on_pension_from": pension_from,
        **{f"go_on_{name}": gone_on.figures[name] for name in _SETTLED},
        "go_on_refund_months": sum(each.month >= pension_from for each in person.paid),
        "age_at_pension_years": (pension_from - birth_month(person.born)) // 12,
    }
    figures |= _price(person, paying, course.to_pay, payer, gone_on, figures)
    figures |= _forgone(working, figures)
    figures |= missing_at_once(working, max(retires, person.paid_until), course.still_missing, payer.income)
    _say_what_closes_the_gap(working, person, minimum - paid, course.missing, retires, payer.income)
    figures |= _earlier(working, person, paying.periods, at_age)
    if enough and (retires < today or stop_from <= today):
        _say_drawn_from(working, person, retires, figures)
    figures["go_on_refund"] = _paid_back(working, person, payer, figures["go_on_refund_months"])
    figures["stop_now_refund"] = _paid_back(working, person, payer, figures["stop_now_refund_months"])
    if figures["go_on_refund_months"]:
        working.article("nd-159-2025", "Điều 8")
        working.option(
            "option_paid_back",
            months=figures["go_on_refund_months"],
            pension_from=pension_from,
            amount=figures["go_on_refund"],
        )
    if course.missing:
        say_allowances(working)
    _say_what_is_assumed(working, person, payer, course.to_pay)
    return working.estimate(**figures)


def _paid_back(working: Working, person: _Person, payer: Payer, months: Figure) -> int | None:
    """What comes back of so many months paid ahead, dong: 0 of none, None where it can't be told."""
    assert isinstance(months, int)
    if not months:
        return 0
    needed, back = person.paid[:-months], person.paid[-months:]
    used = min(person.supported_of(needed), payer.supported_months_used)
    return paid_back(working, back, person.paid[-1].month, replace(payer, supported_months_used=used))


def _say_drawn_from(working: Working, person: _Person, retires: Month, figures: Mapping[str, Figure]) -> None:
    """Who is past the age with enough months: from now, or, having stopped paying, from when that was so.

    TT 11/2025/TT-BNV Điều 5. Where only the length of time is known, both are said: who had the age when this
    law came, and the months, and has not paid since, draws from that day.
    """
    start, today = figures["stop_now_pension_from"], figures["stop_now_pension_today"]
    if today is None:
        working.option("option_draw_now", pension_from=start)
    else:
        working.option(
            "option_drawn_from",
            pension_from=start,
            months=figures["stop_now_arrears_months"],
            amount=figures["stop_now_arrears"],
            monthly=today,
            raised=today != figures["stop_now_pension"],
        )
    in_force = working.law.on(working.on).value("pension_min_months").since
    if not person.end_known and retires < Month.of(in_force):
        working.article("tt-11-2025", "Điều 5")
        working.option("option_drawn_since", since=in_force)


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
    back = sum(each.month >= stop_from for each in person.paid) if eligible else 0
    figures: dict[str, Figure] = {
        "stop_now_months": paid - back,
        "stop_now_missing": missing,
        "stop_now_eligible": eligible,
        "stop_now_pension_from": stop_from if eligible else None,
        "stop_now_refund_months": back,
        "stop_now_arrears_months": 0,
        "stop_now_arrears": 0,
        "stop_now_pension_today": None,
        "gap_closes": person.paid_until + missing if missing else None,
    }
    if stopped is None or not eligible:
        working.step("pension_too_short", months=paid, minimum_months=minimum, missing=missing)
        return figures | dict.fromkeys(f"stop_now_{name}" for name in _SETTLED)
    settled = {name: stopped.figures[name] for name in _SETTLED}
    working.step("plan_stop_now", months=paid - back, pension_from=stop_from, **settled)
    if stop_from <= working.on:
        late = working.take(pension_arrears(working.law, working.on, stopped.whole("pension"), stop_from))
        _repeat_steps(working, late.steps)
        figures |= {
            "stop_now_arrears_months": late.figures["months"],
            "stop_now_arrears": late.figures["amount"],
            "stop_now_pension_today": late.figures["monthly"],
        }
    return figures | {f"stop_now_{name}": value for name, value in settled.items()}


def _of_today(figures: Mapping[str, Figure]) -> int | None:
    """The pension of who stops, dong a month: of today, where it has started; None where there is none."""
    today = figures["stop_now_pension_today"]
    found = figures["stop_now_pension"] if today is None else today
    assert found is None or isinstance(found, int)
    return found


def _price(
    person: _Person, paying: Paying, months: int, payer: Payer, gone_on: Estimate, figures: Mapping[str, Figure]
) -> dict[str, Figure]:
    """What going on costs the person from now, and after how many months of pension it has come back."""
    cost, amount = paying.total_own, gone_on.whole("pension")
    extra = extra_payback = None
    stopping = _of_today(figures)
    if months and stopping is not None:
        extra = amount - stopping
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


def _forgone(working: Working, figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """What a pension of now pays before the one of going on starts, and in how long the extra makes that up."""
    stop_from, go_on_from, extra = (
        figures[name] for name in ("stop_now_pension_from", "go_on_pension_from", "extra_pension")
    )
    monthly, arrears, cost = _of_today(figures), figures["stop_now_arrears"], figures["total_own"]
    assert isinstance(go_on_from, Month)
    assert isinstance(arrears, int)
    assert isinstance(cost, int)
    if not (isinstance(stop_from, Month) and monthly is not None and isinstance(extra, int) and stop_from < go_on_from):
        return dict.fromkeys(("forgone_pension", "forgone_payback_months"))
    forgone = arrears + (go_on_from - max(stop_from, working.on + 1)) * monthly
    working.step("plan_forgone", stop_from=stop_from, go_on_from=go_on_from, forgone=forgone)
    payback = ceiling(Fraction(cost + forgone, extra)) if extra > 0 else None
    return {"forgone_pension": forgone, "forgone_payback_months": payback}


def _say_what_closes_the_gap(
    working: Working, person: _Person, gap: int, missing: int, retires: Month, income: int
) -> None:
    """The ways besides paying on every month: at once at retirement age, or as compulsory for the last months."""
    if gap <= 0:
        return
    at_age = max(retires, working.on)
    most = working.whole("missing_compulsory_max_months")
    compulsory = sum(each.scheme == "compulsory" for each in person.paid)
    if minimum_months(working.law, at_age + 1) - most <= compulsory:
        earliest = retires + -working.whole("missing_compulsory_earliest_months")
        working.article("tt-12-2025", "Điều 12 khoản 2")
        working.option("option_missing_compulsory", months=gap, most=most, paid_in=max(earliest, working.on))
    at_once = working.whole("missing_time_max_months", on=at_age)
    if missing or gap > at_once:
        return
    income = max(income, working.whole("rural_poverty_line", on=at_age))
    priced = missing_time_payment(working.law, at_age, income, gap)
    gross = None
    if isinstance(priced, Estimate):
        gross = working.take(priced, warnings=("value_expired",)).whole("gross")
    working.option("option_close_at_age", months=gap, paid_in=at_age, pension_from=at_age + 1, gross=gross)


def _earlier(working: Working, person: _Person, more: Sequence[Period], at_age: Month) -> dict[str, Figure]:
    """The age of before 2021, where paying on meets its conditions before the ordinary age."""
    nothing: dict[str, Figure] = dict.fromkeys(("early_pension_from", "early_months", "early_percent", "early_pension"))
    route = person.earlier_age()
    if route is None or route[1] > count_months(more):
        return nothing
    age, needed = route
    full_in = person.paid_until + needed if needed else early_route_full(working.law, person.voluntary, working.on)
    assert full_in is not None, "who needs no month more has them all"
    reached = max(age, full_in, min(person.paid_until, working.on))
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
