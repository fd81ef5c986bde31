"""The last calculation with what a message says otherwise, or once more, where it is asked what it told."""

from __future__ import annotations

import dataclasses
import re

from handlers import reading
from handlers.answers.said import answer_decided, recorded
from handlers.calculators import contribution
from handlers.calculators.menu import FORMS
from handlers.dialogue import filling, person
from handlers.dialogue.context import Context
from handlers.dialogue.form import Form
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Text, Turn
from handlers.reading import AskedOfResult, Facts, Followup, Stated
from vietnamese.normalize import fold, folded_words, normalize

_SHORT = 12
"""Words of a message that may hang on the last result without a word that says so."""
_YEAR = 4
"""Digits; a shorter number alone may be anything."""
_FEW_WORDS = 5
"""A correction of a result without a word that says so («2 triệu») is no longer."""


def beside_result(context: Context, of: Form, result: FormState, said: Stated, hangs: Followup | None) -> Turn | None:
    """The last calculation with what is said otherwise, or once more, where it is asked what it told."""
    text = context.message.text
    plain = folded_words(text)
    if of.name == contribution.FORM.name and reading.asks_what_comes_later(text):
        return None  # «400 ngàn thì sau này được mấy» asks no price
    meant = reading.corrected(text)
    turn: Turn | None = None
    if meant is not None:
        known = person.known(context.memory.state)
        facts = person.meant(known, reading.stated(meant, context.message.today).facts)
        turn = filling.again(of, context, result, facts) or filling.mend(of, context, result, meant)
    elif (_of_its_facts(text, said, hangs) or _asks_its_price(of, said.facts, text)) and not _asks_another_price(
        of, said.facts, text
    ):
        turn = filling.again(of, context, result, said.facts)
        if turn is None and said.facts.span and "total" in of.asks_for:  # «thế 20 năm»
            turn = filling.again(of, context, result, dataclasses.replace(said.facts, total=said.facts.span, span=None))
        length = said.facts.total or said.facts.span
        if length and (turn is None or _says_the_same(context, of, result, turn)):  # so long is not paid up to the age
            turn = for_so_long(context, said.facts)
    if turn is None and _is_bare(text, said):
        turn = filling.mend(of, context, result, text)
    if turn is None and said.facts.empty and of.name == contribution.FORM.name and _NEXT_YEAR.search(plain):
        turn = filling.rerun(of, context, result, result.values, ())  # it tells the price of either year
    if turn is None and said.facts.empty and result_tells(of, reading.asked_of_result(text)):
        turn = filling.rerun(of, context, result, result.values, ())
    if turn is None:
        return None
    if turn.state.form is not None:  # of somebody else, of whom too little is known for more than a glance
        told = context.with_state(turn.state)
        html = of.decides(told, person.known(turn.state))
        if html:
            return answer_decided(context.with_state(dataclasses.replace(turn.state, form=None)), html, of.entry)
    # an answer said anew is no question: what a form is told is never kept
    return recorded(context, turn, (of.entry,)) if reading.asks_in_words(text) else turn


def _says_the_same(context: Context, of: Form, result: FormState, turn: Turn) -> bool:
    """Whether nothing but the word of what was changed is new in a result."""
    before = of.finish(context, dataclasses.replace(result, ended=context.message.at.isoformat())).replies[0]
    now = None if turn.state.result is None else of.finish(context, turn.state.result).replies[0]
    return isinstance(before, Text) and isinstance(now, Text) and before.html in now.html


def result_tells(of: Form | None, asked_for: AskedOfResult | None) -> bool:
    """Whether a calculation told what a message asks of its result: only one of a pension says from when it is drawn,
    and what is paid in is not what comes back."""
    if of is None:
        return False
    if asked_for in ("when", "missing"):
        return {"birth", "sex"} <= {*of.asks_for}
    return asked_for is not None and not (asked_for == "pension" and of.name == contribution.FORM.name)


def _asks_another_price(of: Form, facts: Facts, text: str) -> bool:
    """«mức 3 triệu thì mỗi tháng đóng bao nhiêu» beside a calculation that takes no such wish, «vợ tôi sinh 1980 đóng
    bao nhiêu» beside one of what comes back."""
    if not reading.asks_what_to_pay(text):
        return False
    wished = {"payment", "income", "every"} & {*facts.names()}
    of_what_comes_back = {"birth", "sex"} <= {*of.asks_for} and "wanted" not in of.asks_for
    if of_what_comes_back and facts.birth is not None and not reading.speaks_of_a_pension(text):
        return not reading.of_months_missed(text)
    return bool(wished) and wished.isdisjoint(of.asks_for)


def _of_its_facts(text: str, said: Stated, hangs: Followup | None) -> bool:
    """Whether a message says of the last calculation what is otherwise, and nothing else."""
    if said.facts.empty:
        return False
    if _ANEW.search(folded_words(text)) is not None and not reading.asks_in_words(text):
        return True  # «xã mới xét nhà mình vào cận nghèo, tính lại giúp»
    return hangs is not None or (len(text.split()) <= _SHORT and not reading.names_a_topic(text, said))


_NEXT_YEAR = re.compile(
    r"^(?:(?:the|vay|con|qua|roi|tu|den|neu|dong) )*(?:(?:sang )?nam (?:sau|toi|2027)|sang nam(?: 2027)?|2027)"
    r"(?: (?:thi|sao|la|bao nhieu|nhieu|may|bn|dong|phai|a|ha|the nao))*$"
)
_ANEW = re.compile(r"\btinh lai\b")
_LEFT_TO_PAY = re.compile(
    r"\bcon (?:lai |co |phai (?:dong|nop) )?(?:bao nhieu|nhieu|may|bn)\b(?! (?:nam|thang|tuoi|ngay))"
)
_OF_A_PRICE = {"whom", "groups", "every", "income", "payment", "money", "level"}


def _asks_its_price(of: Form, facts: Facts, text: str) -> bool:
    """«nhà còn có sổ hộ cận nghèo nữa, thế cả năm còn bao nhiêu» after a price: of it, however long the message."""
    if of.name != contribution.FORM.name or not facts.names() or not {*facts.names()} <= _OF_A_PRICE:
        return False
    if reading.speaks_of_a_pension(text) or reading.names_other_money(text):
        return False
    return reading.asks_what_to_pay(text) or _LEFT_TO_PAY.search(fold(normalize(text))) is not None


def _is_bare(text: str, said: Stated) -> bool:
    """Whether a message can be an answer said anew without a word that says so: «2 triệu», «tháng 9»."""
    if len(text.split()) > _FEW_WORDS or reading.yes_no(text) is not None or reading.asks_in_words(text):
        return False
    unclear = text.strip().isdecimal() and len(text.strip()) < _YEAR
    return not unclear and not (said.facts.empty and said.rest.strip() and len(said.rest.split()) > 1)


def for_so_long(context: Context, facts: Facts) -> Turn | None:
    """«thế 20 năm»: what the amount talked of brings, paid for so long."""
    state = context.memory.state
    name = context.resources.library[state.entry].answered_by if state.entry is not None else None
    name = name or (state.result.name if state.result is not None else None)
    if name is None or name not in FORMS or "total" not in FORMS[name].asks_for:
        return None
    known = person.updated(person.known(state), Facts(total=facts.total or facts.span))
    html = FORMS[name].decides(context, known)
    return answer_decided(context, html, state.entry or FORMS[name].entry) if html else None
