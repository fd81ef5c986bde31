"""What a message tells, read beside the talk: «tháng 8» after a year of birth, «chồng tôi cũng tuổi đó»."""

from __future__ import annotations

import dataclasses
import re

from handlers import reading
from handlers.dialogue import person
from handlers.dialogue.context import Context
from handlers.dialogue.state import State
from handlers.reading import Birth, Facts, Frequency, Stated, Whom
from law.base.month import Month
from vietnamese.normalize import folded_words

_PARENTS: tuple[Whom, ...] = ("self", "wife", "husband")
_WITHDRAWAL = "withdrawal"
OF_THE_OLD = "social_pension"
"""The entry that an age alone decides."""
_GOAL = "goal"
"""The calculation of what a pension that is wished for takes."""
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
    if _turns_back(text, facts, state) or _is_no_child(facts, state):
        facts = dataclasses.replace(facts, whom="self")
    if facts.whom is None and (third := _of_whom_before(text, state)) is not None:
        facts = dataclasses.replace(facts, whom=third)
    birth = (
        None if facts.birth is not None else _birth(text, facts, known, another=facts.whom not in (None, state.whom))
    )
    if birth is not None:
        facts = dataclasses.replace(facts, birth=birth, due=None)
    month = reading.other_month(text) if facts.empty else None
    if month is not None:
        facts = _in_another_month(facts, known, month, state)
    if facts.why is None and is_of_a_withdrawal(context):
        facts = dataclasses.replace(facts, why=reading.why_named(text))  # «thế nếu tôi bị ung thư»
    age = reading.age_named(text) or reading.age_told_bare(text)
    if facts.birth is None and state.entry == OF_THE_OLD and age is not None:
        facts = dataclasses.replace(facts, birth=Birth(context.message.today.year - age, approximate=True))
    if facts.money is not None and known.firm and facts.wage is None and reading.names_a_wage(text):
        facts = dataclasses.replace(facts, wage=facts.money, money=None)  # «lương bình quân 6 triệu»
    before = set(known.groups or ()) - {"other"}
    if facts.groups is not None and facts.whom in (None, state.whom) and before and reading.adds(text):
        facts = dataclasses.replace(facts, groups=tuple(sorted({*facts.groups, *before} - {"other"})))
    every = _every(text, facts, state)
    if every is not None:
        facts = dataclasses.replace(facts, every=every, span=None)
    facts = _of_the_kind_known(text, facts, known, state)
    if known.drawing and facts.drawn is None and (drawn := reading.drawn_for(text)) is not None:
        facts = dataclasses.replace(facts, drawn=drawn)  # «giả sử mẹ mới lĩnh 2 tháng»
    total = _total(text, facts, person.known_of(state, facts.whom))
    if total is not None:
        facts = dataclasses.replace(facts, total=total, span=None)
    return said if facts == said.facts else dataclasses.replace(said, facts=facts)


def is_of_a_withdrawal(context: Context) -> bool:
    """Whether the talk is about taking the money out."""
    about = context.resources.library.entries.get(context.memory.state.entry or "")
    return about is not None and about.topic == _WITHDRAWAL


def _of_whom_before(text: str, state: State) -> Whom | None:
    """«còn ảnh», of the one other person told of before, or the one of that sex."""
    named = reading.begins_with_a_third(text)
    if named is None:
        return None
    others = {whom: held.facts.sex for whom, held in state.people.items() if whom != "self"}
    fitting = [whom for whom, of in others.items() if named == "any" or of in (None, named)]
    return fitting[0] if len(fitting) == 1 else None


_AGAIN_OF_ONESELF = re.compile(
    r"^(?:(?:u|ua|a|the|vay|roi|thoi|ma|o) )*(?:con )?(?:phan )?(?:anh|chi|bac|co|chu|ong|ba)\b"
    r" (?:thi|phai|dong|muon|sinh|duoc|con|can|nam|nu|co)\b"
)
_BUT_I = re.compile(r"^(?:(?:u|ua|a|the|vay|roi|thoi|ma) )*con (?:phan )?(?:toi|tui|minh|em|chau)\b")


def _turns_back(text: str, facts: Facts, state: State) -> bool:
    """Whether somebody who asked of another comes back to themselves: «con tui …», where no child was told of; «còn anh
    phải đóng thêm mấy năm», where the writer goes by that word and nobody else does."""
    if state.whom == "self" or "self" not in state.people:
        return False
    plain = folded_words(text)
    if facts.whom == "child" and "child" not in state.people:
        return _BUT_I.search(plain) is not None
    others = {"other", "neighbour"} & {*state.people}
    return facts.whom is None and not others and _AGAIN_OF_ONESELF.search(plain) is not None


