"""Until when somebody goes on paying: up to the age, where they do not say after how many years they will stop."""

from __future__ import annotations

from handlers import reading
from handlers.calculators import history
from handlers.calculators.at_a_glance import LONGER
from handlers.calculators.fields import assumed
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading
from handlers.dialogue.values import Values
from law.pension.history import count_months
from law.pension.rate import minimum_months

_TO_THE_AGE = 0


def total_wished(values: Values) -> int | None:
    """The months after which paying ends; None where it ends with the age."""
    return values.whole("total", _TO_THE_AGE) or None


def _paid(values: Values) -> int:
    return values.whole("paid") if isinstance(values.get("paid"), int) else count_months(history.periods(values))


def _ask(context: Context, values: Values) -> Question:
    totals = [each for each in (minimum_months(context.law, context.month), LONGER) if each > _paid(values)]
    choices = [Choice(str(each), context.label("pension.total", months=each), {"total": each}) for each in totals]
    choices.insert(0, Choice("age", context.label("pension.to_the_age"), {"total": _TO_THE_AGE}))
    return Question(context.say("pension.ask_total"), choices)


def _read(context: Context, values: Values, text: str) -> Reading:
    months = reading.duration_months(text)
    enough = months is not None and months >= minimum_months(context.law, context.month) and months > _paid(values)
    return Got({"total": months}) if enough else None


def _words(facts: reading.Facts) -> str | None:
    return None if facts.total is None else f"{facts.total} tháng"


def _learnt(values: Values) -> reading.Facts:
    """A plan that was tried says nothing of the person."""
    return reading.Facts()


def _said(context: Context, values: Values) -> str:
    return context.label("pension.said_total", months=values["total"])


UNTIL_WHEN = Field(
    "total",
    _ask,
    _read,
    "pension.example_total",
    fact=Fact(("total",), _words, _learnt, _said),
    assume=assumed(total=_TO_THE_AGE),
    unasked=True,
)
