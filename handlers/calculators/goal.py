"""«Muốn lương hưu bao nhiêu?»: from the pension wanted back to the income to choose and what it costs."""

from __future__ import annotations

from handlers import reading
from handlers.calculators import fields
from handlers.calculators.contribution import GROUP, groups_of
from handlers.calculators.reasons import explained, with_freshness
from handlers.dialogue.context import Exchange
from handlers.dialogue.form import Choice, Field, Finished, Form, Got, Question, Reading, Values, Wrong, form_data
from handlers.dialogue.records import Estimated
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Button, Text, Turn
from law.base.estimate import Estimate, Outcome, Refusal
from law.pension.goal import goal

NAME = "goal"
_PAID = (0, 12, 60, 120)
_WANTED = tuple(millions * 1_000_000 for millions in (1, 2, 3, 5))


# --- what is asked -------------------------------------------------------------------------------


def _ask_voluntary(exchange: Exchange, values: Values) -> Question:
    paid = fields.whole(values, "paid")
    choices = [
        Choice("all", exchange.label("goal.all_voluntary"), {"vol": paid}),
        Choice("none", exchange.label("goal.none_voluntary"), {"vol": 0}),
    ]
    return Question(exchange.say("goal.ask_voluntary", paid=paid), choices)


def _read_voluntary(exchange: Exchange, values: Values, text: str) -> Reading:
    paid, months = fields.whole(values, "paid"), reading.duration_months(text)
    if months is None:
        return None
    return Got({"vol": months}) if months <= paid else Wrong(exchange.say("goal.too_much_voluntary", paid=paid))


def _ask_wanted(exchange: Exchange, values: Values) -> Question:
    choices = [_choice(exchange, each) for each in _WANTED if _out_of_reach(exchange, values, each) is None]
    return Question(exchange.say("goal.ask_wanted"), choices)


def _read_wanted(exchange: Exchange, values: Values, text: str) -> Reading:
    wanted = reading.money(text)
    if not wanted:
        return None
    refused = _out_of_reach(exchange, values, wanted)
    if refused is not None:
        nearest = refused.figures["nearest_pension"]
        assert isinstance(nearest, int)
        return Wrong(_refused(exchange, refused), (_choice(exchange, nearest),))
    return Got({"wanted": wanted}, exchange.say("goal.read_wanted", amount=wanted))


def _choice(exchange: Exchange, wanted: int) -> Choice:
    return Choice(str(wanted), exchange.label("goal.sum", amount=wanted), {"wanted": wanted})


def _out_of_reach(exchange: Exchange, values: Values, wanted: int) -> Refusal | None:
    """Why no income brings that much, with the nearest there is; None where one does."""
    found = _outcome(exchange, {**values, "wanted": wanted})
    return found if isinstance(found, Refusal) and found.reason == "pension_out_of_reach" else None


# --- what comes of it ----------------------------------------------------------------------------


def _outcome(exchange: Exchange, values: Values) -> Outcome:
    return goal(
        exchange.law,
        exchange.month,
        str(values["sex"]),
        fields.birth(values),
        fields.whole(values, "paid"),
        fields.whole(values, "wanted"),
        groups_of(values),
        exchange.resources.manner.local_top_up,
        fields.income(exchange, values, "past") if values["paid"] else None,
        fields.whole(values, "vol") if values["paid"] else 0,
    )


def _finish(exchange: Exchange, ended: FormState) -> Finished:
    found = _outcome(exchange, ended.values)
    again = Button(exchange.label("form.again"), form_data(ended, "again"))
    if isinstance(found, Refusal):
        return Finished((Text(_refused(exchange, found), ((again,),)),))
    details = Button(exchange.label("form.details"), form_data(ended, "details"))
    said = with_freshness(exchange, _result(exchange, ended.values, found), found)
    return Finished((Text(said, ((details, again),)),), (Estimated(NAME),))


def _result(exchange: Exchange, values: Values, found: Estimate) -> str:
    return exchange.say(
        "goal.result",
        **found.figures,
        past_not_known=values.get("past") == fields.NOT_KNOWN,
        past=fields.income(exchange, values, "past") if values["paid"] else None,
        warnings=[exchange.texts.note(warning) for warning in found.warnings],
    )


def _refused(exchange: Exchange, found: Refusal) -> str:
    return exchange.say(f"goal.refused_{found.reason}", **found.figures)


def _details(exchange: Exchange, result: FormState) -> Turn:
    found = _outcome(exchange, result.values)
    said = explained(exchange, found) if isinstance(found, Estimate) else _refused(exchange, found)
    return Turn((Text(said),), exchange.memory.state)


FORM = Form(
    NAME,
    (
        fields.SEX,
        fields.BORN,
        fields.MONTH,
        fields.span_field("paid", "goal.ask_paid", _PAID, fields.impossible),
        fields.income_field("past", "goal.ask_past", wanted=lambda values: bool(values.get("paid"))),
        Field(
            "vol", _ask_voluntary, _read_voluntary, "goal.example_voluntary", lambda values: bool(values.get("paid"))
        ),
        GROUP,
        Field("wanted", _ask_wanted, _read_wanted, "goal.example_wanted"),
    ),
    _finish,
    {"details": _details},
)
