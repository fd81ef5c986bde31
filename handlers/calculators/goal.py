"""«Muốn lương hưu bao nhiêu?»: from the pension wanted back to the income to choose and what it costs."""

from __future__ import annotations

import dataclasses

from handlers import reading
from handlers.calculators import fields
from handlers.calculators.at_a_glance import wished_at_a_glance
from handlers.calculators.household import GROUP
from handlers.calculators.priced import groups_of, in_thousands
from handlers.calculators.prices import first_to_pay, prices
from handlers.calculators.result import Result, calculator, refusal
from handlers.dialogue import person
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wrong
from handlers.dialogue.texts import OneOf
from handlers.dialogue.values import Given, Values
from law.base.estimate import Outcome, Refusal
from law.base.month import Month
from law.pension.goal import goal

_REFUSED = OneOf("goal.refused_{}", ("pension_out_of_reach", "nothing_left_to_pay"))
_SAID_AT_ONCE = ("floor_rises", "support_count_assumed")
"""Warnings that stand under the result itself; all of them stand under «Chi tiết và căn cứ»."""
_PAID = (0, 12, 60, 120)
_WANTED = tuple(millions * 1_000_000 for millions in (1, 2, 3, 5))


# --- what is asked -------------------------------------------------------------------------------


def _ask_wanted(context: Context, values: Values) -> Question:
    choices = [_choice(context, each) for each in _WANTED if _out_of_reach(context, values, each) is None]
    return Question(context.say("goal.ask_wanted"), choices)


def _read_wanted(context: Context, values: Values, text: str) -> Reading:
    wanted = reading.money(text)
    if not wanted:
        return None
    refused = _out_of_reach(context, values, wanted)
    if refused is not None:
        nearest = refused.whole("nearest_pension")
        return Wrong(_refused(context, refused), (_choice(context, nearest),))
    return Got({"wanted": wanted}, context.say("goal.read_wanted", amount=wanted))


def _not_reached(context: Context, values: Values) -> bool:
    """Whether the pension that was wished for before the rest was told turns out to be out of reach."""
    asked = ["sex", "born", "month", "paid", "group", "wanted", *(["past", "vol"] if values.get("paid") else [])]
    told = all(name in values for name in asked)
    return told and _out_of_reach(context, values, values.whole("wanted")) is not None


def _ask_nearest(context: Context, values: Values) -> Question:
    refused = _out_of_reach(context, values, values.whole("wanted"))
    assert refused is not None, "it is asked of a pension out of reach"
    nearest = _choice(context, refused.whole("nearest_pension"))
    return Question(_refused(context, refused), (dataclasses.replace(nearest, values=_nearer(nearest.values)),))


def _read_nearest(context: Context, values: Values, text: str) -> Reading:
    found = _read_wanted(context, values, text)
    if isinstance(found, Got):
        return dataclasses.replace(found, values=_nearer(found.values))
    if isinstance(found, Wrong):
        offered = [dataclasses.replace(each, values=_nearer(each.values)) for each in found.choices]
        return dataclasses.replace(found, choices=offered)
    return found


def _nearer(chosen: Given) -> Given:
    return {**chosen, "nearer": True}


def _choice(context: Context, wanted: int) -> Choice:
    return Choice(str(wanted), context.label("goal.sum", amount=wanted), {"wanted": wanted})


def _out_of_reach(context: Context, values: Values, wanted: int) -> Refusal | None:
    """Why no income brings that much, with the nearest there is; None where one does."""
    found = _outcome(context, values.but(wanted=wanted))
    return found if isinstance(found, Refusal) and found.reason == "pension_out_of_reach" else None


# --- up to when is paid ahead, of who said so ----------------------------------------------------


def _is_ahead(context: Context, values: Values) -> bool:
    return bool(values.get("paid")) and person.known(context.memory.state).ahead_until is not None


def _ask_ahead(context: Context, values: Values) -> Question:
    return Question(context.say("goal.ask_ahead"))


def _read_ahead(context: Context, values: Values, text: str) -> Reading:
    said = reading.last_paid(text, context.message.today)
    last = Month(said.year, said.month or 12) if said is not None else _told_ahead(context, text)
    if last is None:
        return None
    years = context.law.on(context.month).value("advance_years_max").whole()
    if not context.month < last <= context.month + 12 * years:
        return Wrong(context.say("goal.not_so_far_ahead", last=last, years=years))
    return Got({"ahead": str(last)})


