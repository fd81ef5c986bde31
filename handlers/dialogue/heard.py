"""What a message tells, read beside the talk: «tháng 8» after a year of birth, «chồng tôi cũng tuổi đó»."""

from __future__ import annotations

import dataclasses

from handlers import reading
from handlers.dialogue import person
from handlers.dialogue.context import Context
from handlers.dialogue.state import State
from handlers.reading import Birth, Facts, Stated, Whom

_PARENTS: tuple[Whom, ...] = ("self", "wife", "husband")
_WITHDRAWAL = "withdrawal"
OF_THE_OLD = "social_pension"
"""The entry that an age alone decides."""
_PARENT_AT = 14
"""Years; who is less older than a person is not their parent."""


def heard(context: Context) -> Stated:
    """What a message states, with what it leaves to what was said before."""
    text, state = context.message.text, context.memory.state
    said = reading.stated(text, context.message.today)
    facts, known = said.facts, person.known(state)
    of_oneself = reading.turns_to_oneself(text) or reading.speaks_of_oneself(reading.corrected(text) or "")
    if state.whom != "self" and facts.whom is None and of_oneself:
        facts = dataclasses.replace(facts, whom="self")
    if _is_no_child(facts, state):  # «con toi sinh 76», of one whose wife was born in 1980: «còn tôi»
        facts = dataclasses.replace(facts, whom="self")
    birth = (
        None if facts.birth is not None else _birth(text, facts, known, another=facts.whom not in (None, state.whom))
    )
    if birth is not None:
        facts = dataclasses.replace(facts, birth=birth, due=None)
    if facts.why is None and is_of_a_withdrawal(context):
        facts = dataclasses.replace(facts, why=reading.why_named(text))  # «thế nếu tôi bị ung thư»
    if facts.birth is None and state.entry == OF_THE_OLD and (age := reading.age_named(text)) is not None:
        facts = dataclasses.replace(facts, birth=Birth(context.message.today.year - age, approximate=True))
    if facts.money is not None and known.firm and facts.wage is None and reading.names_a_wage(text):
        facts = dataclasses.replace(facts, wage=facts.money, money=None)  # «lương bình quân 6 triệu»
    before = set(known.groups or ()) - {"other"}
    if facts.groups is not None and facts.whom in (None, state.whom) and before and reading.adds(text):
        facts = dataclasses.replace(facts, groups=tuple(sorted({*facts.groups, *before} - {"other"})))
    total = _total(text, facts, known)
    if total is not None:
        facts = dataclasses.replace(facts, total=total, span=None)
    return said if facts == said.facts else dataclasses.replace(said, facts=facts)


def is_of_a_withdrawal(context: Context) -> bool:
    """Whether the talk is about taking the money out."""
    about = context.resources.library.entries.get(context.memory.state.entry or "")
    return about is not None and about.topic == _WITHDRAWAL


def _is_no_child(facts: Facts, state: State) -> bool:
    """Whether a child would be about as old as their parents, or another than the one told of before."""
    if facts.whom != "child" or facts.birth is None:
        return False
    before = state.people["child"].facts.birth if "child" in state.people else None
    if before is not None and before.year - facts.birth.year >= _PARENT_AT:  # «con em 50 tuổi», after one of 25
        return True
    parents = (state.people[each].facts.birth for each in _PARENTS if each in state.people)
    return any(birth is not None and facts.birth.year < birth.year + _PARENT_AT for birth in parents)


def _birth(text: str, facts: Facts, known: Facts, *, another: bool) -> Birth | None:
    """The month of a year told before, or the birth of the one spoken of before, for another of the same age."""
    before = known.birth
    if before is None:
        return None
    alike = reading.born_alike(text) if another else None
    if alike is not None:
        return before if alike == "month" else Birth(before.year, approximate=before.approximate)
    month = None if another or before.month is not None or before.approximate else reading.month_of_birth(text)
    return None if month is None else Birth(before.year, month)


def _total(text: str, facts: Facts, known: Facts) -> int | None:
    """«đóng thêm 5 năm rồi thôi», with the months paid so far: how many it will have been."""
    wish = reading.paying_on(text)
    if wish is None or wish.more is None or facts.total is not None:
        return None
    told = facts if _paid(facts) else known
    return _paid(told) + wish.more if _paid(told) else None


def _paid(facts: Facts) -> int:
    return facts.paid if facts.paid is not None else (facts.own or 0) + (facts.firm or 0)
