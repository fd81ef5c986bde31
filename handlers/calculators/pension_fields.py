"""What «Tính lương hưu» asks in its own way: birth, what was paid so far, and the month paid last."""

from __future__ import annotations

import dataclasses

from handlers import reading
from handlers.calculators import fields, history
from handlers.calculators.ages import months_told
from handlers.calculators.pension_estimates import (
    PERIODS,
    births,
    could_draw,
    estimates,
    impossible,
    impossible_history,
    lowest_level,
    why_not,
)
from handlers.dialogue import person
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wrong
from handlers.dialogue.values import Given, Values
from law.base.estimate import Refusal
from law.base.month import Month
from law.pension.retirement import retirement_range

_PAID = (0, 12, 60, 120)
_AHEAD = "last.ahead"
"""Whether the month paid last is one to come."""
_LONGEST_NUMBER = 3
"""Digits of a length of time."""


def read_born(context: Context, values: Values, text: str) -> Reading:
    born = fields.BORN.read(context, values, text)
    if not isinstance(born, Got):
        return born
    said = Values(born.values)
    return impossible(context, values, Month(said.whole("born"), said.whole("month", 1)), 0) or born


def ask_month(context: Context, values: Values) -> Question:
    span = retirement_range(context.law, values.text("sex"), values.whole("born"))
    said = context.say(
        "pension.ask_month",
        year=values["born"],
        earliest=span.month("earliest_pension_from"),
        latest=span.month("latest_pension_from"),
        past=span.month("latest_reached") < context.month,
        begun=span.month("earliest_pension_from") <= context.month,
    )
    months = [
        Choice(str(month), context.label("pension.month", month=month), {"month": month}) for month in range(1, 13)
    ]
    others = [
        Choice(fields.NO_PAPER, context.label("pension.no_paper"), {"month": fields.NO_PAPER}),
        Choice(fields.NOT_KNOWN, context.label("pension.not_known"), {"month": fields.NOT_KNOWN}),
    ]
    return Question(said, (*months, *others), wide=3)


def read_month(context: Context, values: Values, text: str) -> Reading:
    told = fields.month_told(context, values, text)
    return told or (Got({"month": fields.NOT_KNOWN}) if reading.is_not_known(text) else None)


def ask_paid(context: Context, values: Values) -> Question:
    choices = [Choice(str(months), context.label("pension.paid", months=months), {"paid": months}) for months in _PAID]
    choices.append(Choice(PERIODS, context.label("pension.tell_periods"), {"paid": PERIODS}))
    return Question(context.say("pension.ask_paid"), choices)


def paid_since(context: Context, values: Values) -> Given:
    """From the first month told to the last one, or to now; nothing of who told none."""
    paid = months_told(context, person.known(context.memory.state)) or 0
    return {"paid": paid if impossible(context, values, births(values)[0], paid) is None else 0}


def _dated_or_length(facts: reading.Facts) -> str | None:
    """One period told with its dates and its level, as it would be typed: the coefficients of its years matter."""
    told = [
        (months, level, kind)
        for months, level, kind in ((facts.firm, facts.wage, "bắt buộc"), (facts.own, facts.past, "tự nguyện"))
        if months
    ]
    first, last = facts.first, facts.stopped
    if len(told) == 1 and isinstance(first, Month) and last is not None:
        [(months, level, kind)] = told
        if level and months == last - first + 1 and facts.paid in (None, months):
            return f"{kind} {first.month}/{first.year} - {last.month}/{last.year} {level}đ"
    return fields.MONTHS_PAID.words(facts)


def _paid_said(context: Context, values: Values) -> str:
    paid = values["paid"]
    if paid == PERIODS:
        paid = sum(each.last - each.first + 1 for each in history.periods(values))
    return fields.MONTHS_PAID.said(context, values.but(paid=paid))


PAID = dataclasses.replace(fields.MONTHS_PAID, words=_dated_or_length, said=_paid_said)
"""How long was paid, or the one period of which the dates and the level are told."""


