"""Fields that several forms ask: sex, birth, a month of the calendar, a length of time, an amount, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers import reading
from handlers.dialogue.context import Exchange
from handlers.dialogue.form import Choice, Field, Got, Question, Reading, Values, Wrong
from law.base.estimate import Refusal
from law.base.month import Month
from law.paying.contribution import income_bounds
from law.pension.forecast import forecast

NOT_KNOWN, NO_PAPER = "not_known", "no_paper"


def whole(values: Values, name: str) -> int:
    """A value that is a whole number; raises TypeError where it is none."""
    found = values[name]
    if isinstance(found, bool) or not isinstance(found, int):
        raise TypeError(f"{name} is {found!r}, not a whole number")
    return found


# --- sex and birth -------------------------------------------------------------------------------


def _ask_sex(exchange: Exchange, values: Values) -> Question:
    choices = [Choice(sex, exchange.label(f"asking.sex_{sex}"), {"sex": sex}) for sex in ("male", "female")]
    return Question(exchange.say("asking.sex"), choices)


def _read_sex(exchange: Exchange, values: Values, text: str) -> Reading:
    sex = reading.sex(text)
    return None if sex is None else Got({"sex": sex})


def _ask_born(exchange: Exchange, values: Values) -> Question:
    return Question(exchange.say("asking.born"))


def _read_born(exchange: Exchange, values: Values, text: str) -> Reading:
    born = reading.birth(text, exchange.message.today)
    if born is None:
        age = reading.strange_age(text, exchange.message.today)
        if age is not None:
            return Wrong(exchange.say("asking.strange_age", age=age))
        return _age_or_year(exchange, text)
    if born.approximate:
        years = (born.year, born.year - 1)
        choices = [Choice(str(year), str(year), {"born": year}) for year in years]
        return Wrong(exchange.say("asking.which_year", year=born.year), choices)
    return Got({"born": born.year} if born.month is None else {"born": born.year, "month": born.month})


def _age_or_year(exchange: Exchange, text: str) -> Wrong | None:
    """«52» alone: 52 years old, or born in 1952; the years it can mean are offered."""
    number = text.strip()
    if not number.isdecimal() or len(number) != 2:
        return None
    marked = reading.birth(f"sn {number}", exchange.message.today)
    years = [exchange.message.today.year - int(number) - more for more in (0, 1)]
    years += [] if marked is None or marked.year in years else [marked.year]
    choices = [Choice(str(year), str(year), {"born": year}) for year in years]
    return Wrong(exchange.say("asking.age_or_year", number=int(number), year=years[0]), choices)


def month_of_date(exchange: Exchange, values: Values, text: str) -> int | None:
    """The month of «15/3» where the year of birth is known already; None for a date of another year."""
    said = reading.calendar_month(text, exchange.message.today)
    return said.month if said is not None and said.year in (None, values["born"]) else None


def _ask_month(exchange: Exchange, values: Values) -> Question:
    months = [
        Choice(str(month), exchange.label("asking.month_of_year", month=month), {"month": month})
        for month in range(1, 13)
    ]
    months.append(Choice(NO_PAPER, exchange.label("asking.no_paper"), {"month": NO_PAPER}))
    return Question(exchange.say("asking.month", year=values["born"]), months, wide=3)


def _read_month(exchange: Exchange, values: Values, text: str) -> Reading:
    month = reading.month_of_year(text)
    if month is not None:
        return Got({"month": month})
    born = reading.birth(text, exchange.message.today)
    if born is not None and born.month is not None and not born.approximate:
        return Got({"born": born.year, "month": born.month})
    if reading.is_no_paper(text):
        return Got({"month": NO_PAPER})
    month = month_of_date(exchange, values, text)
    if month is not None:
        return Got({"month": month})
    return Wrong(exchange.say("asking.month_needed")) if reading.is_not_known(text) else None


SEX = Field("sex", _ask_sex, _read_sex, "asking.example_sex")
BORN = Field("born", _ask_born, _read_born, "asking.example_born")
MONTH = Field("month", _ask_month, _read_month, "asking.example_month")
"""The month of birth; `born` may have given it already."""


def birth(values: Values) -> Month | int:
    """The month of birth, or the year alone where no paper shows a month."""
    year, month = whole(values, "born"), values["month"]
    return year if month == NO_PAPER else Month(year, whole(values, "month"))


def impossible(exchange: Exchange, values: Values, months_paid: int) -> Wrong | None:
    """More months than anyone born then can have paid, or someone too young to have paid: named."""
    lowest = income_bounds(exchange.law, exchange.month).whole("minimum")
    sex = str(values.get("sex", "male"))
    tried = forecast(exchange.law, exchange.month, sex, birth(values), months_paid, lowest)
    if not isinstance(tried, Refusal):
        return None
    return Wrong(exchange.say(f"asking.refused_{tried.reason}", **tried.figures))


# --- a length of time ----------------------------------------------------------------------------


def span_field(
    name: str,
    text: str,
    offered: Sequence[int],
    check: Callable[[Exchange, Values, int], Wrong | None] = lambda exchange, values, months: None,
    wanted: Callable[[Values], bool] = lambda values: True,
    not_known: bool = False,
    more: Callable[[Exchange, Values, int], Values] = lambda exchange, values, months: {},
) -> Field:
    """How long something was paid, in months; `text` asks it, `offered` are buttons, 0 is «not at all».

    `check` says what is wrong with a length, `more` gives values that come with it, named «<name>.…».
    """

    def kept(exchange: Exchange, values: Values, months: int) -> Values:
        return {name: months, **more(exchange, values, months)}

    def ask(exchange: Exchange, values: Values) -> Question:
        choices = [
            Choice(str(months), exchange.label("asking.span", months=months), kept(exchange, values, months))
            for months in offered
            if check(exchange, values, months) is None
        ]
        if not_known:
            choices.append(_not_known(exchange, name))
        return Question(exchange.say(text, **values), choices)

    def read(exchange: Exchange, values: Values, text: str) -> Reading:
        if not_known and reading.is_not_known(text):
            return Got({name: NOT_KNOWN})
        months = reading.duration_months(text)
        if months is not None:
            return check(exchange, values, months) or Got(kept(exchange, values, months))
        if not text.strip().isdecimal() or len(text.strip()) > 3:
            return None
        number = int(text)
        spans = ((number * 12, "asking.years"), (number, "asking.months"))
        possible = [
            Choice(str(span), exchange.label(label, number=number), kept(exchange, values, span))
            for span, label in spans
            if check(exchange, values, span) is None
        ]
        if not possible:
            return check(exchange, values, number)
        return Wrong(exchange.say("asking.years_or_months", number=number), possible)

    return Field(name, ask, read, "asking.example_span", wanted)


# --- an amount, yes or no ------------------------------------------------------------------------


def income_field(name: str, text: str, wanted: Callable[[Values], bool]) -> Field:
    """An average income in dong per month; or «không biết», when the lowest one is taken as an example."""

    def ask(exchange: Exchange, values: Values) -> Question:
        return Question(exchange.say(text), (_not_known(exchange, name),))

    def read(exchange: Exchange, values: Values, text: str) -> Reading:
        if reading.is_not_known(text):
            return Got({name: NOT_KNOWN})
        typed = reading.money(text)
        if typed is None:
            return None
        highest = income_bounds(exchange.law, exchange.month).whole("maximum")
        if not 0 < typed <= highest:
            return Wrong(exchange.say("asking.income_too_high", amount=typed, maximum=highest))
        return Got({name: typed}, exchange.say("asking.read_amount", amount=typed))

    return Field(name, ask, read, "asking.example_income", wanted)


def income(exchange: Exchange, values: Values, name: str) -> int:
    """The income given; where it is not known, the lowest of this month."""
    found = values[name]
    if found == NOT_KNOWN:
        return income_bounds(exchange.law, exchange.month).whole("minimum")
    return whole(values, name)


def yes_no_field(
    name: str,
    text: str,
    wanted: Callable[[Values], bool] = lambda values: True,
    yes: str = "asking.answer_yes",
    no: str = "asking.answer_no",
) -> Field:
    """A question to which the answer is yes or no; `yes` and `no` are the labels."""

    def ask(exchange: Exchange, values: Values) -> Question:
        choices = [
            Choice("yes", exchange.label(yes), {name: True}),
            Choice("no", exchange.label(no), {name: False}),
        ]
        return Question(exchange.say(text), choices)

    def read(exchange: Exchange, values: Values, text: str) -> Reading:
        said = reading.yes_no(text)
        said = reading.already(text) if said is None else said
        return None if said is None else Got({name: said})

    return Field(name, ask, read, "asking.example_yes_no", wanted)


def _not_known(exchange: Exchange, name: str) -> Choice:
    return Choice(NOT_KNOWN, exchange.label("asking.not_known"), {name: NOT_KNOWN})


# --- a month of the calendar ---------------------------------------------------------------------


def calendar_field(
    name: str,
    text: str,
    around: Sequence[int],
    check: Callable[[Exchange, Month], Wrong | None],
    more: Callable[[Exchange, Month], Values] = lambda exchange, month: {},
) -> Field:
    """A month of the calendar, kept as «YYYY-MM»; `around` are buttons, in months from today.

    `more` gives values that come with a month, named «<name>.…».
    """

    def kept(exchange: Exchange, month: Month) -> Values:
        return {name: str(month), **more(exchange, month)}

    def choice(exchange: Exchange, month: Month) -> Choice:
        return Choice(str(month), exchange.label("asking.calendar_month", month=month), kept(exchange, month))

    def ask(exchange: Exchange, values: Values) -> Question:
        return Question(exchange.say(text), [choice(exchange, exchange.month + away) for away in around], wide=3)

    def read(exchange: Exchange, values: Values, text: str) -> Reading:
        said = reading.calendar_month(text, exchange.message.today)
        if said is None:
            return None
        if said.year is not None:
            month = Month(said.year, said.month)
            return check(exchange, month) or Got(kept(exchange, month))
        near = [Month(exchange.month.year + years, said.month) for years in (-1, 0, 1)]
        possible = sorted(
            (each for each in near if check(exchange, each) is None), key=lambda each: abs(each - exchange.month)
        )[:2]
        choices = [choice(exchange, each) for each in sorted(possible)]
        return Wrong(exchange.say("asking.which_calendar_year", month=said.month), choices)

    return Field(name, ask, read, "asking.example_calendar_month")


def month_of(values: Values, name: str) -> Month:
    """The month a calendar field holds."""
    return Month.parse(str(values[name]))
