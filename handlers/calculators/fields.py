"""Fields that several forms ask: sex, birth, a month of the calendar, a length of time, an amount, yes or no."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers import reading
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wanted, Wrong, always, not_assumed
from handlers.dialogue.person import facts_of
from handlers.dialogue.state import FieldValue
from handlers.dialogue.texts import OneOf
from handlers.dialogue.values import Given, Values
from law.base.estimate import Refusal
from law.base.ground import Grounded, grounds_of
from law.base.month import Month
from law.paying.contribution import floor_average, income_bounds
from law.pension.forecast import forecast
from law.pension.retirement import SEXES
from vietnamese.wording import money

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
    told = month_told(context, values, text)
    return told or (Wrong(context.say("fields.month_needed")) if reading.is_not_known(text) else None)


def month_told(context: Context, values: Values, text: str) -> Got | None:
    """The month of birth as it is answered: by itself, in a date, or that no paper tells it; None of another text."""
    month = reading.month_of_year(text)
    if month is not None:
        return Got({"month": month})
    born = reading.birth(text, context.message.today)
    if born is not None and born.month is not None and not born.approximate:
        return Got({"born": born.year, "month": born.month})
    if reading.is_no_paper(text):
        return Got({"month": NO_PAPER})
    month = month_of_date(context, values, text)
    return None if month is None else Got({"month": month})


_SEX_WORDS = {"male": "nam", "female": "nữ"}


def _sex_words(facts: reading.Facts) -> str | None:
    return None if facts.sex is None else _SEX_WORDS[facts.sex]


def _sex_learnt(values: Values) -> reading.Facts:
    return reading.Facts(sex="female" if values["sex"] == "female" else "male")


def _sex_said(context: Context, values: Values) -> str:
    return context.label("fields.said_sex", sex=values["sex"])


def _birth_words(facts: reading.Facts) -> str | None:
    """A date as it is typed; where only the age was told, about which year."""
    birth = facts.birth
    if birth is None:
        return None
    if birth.approximate:
        return f"khoảng {birth.year}"
    return "/".join(str(part) for part in (birth.day, birth.month, birth.year) if part is not None)


def _birth_learnt(values: Values) -> reading.Facts:
    month = values.get("month")
    return reading.Facts(birth=reading.Birth(values.whole("born"), month if isinstance(month, int) else None))


def _birth_said(context: Context, values: Values) -> str:
    month = values.get("month")
    return context.label("fields.said_birth", year=values["born"], month=month if isinstance(month, int) else None)


def _month_words(facts: reading.Facts) -> str | None:
    birth = facts.birth
    return None if birth is None or birth.month is None else f"tháng {birth.month}"


def _unsaid(context: Context, values: Values) -> str:
    """Of an answer that another field's words tell too."""
    return ""


SEX = Field("sex", _ask_sex, _read_sex, "fields.example_sex", fact=Fact(("sex",), _sex_words, _sex_learnt, _sex_said))
BORN = Field(
    "born",
    _ask_born,
    _read_born,
    "fields.example_born",
    fact=Fact(("birth",), _birth_words, _birth_learnt, _birth_said),
    resets=("month",),
)
_MONTH_FACT = Fact(("birth",), _month_words, _birth_learnt, _unsaid)
MONTH = Field("month", _ask_month, _read_month, "fields.example_month", fact=_MONTH_FACT)
"""The month of birth; `born` may have given it already."""


def birth(values: Values) -> Month | int:
    """The month of birth, or the year alone where no paper shows a month or none was told."""
    year = values.whole("born")
    return year if values["month"] in (NO_PAPER, NOT_KNOWN) else Month(year, values.whole("month"))


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


MonthsFact = Literal["paid", "own", "firm"]
_MONTHS_SAID = OneOf("fields.said_{}", ("paid", "own", "firm"))


OF_PAID = ("past", "vol")
"""What is asked about the months paid, and falls with them."""


