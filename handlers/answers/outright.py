"""What is asked in words that leave no other meaning: answered whatever the ranking of the entries makes of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from handlers import reading
from handlers.answers import decided
from handlers.answers.said import answer_decided, answerable, condolence
from handlers.calculators.ages import ages_of
from handlers.calculators.menu import FORMS
from handlers.dialogue import person
from handlers.dialogue.context import Context
from handlers.dialogue.heard import is_of_a_withdrawal
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Turn
from handlers.reading import PERSONS, Outright, Stated

_MONEY_TAKEN_OUT, _THE_ILL, _THE_OLD, _COLLECTOR = (
    "one_time_amount",
    "one_time_serious_illness",
    "social_pension",
    "collector_vanished",
)
_PENSION = "pension_amount"
_JOINING = "who_can_join"
_PRICE = "contribution"
_OF_PAYING_AHEAD = ("advance_payment", "payment_modes", "refund", "contribution_rate")
_RISE, _REFUND = "change_2027", "refund"
_WHOM = OneOf("form.whom_{}", PERSONS)
_SPARED = ("serious_illness", "impairment", "severe_disability")
"""Why the money is taken out without the State's part taken off."""

_Says = Callable[[Context, Stated], tuple[str, str] | None]
"""The entry a question counts for, and what is said, as HTML; None where it can't be said of these people."""


def outright(context: Context, said: Stated) -> Turn | None:
    """The answer to what a message asks outright; None of others, and of one that asks several things.

    `context` is the one in which what it tells is known already.
    """
    asked = reading.asked_outright(context.message.text)
    if not asked or len(reading.several(context.message.text)) > 1:
        return None
    for kind, says in _SAYS.items():
        told = says(context, said) if kind in asked else None
        if told is not None and told[1] and answerable(context, told[0]):
            return answer_decided(context, told[1], told[0])
    return None


def _of_the_dead(context: Context, said: Stated) -> tuple[str, str] | None:
    """Nothing is taken out of who has died; the family gets its part. Where the date is told, that is reckoned."""
    text, state, entry = context.message.text, context.memory.state, decided.DIED
    about = state.entry
    of_before = about is not None and answerable(context, about) and context.resources.library[about].condolence
    here = reading.tells_of_a_death(text)
    if state.whom == "self" or not (here or of_before) or said.facts.died is not None:
        return None
    if reading.asks_for_no_amount(text) or not answerable(context, entry):
        return None
    quoted = context.quote(
        "survivors_min_months", "survivors_file_days", "funeral_min_months", "funeral_min_compulsory_months"
    )
    html = context.say("outright.taken_out_of_the_dead", **quoted)
    return entry, "\n\n".join(filter(None, (condolence(context, entry, said) if here else "", html)))


def _first_of_two(context: Context, said: Stated) -> tuple[str, str] | None:
    """Who of those whose births are known is of age first; where fewer than two are, what is to be told for it."""
    people = [(whom, held.facts) for whom, held in context.memory.state.people.items() if held.facts.birth is not None]
    found = [(whom, facts, ages) for whom, facts in people if (ages := ages_of(context, facts)) is not None]
    if len(found) < len(("one", "another")):
        return decided.AGE, context.say("outright.first_of_two_unknown")
    rows = sorted(found, key=lambda each: (each[2].latest, each[2].earliest))
    one, other = rows[0][2], rows[1][2]
    exact = one.exact and other.exact
    return decided.AGE, context.say(
        "outright.first_of_two",
        rows=[
            {"who": context.label(_WHOM[whom]), "ages": ages, "years": decided.age_then(facts, ages)}
            for whom, facts, ages in rows
        ],
        sure=one.latest < other.earliest,
        sooner=other.latest - one.latest if exact else None,
        alike=exact and one.latest == other.latest,
        **context.quote("pension_min_years"),
    )


def _support_taken_out(context: Context, said: Stated) -> tuple[str, str] | None:
    """What becomes of the State's part, in the middle of a talk of taking the money out, or named beside that."""
    return _of_the_support(context, said, asked="support")


