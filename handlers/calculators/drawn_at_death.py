"""What somebody drew when they died: a pension, the monthly allowance or nothing; and what is left of the allowance."""

from __future__ import annotations

from collections.abc import Callable

from handlers import reading
from handlers.calculators.ages import months_paid
from handlers.calculators.fields import MonthsPaid, told_yes_or_no
from handlers.calculators.pensioners import span_too_long
from handlers.calculators.result import AGAIN, DETAILS, Result, papers
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wrong
from handlers.dialogue.values import Given, Values
from handlers.reading.standing import standing
from law.benefits.allowance_death import allowance_after_death
from law.benefits.survivors import funeral_allowance
from law.paying.contribution import income_bounds
from vietnamese.normalize import folded_words

_LONGEST = 12 * 20
"""Months: from the earliest retirement age to the social pension nobody waits longer."""


_FIELD = "pension"
_DREW_ALLOWANCE = f"{_FIELD}.allowance"
_PENSION: Given = {_FIELD: True}
_ALLOWANCE: Given = {_FIELD: False, _DREW_ALLOWANCE: True}
_NOTHING: Given = {_FIELD: False}


def drew_allowance(context: Context, values: Values) -> bool:
    """Whether the dead person drew the monthly allowance of those with too few years."""
    return values.yes(_DREW_ALLOWANCE)


# --- what is asked -------------------------------------------------------------------------------


def _words(facts: reading.Facts) -> str | None:
    return told_yes_or_no(facts.drawing)


def _learnt(values: Values) -> reading.Facts:
    """An allowance is no pension, and none of what is known of others."""
    return reading.Facts() if values.yes(_DREW_ALLOWANCE) else reading.Facts(drawing=values.yes(_FIELD))


def _said(context: Context, values: Values) -> str:
    if values.yes(_DREW_ALLOWANCE):
        return context.label("drawn_at_death.said_allowance")
    return context.label("survivors.said_drew", drew=values.yes(_FIELD))


def _ask(context: Context, values: Values) -> Question:
    choices = [
        Choice("yes", context.label("drawn_at_death.pension"), _PENSION),
        Choice("allowance", context.label("drawn_at_death.allowance"), _ALLOWANCE),
        Choice("no", context.label("drawn_at_death.nothing"), _NOTHING),
    ]
    if not _was_there(context, values):
        choices = [each for each in choices if each.values is not _ALLOWANCE]
    return Question(context.say("survivors.ask_pension"), choices, wide=1)


def _was_there(context: Context, values: Values) -> bool:
    """Whether anybody could draw the allowance in the month of the death: the law before had none."""
    return context.law.on(values.month("death")).knows("social_pension_amount")


def _read(context: Context, values: Values, text: str) -> Reading:
    plain = folded_words(text)
    said = reading.yes_no(text)
    said = reading.already(text) if said is None else said
    if said is not None:
        return Got(_PENSION if said else _NOTHING)
    if "tro cap" in plain and _was_there(context, values):
        return Got(_ALLOWANCE)
    return Got(_PENSION) if plain.strip(" .!") in ("luong huu", "huu", "nhan luong huu") else None


def drew_field(assume: Callable[[Context, Values], Given | None]) -> Field:
    """What was drawn: `pension`, and `pension.allowance` of who drew the monthly allowance instead."""
    return Field(
        _FIELD, _ask, _read, "drawn_at_death.example", fact=Fact(("drawing",), _words, _learnt, _said), assume=assume
    )


def _level(context: Context, values: Values) -> int:
    return context.law.on(values.month("death")).value("social_pension_amount").whole()


def _ask_monthly(context: Context, values: Values) -> Question:
    level = _level(context, values)
    choice = Choice("level", context.label("drawn_at_death.level", amount=level), {"monthly": level})
    return Question(context.say("drawn_at_death.ask_monthly"), [choice])


def _read_monthly(context: Context, values: Values, text: str) -> Reading:
    typed = reading.money(text)
    if typed is None:
        return None
    least, highest = _level(context, values), income_bounds(context.law, context.month).whole("maximum")
    if not least <= typed <= highest:
        return Wrong(context.say("drawn_at_death.strange_amount", amount=typed, least=least))
    return Got({"monthly": typed}, context.say("fields.read_amount", amount=typed))


def _check_granted(context: Context, values: Values, months: int) -> Wrong | None:
    return None if 0 < months <= _LONGEST else span_too_long(context, months)


def _check_received(context: Context, values: Values, months: int) -> Wrong | None:
    granted = values.whole("granted")
    return None if months <= granted else Wrong(context.say("drawn_at_death.more_than_granted", months=granted))


ALLOWANCE = (
    Field("monthly", _ask_monthly, _read_monthly, "drawn_at_death.example_monthly", drew_allowance),
    MonthsPaid("granted", "drawn_at_death.ask_granted", (24, 48, 60), _check_granted, drew_allowance).field(),
    MonthsPaid("received", "drawn_at_death.ask_received", (1, 12, 24), _check_received, drew_allowance).field(),
)
"""What else is asked of who drew the allowance."""


# --- what comes of it ----------------------------------------------------------------------------


def result(context: Context, values: Values, entry: str) -> Result:
    """What is left of the allowance for the heirs, and the funeral allowance."""
    death, own, firm = values.month("death"), values.whole("own"), values.whole("firm")
    found = allowance_after_death(
        context.law, death, values.whole("monthly"), values.whole("granted"), values.whole("received"), own, firm
    )
    law = context.law.on(death)
    said = context.say(
        "drawn_at_death.result",
        **found.figures,
        monthly=values["monthly"],
        paid=own + firm,
        death=death,
        least=law.value("funeral_min_months").whole(),
        least_compulsory=law.value("funeral_min_compulsory_months").whole(),
        **context.quote("survivors_file_days", "survivors_decide_days"),
    )
    return Result(said, (found,), (DETAILS, papers(entry), AGAIN))


def decided(context: Context, facts: reading.Facts) -> str:
    """What a family gets where a message says that the dead drew the allowance; empty of another."""
    if not standing(context.message.text, context.message.today).drew_allowance:
        return ""
    paid = months_paid(facts)
    funeral = None
    if paid is not None:
        firm = facts.firm or 0
        funeral = funeral_allowance(context.law, context.month, paid - firm, firm).whole("amount")
    return context.say(
        "drawn_at_death.decided",
        paid=paid,
        funeral=funeral,
        **context.quote(
            "funeral_amount",
            "reference_level_from",
            "funeral_min_months",
            "funeral_min_compulsory_months",
            "survivors_file_days",
            "hotline",
        ),
    )
