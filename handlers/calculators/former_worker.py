"""«Đã từng đóng bắt buộc»: whether the old months count, and which way of the law leads to a pension."""

from __future__ import annotations

from handlers.calculators import fields
from handlers.calculators.fields import span_field, whole, yes_no_field
from handlers.calculators.reasons import explained, with_freshness
from handlers.dialogue.context import ANSWER, Context, in_rows
from handlers.dialogue.form import OPEN, Finished, Form, Values, Wrong, form_data
from handlers.dialogue.records import Estimated
from handlers.dialogue.state import FormState
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Button, Text, Turn
from law.base.estimate import Estimate
from law.pension.former_worker import former_worker

NAME = "former_worker"
_ENTRY = "mixed_compulsory_voluntary"
_OPENS = OneOf("{}.opens", ("contribution", "pension"))


def _check_voluntary(context: Context, values: Values, months: int) -> Wrong | None:
    return fields.impossible(context, values, whole(values, "firm") + months)


def _found(context: Context, values: Values) -> Estimate:
    return former_worker(
        context.law,
        context.month,
        str(values["sex"]),
        fields.birth(values),
        whole(values, "firm"),
        whole(values, "own"),
    )


def _finish(context: Context, ended: FormState) -> Finished:
    values = ended.values
    found = _found(context, values)
    said = context.say(
        "former_worker.result",
        **found.figures,
        withdrawn=values["gone"],
        firm=whole(values, "firm"),
        own=whole(values, "own"),
        today=context.month,
        warnings=[context.texts.note(warning) for warning in found.warnings],
        **context.quote("reference_level"),
    )
    opened = "contribution" if found.figures["way"] == "voluntary" else "pension"
    withdraw = Button(context.label("former_worker.not_lightly"), form_data(ended, "withdraw"))
    buttons = (
        Button(context.label("form.details"), form_data(ended, "details")),
        *((withdraw,) if found.figures["months"] else ()),
        context.button(_OPENS[opened], OPEN, opened),
        context.button("fields.papers", ANSWER, _ENTRY),
        Button(context.label("form.again"), form_data(ended, "again")),
    )
    return Finished((Text(with_freshness(context, said, found), in_rows(buttons)),), (Estimated(NAME),))


def _details(context: Context, result: FormState) -> Turn:
    return Turn((Text(explained(context, _found(context, result.values))),), context.memory.state)


def _not_lightly(context: Context, result: FormState) -> Turn:
    """What a withdrawal would cost this person, as facts."""
    found = _found(context, result.values)
    said = context.say(
        "former_worker.withdrawing",
        **found.figures,
        **context.quote("withdraw_before_2014", "withdraw_from_2014", "withdraw_decide_days", "pension_min_years"),
    )
    return Turn((Text(said),), context.memory.state)


FORM = Form(
    NAME,
    "tungdong",
    (
        yes_no_field(
            "gone",
            "former_worker.ask_withdrawn",
            yes="former_worker.withdrawn",
            no="former_worker.not_withdrawn",
        ),
        fields.SEX,
        fields.BORN,
        fields.MONTH,
        span_field("firm", "former_worker.ask_compulsory", (12, 60, 120, 180), fields.impossible),
        span_field("own", "former_worker.ask_voluntary", (0, 12, 36, 60), _check_voluntary),
    ),
    _finish,
    {"details": _details, "withdraw": _not_lightly},
    formerly=("former",),
)