def _deducted(context: Context, said: Stated) -> tuple[str, str] | None:
    """What is taken off the money that is taken out: the State's part."""
    return _of_the_support(context, said, asked="deducted")


def _of_the_support(context: Context, said: Stated, asked: str) -> tuple[str, str] | None:
    if not (reading.takes_it_out(context.message.text) or is_of_a_withdrawal(context)):
        return None
    facts = person.updated(person.known(context.memory.state), said.facts)
    quoted = context.quote("withdraw_impairment")
    spared = facts.why in _SPARED
    return _MONEY_TAKEN_OUT, context.say("outright.support_taken_out", spared=spared, asked=asked, **quoted)


def _ability(context: Context, said: Stated) -> tuple[str, str] | None:
    """Whether what is lost of the ability to work is enough to take the money out."""
    if reading.share_lost(context.message.text) is None:
        return None
    facts = person.updated(person.known(context.memory.state), said.facts)
    return _THE_ILL, decided.of(context, _THE_ILL, dataclasses.replace(facts, why="impairment"))


def _any_money(context: Context, said: Stated) -> tuple[str, str] | None:
    """Of who may be old enough for what the State gives the old."""
    birth, told = said.facts.birth, {*said.facts.names()}
    least = context.law.on(context.month).value("social_pension_age_poor").whole()
    old = birth is not None and context.message.today.year - birth.year >= least
    if not old or said.facts.drawing or told & {"paid", "own", "firm", "total", "died"}:
        return None
    return _THE_OLD, decided.of(context, _THE_OLD, person.known(context.memory.state), FORMS[_THE_OLD])


def _floor(context: Context, said: Stated) -> tuple[str, str] | None:
    """Whether a pension is guaranteed to be no lower than an amount, by how long compulsory insurance was paid."""
    firm = person.known(context.memory.state).firm
    least = context.law.on(context.month).value("pension_floor_min_months").whole()
    quoted = context.quote("reference_level", "pension_floor_years", "new_law_from", "hotline")
    return _PENSION, context.say("outright.floor", firm=firm, enough=firm is not None and firm >= least, **quoted)


def _towards_a_pension(context: Context, said: Stated) -> tuple[str, str] | None:
    """What is missing of who is known; else what it takes."""
    html = decided.missing(context, person.known(context.memory.state))
    return decided.MISSING, html or _short(context, decided.MISSING)


_OF_WHO_JOINS = {"whom", "sex", "birth", "paid", "groups"}


def _may_join(context: Context, said: Stated) -> tuple[str, str] | None:
    """Whether somebody of such an age, who has paid nothing and tells no more, may join."""
    facts = said.facts
    if facts.birth is None or facts.paid or not {*facts.names()} <= _OF_WHO_JOINS:
        return None
    return _JOINING, decided.of(context, _JOINING, person.known(context.memory.state))


def _rest_of_the_dead(context: Context, said: Stated) -> tuple[str, str] | None:
    """What becomes of months paid ahead, where the talk is of paying."""
    state = context.memory.state
    priced = state.result is not None and state.result.name == _PRICE
    return (_REFUND, _short(context, _REFUND)) if priced or state.entry in _OF_PAYING_AHEAD else None


def _short(context: Context, entry: str) -> str:
    return context.answer(entry).short if answerable(context, entry) else ""


_SAYS: dict[Outright, _Says] = {
    "taken_out_of_the_dead": _of_the_dead,
    "first_of_two": _first_of_two,
    "support_taken_out": _support_taken_out,
    "deducted": _deducted,
    "ability": _ability,
    "any_money": _any_money,
    "towards_a_pension": _towards_a_pension,
    "without_paying": lambda context, said: (_THE_OLD, _short(context, _THE_OLD)),
    "collector": lambda context, said: (_COLLECTOR, _short(context, _COLLECTOR)),
    "floor": _floor,
    "rest_of_the_dead": _rest_of_the_dead,
    "may_join": _may_join,
    "rise_after_paying": lambda context, said: (_RISE, context.say("outright.rise_after_paying")),
}
"""By what is asked, who answers it; the first counts."""