def _is_no_child(facts: Facts, state: State) -> bool:
    """Whether a child would be about as old as their parents, or another than the one told of before: «con toi sinh 76»
    of one whose wife was born in 1980 is «còn tôi»."""
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
    month = None if another or before.month is not None else reading.month_of_birth(text)
    return None if month is None else Birth(before.year, month)


_OF_A_BIRTH, _OF_AN_AGE = ("maternity", "maternity_loss"), ("pension", "pension_age", "pension_amount", "pension_early")
"""The entries and calculations in whose talk a month alone is that of a birth to come, or of a birthday."""


def _in_another_month(facts: Facts, known: Facts, month: int, state: State) -> Facts:
    """«nếu tháng 5 mới sinh» after a birth that is expected: the one nearest to it; «tháng 10 thì sao» after a
    birthday: of the same year."""
    about = {state.entry} if state.entry is not None else {state.result.name} if state.result is not None else set()
    due, birth = known.due, known.birth
    if due is not None and about & {*_OF_A_BIRTH}:
        years = (due.year - 1, due.year, due.year + 1)
        return dataclasses.replace(
            facts, due=min((Month(year, month) for year in years), key=lambda one: abs(one - due))
        )
    if birth is None or birth.month is None or not about & {*_OF_AN_AGE}:
        return facts
    return dataclasses.replace(facts, birth=Birth(birth.year, month, approximate=birth.approximate))


_PRICE = "contribution"
_A_YEAR = re.compile(
    r"^(?:(?:the|vay|tinh|con|roi) )*(?:ca|nguyen|tron|mot|1|moi) nam (?:(?:la|thi|het|dong|nop|phai|tong) )*"
    r"(?:may|bao nhieu|nhieu|bn)\b"
    r"|^(?:(?:the|vay|tinh|con|roi|neu|thi|toi|tui|minh|em|chau|chi|anh|bac|co|chu|dong|nop|luon) )*"
    r"(?:ca|nguyen|tron|mot|1) nam(?: (?:thi )?sao| a| ha| nhe| di| luon| thi)*$"
)
_A_WAY = re.compile(r"\b(3|6|12) thang (?:mot|1)(?: thoi| di| nhe| a)*(?: thi\b|$)")
_WAYS: dict[str, Frequency] = {"3": 3, "6": 6, "12": 12}


def _every(text: str, facts: Facts, state: State) -> Frequency | None:
    """«tính cả năm là mấy», «mình đóng 3 tháng một thôi thì bao nhiêu» after a price: every so many months."""
    if facts.every is not None or state.result is None or state.result.name != _PRICE:
        return None
    plain = folded_words(text)
    if _A_YEAR.search(plain) is not None:
        return 12
    way = _A_WAY.search(plain)
    return None if way is None else _WAYS[way[1]]


_NAMES_A_LEVEL = re.compile(r"\b(?:muc|thu nhap)\b")


def _of_the_kind_known(text: str, facts: Facts, known: Facts, state: State) -> Facts:
    """«đóng 4 triệu thì sao» after «mức 3 triệu» is a level too, for nobody pays so much of it; «gấp đôi lên 1tr4»
    after 700 thousand to pay is paid."""
    if facts.payment is not None and known.payment is None and known.income and facts.payment * 2 >= known.income:
        return dataclasses.replace(facts, income=facts.payment, payment=None)
    of_a_goal = any(each is not None and each.name == _GOAL for each in (state.result, state.form))
    if facts.money is not None and known.wanted is not None and of_a_goal:
        return dataclasses.replace(facts, wanted=facts.money, money=None)  # «thôi 1tr5 một tháng cũng được»
    named = _NAMES_A_LEVEL.search(folded_words(text)) is not None
    if facts.income is not None and known.income is None and known.payment and not named:
        return dataclasses.replace(facts, payment=facts.income, income=None)
    return facts


def _total(text: str, facts: Facts, known: Facts) -> int | None:
    """«đóng thêm 5 năm rồi thôi», with the months paid so far: how many it will have been."""
    wish = reading.paying_on(text)
    if wish is None or wish.more is None or facts.total is not None:
        return None
    told = facts if _paid(facts) else known
    return _paid(told) + wish.more if _paid(told) else None


def _paid(facts: Facts) -> int:
    return facts.paid if facts.paid is not None else (facts.own or 0) + (facts.firm or 0)
