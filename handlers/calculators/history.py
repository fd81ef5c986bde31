"""«Kể từng khoảng đã đóng»: periods of payment told one at a time, or as a sentence, with a running summary.

Each round asks the kind, from when to when, the wage or chosen income, and then shows what was told so far: one
more period, take the last one back, or done. The rounds are fields of their own (`kind1`, `when1`, …, `more2`),
so that going back, an old button and a restart mean what they mean in every form. A period is kept as months:
`when1` is («2014-01», «2021-12», «year») where only the years are known, («2014-01», «2021-12») otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers import reading
from handlers.calculators.fields import assumed
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Field, Got, Question, Reading, Wanted, Wrong
from handlers.dialogue.state import FieldValue
from handlers.dialogue.texts import OneOf
from handlers.dialogue.values import Given, Values
from handlers.reading import Stretch, Told
from law.base.estimate import Estimate
from law.base.law import NoValueKnownOn
from law.base.month import Month
from law.paying.contribution import income_bounds, income_for_payment
from law.pension.history import SCHEMES, Period, Scheme, count_months
from law.pension.rate import minimum_months

MOST = 12
"""Periods a person can tell; who has more puts neighbours together."""
_KINDS = OneOf("history.{}", SCHEMES)
_ADD, _DONE, _UNDO, _BY_YEAR, _NOW = "add", "done", "undo", "year", "now"

NAMES = tuple(f"{part}{number}" for number in range(1, MOST + 1) for part in ("kind", "when", "wage", "more"))
"""The fields of all rounds."""

Check = Callable[[Context, Values, Sequence[Period]], Wrong | None]
"""Whether this person can have paid so: None, or what is wrong, in words."""


def fields(wanted: Wanted, check: Check) -> tuple[Field, ...]:
    """The fields of all rounds; `wanted` says whether the person tells periods at all."""
    return tuple(field for number in range(1, MOST + 1) for field in _Round(number, wanted, check).fields())


def sentence(context: Context, values: Values, text: str, check: Check) -> Reading:
    """A whole history typed as a sentence, as the values of as many rounds; what it leaves out is asked."""
    return _take(context, values, text, 1, check)


def periods(values: Values) -> tuple[Period, ...]:
    """The periods told so far; one whose kind is not known yet counts as compulsory, one without wage as 0."""
    return tuple(_period(values, number) for number in _told(values))


def _told(values: Values) -> list[int]:
    return [number for number in range(1, MOST + 1) if f"when{number}" in values]


def _period(values: Values, number: int) -> Period:
    when, income = values.words(f"when{number}"), values.whole(f"wage{number}", 0)
    kind: Scheme = "voluntary" if values.get(f"kind{number}") == "voluntary" else "compulsory"
    return Period(Month.parse(when[0]), Month.parse(when[1]), income, kind, by_year=_BY_YEAR in when)


def _kept(stretch: Stretch) -> tuple[str, ...]:
    months = (str(stretch.first), str(stretch.last))
    return (*months, _BY_YEAR) if stretch.by_year else months


# --- a sentence ----------------------------------------------------------------------------------


def _take(context: Context, values: Values, text: str, number: int, check: Check) -> Reading:
    """What a sentence tells, from round `number` on; None where it tells nothing that can be placed."""
    told = reading.history(text, context.message.today)
    if told is None:
        return _undated(context, values, text, number, check)
    if number + len(told) - 1 > MOST:
        return Wrong(context.say("history.too_many", most=MOST))
    given: dict[str, FieldValue] = {}
    for place, each in enumerate(told, start=number):
        known = {name: value for name, value in {**values, **given}.items() if name != f"when{place}"}
        given[f"when{place}"] = _kept(_fitted(each.stretch, periods(Values(known))))
        if each.scheme is not None:
            given[f"kind{place}"] = each.scheme
        if place > number:
            given[f"more{place - 1}"] = _ADD
        given |= _sensible(context, Values({**known, **given}), each, place)
    wrong = check(context, values, periods(values.but(**given)))
    return wrong if wrong is not None else Got(given)


def _undated(context: Context, values: Values, text: str, number: int, check: Check) -> Reading:
    """Periods told without when they were: asked for it, with until now as a button where that can be."""
    told = reading.undated(text)
    if told is None:
        return None
    if told.months is None or told.scheme is None:
        return Wrong(context.say("history.when_each"))
    until_now = Stretch(context.month + (1 - told.months), context.month, by_year=True)
    when: Given = {f"when{number}": _kept(until_now), f"kind{number}": told.scheme}
    when = {**when, **_sensible(context, values.but(**when), Told(until_now, told.scheme, told.income), number)}
    possible = check(context, values, periods(values.but(**when))) is None
    choices = [Choice(_NOW, context.label("history.until_now"), when)] if possible else []
    return Wrong(context.say("history.until_when", months=told.months, kind=told.scheme), choices)


def _sensible(context: Context, values: Values, told: Told, number: int) -> Given:
    """The wage of a sentence where it can be one, of whichever kind while that is not known; otherwise it is asked."""
    if told.income is None:
        return {}
    values = Values({f"kind{number}": "voluntary", **values})
    return {f"wage{number}": told.income} if _wrong_wage(context, values, number, told.income) is None else {}


def _fitted(stretch: Stretch, others: Sequence[Period]) -> Stretch:
    """«công ty đến 2018, tự nguyện từ 2018»: a year said of two periods goes to the one told first."""
    if not stretch.by_year:
        return stretch
    for other in others:
        length = stretch.last - stretch.first
        if other.first < stretch.first <= other.last < stretch.last and stretch.first.year == other.last.year:
            first = other.last + 1
            stretch = Stretch(first, first + length if stretch.measured else stretch.last, by_year=True)
        elif stretch.first < other.first <= stretch.last < other.last and stretch.last.year == other.first.year:
            last = other.first + -1
            stretch = Stretch(last + -length if stretch.measured else stretch.first, last, by_year=True)
    return stretch


# --- one round -----------------------------------------------------------------------------------


class _Round:
    """The four fields of one period."""

    def __init__(self, number: int, wanted: Wanted, check: Check) -> None:
        self.number = number
        self.check = check
        self._all_wanted = wanted

    def fields(self) -> tuple[Field, ...]:
        number, wanted = self.number, self.wanted
        return (
            Field(f"kind{number}", self.ask_kind, self.read_kind, "history.example_kind", wanted),
            Field(f"when{number}", self.ask_when, self.read_when, "history.example_when", wanted),
            Field(f"wage{number}", self.ask_wage, self.read_wage, "history.example_wage", wanted),
            Field(
                f"more{number}",
                self.ask_more,
                self.read_more,
                "history.example_more",
                wanted,
                assume=assumed(**{f"more{number}": _DONE}),
            ),
        )

    def wanted(self, context: Context, values: Values) -> bool:
        """The first round when periods are told, each later one when it was asked for."""
        asked_for = self.number == 1 or values.get(f"more{self.number - 1}") == _ADD
        return asked_for and self._all_wanted(context, values)

    def ask_kind(self, context: Context, values: Values) -> Question:
        choices = [
            Choice(kind, context.label(_KINDS[kind]), {f"kind{self.number}": kind})
            for kind in SCHEMES[::-1]
            if self._wrong_kind(context, values, kind) is None
        ]
        told = _words(context, values, self.number) if self.number in _told(values) else ""
        return Question(context.say("history.ask_kind", number=self.number, told=told), choices, wide=1)

    def read_kind(self, context: Context, values: Values, text: str) -> Reading:
        kind = reading.scheme(text)
        if kind is None:
            return _take(context, values, text, self.number, self.check)
        return self._wrong_kind(context, values, kind) or Got({f"kind{self.number}": kind})

    def _wrong_kind(self, context: Context, values: Values, kind: Scheme) -> Wrong | None:
        if self.number not in _told(values):
            return None
        return self.check(context, values, periods(values.but(**{f"kind{self.number}": kind})))

    def ask_when(self, context: Context, values: Values) -> Question:
        return Question(context.say("history.ask_when", kind=values[f"kind{self.number}"]))

    def read_when(self, context: Context, values: Values, text: str) -> Reading:
        months = reading.duration_months(text)
        if not months:
            return _take(context, values, text, self.number, self.check)
        until_now = Stretch(context.month + (1 - months), context.month, by_year=True)
        when: Given = {f"when{self.number}": _kept(until_now)}
        possible = self.check(context, values, periods(values.but(**when))) is None
        choices = [Choice(_NOW, context.label("history.until_now"), when)] if possible else []
        return Wrong(context.say("history.until_when", months=months, kind=None), choices)

    def ask_wage(self, context: Context, values: Values) -> Question:
        period = _period(values, self.number)
        choices = [_sum(context, self.number, level) for level in _floors(context, period)]
        told = _words(context, values, self.number)
        return Question(context.say("history.ask_wage", kind=period.scheme, told=told), choices)

    def read_wage(self, context: Context, values: Values, text: str) -> Reading:
        amount = reading.money(text)
        if amount is not None:
            return _wrong_wage(context, values, self.number, amount) or Got({f"wage{self.number}": amount})
        floors = _floors(context, _period(values, self.number))
        if not floors or not reading.is_lowest(text):
            return None
        return (
            Got({f"wage{self.number}": floors[0]}) if len(floors) == 1 else Wrong(context.say("history.lowest_changed"))
        )

    def ask_more(self, context: Context, values: Values) -> Question:
        name, told = f"more{self.number}", periods(values)
        paid, minimum = count_months(told), minimum_months(context.law, context.month)
        said = context.say(
            "history.so_far",
            told=[_words(context, values, number) for number in _told(values)],
            months=paid,
            by_year=any(each.by_year for each in told),
            missing=max(0, minimum - paid),
            minimum=minimum,
        )
        more = [Choice(_ADD, context.label("history.add"), {name: _ADD})] if self.number < MOST else []
        undo = Choice(_UNDO, context.label("history.undo"), {}, returns_to=self._before)
        return Question(said, (*more, undo, Choice(_DONE, context.label("history.done"), {name: _DONE})))

    @property
    def _before(self) -> str:
        """Where the summary without this period is shown; for the first one there is none."""
        return f"more{self.number - 1}" if self.number > 1 else "kind1"

    def read_more(self, context: Context, values: Values, text: str) -> Reading:
        wish = reading.wish_of_list(text)
        if wish == "done" or (wish == "add" and self.number < MOST):
            return Got({f"more{self.number}": wish})
        if wish == "undo":
            return Got({}, returns_to=self._before)
        found = _take(context, values, text, self.number + 1, self.check)
        return Got({**found.values, f"more{self.number}": _ADD}) if isinstance(found, Got) else found


# --- wages and words -----------------------------------------------------------------------------


def _floors(context: Context, period: Period) -> list[int]:
    """The lowest incomes that could be chosen within a voluntary period, as far as the law of then is known."""
    if period.scheme == "compulsory":
        return []
    law_on = (context.law.on(month) for month in period.months())
    name = "rural_poverty_line"
    return sorted({each.value(name).whole() for each in law_on if each.knows(name)})


def _wrong_wage(context: Context, values: Values, number: int, amount: int) -> Wrong | None:
    """An income nobody can have paid on then: above the highest, or so low that it is rather the payment."""
    period = _period(values, number)
    highest = _bound(context, period.last, "maximum")
    if highest is not None and amount > highest:
        said = context.say("history.wage_too_high", amount=amount, highest=highest)
        return Wrong(said, (_sum(context, number, highest),))
    lowest = _bound(context, period.first, "minimum") if period.scheme == "voluntary" else None
    if lowest is None or amount >= lowest:
        return None
    meant = income_for_payment(context.law, period.first, amount)
    income = meant.whole("income") if isinstance(meant, Estimate) else None
    said = context.say("history.wage_too_low", amount=amount, lowest=lowest, income=income)
    return Wrong(said, (_sum(context, number, lowest if income is None else income),))


def _bound(context: Context, month: Month, name: str) -> int | None:
    """A bound of the income of a month; None where the law of then was not read."""
    try:
        return income_bounds(context.law, month).whole(name)
    except NoValueKnownOn:
        return None


def _sum(context: Context, number: int, amount: int) -> Choice:
    return Choice(str(amount), context.label("history.sum", amount=amount), {f"wage{number}": amount})


def _words(context: Context, values: Values, number: int) -> str:
    """«Bắt buộc, tháng 1/2014 – tháng 12/2021 (8 năm, ước theo năm), 5.000.000 đ», as HTML."""
    period = _period(values, number)
    return context.say(
        "history.period",
        kind=values.get(f"kind{number}"),
        first=period.first,
        last=period.last,
        months=count_months((period,)),
        by_year=period.by_year,
        income=values.get(f"wage{number}"),
    )
