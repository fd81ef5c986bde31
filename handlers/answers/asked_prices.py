"""A price asked for in the middle of a talk: of what was answered last, of several people, paid otherwise."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from handlers import reading
from handlers.answers import decided
from handlers.answers.aspects import topic
from handlers.answers.reckoned import begun, is_own, of_what_is_known
from handlers.answers.said import answer_decided, answerable, recorded
from handlers.calculators import contribution
from handlers.calculators.menu import FORMS
from handlers.dialogue import filling, person
from handlers.dialogue.context import Context
from handlers.dialogue.state import State
from handlers.dialogue.turn import Text, Turn
from handlers.reading import Facts, Whom
from law.paying.support import SupportGroup

OF_PAYING = ("paying", "support")
"""The topics of entries that are of paying."""
_OF_A_PRICE = {"whom", "sex", "groups", "level", "every", "span"}
_DONG = re.compile(r"\d đ\b")
"""In an answer that tells an amount."""


def is_of_the_ways(context: Context) -> bool:
    """Whether the talk is about how often is paid, so that «hạn 6 tháng» is one of these."""
    about = topic(context.memory.state)
    return answerable(context, about) and context.resources.library[about].answered_by == contribution.FORM.name


def tells_its_own(context: Context) -> bool:
    """Whether the talk is about something with an amount of its own and no calculation: accident insurance."""
    about = topic(context.memory.state)
    if not answerable(context, about) or context.resources.library[about].answered_by is not None:
        return False
    own = "amount" in context.answer(about).aspects and not _told_elsewhere(context, about)
    return own and context.resources.library[about].topic != "paying"


def _told_elsewhere(context: Context, entry: str) -> bool:
    """Whether the amount of an entry is the price that every household pays, told in another."""
    teller = context.resources.library[entry].said_by.get("amount")
    return teller is not None and context.resources.library[teller].answered_by == contribution.FORM.name


def for_several_people(context: Context, facts: Facts) -> Turn | None:
    """«hai người thì»: the price told, so many times."""
    number, state, of = reading.heads(context.message.text), context.memory.state, contribution.FORM
    of_a_price = is_of_the_ways(context) or reading.asks_what_to_pay(context.message.text)
    if number is None or not of_a_price or not {*facts.names()} <= _OF_A_PRICE:
        return None
    if reading.asks_what_comes_later(context.message.text):  # «vậy sau này 2 người được bao nhiêu» asks no price
        return None
    if facts.level is not None:
        context = person.forgetting(context, ("payment", "income", "money"))
    told = state.result if state.result is not None and state.result.name == of.name else None
    turn = filling.begin(of, context, at_once=True, said=facts) if told is None else None
    if turn is None and told is not None:
        turn = filling.again(of, context, told, facts) or filling.rerun(of, context, told, told.values, ())
    if turn is None or turn.state.result is None:
        return None
    first = turn.replies[0]
    assert isinstance(first, Text), "a price is told in words"
    other = _of_another_household(turn.state) if number == len(("one", "another")) else None
    if other is None:
        html = contribution.for_several(context, turn.state.result, number)
    else:
        html = contribution.for_two(context, turn.state.result, other)
    whole = dataclasses.replace(first, html=f"{html}\n\n{first.html}")
    return recorded(context, dataclasses.replace(turn, replies=(whole, *turn.replies[1:])), (of.entry,))


_COUPLE: tuple[Whom, ...] = ("self", "wife", "husband")


def _of_another_household(state: State) -> Sequence[SupportGroup] | None:
    """The groups of the other of a couple, where both are known and they are not alike: «vợ người Cơ Tu, tui người
    Kinh»."""
    groups = {whom: state.people[whom].facts.groups for whom in _COUPLE if whom in state.people}
    others = [each for whom, each in groups.items() if whom != state.whom]
    mine = groups.get(state.whom)
    if mine is None or len(others) != 1 or others[0] in (None, mine):
        return None
    return others[0]


def price(context: Context, facts: Facts) -> Turn | None:
    """«thế đóng bao nhiêu» after an answer of what is got, of the card or of a birth: what is to be paid."""
    of = contribution.FORM
    entry = topic(context.memory.state)
    answered_by = context.resources.library[entry].answered_by if answerable(context, entry) else of.name
    elsewhere = answered_by is None and _told_elsewhere(context, entry)
    if answered_by == of.name or (answered_by is None and not elsewhere):  # it tells its own price
        return None
    context = person.told(context, facts)
    return recorded(context, filling.begin(of, context, at_once=True, said=facts), (of.entry,))


def of_paying(context: Context, facts: Facts) -> Turn | None:
    """«nửa năm nộp một lần thì sao» after whatever was said of paying."""
    about = topic(context.memory.state)
    if not answerable(context, about) or context.resources.library[about].topic not in OF_PAYING:
        return None
    of = contribution.FORM
    return recorded(context, filling.begin(of, person.told(context, facts), at_once=True, said=facts), (of.entry,))


def how_much(context: Context) -> Turn | None:
    """«được bao nhiêu» after the papers of what was reckoned: the figures again, and not those for everybody."""
    state, about = context.memory.state, topic(context.memory.state)
    name = context.resources.library[about].answered_by if answerable(context, about) else None
    if name is None or name not in FORMS:
        return None
    if state.result is None or state.result.name != name:
        of, known = FORMS[name], person.known(state)
        html = decided.of(context, about, known, of)
        if _DONG.search(html):
            return answer_decided(context, html, about)
        return begun(context, of, (about,)) if is_own(of.takes(known)) else None
    if name == contribution.FORM.name and reading.asks_what_comes_back(context.message.text):
        html = FORMS["pension"].decides(context, of_what_is_known(context))
        return answer_decided(context, html, FORMS["pension"].entry) if html else None
    of = FORMS[name]
    return recorded(context, filling.rerun(of, context, state.result, state.result.values, ()), (of.entry,))
