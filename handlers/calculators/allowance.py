"""«Trợ cấp hằng tháng»: of retirement age with too few years for a pension → how much a month, and how long."""

from __future__ import annotations

from handlers.calculators import fields
from handlers.calculators.fields import NOT_KNOWN, income, income_field, span_field, whole, yes_no_field
from handlers.calculators.reasons import explained, with_freshness
from handlers.dialogue.context import ANSWER, Context, in_rows
from handlers.dialogue.form import OPEN, Finished, Form, Values, form_data
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


def _from(context: Context, values: Values) -> tuple[Estimate, Month]:
    """The retirement, and the month the allowance can be asked for: this one, or the one after the age is reached."""
    age = retirement(context.law, str(values["sex"]), fields.birth(values))
    return age, max(context.month, age.month("pension_from"))


def _allowance(context: Context, values: Values) -> tuple[Estimate, Month]:
    """The allowance, and the month from which the social pension takes its place."""
    _, month = _from(context, values)
    social = social_pension(context.law, month, _born(values), bool(values.get("poor", False)))
    until = social.month("age_from")
    average, paid = income(context, values, "average") if "average" in values else 0, whole(values, "paid")
    return monthly_allowance(context.law, month, average, paid, max(0, until - month)), until


def _counts(context: Context, values: Values, months: int) -> Values:
    """Whether the months are enough for the allowance, and too few for a pension: only then is there more to ask."""
    _, month = _from(context, values)
    least = context.law.on(month).value("allowance_min_months").whole()
    return {"paid.counts": least <= months < minimum_months(context.law, month)}


def _open(values: Values) -> bool:
    return values.get("paid.counts") is True


def _finish(context: Context, ended: FormState) -> Finished:
    values = ended.values
    age, month = _from(context, values)
    found, until = _allowance(context, values)
    paid, minimum = whole(values, "paid"), minimum_months(context.law, month)
    law = context.law.on(month)
    few = law.value("missing_compulsory_max_months").whole()
    said = context.say(
        "allowance.result",
        **{**found.figures, **age.figures},
        paid=paid,
        missing=max(0, minimum - paid),
        minimum=minimum,
        least=law.value("allowance_min_months").whole(),
        few=few,
        at_once=law.value("missing_time_max_months").whole(),
        asked_in=month,
        later=month > context.month,
        until=until,
        to_age=max(0, age.month("reached") - context.month),
        lasts=min(found.whole("months"), max(0, until - month)),
        example=income(context, values, "average") if values.get("average") == NOT_KNOWN else None,
        **context.quote("allowance_decide_days", "social_pension_amount"),
    )
    social = found.figures["reason"] == "social_pension_already"
    opened, label = ("social_pension", "allowance.to_social_pension") if social else ("pension", "pension.opens")
    buttons = (
        Button(context.label("form.details"), form_data(ended, "details")),
        context.button("fields.papers", ANSWER, _ENTRY),
        context.button(label, OPEN, opened),
        Button(context.label("form.again"), form_data(ended, "again")),
    )
    return Finished((Text(with_freshness(context, said, found, age), in_rows(buttons)),), (Estimated(NAME),))


def _details(context: Context, result: FormState) -> Turn:
    found, _ = _allowance(context, result.values)
    return Turn((Text(explained(context, found)),), context.memory.state)


FORM = Form(
    NAME,
    "trocap",
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
