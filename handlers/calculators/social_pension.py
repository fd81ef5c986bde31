"""«Trợ cấp hưu trí xã hội»: birth, what is drawn already, the household → whether and from when."""

from __future__ import annotations

from handlers import reading
from handlers.calculators import fields
from handlers.calculators.fields import NO_PAPER, yes_no_field
from handlers.calculators.reasons import explained, with_freshness
from handlers.dialogue.context import ANSWER, Context, in_rows
from handlers.dialogue.form import Choice, Field, Finished, Form, Got, Question, Reading, Values, form_data
from handlers.dialogue.records import Estimated
from handlers.dialogue.state import FormState
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Button, Text, Turn
from law.base.estimate import Estimate
from law.base.month import Month
from law.benefits.social_pension import social_pension

NAME = "social_pension"
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


def _check(context: Context, values: Values) -> Estimate:
    born = fields.birth(values)
    month = Month(born, 1) if isinstance(born, int) else born
    level = _level(context)
    benefit = {_NONE: 0, _SMALLER: level - 1, _ENOUGH: level}[str(values["drawn"])]
    return social_pension(context.law, context.month, month, bool(values.get("poor", False)), benefit)


def _finish(context: Context, ended: FormState) -> Finished:
    values = ended.values
    found = _check(context, values)
    said = context.say(
        "social_pension.result",
        **found.figures,
        poor=values.get("poor", False),
        no_paper=values["month"] == NO_PAPER,
        **context.quote("social_pension_age", "social_pension_age_poor", "social_pension_decide_days"),
    )
    buttons = (
        Button(context.label("form.details"), form_data(ended, "details")),
        context.button("fields.papers", ANSWER, NAME),
        Button(context.label("form.again"), form_data(ended, "again")),
    )
    return Finished((Text(with_freshness(context, said, found), in_rows(buttons)),), (Estimated(NAME),))


def _details(context: Context, result: FormState) -> Turn:
    return Turn((Text(explained(context, _check(context, result.values))),), context.memory.state)


FORM = Form(
    NAME,
    "hutrixahoi",
    (
        fields.BORN,
        fields.MONTH,
        Field("drawn", _ask_drawn, _read_drawn, "social_pension.example_drawn"),
        yes_no_field("poor", "social_pension.ask_poor", wanted=lambda values: values.get("drawn") != _ENOUGH),
    ),
    _finish,
    {"details": _details},
    formerly=("social",),
)