def _told_ahead(context: Context, text: str) -> Month | None:
    return reading.stated(text, context.message.today).facts.ahead_until


def _ahead_words(facts: reading.Facts) -> str | None:
    return None if facts.ahead_until is None else f"{facts.ahead_until.month}/{facts.ahead_until.year}"


def _ahead_learnt(values: Values) -> reading.Facts:
    return reading.Facts(ahead_until=values.month("ahead"))


def _ahead_said(context: Context, values: Values) -> str:
    return context.label("goal.said_ahead", until=values.month("ahead"))


_AHEAD = Field(
    "ahead",
    _ask_ahead,
    _read_ahead,
    "goal.example_ahead",
    _is_ahead,
    fact=Fact(("ahead_until",), _ahead_words, _ahead_learnt, _ahead_said),
)


# --- what comes of it ----------------------------------------------------------------------------


def _outcome(context: Context, values: Values) -> Outcome:
    """What the law makes of it; of a year of birth alone as if born in January: later births have more months to pay,
    and need no more than is told."""
    last = values.month("ahead") if values.get("ahead") else None
    ahead = 0 if last is None else max(0, last - context.month)
    return goal(
        context.law,
        context.month,
        values.text("sex"),
        fields.birth(values),
        values.whole("paid") + ahead,
        values.whole("wanted"),
        groups_of(values),
        context.resources.manner.local_top_up,
        fields.past_income(context, values),
        voluntary_months=values.whole("vol", 0) + ahead,
        first=first_to_pay(context, last),
        last_paid=last,
    )


def _result(context: Context, values: Values) -> Result:
    found = _outcome(context, values)
    if isinstance(found, Refusal):
        return refusal(_refused(context, found))
    costs = prices(
        context,
        found.month("first_month"),
        found.whole("months_to_pay"),
        in_thousands(found.whole("income")),
        groups_of(values),
        found.whole("supported_months_used"),
    )
    assert costs is not None, "a goal that is reached is paid for"
    said = context.say(
        "goal.result",
        **found.figures,
        lasting=costs.lasting,
        earlier=costs.earlier,
        later=costs.later,
        unsupported=None if costs.unsupported is None else costs.unsupported.since,
        born=values["born"] if values["month"] == fields.NOT_KNOWN else None,
        past_not_known=values.get("past") == fields.NOT_KNOWN,
        past=fields.past_income(context, values),
        warnings=[context.texts.note(warning) for warning in found.warnings if warning.name in _SAID_AT_ONCE],
    )
    return Result(said, (found,))


def _refused(context: Context, found: Refusal) -> str:
    return context.say(_REFUSED[found.reason], **found.figures)


def _is_wished(facts: reading.Facts) -> bool:
    """A pension wished for."""
    return facts.wanted is not None


def _wanted_words(facts: reading.Facts) -> str | None:
    return None if facts.wanted is None else f"{facts.wanted} đ"


def _wanted_learnt(values: Values) -> reading.Facts:
    return reading.Facts(wanted=values.whole("wanted"))


def _wanted_said(context: Context, values: Values) -> str:
    return context.label("goal.said_wanted", amount=values["wanted"])


_WANTED_FACT = Fact(("wanted",), _wanted_words, _wanted_learnt, _wanted_said)


FORM = calculator(
    "goal",
    "muchuu",
    (
        fields.SEX,
        fields.BORN,
        dataclasses.replace(fields.MONTH, assume=fields.assumed(month=fields.NOT_KNOWN)),
        fields.MonthsPaid(
            "paid",
            "goal.ask_paid",
            _PAID,
            fields.impossible,
            fact=("paid", "own", "firm"),
            assume=fields.assumed(paid=0),
            resets=fields.OF_PAID,
        ).field(),
        fields.PAST,
        fields.VOLUNTARY,
        _AHEAD,
        GROUP,
        Field("wanted", _ask_wanted, _read_wanted, "goal.example_wanted", fact=_WANTED_FACT),
        Field("nearer", _ask_nearest, _read_nearest, "goal.example_wanted", _not_reached),
    ),
    _result,
    entry="pension_amount",
    told_by=_is_wished,
    decides=wished_at_a_glance,
    unclear={"money": "wanted", "span": "paid"},
)
