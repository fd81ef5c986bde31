"""The estimates behind «Tính lương hưu»: one for each birth to reckon with, and why there may be none."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.calculators import fields, history
from handlers.calculators.priced import groups_of
from handlers.calculators.prices import first_to_pay
from handlers.calculators.until_when import total_wished
from handlers.dialogue.context import Context
from handlers.dialogue.form import Wrong
from handlers.dialogue.texts import OneOf
from handlers.dialogue.values import Values
from law.base.estimate import Estimate, Refusal
from law.base.month import Month
from law.paying.contribution import income_bounds
from law.pension.forecast import forecast
from law.pension.history import Period
from law.pension.plan import plan
from law.pension.rate import minimum_months
from law.pension.retirement import retirement

_REFUSED = OneOf(
    "pension.refused_{}",
    (
        "born_in_future",
        "too_old",
        "too_young",
        "more_months_than_possible",
        "income_out_of_range",
        "period_in_future",
    ),
)
_REFUSED_HISTORY = OneOf(
    "history.refused_{}",
    (
        "period_in_future",
        "periods_overlap",
        "both_kinds_in_one_month",
        "more_months_than_possible",
        "period_before_joining_age",
        "coefficient_unknown",
    ),
)
PERIODS = "periods"
"""What was paid so far, of who tells it by periods and not by a length of time."""


def tells_periods(context: Context, values: Values) -> bool:
    """Whether what was paid is told by periods."""
    return values.get("paid") == PERIODS


def births(values: Values) -> tuple[Month | int, ...]:
    """The birth to reckon with: a month; the year alone where no paper has one; both ends where it is not known."""
    year, month = values.whole("born"), values.get("month")
    if isinstance(month, int):
        return (Month(year, month),)
    return (year,) if month == fields.NO_PAPER else (Month(year, 1), Month(year, 12))


def last_told(context: Context, values: Values) -> Month | None:
    """The month paid last, of who stopped or has paid ahead; None where it is not told or does not matter."""
    told = values.get("last")
    return None if told is None or told == fields.NOT_KNOWN else values.month("last")


def estimates(context: Context, values: Values, total: int | None = None) -> tuple[Estimate, ...] | Refusal:
    """For each birth to reckon with: the plan over the periods told, or the forecast over the length of time.

    `total`: the months after which paying on ends, where it is not as was told.
    """
    found: list[Estimate] = []
    total = total_wished(values) if total is None else total
    law, month, sex, income = context.law, context.month, values.text("sex"), values.whole("income")
    groups, top_up = groups_of(values), context.resources.manner.local_top_up
    for born in births(values):
        if tells_periods(context, values):
            told = history.periods(values)
            first = first_to_pay(context, max(each.last for each in told))
            estimate = plan(
                law, month, sex, born, told, income, groups, local_top_up=top_up, first=first, total_months=total
            )
        else:
            paid, last = values.whole("paid"), last_told(context, values)
            ahead = 0 if last is None else max(0, last - month)
            estimate = forecast(
                law,
                month,
                sex,
                born,
                paid + ahead,
                income,
                groups,
                local_top_up=top_up,
                past_income=fields.past_income(context, values),
                voluntary_months=values.whole("vol", paid) + ahead,
                first=first_to_pay(context, last),
                last_paid=last,
                total_months=total,
            )
        if isinstance(estimate, Refusal):
            return estimate
        found.append(estimate)
    return tuple(found)


def could_draw(context: Context, values: Values, paid: int) -> bool:
    """Whether somebody, born as late as can be, has the age and the months."""
    reached = retirement(context.law, values.text("sex"), births(values)[-1]).month("reached")
    return reached < context.month and paid >= minimum_months(context.law, context.month + 1)


def impossible(context: Context, values: Values, born: Month | int, paid: int) -> Wrong | None:
    """A birth or a span that no one can have: named, with what to change."""
    tried = forecast(context.law, context.month, values.text("sex"), born, paid, lowest_level(context))
    if isinstance(tried, Estimate):
        return None
    return Wrong(why_not(context, tried))


def impossible_history(context: Context, values: Values, periods: Sequence[Period]) -> Wrong | None:
    """Periods that no one born then can have paid: named, with what to change."""
    tried = plan(context.law, context.month, values.text("sex"), births(values)[-1], periods, lowest_level(context))
    if isinstance(tried, Estimate):
        return None
    return Wrong(why_not(context, tried))


def why_not(context: Context, refused: Refusal) -> str:
    """Why not, and what to change: in the history where that is wrong, else in what is known of the person."""
    if refused.calculation == "plan" and refused.reason in _REFUSED_HISTORY:
        last = refused.figures.get("last")
        return context.say(
            _REFUSED_HISTORY[refused.reason], **refused.figures, after=last + 1 if isinstance(last, Month) else None
        )
    return context.say(_REFUSED[refused.reason], **refused.figures)


def lowest_level(context: Context) -> int:
    """The lowest income level of the month, in dong."""
    return income_bounds(context.law, context.month).whole("minimum")
