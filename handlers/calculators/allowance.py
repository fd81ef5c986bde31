"""«Trợ cấp hằng tháng»: of retirement age with too few years for a pension → how much a month, and how long."""

from __future__ import annotations

from handlers.answers.ask import ANSWER
from handlers.calculators import fields
from handlers.calculators.fields import NOT_KNOWN, income, income_field, span_field, whole, yes_no_field
from handlers.calculators.reasons import explained, with_freshness
from handlers.dialogue.context import Exchange, in_rows
from handlers.dialogue.form import Finished, Form, Values, form_data
from handlers.dialogue.records import Estimated
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Button, Text, Turn
from law.base.estimate import Estimate
from law.base.month import Month
from law.benefits.allowance import monthly_allowance
from law.benefits.social_pension import social_pension
from law.pension.rate import minimum_months
from law.pension.retirement import retirement

NAME = "allowance"
_ENTRY = "monthly_allowance_under_15y"


def _born(values: Values) -> Month:
    born = fields.birth(values)
    return Month(born, 1) if isinstance(born, int) else born


def _from(exchange: Exchange, values: Values) -> tuple[Estimate, Month]:
    """The retirement, and the month the allowance can be asked for: this one, or the one after the age is reached."""
    age = retirement(exchange.law, str(values["sex"]), fields.birth(values))
    return age, max(exchange.month, age.month("pension_from"))


def _allowance(exchange: Exchange, values: Values) -> tuple[Estimate, Month]:
    """The allowance, and the month from which the social pension takes its place."""
    _, month = _from(exchange, values)
    social = social_pension(exchange.law, month, _born(values), bool(values.get("poor", False)))
    until = social.month("age_from")
    average, paid = income(exchange, values, "average") if "average" in values else 0, whole(values, "paid")
    return monthly_allowance(exchange.law, month, average, paid, max(0, until - month)), until


def _counts(exchange: Exchange, values: Values, months: int) -> Values:
    """Whether the months are enough for the allowance, and too few for a pension: only then is there more to ask."""
    _, month = _from(exchange, values)
    least = exchange.law.on(month).value("allowance_min_months").whole()
    return {"paid.counts": least <= months < minimum_months(exchange.law, month)}


def _open(values: Values) -> bool:
    return values.get("paid.counts") is True


def _finish(exchange: Exchange, ended: FormState) -> Finished:
    values = ended.values
    age, month = _from(exchange, values)
    found, until = _allowance(exchange, values)
    paid, minimum = whole(values, "paid"), minimum_months(exchange.law, month)
    law = exchange.law.on(month)
    few = law.value("missing_compulsory_max_months").whole()
    said = exchange.say(
        "allowance.result",
        **{**found.figures, **age.figures},
        paid=paid,
        missing=max(0, minimum - paid),
        minimum=minimum,
        least=law.value("allowance_min_months").whole(),
        few=few,
        at_once=law.value("missing_time_max_months").whole(),
        asked_in=month,
        later=month > exchange.month,
        until=until,
        to_age=max(0, age.month("reached") - exchange.month),
        lasts=min(found.whole("months"), max(0, until - month)),
        example=income(exchange, values, "average") if values.get("average") == NOT_KNOWN else None,
        **exchange.quote("allowance_decide_days", "social_pension_amount"),
    )
    neighbour = "social" if found.figures["reason"] == "social_pension_already" else "pension"
    buttons = (
        Button(exchange.label("form.details"), form_data(ended, "details")),
        exchange.button("asking.papers", ANSWER, _ENTRY),
        exchange.button(f"allowance.to_{neighbour}", "open", neighbour),
        Button(exchange.label("form.again"), form_data(ended, "again")),
    )
    return Finished((Text(with_freshness(exchange, said, found, age), in_rows(buttons)),), (Estimated(NAME),))


def _details(exchange: Exchange, result: FormState) -> Turn:
    found, _ = _allowance(exchange, result.values)
    return Turn((Text(explained(exchange, found)),), exchange.memory.state)


FORM = Form(
    NAME,
    (
        fields.SEX,
        fields.BORN,
        fields.MONTH,
        span_field("paid", "allowance.ask_paid", (12, 60, 120), fields.impossible, more=_counts),
        yes_no_field("poor", "allowance.ask_poor", _open),
        income_field("average", "allowance.ask_average", _open),
    ),
    _finish,
    {"details": _details},
)