def _paid_words(facts: reading.Facts) -> str | None:
    months = facts.paid
    if months is None and not facts.own is facts.firm is None:
        months = (facts.own or 0) + (facts.firm or 0)
    return None if months is None else f"{months} tháng"


def _paid_learnt(values: Values) -> reading.Facts:
    paid = values["paid"]
    return reading.Facts(paid=paid) if isinstance(paid, int) else reading.Facts()


def _paid_said(context: Context, values: Values) -> str:
    paid = values["paid"]
    return context.label(_MONTHS_SAID["paid"], months=paid) if isinstance(paid, int) else ""


MONTHS_PAID = Fact(("paid", "own", "firm"), _paid_words, _paid_learnt, _paid_said)
"""How long was paid in all, of both kinds."""


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
    fact: tuple[MonthsFact, ...] = ()
    """The facts that tell it: the first known of them, or all together where it is the sum of several."""
    assume: Callable[[Context, Values], Given | None] = not_assumed
    resets: tuple[str, ...] = ()

    def field(self) -> Field:
        """The field of a form."""
        fact = Fact(self.fact, self._words, self._learnt, self._said) if self.fact else None
        return Field(
            self.name, self._ask, self._read, "fields.example_span", self.wanted, fact, self.assume, self.resets
        )

    def _words(self, facts: reading.Facts) -> str | None:
        whole, *parts = self.fact
        told = [getattr(facts, name) for name in parts]
        months = getattr(facts, whole)
        if months is None and any(each is not None for each in told):
            months = sum(each or 0 for each in told)
        return None if months is None else f"{months} tháng"

    def _learnt(self, values: Values) -> reading.Facts:
        if values[self.name] == NOT_KNOWN:
            return reading.Facts()
        return facts_of({self.fact[0]: values.whole(self.name)})

    def _said(self, context: Context, values: Values) -> str:
        months = values[self.name]
        return "" if months == NOT_KNOWN else context.label(_MONTHS_SAID[self.fact[0]], months=months)

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


LevelFact = Literal["past", "wage"]
_LEVEL_SAID = OneOf("fields.said_{}", ("past", "wage"))


def income_field(
    name: str,
    text: str,
    wanted: Wanted,
    told: tuple[LevelFact, ...] = (),
    assume: Callable[[Context, Values], Given | None] = not_assumed,
) -> Field:
    """An average income in dong per month; or «không biết», when the lowest one is taken as an example.

    `told` are the facts that may tell it, the first known of them; what is answered is the first.
    """

    def words(facts: reading.Facts) -> str | None:
        known = (getattr(facts, each) for each in told)
        amount = next((each for each in known if each is not None), None)
        return None if amount is None else money(amount)

    def learnt(values: Values) -> reading.Facts:
        if values[name] == NOT_KNOWN:
            return reading.Facts()
        return facts_of({told[0]: values.whole(name)})

    def said(context: Context, values: Values) -> str:
        amount = values[name]
        return context.label(_LEVEL_SAID[told[0]], amount=None if amount == NOT_KNOWN else amount)

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

    fact = Fact(told, words, learnt, said) if told else None
    return Field(name, ask, read, "fields.example_income", wanted, fact, assume)


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
    fact: Fact | None = None,
    assume: Callable[[Context, Values], Given | None] = not_assumed,
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

    return Field(name, ask, read, "fields.example_yes_no", wanted, fact, assume)


def told_yes_or_no(told: bool | None) -> str | None:
    """A fact as the answer to such a question."""
    return None if told is None else "có" if told else "không"


def in_poor_household(name: str) -> Fact:
    """Whether the household is poor or near poor, as the answer to the question `name`."""

    def words(facts: reading.Facts) -> str | None:
        return None if facts.groups is None else told_yes_or_no(bool({"poor", "near_poor"} & {*facts.groups}))

    def learnt(values: Values) -> reading.Facts:
        """Which of the two is not told; who is in neither may still be of another group."""
        return reading.Facts()

    def said(context: Context, values: Values) -> str:
        return context.label("fields.said_poor", poor=values.yes(name))

    return Fact(("groups",), words, learnt, said)