def read_paid(context: Context, values: Values, text: str) -> Reading:
    months = reading.duration_months(text)
    if months is None:
        if reading.is_not_known(text):
            return Wrong(context.say("pension.paid_not_known"))
        if not text.strip().isdecimal() or len(text.strip()) > _LONGEST_NUMBER:
            return _read_periods(context, values, text)
        return _years_or_months(context, values, int(text))
    return impossible(context, values, births(values)[0], months) or Got({"paid": months})


def _years_or_months(context: Context, values: Values, number: int) -> Reading:
    """«7» alone: which of the two is asked, where both can be."""
    born = births(values)[0]
    spans = ((number * 12, "pension.years"), (number, "pension.months"))
    possible = [(span, name) for span, name in spans if impossible(context, values, born, span) is None]
    if len(possible) < len(spans):
        return Got({"paid": possible[0][0]}) if possible else impossible(context, values, born, number)
    choices = [Choice(str(span), context.label(name, number=number), {"paid": span}) for span, name in possible]
    return Wrong(context.say("pension.years_or_months", number=number), choices)


def _read_periods(context: Context, values: Values, text: str) -> Reading:
    """A whole history instead of a length of time."""
    found = history.sentence(context, values, text, impossible_history)
    if isinstance(found, Wrong):
        offered = [dataclasses.replace(each, values={"paid": PERIODS, **each.values}) for each in found.choices]
        return dataclasses.replace(found, choices=offered)
    return Got({"paid": PERIODS, **found.values}) if isinstance(found, Got) else found


def _last_matters(context: Context, values: Values) -> bool:
    """Whether it is asked: of who has the age and the months, whose pension may have started; or of months ahead."""
    paid = values.get("paid")
    if not isinstance(paid, int) or not paid:
        return False
    return could_draw(context, values, paid) or person.known(context.memory.state).ahead_until is not None


def _ask_last(context: Context, values: Values) -> Question:
    choices = (
        Choice("now", context.label("pension.still_paying"), {"last": str(context.month)}),
        Choice(fields.NOT_KNOWN, context.label("pension.last_not_known"), {"last": fields.NOT_KNOWN}),
    )
    return Question(context.say("pension.ask_last"), choices)


def read_last(context: Context, values: Values, text: str) -> Reading:
    ahead = reading.stated(text, context.message.today).facts.ahead_until
    said = None if ahead is not None else reading.last_paid(text, context.message.today)
    if ahead is None and said is None:
        return Got({"last": fields.NOT_KNOWN}) if reading.is_not_known(text) else None
    if said is not None and said.month is None and said.year <= context.month.year:
        months = [Month(said.year, month) for month in range(1, 13)]
        choices = [
            Choice(str(month), context.label("fields.calendar_month", month=month), {"last": str(month)})
            for month in months
            if month <= context.month
        ]
        return Wrong(context.say("pension.which_month", year=said.year), choices)
    last = ahead if said is None else Month(said.year, said.month or 12)
    assert last is not None, "one of the two is told"
    tried = estimates(context, values.but(last=str(last), income=lowest_level(context), group=("other",)))
    if isinstance(tried, Refusal):
        return Wrong(why_not(context, tried))
    return Got({"last": str(last), _AHEAD: last > context.month})


def last_words(facts: reading.Facts) -> str | None:
    month = facts.stopped if facts.ahead_until is None else facts.ahead_until
    return None if month is None else f"{month.month}/{month.year}"


def _last_learnt(values: Values) -> reading.Facts:
    if values["last"] == fields.NOT_KNOWN:
        return reading.Facts()
    last = values.month("last")
    return reading.Facts(ahead_until=last) if values.yes(_AHEAD) else reading.Facts(stopped=last)


def _last_said(context: Context, values: Values) -> str:
    known = values["last"] != fields.NOT_KNOWN
    last = values.month("last") if known else None
    return context.label("pension.said_last", last=last, now=context.month)


LAST = Field(
    "last",
    _ask_last,
    read_last,
    "pension.example_last",
    _last_matters,
    fact=Fact(("stopped", "ahead_until"), last_words, _last_learnt, _last_said),
    assume=fields.assumed(last=fields.NOT_KNOWN),
)
