"""Fields that several forms ask: sex, birth, a month of the calendar, a length of time, an amount, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers import reading
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Field, Got, Question, Reading, Wanted, Wrong, always
from handlers.dialogue.texts import OneOf
from handlers.dialogue.values import Given, Values
from law.base.estimate import Refusal
from law.base.month import Month
from law.paying.contribution import floor_average, income_bounds
from law.pension.forecast import forecast
from law.pension.retirement import SEXES

NOT_KNOWN, NO_PAPER = "not_known", "no_paper"
SEX_NAMES = OneOf("fields.sex_{}", SEXES)
_REFUSED = OneOf("fields.refused_{}", ("too_young", "more_months_than_possible"))
"""What else a forecast refuses of a person (not born yet, too old) is never read as a birth."""


# --- sex and birth -------------------------------------------------------------------------------


def _ask_sex(context: Context, values: Values) -> Question:
    choices = [Choice(sex, context.label(name), {"sex": sex}) for sex, name in SEX_NAMES.items()]
    return Question(context.say("fields.sex"), choices)


def _read_sex(context: Context, values: Values, text: str) -> Reading:
    sex = reading.sex(text)
    return None if sex is None else Got({"sex": sex})


def _ask_born(context: Context, values: Values) -> Question:
    return Question(context.say("fields.born"))


def _read_born(context: Context, values: Values, text: str) -> Reading:
    born = reading.birth(text, context.message.today)
    if born is None:
        age = reading.strange_age(text, context.message.today)
        if age is not None:
            return Wrong(context.say("fields.strange_age", age=age))
        return _age_or_year(context, text)
    if born.approximate:
        years = (born.year, born.year - 1)
        choices = [Choice(str(year), str(year), {"born": year}) for year in years]
        return Wrong(context.say("fields.which_year", year=born.year), choices)
    return Got(birth_values(born))


def birth_values(born: reading.Birth) -> Given:
    """A birth as the fields of the year and the month hold it; the month is asked where it is not said."""
    return {"born": born.year} if born.month is None else {"born": born.year, "month": born.month}


def _age_or_year(context: Context, text: str) -> Wrong | None:
    """«52» alone: 52 years old, or born in 1952; the years it can mean are offered."""
    number = text.strip()
    if not number.isdecimal() or len(number) != 2:
        return None
    marked = reading.birth(f"sn {number}", context.message.today)
    years = [context.message.today.year - int(number) - more for more in (0, 1)]
    years += [] if marked is None or marked.year in years else [marked.year]
    choices = [Choice(str(year), str(year), {"born": year}) for year in years]
    return Wrong(context.say("fields.age_or_year", number=int(number), year=years[0]), choices)


def month_of_date(context: Context, values: Values, text: str) -> int | None:
    """The month of «15/3» where the year of birth is known already; None for a date of another year."""
    said = reading.calendar_month(text, context.message.today)
    return said.month if said is not None and said.year in (None, values["born"]) else None


def _ask_month(context: Context, values: Values) -> Question:
    months = [
        Choice(str(month), context.label("fields.month_of_year", month=month), {"month": month})
        for month in range(1, 13)
    ]
    months.append(Choice(NO_PAPER, context.label("fields.no_paper"), {"month": NO_PAPER}))
    return Question(context.say("fields.month", year=values["born"]), months, wide=3)


def _read_month(context: Context, values: Values, text: str) -> Reading:
    month = reading.month_of_year(text)
    if month is not None:
        return Got({"month": month})
    born = reading.birth(text, context.message.today)
    if born is not None and born.month is not None and not born.approximate:
        return Got({"born": born.year, "month": born.month})
    if reading.is_no_paper(text):
        return Got({"month": NO_PAPER})
    month = month_of_date(context, values, text)
    if month is not None:
        return Got({"month": month})
    return Wrong(context.say("fields.month_needed")) if reading.is_not_known(text) else None


SEX = Field("sex", _ask_sex, _read_sex, "fields.example_sex")
BORN = Field("born", _ask_born, _read_born, "fields.example_born")
MONTH = Field("month", _ask_month, _read_month, "fields.example_month")
"""The month of birth; `born` may have given it already."""


def birth(values: Values) -> Month | int:
    """The month of birth, or the year alone where no paper shows a month."""
    year = values.whole("born")
    return year if values["month"] == NO_PAPER else Month(year, values.whole("month"))


def impossible(context: Context, values: Values, months_paid: int) -> Wrong | None:
    """More months than anyone born then can have paid, or someone too young to have paid: named."""
    lowest = income_bounds(context.law, context.month).whole("minimum")
    sex = str(values.get("sex", "male"))
    tried = forecast(context.law, context.month, sex, birth(values), months_paid, lowest)
    if not isinstance(tried, Refusal):
        return None
    return Wrong(context.say(_REFUSED[tried.reason], **tried.figures))


# --- a length of time ----------------------------------------------------------------------------

_LONGEST_NUMBER = 3
"""Digits of a length of time typed without its unit."""


def _anything(context: Context, values: Values, months: int) -> Wrong | None:
    return None


@dataclass(frozen=True, slots=True)
class MonthsPaid:
    """How long something was paid, in months: `text` asks it, `offered` are buttons, 0 is «not at all».

    `check` says what is wrong with a length; `not_known`: «không biết» is an answer too.
    """

    name: str
    text: str
    offered: Sequence[int]
    check: Callable[[Context, Values, int], Wrong | None] = _anything
    wanted: Wanted = always
    not_known: bool = False

    def field(self) -> Field:
        """The field of a form."""
        return Field(self.name, self._ask, self._read, "fields.example_span", self.wanted)

    def _ask(self, context: Context, values: Values) -> Question:
        choices = [
            self._choice(months, context.label("fields.span", months=months))
            for months in self.offered
            if self.check(context, values, months) is None
        ]
        if self.not_known:
            choices.append(_not_known(context, self.name))
        return Question(context.say(self.text, **values), choices)

    def _read(self, context: Context, values: Values, text: str) -> Reading:
        if self.not_known and reading.is_not_known(text):
            return Got({self.name: NOT_KNOWN})
        months = reading.duration_months(text)
        if months is not None:
            return self.check(context, values, months) or Got({self.name: months})
        typed = text.strip()
        is_number = typed.isdecimal() and len(typed) <= _LONGEST_NUMBER
        return self._years_or_months(context, values, int(typed)) if is_number else None

    def _years_or_months(self, context: Context, values: Values, number: int) -> Wrong | None:
        """«7» alone: which of the two is asked, as far as either can be."""
        spans = ((number * 12, "fields.years"), (number, "fields.months"))
        possible = [
            self._choice(span, context.label(label, number=number))
            for span, label in spans
            if self.check(context, values, span) is None
        ]
        if not possible:
            return self.check(context, values, number)
        return Wrong(context.say("fields.years_or_months", number=number), possible)

    def _choice(self, months: int, label: str) -> Choice:
        return Choice(str(months), label, {self.name: months})


# --- an amount, yes or no ------------------------------------------------------------------------


def income_field(name: str, text: str, wanted: Wanted) -> Field:
    """An average income in dong per month; or «không biết», when the lowest one is taken as an example."""

    def ask(context: Context, values: Values) -> Question:
        return Question(context.say(text), (_not_known(context, name),))

    def read(context: Context, values: Values, text: str) -> Reading:
        if reading.is_not_known(text):
            return Got({name: NOT_KNOWN})
        typed = reading.money(text)
        if typed is None:
            return None
        highest = income_bounds(context.law, context.month).whole("maximum")
        if not 0 < typed <= highest:
            return Wrong(context.say("fields.income_too_high", amount=typed, maximum=highest))
        return Got({name: typed}, context.say("fields.read_amount", amount=typed))

    return Field(name, ask, read, "fields.example_income", wanted)


def income(context: Context, values: Values, name: str) -> int:
    """The income given; where it is not known, the lowest of this month."""
    found = values[name]
    if found == NOT_KNOWN:
        return income_bounds(context.law, context.month).whole("minimum")
    return values.whole(name)


def yes_no_field(
    name: str,
    text: str,
    wanted: Wanted = always,
    yes: str = "fields.answer_yes",
    no: str = "fields.answer_no",
) -> Field:
    """A question to which the answer is yes or no; `yes` and `no` are the labels."""

    def ask(context: Context, values: Values) -> Question:
        choices = [
            Choice("yes", context.label(yes), {name: True}),
            Choice("no", context.label(no), {name: False}),
        ]
        return Question(context.say(text), choices)

    def read(context: Context, values: Values, text: str) -> Reading:
        said = reading.yes_no(text)
        said = reading.already(text) if said is None else said
        return None if said is None else Got({name: said})

    return Field(name, ask, read, "fields.example_yes_no", wanted)


def _not_known(context: Context, name: str) -> Choice:
    return Choice(NOT_KNOWN, context.label("fields.not_known"), {name: NOT_KNOWN})


# --- a month of the calendar ---------------------------------------------------------------------


def calendar_field(
    name: str, text: str, around: Sequence[int], check: Callable[[Context, Month], Wrong | None]
) -> Field:
    """A month of the calendar, kept as «YYYY-MM»; `around` are buttons, in months from today."""

    def choice(context: Context, month: Month) -> Choice:
        return Choice(str(month), context.label("fields.calendar_month", month=month), {name: str(month)})

    def ask(context: Context, values: Values) -> Question:
        return Question(context.say(text), [choice(context, context.month + away) for away in around], wide=3)

    def read(context: Context, values: Values, text: str) -> Reading:
        said = reading.calendar_month(text, context.message.today)
        if said is None:
            return None
        if said.year is not None:
            month = Month(said.year, said.month)
            return check(context, month) or Got({name: str(month)})
        near = [Month(context.month.year + years, said.month) for years in (-1, 0, 1)]
        possible = sorted(
            (each for each in near if check(context, each) is None), key=lambda each: abs(each - context.month)
        )[:2]
        choices = [choice(context, each) for each in sorted(possible)]
        return Wrong(context.say("fields.which_calendar_year", month=said.month), choices)

    return Field(name, ask, read, "fields.example_calendar_month")


# --- what was paid so far, where only its length is known ----------------------------------------


def _paid_before(context: Context, values: Values) -> bool:
    paid = values.get("paid")
    return isinstance(paid, int) and paid > 0


PAST = income_field("past", "fields.ask_past", _paid_before)
"""The average level of the months in `paid`, or «không biết»."""


def past_income(context: Context, values: Values) -> int | None:
    """The average level of the months in `paid`; where it is not known, the lowest of those times; None of nothing."""
    if not _paid_before(context, values):
        return None
    if values.get("past", NOT_KNOWN) == NOT_KNOWN:
        return lowest_past(context, values.whole("paid"))
    return values.whole("past")


def lowest_past(context: Context, months: int) -> int:
    """The lowest incomes of the last `months` on average, to a hundred thousand: taken where the level is not known."""
    return round(floor_average(context.law, context.month, months), -5)


def _ask_voluntary(context: Context, values: Values) -> Question:
    paid = values.whole("paid")
    choices = [Choice("none", context.label("fields.none_voluntary"), {"vol": 0})]
    if _too_much_voluntary(context, values, paid) is None:
        choices.insert(0, Choice("all", context.label("fields.all_voluntary"), {"vol": paid}))
    return Question(context.say("fields.ask_voluntary", paid=paid), choices)


def _read_voluntary(context: Context, values: Values, text: str) -> Reading:
    paid, months, kind = values.whole("paid"), reading.duration_months(text), reading.scheme(text)
    said = reading.stated(text, context.message.today).facts
    if said.own is not None or said.firm is not None:
        months = said.own if said.own is not None else paid - (said.firm or 0)
    elif months is None and kind is not None:
        months = paid if kind == "voluntary" else 0
    if months is None:
        return None
    return _too_much_voluntary(context, values, months) or Got({"vol": months})


def _too_much_voluntary(context: Context, values: Values, months: int) -> Wrong | None:
    """More than was paid in all, or than there has been voluntary insurance."""
    paid = values.whole("paid")
    if not 0 <= months <= paid:
        return Wrong(context.say("fields.too_much_voluntary", paid=paid))
    first = min(int(year) for year in context.law.on(context.month).value("income_coefficients").table())
    if context.month + (1 - months) < Month(first, 1):
        return Wrong(context.say("fields.voluntary_since", year=first))
    return None


VOLUNTARY = Field("vol", _ask_voluntary, _read_voluntary, "fields.example_voluntary", _paid_before)
"""How many of the months in `paid` were voluntary: the State may have supported those."""