def assumed(**values: FieldValue) -> Callable[[Context, Values], Given | None]:
    """What is taken where nothing was told."""

    def assume(context: Context, known: Values) -> Given | None:
        return values

    return assume


def _not_known(context: Context, name: str) -> Choice:
    return Choice(NOT_KNOWN, context.label("fields.not_known"), {name: NOT_KNOWN})


# --- a month of the calendar ---------------------------------------------------------------------


MonthFact = Literal["due", "died"]
_MONTH_SAID = OneOf("fields.said_{}", ("due", "died"))


def calendar_field(
    name: str, text: str, around: Sequence[int], check: Callable[[Context, Month], Wrong | None], told: MonthFact
) -> Field:
    """A month of the calendar, kept as «YYYY-MM»; `around` are buttons, in months from today; `told` is the fact."""

    def words(facts: reading.Facts) -> str | None:
        month: Month | None = getattr(facts, told)
        return None if month is None else f"{month.month}/{month.year}"

    def learnt(values: Values) -> reading.Facts:
        return facts_of({told: values.month(name)})

    def said(context: Context, values: Values) -> str:
        return context.label(_MONTH_SAID[told], month=values.month(name))

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

    return Field(name, ask, read, "fields.example_calendar_month", fact=Fact((told,), words, learnt, said))


# --- what was paid so far, where only its length is known ----------------------------------------


def _paid_before(context: Context, values: Values) -> bool:
    paid = values.get("paid")
    return isinstance(paid, int) and paid > 0


def _past_said(context: Context, values: Values) -> str:
    return context.label("fields.said_past", amount=past_income(context, values), known=values["past"] != NOT_KNOWN)


def past_income(context: Context, values: Values) -> int | None:
    """The average level of the months in `paid`; where it is not known, the lowest of those times; None of nothing."""
    if not _paid_before(context, values):
        return None
    if values.get("past", NOT_KNOWN) == NOT_KNOWN:
        stopped = values.get("last", NOT_KNOWN) != NOT_KNOWN
        return lowest_past(context, values.whole("paid"), values.month("last") if stopped else context.month)
    return values.whole("past")


def lowest_past(context: Context, months: int, last: Month | None = None) -> int:
    """The lowest incomes of `months` until the `last` one, or until now, on average, to a hundred thousand: taken where
    the level is not known.
    """
    until = context.month if last is None else min(last, context.month)
    average = floor_average(context.law, until, months)
    return Grounded(round(average, -5), grounds_of(average))


_PAST = income_field("past", "fields.ask_past", _paid_before, ("past", "wage"), assumed(past=NOT_KNOWN))
PAST = dataclasses.replace(_PAST, fact=_PAST.fact and dataclasses.replace(_PAST.fact, said=_past_said))
"""The average level of the months in `paid`, or «không biết»."""


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


def _voluntary_words(facts: reading.Facts) -> str | None:
    if facts.own is not None:
        return f"{facts.own} tháng"
    return None if facts.firm is None else f"bắt buộc {facts.firm} tháng"


def _voluntary_learnt(values: Values) -> reading.Facts:
    return reading.Facts(own=values.whole("vol"), firm=values.whole("paid") - values.whole("vol"))


def _voluntary_said(context: Context, values: Values) -> str:
    return context.label(_MONTHS_SAID["own"], months=values["vol"])


def _most_voluntary(context: Context, values: Values) -> Given:
    """As many as can have been: the fewer months of support are left, the more is reckoned to be paid."""
    first = min(int(year) for year in context.law.on(context.month).value("income_coefficients").table())
    return {"vol": min(values.whole("paid"), context.month - Month(first, 1) + 1)}


VOLUNTARY = Field(
    "vol",
    _ask_voluntary,
    _read_voluntary,
    "fields.example_voluntary",
    _paid_before,
    fact=Fact(("own", "firm"), _voluntary_words, _voluntary_learnt, _voluntary_said),
    assume=_most_voluntary,
)
"""How many of the months in `paid` were voluntary: the State may have supported those."""
