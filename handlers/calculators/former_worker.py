"""«Đã từng đóng bắt buộc»: whether the old months count, and which way of the law leads to a pension."""

from __future__ import annotations

import dataclasses

from handlers.calculators import fields
from handlers.calculators.fields import MonthsPaid, yes_no_field
from handlers.calculators.household import GROUP
from handlers.calculators.priced import counting_group, groups_of
from handlers.calculators.prices import first_to_pay, monthly, prices
from handlers.calculators.reasons import GROUP_SAID, warned
from handlers.calculators.result import AGAIN, DETAILS, Offer, Result, calculator, opens, papers
from handlers.dialogue.context import Context
from handlers.dialogue.form import Wrong
from handlers.dialogue.turn import Reply, Text
from handlers.dialogue.values import Values
from handlers.reading import Facts
from law.base.estimate import Estimate
from law.paying.contribution import income_bounds
from law.pension.forecast import forecast
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


def _short(context: Context, values: Values) -> bool:
    """Whether months are to be paid voluntarily: what they cost and what the earlier ones were paid on matters."""
    return "own" in values and _found(context, values).figures["way"] == "voluntary"


def _short_of_something(context: Context, values: Values) -> bool:
    return _short(context, values) and bool(values.whole("firm") + values.whole("own"))


def _finishing(context: Context, values: Values) -> Estimate | None:
    """The smallest decision there is: only the missing months, on the lowest income; None where nothing is missing."""
    if not _short(context, values):
        return None
    firm, own, first = values.whole("firm"), values.whole("own"), first_to_pay(context)
    past = None
    if firm + own:
        known = values.get("past", fields.NOT_KNOWN) != fields.NOT_KNOWN
        past = values.whole("past") if known else fields.lowest_past(context, firm + own)
    lowest = income_bounds(context.law, context.month).whole("minimum")
    found = forecast(
        context.law,
        context.month,
        values.text("sex"),
        fields.birth(values),
        firm + own,
        lowest,
        groups_of(values),
        local_top_up=context.resources.manner.local_top_up,
        past_income=past,
        voluntary_months=own,
        first=first,
        only_minimum=True,
    )
    assert isinstance(found, Estimate), "who was asked how long they paid can have paid so long"
    return found


def _told(context: Context, values: Values, finishing: Estimate) -> str:
    """What that costs, and the pension it brings."""
    groups, used = groups_of(values), finishing.whole("supported_months_used")
    first, months = finishing.month("first_month"), finishing.whole("months_to_pay")
    costs = prices(context, first, months, finishing.whole("income"), groups, used)
    assert costs is not None, "months that are missing cost something"
    paid = finishing.whole("stop_now_months")
    not_known = paid and values.get("past", fields.NOT_KNOWN) == fields.NOT_KNOWN
    return context.say(
        "former_worker.finishing",
        **finishing.figures,
        level=costs.lasting.income,
        price=monthly(context, costs),
        who=context.label(GROUP_SAID[counting_group(context, values)]),
        lowest_past=fields.lowest_past(context, paid) if not_known else None,
    )


def _result(context: Context, values: Values) -> Result:
    found, finishing = _found(context, values), _finishing(context, values)
    said = context.say(
        "former_worker.result",
        **found.figures,
        withdrawn=values["gone"],
        firm=values.whole("firm"),
        own=values.whole("own"),
        today=context.month,
        finishing=_told(context, values, finishing) if finishing else "",
        warnings=warned(context, found),
        **context.quote("reference_level"),
    )
    withdraw = (_NOT_LIGHTLY,) if found.figures["months"] else ()
    goes_on = found.figures["way"] == "voluntary"
    ways = [opens("pension.opens", "pension")]
    if goes_on:
        ways.append(opens("contribution.opens", "contribution"))
    estimates = (found,) if finishing is None else (found, finishing)
    return Result(said, estimates, (DETAILS, *withdraw, *ways, papers(_ENTRY), AGAIN))


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
        fields.income_field(
            "past", "fields.ask_past", _short_of_something, ("wage", "past"), fields.assumed(past=fields.NOT_KNOWN)
        ),
        dataclasses.replace(GROUP, wanted=_short),
    ),
    _result,
    {_NOT_LIGHTLY: _not_lightly},
    entry=_ENTRY,
    told_by=_was_employed,
    formerly=("former",),
)
