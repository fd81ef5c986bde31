"""«Trợ cấp hưu trí xã hội»: birth, what is drawn already, the household → whether and from when."""

from __future__ import annotations

import re

from handlers import reading
from handlers.calculators import fields
from handlers.calculators.fields import NO_PAPER, yes_no_field
from handlers.calculators.result import AGAIN, DETAILS, Result, calculator, papers
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Field, Got, Question, Reading
from handlers.dialogue.texts import OneOf
from handlers.dialogue.values import Values
from handlers.reading import Facts
from law.base.month import Month
from law.benefits.social_pension import social_pension
from law.pension.retirement import birth_month
from vietnamese.normalize import fold, normalize

_ENTRY = "social_pension"
_NONE, _SMALLER, _ENOUGH = "none", "smaller", "enough"
_DRAWN = OneOf("social_pension.drawn_{}", (_NONE, _SMALLER, _ENOUGH))


def _level(context: Context) -> int:
    return context.law.on(context.month).value("social_pension_amount").whole()


def _ask_drawn(context: Context, values: Values) -> Question:
    choices = [
        Choice(drawn, context.label(name, level=_level(context)), {"drawn": drawn}) for drawn, name in _DRAWN.items()
    ]
    return Question(context.say("social_pension.ask_drawn"), choices, wide=1)


def _read_drawn(context: Context, values: Values, text: str) -> Reading:
    if reading.yes_no(text) is False:
        return Got({"drawn": _NONE})
    amount = reading.money(text)
    if amount is None:
        return None
    drawn = _ENOUGH if amount >= _level(context) else _SMALLER
    return Got({"drawn": drawn if amount else _NONE}, context.say("fields.read_amount", amount=amount))


def _not_enough(context: Context, values: Values) -> bool:
    """Whether what is drawn already leaves room for it: only then does the household matter."""
    return values.get("drawn") != _ENOUGH


def _result(context: Context, values: Values) -> Result:
    level = _level(context)
    benefit = {_NONE: 0, _SMALLER: level - 1, _ENOUGH: level}[values.text("drawn")]
    born, poor = birth_month(fields.birth(values)), values.yes("poor")
    found = social_pension(context.law, context.month, born, poor, benefit)
    said = context.say(
        "social_pension.result",
        **found.figures,
        poor=poor,
        old_enough_if_poor=found.month("age_from_poor") <= context.month,
        no_paper=values["month"] == NO_PAPER,
        **context.quote("social_pension_age", "social_pension_age_poor", "social_pension_decide_days"),
    )
    return Result(said, (found,), (DETAILS, papers(_ENTRY), AGAIN))


def _asks_of_a_household(context: Context) -> bool:
    """«hộ nghèo thì mấy tuổi đã được»: of no one in particular, whoever was talked of before."""
    told = reading.stated(context.message.text, context.message.today).facts
    asks = _WHICH_AGE.search(fold(normalize(context.message.text))) is not None
    return asks and told.groups is not None and told.birth is None and told.whom is None


_WHICH_AGE = re.compile(r"\b(?:may|bao nhieu|bn) tuoi\b")


def _of_a_household(context: Context, facts: Facts) -> str:
    """From which age, where only the household is told."""
    if facts.groups is None or facts.drawing:
        return ""
    return context.say(
        "social_pension.decided_household",
        poor=bool({"poor", "near_poor"} & {*facts.groups}),
        **context.quote("social_pension_age", "social_pension_age_poor", "social_pension_amount"),
    )


def _decided(context: Context, facts: Facts) -> str:
    """Whether the age is reached, by the birth and the household as far as they are told; not beside a pension."""
    if facts.birth is None or _asks_of_a_household(context):
        return _of_a_household(context, facts)
    if facts.drawing:
        return context.say("social_pension.decided_pensioner", **context.quote("social_pension_amount"))
    poor = None if facts.groups is None else bool({"poor", "near_poor"} & {*facts.groups})
    exact = facts.birth.month is not None and not facts.birth.approximate
    found = social_pension(context.law, context.month, Month(facts.birth.year, facts.birth.month or 1), bool(poor), 0)
    return context.say(
        "social_pension.decided",
        **found.figures,
        year=facts.birth.year,
        poor=poor,
        exact=exact,
        reached=found.month("age_from") <= context.month,
        reached_if_poor=found.month("age_from_poor") <= context.month,
        from_month=found.month("age_from"),
        **context.quote("social_pension_age", "social_pension_age_poor", "social_pension_amount"),
    )


FORM = calculator(
    "social_pension",
    "hutrixahoi",
    (
        fields.BORN,
        fields.MONTH,
        Field("drawn", _ask_drawn, _read_drawn, "social_pension.example_drawn"),
        yes_no_field("poor", "social_pension.ask_poor", _not_enough, fact=fields.in_poor_household("poor")),
    ),
    _result,
    entry=_ENTRY,
    decides=_decided,
    formerly=("social",),
)
