"""«Đã từng đóng bắt buộc»: whether the old months count, and which way of the law leads to a pension."""

from __future__ import annotations

from handlers.calculators import fields
from handlers.calculators.fields import MonthsPaid, yes_no_field
from handlers.calculators.prices import first_to_pay
from handlers.calculators.result import AGAIN, DETAILS, Offer, Result, calculator, opens, papers
from handlers.dialogue.context import Context
from handlers.dialogue.form import Wrong
from handlers.dialogue.turn import Reply, Text
from handlers.dialogue.values import Values
from handlers.reading import Facts
from law.base.estimate import Estimate
from law.pension.former_worker import former_worker

_ENTRY = "mixed_compulsory_voluntary"
_NOT_LIGHTLY = Offer("former_worker.not_lightly", "withdraw")


def _check_voluntary(context: Context, values: Values, months: int) -> Wrong | None:
    return fields.impossible(context, values, values.whole("firm") + months)


def _found(context: Context, values: Values) -> Estimate:
    return former_worker(
        context.law,
        context.month,
        values.text("sex"),
        fields.birth(values),
        values.whole("firm"),
        values.whole("own"),
        first_to_pay(context),
    )


def _result(context: Context, values: Values) -> Result:
    found = _found(context, values)
    said = context.say(
        "former_worker.result",
        **found.figures,
        withdrawn=values["gone"],
        firm=values.whole("firm"),
        own=values.whole("own"),
        today=context.month,
        warnings=[context.texts.note(warning) for warning in found.warnings],
        **context.quote("reference_level"),
    )
    withdraw = (_NOT_LIGHTLY,) if found.figures["months"] else ()
    goes_on = found.figures["way"] == "voluntary"
    way = opens("contribution.opens", "contribution") if goes_on else opens("pension.opens", "pension")
    return Result(said, (found,), (DETAILS, *withdraw, way, papers(_ENTRY), AGAIN))


def _not_lightly(context: Context, values: Values) -> tuple[Reply, ...]:
    """What a withdrawal would cost this person, as facts."""
    said = context.say(
        "former_worker.withdrawing",
        **_found(context, values).figures,
        **context.quote("withdraw_before_2014", "withdraw_from_2014", "withdraw_decide_days", "pension_min_years"),
    )
    return (Text(said),)


def _was_employed(facts: Facts) -> bool:
    """How long was paid as an employee."""
    return bool(facts.firm)


FORM = calculator(
    "former_worker",
    "tungdong",
    (
        yes_no_field(
            "gone",
            "former_worker.ask_withdrawn",
            yes="former_worker.withdrawn",
            no="former_worker.not_withdrawn",
            assume=fields.assumed(gone=False),
        ),
        fields.SEX,
        fields.BORN,
        fields.MONTH,
        MonthsPaid(
            "firm", "former_worker.ask_compulsory", (12, 60, 120, 180), fields.impossible, fact=("firm",)
        ).field(),
        MonthsPaid(
            "own",
            "former_worker.ask_voluntary",
            (0, 12, 36, 60),
            _check_voluntary,
            fact=("own",),
            assume=fields.assumed(own=0),
        ).field(),
    ),
    _result,
    {_NOT_LIGHTLY: _not_lightly},
    entry=_ENTRY,
    told_by=_was_employed,
    formerly=("former",),
)
