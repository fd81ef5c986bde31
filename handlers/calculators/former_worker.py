"""«Đã từng đóng bắt buộc»: whether the old months count, and which way of the law leads to a pension."""

from __future__ import annotations

from handlers.answers.ask import ANSWER
from handlers.calculators import fields
from handlers.calculators.fields import span_field, whole, yes_no_field
from handlers.calculators.reasons import explained, with_freshness
from handlers.dialogue.context import Exchange, in_rows
from handlers.dialogue.form import Finished, Form, Values, Wrong, form_data
from handlers.dialogue.records import Estimated
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Button, Text, Turn
from law.base.estimate import Estimate
from law.pension.former_worker import former_worker

NAME = "former"
_ENTRY = "mixed_compulsory_voluntary"


def _check_voluntary(exchange: Exchange, values: Values, months: int) -> Wrong | None:
    return fields.impossible(exchange, values, whole(values, "firm") + months)


def _found(exchange: Exchange, values: Values) -> Estimate:
    return former_worker(
        exchange.law,
        exchange.month,
        str(values["sex"]),
        fields.birth(values),
        whole(values, "firm"),
        whole(values, "own"),
    )


def _finish(exchange: Exchange, ended: FormState) -> Finished:
    values = ended.values
    found = _found(exchange, values)
    said = exchange.say(
        "former_worker.result",
        **found.figures,
        withdrawn=values["gone"],
        firm=whole(values, "firm"),
        own=whole(values, "own"),
        today=exchange.month,
        warnings=[exchange.texts.note(warning) for warning in found.warnings],
        **exchange.quote("reference_level"),
    )
    opened = "contribution" if found.figures["way"] == "voluntary" else "pension"
    withdraw = Button(exchange.label("former_worker.not_lightly"), form_data(ended, "withdraw"))
    buttons = (
        Button(exchange.label("form.details"), form_data(ended, "details")),
        *((withdraw,) if found.figures["months"] else ()),
        exchange.button(f"former_worker.to_{opened}", "open", opened),
        exchange.button("asking.papers", ANSWER, _ENTRY),
        Button(exchange.label("form.again"), form_data(ended, "again")),
    )
    return Finished((Text(with_freshness(exchange, said, found), in_rows(buttons)),), (Estimated(NAME),))


def _details(exchange: Exchange, result: FormState) -> Turn:
    return Turn((Text(explained(exchange, _found(exchange, result.values))),), exchange.memory.state)


def _not_lightly(exchange: Exchange, result: FormState) -> Turn:
    """What a withdrawal would cost this person, as facts."""
    found = _found(exchange, result.values)
    said = exchange.say(
        "former_worker.withdrawing",
        **found.figures,
        **exchange.quote("withdraw_before_2014", "withdraw_from_2014", "withdraw_decide_days", "pension_min_years"),
    )
    return Turn((Text(said),), exchange.memory.state)


FORM = Form(
    NAME,
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
)
