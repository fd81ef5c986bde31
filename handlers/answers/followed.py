"""What hangs on the answer before: «còn nam thì sao», «cần giấy tờ gì», «à nhầm, nữ».

It is read beside what the talk is about: the entry or the calculation answered last. What can't be read so is no
follow-up, and is never answered confidently about something else.
"""

from __future__ import annotations

import dataclasses
import re

from faq.library import Aspect
from handlers import reading
from handlers.answers import decided
from handlers.answers.reckoned import (
    RECKONED,
    answer_decided,
    begun,
    is_own,
    of_entry,
    of_what_is_known,
    what_is_missing,
    what_more_brings,
    when_drawn,
)
from handlers.answers.reckoned import (
    decided as decided_before,
)
from handlers.answers.said import MORE, answer, answerable, asked, entry_button, recorded
from handlers.calculators import contribution
from handlers.calculators.menu import FORMS
from handlers.dialogue import filling, person
from handlers.dialogue.context import ANSWER, Context, in_rows
from handlers.dialogue.form import Form
from handlers.dialogue.heard import heard
from handlers.dialogue.state import FormState, State
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Text, Turn
from handlers.reading import AskedOfResult, Facts, Followup, Stated
from vietnamese.normalize import fold

_ASPECTS = OneOf("ask.aspect_{}", ("papers", "where", "how", "wait", "deadline", "amount", "who"))
_MALE = re.compile(r"^(?:the |vay |con |neu |neu la )*nam\b(?! (?:nay|sau|ngoai|truoc|toi))")
_SHORT = 12
"""Words of a message that may hang on the last result without a word that says so."""
_WAYS = "payment_modes"
"""The entry that tells how often may be paid, with the deadlines."""
_OF_OTHER_MATTERS = {"children", "due", "died", "drawing", "wanted"}
_OF_PAYING = ("paying", "support")
_OF_A_PRICE = {"whom", "sex", "groups", "level", "every", "span"}
_DONG = re.compile(r"\d đ\b")
"""In an answer that tells an amount."""
_NUMBER = re.compile(r"\d")
_YEAR = 4
"""Digits; a shorter number alone may be anything."""
_HANGING = 7
"""Words of a message that nothing is near to, and that then most likely hangs on what was said last."""
_FEW_WORDS = 5
"""A correction of a result without a word that says so («2 triệu») is no longer."""


def taken(context: Context) -> Turn | None:
    """A message that hangs on the last answer; None for one that stands alone, or can't be read beside it."""
    state = context.memory.state
    if state.form is not None:
        return _of_the_form(context, FORMS.get(state.form.name))
    if state.entry is None and state.result is None:
        return None
    text = context.message.text
    said = heard(context)
    if state.whom != "self" and said.facts.whom is None and reading.turns_to_oneself(text):
        said = dataclasses.replace(said, facts=dataclasses.replace(said.facts, whom="self"))
    turn = _by_its_place(context) or what_more_brings(context, said) or what_is_missing(context, said)
    if turn is not None:
        return turn
    of_a_result = state.entry is None and state.result is not None and _tells(FORMS.get(state.result.name), "when")
    told_there = of_a_result and reading.asked_of_result(text) is not None
    drawn = None if told_there else when_drawn(context, said)
    if drawn is not None:
        return drawn
    hangs = reading.followup(text, said)
    turn = _of_somebody_before(context, said.facts, hangs) or _for_several(context, said.facts)
    if turn is None and {*said.facts.names()} == {"groups"} and not reading.speaks_of_paying(text):
        turn = _decided_again(context, said.facts)  # «hộ nghèo thì mấy tuổi» of money for the old
    if turn is not None:
        return turn
    result = _result(context)
    turn = None if result is None else _beside_result(context, *result, said, hangs)
    if turn is None:
        turn = _told_of_the_result(context, said.facts)
    if turn is None and hangs is None:
        turn = _corrected(context)
    if turn is None and hangs is None and _tells_of_the_entry(context, said.facts):
        turn = _decided_again(context, said.facts)
    if turn is not None or hangs is None:
        return turn
    if hangs.aspect == "deadline" and _NUMBER.search(text) and not _is_of_the_ways(context):
        return None  # «hạn 6 tháng», of a way to pay
    extreme = hangs.aspect == "amount" and reading.asks_for_an_extreme(text)
    if (extreme or _OF_OTHER_MATTERS & {*said.facts.names()}) and _stands_alone(context):
        return None  # «thế đóng ít nhất bao nhiêu», «sinh đôi thì được bao nhiêu», whatever was talked of
    library = context.resources.library
    only_how_long = {*said.facts.names()} <= {"every", "span"}
    again = hangs.aspect is None and not said.facts.empty  # «thế 12 tháng»
    if only_how_long and again and state.aspect == "deadline" and _is_of_the_ways(context):
        return _aspect(context, "deadline", _WAYS)
    if only_how_long and (again or hangs.aspect == "amount") and _tells_its_own_price(context):
        return _aspect(context, "amount", topic(state))
    if hangs.aspect == "amount" and {*said.facts.names()} <= {"level", "whom", "sex", "groups"}:
        to_pay = reading.asks_what_to_pay(text) or said.facts.level is not None
        household = said.facts.groups or person.known(person.told(context, said.facts).memory.state).groups
        if said.facts.level is not None and household is None:
            return None  # the entry of the lowest tells it for every household
        priced = (_price(context, said.facts) if to_pay else None) or _how_much(context)
        if priced is not None:
            return priced
    asks_back = reading.speaks_of_a_pension(text) and reading.asks_for_an_amount(text)
    if asks_back and said.facts.payment is not None and _is_of_the_ways(context):
        return None  # «mỗi tháng đóng 500 nghìn thì lương bao nhiêu» after the ways to pay
    about_other_money = answerable(context, topic(state)) and library[topic(state)].topic not in _OF_PAYING
    if hangs.aspect == "amount" and about_other_money and reading.wants_to_pay(text) and said.facts.birth is not None:
        return _price(context, said.facts)
    alone = not hangs.certain and not _tells_of_the_entry(context, said.facts)
    if alone and _stands_alone(context):
        return None
    facts = _sex_alone(text) if said.facts.empty else said.facts
    if hangs.corrects or (facts.money is not None and facts.span is None):
        facts = person.meant(person.known(state), facts)
    if facts.whom is not None and facts.whom != state.whom:
        facts = person.updated(person.known(person.told(context, facts).memory.state), facts)
    turn = _decided_again(context, facts)
    if turn is None and not facts.empty:
        turn = _reckoned_again(context, facts)
    if turn is None and (facts.span or facts.total):
        turn = _for_so_long(context, facts)
    if turn is None and hangs.aspect == "amount" and RECKONED & {*said.facts.names()}:
        return None  # a need of its own: «mức 2 triệu đóng 20 năm được bao nhiêu» after an answer of who may join
    if turn is None and hangs.aspect is not None:
        turn = _aspect(context, hangs.aspect, topic(state))
    if turn is None and hangs.certain and {*said.facts.names()} & {"every", "payment", "income", "level"}:
        turn = _of_paying(context, said.facts)
    tells = hangs.aspect is None and reading.states_only(text, context.message.today)
    if turn is not None or not hangs.certain or tells:
        return turn
    return _with_the_question_before(context)


def _by_its_place(context: Context) -> Turn | None:
    """«thế câu 3»: that question of the message that asked several."""
    place, several = reading.question_meant(context.message.text), context.memory.state.several
    if place is None or not 0 < place <= len(several) or not answerable(context, several[place - 1]):
        return None
    entry = several[place - 1]
    html = decided_before(context, entry)
    if html:
        return answer_decided(context, html, entry)
    state = dataclasses.replace(context.memory.state, entry=entry)
    return Turn((answer(context, entry),), state, (asked(context, "answer", (entry,)),))


def _of_somebody_before(context: Context, facts: Facts, hangs: Followup | None) -> Turn | None:
    """«à tiền của mẹ tôi thì nộp đơn ở đâu»: what the talk was about, while it was of her."""
    state = context.memory.state
    before = None if facts.whom in (None, state.whom) else state.people.get(facts.whom or "self")
    if before is None or hangs is None or hangs.aspect is None or not {*facts.names()} <= {"whom", "sex"}:
        return None
    return _aspect(person.told(context, facts), hangs.aspect, before.entry)


def _for_several(context: Context, facts: Facts) -> Turn | None:
    """«hai người thì»: the price told, so many times."""
    number, state, of = reading.heads(context.message.text), context.memory.state, contribution.FORM
    of_a_price = _is_of_the_ways(context) or reading.asks_what_to_pay(context.message.text)
    if number is None or not of_a_price or not {*facts.names()} <= _OF_A_PRICE:
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
    html = contribution.for_several(context, turn.state.result, number)
    whole = dataclasses.replace(first, html=f"{html}\n\n{first.html}")
    return recorded(context, dataclasses.replace(turn, replies=(whole, *turn.replies[1:])), (of.entry,))


def _of_the_form(context: Context, of: Form | None) -> Turn | None:
    """«cần giấy tờ gì» in the middle of a form: of what it reckons."""
    text = context.message.text
    hangs = reading.followup(text, reading.stated(text, context.message.today))
    if of is None or hangs is None or hangs.aspect in (None, "amount") or not hangs.certain:
        return None
    return _aspect(context, hangs.aspect, of.entry)


def _result(context: Context) -> tuple[Form, FormState] | None:
    """The calculation the talk is about; none after an answer of the FAQ."""
    state = context.memory.state
    if state.result is None or state.entry is not None or state.result.name not in FORMS:
        return None
    return FORMS[state.result.name], state.result


def _beside_result(context: Context, of: Form, result: FormState, said: Stated, hangs: Followup | None) -> Turn | None:
    """The last calculation with what is said otherwise, or once more, where it is asked what it told."""
    text = context.message.text
    meant = reading.corrected(text)
    turn: Turn | None = None
    if meant is not None:
        known = person.known(context.memory.state)
        facts = person.meant(known, reading.stated(meant, context.message.today).facts)
        turn = filling.again(of, context, result, facts) or filling.mend(of, context, result, meant)
    elif _of_its_facts(text, said, hangs) and not _asks_another_price(of, said.facts, text):
        turn = filling.again(of, context, result, said.facts)
        if turn is None and said.facts.span and "total" in of.asks_for:  # «thế 20 năm»
            turn = filling.again(of, context, result, dataclasses.replace(said.facts, total=said.facts.span, span=None))
        if turn is None and said.facts.total:
            turn = _for_so_long(context, said.facts)
    if turn is None and _is_bare(text, said):
        turn = filling.mend(of, context, result, text)
    if turn is None and said.facts.empty and _tells(of, reading.asked_of_result(text)):
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


def _tells_of_the_entry(context: Context, facts: Facts) -> bool:
    """Whether a message states, and does not ask, what the last entry is decided by: «đóng từ 8/2025»."""
    entry = context.memory.state.entry
    return (
        entry is not None
        and not reading.asks_in_words(context.message.text)
        and decided.tells(context, entry, facts, sure=False)
    )


def _tells_its_own_price(context: Context) -> bool:
    """Whether the talk is about something with an amount of its own and no calculation: accident insurance."""
    about = topic(context.memory.state)
    if not answerable(context, about) or context.resources.library[about].answered_by is not None:
        return False
    own = "amount" in context.answer(about).aspects and not _priced_elsewhere(context, about)
    return own and context.resources.library[about].topic != "paying"


def _priced_elsewhere(context: Context, entry: str) -> bool:
    """Whether the amount of an entry is the price that every household pays, told in another."""
    teller = context.resources.library[entry].said_by.get("amount")
    return teller is not None and context.resources.library[teller].answered_by == contribution.FORM.name


def _is_of_the_ways(context: Context) -> bool:
    """Whether the talk is about how often is paid, so that «hạn 6 tháng» is one of these."""
    about = topic(context.memory.state)
    return answerable(context, about) and context.resources.library[about].answered_by == contribution.FORM.name


def _tells(of: Form | None, asked_for: AskedOfResult | None) -> bool:
    """Whether a calculation told what a message asks of its result: only one of a pension says from when it is drawn,
    and what is paid in is not what comes back."""
    if of is None:
        return False
    if asked_for in ("when", "missing"):
        return {"birth", "sex"} <= {*of.asks_for}
    return asked_for is not None and not (asked_for == "pension" and of.name == contribution.FORM.name)


def _corrected(context: Context) -> Turn | None:
    """«nhầm, bố em chưa lĩnh lương hưu, mới đóng 6 năm»: what the last answer went by was otherwise."""
    meant = reading.corrected(context.message.text)
    if meant is None or reading.asks_in_words(meant):
        return None
    facts = person.meant(person.known(context.memory.state), reading.stated(meant, context.message.today).facts)
    return None if facts.empty else _decided_again(context, facts) or _reckoned_again(context, facts)


def _stands_alone(context: Context) -> bool:
    """Whether an entry answers a message by itself, surely, or as a neighbour of the last one that it rather means."""
    match = context.resources.matcher.match(context.message.text)
    about = topic(context.memory.state)
    neighbours = context.resources.library[about].related if answerable(context, about) else ()
    facts = reading.stated(context.message.text, context.message.today).facts
    near = match.entries[0] in neighbours or decided.tells(context, match.entries[0], facts)
    return match.decision == "answer" or (match.hedged and near)


def _told_of_the_result(context: Context, facts: Facts) -> Turn | None:
    """The last calculation with facts that a message states and does not ask of, after another question between."""
    state, text = context.memory.state, context.message.text
    of = FORMS.get(state.result.name) if state.result is not None and state.entry is not None else None
    if of is None or state.result is None or reading.asks_in_words(text):
        return None
    if not reading.states_only(text, context.message.today) or _tells_of_the_entry(context, facts):
        return None
    if state.entry is not None and of_entry(context, state.entry, facts) not in (None, of):
        return None
    again = filling.again(of, context, state.result, facts)
    changed = again is not None and again.state.result is not None and again.state.result.changed
    return recorded(context, again, (of.entry,)) if again is not None and changed else None


def _price(context: Context, facts: Facts) -> Turn | None:
    """«thế đóng bao nhiêu» after an answer of what is got, of the card or of a birth: what is to be paid."""
    of = contribution.FORM
    entry = topic(context.memory.state)
    answered_by = context.resources.library[entry].answered_by if answerable(context, entry) else of.name
    elsewhere = answered_by is None and _priced_elsewhere(context, entry)
    if answered_by == of.name or (answered_by is None and not elsewhere):  # it tells its own price
        return None
    context = person.told(context, facts)
    return recorded(context, filling.begin(of, context, at_once=True, said=facts), (of.entry,))


def _of_paying(context: Context, facts: Facts) -> Turn | None:
    """«nửa năm nộp một lần thì sao» after whatever was said of paying."""
    about = topic(context.memory.state)
    if not answerable(context, about) or context.resources.library[about].topic not in _OF_PAYING:
        return None
    of = contribution.FORM
    return recorded(context, filling.begin(of, person.told(context, facts), at_once=True, said=facts), (of.entry,))


def _how_much(context: Context) -> Turn | None:
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


def _asks_another_price(of: Form, facts: Facts, text: str) -> bool:
    """«mức 3 triệu thì mỗi tháng đóng bao nhiêu» beside a calculation that takes no such wish."""
    wished = {"payment", "income", "every"} & {*facts.names()}
    return bool(wished) and wished.isdisjoint(of.asks_for) and reading.asks_what_to_pay(text)


def _of_its_facts(text: str, said: Stated, hangs: Followup | None) -> bool:
    """Whether a message says of the last calculation what is otherwise, and nothing else."""
    if said.facts.empty:
        return False
    return hangs is not None or (len(text.split()) <= _SHORT and not reading.names_a_topic(text, said))


def _is_bare(text: str, said: Stated) -> bool:
    """Whether a message can be an answer said anew without a word that says so: «2 triệu», «tháng 9»."""
    if len(text.split()) > _FEW_WORDS or reading.yes_no(text) is not None or reading.asks_in_words(text):
        return False
    unclear = text.strip().isdecimal() and len(text.strip()) < _YEAR
    return not unclear and not (said.facts.empty and said.rest.strip() and len(said.rest.split()) > 1)


def _decided_again(context: Context, facts: Facts) -> Turn | None:
    """What these facts decide of the last entry: «còn đứa 14 tuổi thì sao»."""
    entry = context.memory.state.entry
    if entry is None or not answerable(context, entry):
        return None
    facts = decided.of_span(entry, facts)
    if not decided.tells(context, entry, facts):
        return None
    told = person.told(context, facts)
    html = decided.of(told, entry, person.known(told.memory.state))
    return answer_decided(told, html, entry) if html else None


def _reckoned_again(context: Context, facts: Facts) -> Turn | None:
    """The last calculation, or the one that answers the last entry, with the facts of this message."""
    state = context.memory.state
    if state.entry is not None and answerable(context, state.entry):
        of = of_entry(context, state.entry, facts)
        result = None if state.result is None else FORMS.get(state.result.name)
        same = of is not None and result is not None and len(result.takes(facts)) >= len(of.takes(facts))
        same = same and (result is of or reading.turns_back(context.message.text))
        if of is not None and not same:  # an entry of the calculation before («cần giấy tờ gì») changes nothing of it
            return _for_entry(person.told(context, facts), of, state.entry, facts)
    if state.result is None or state.result.name not in FORMS:
        return None
    of = FORMS[state.result.name]
    again = filling.again(of, context, state.result, facts)
    return None if again is None else recorded(context, again, (of.entry,))


def _for_entry(context: Context, of: Form, entry: str, facts: Facts) -> Turn:
    """What facts make of the entry answered last: reckoned, or decided, or its answer again and what is still asked."""
    if facts.span in contribution.MODES and "every" in of.asks_for:
        facts = dataclasses.replace(facts, every=facts.span, span=None)  # «the 12 thang», said of ways to pay
    turn = filling.begin(of, context, at_once=True, said=facts)
    if turn.state.form is None:
        return recorded(context, turn, (entry,))
    known = person.updated(person.known(context.memory.state), facts)
    html = of.decides(context, known)
    if html:
        return answer_decided(context, html, entry)
    lead = decided.of(context, entry, known) or context.say("ask.said", text=context.answer(entry).short)
    return recorded(context, filling.begin(of, context, lead=lead, at_once=True), (entry,))


def _sex_alone(text: str) -> Facts:
    """«con nam thi sao» without accents: beside a last answer no year is meant where none is named."""
    return Facts(sex="male") if _MALE.search(fold(text)) is not None else Facts()


def _for_so_long(context: Context, facts: Facts) -> Turn | None:
    """«thế 20 năm»: what the amount talked of brings, paid for so long."""
    state = context.memory.state
    name = context.resources.library[state.entry].answered_by if state.entry is not None else None
    name = name or (state.result.name if state.result is not None else None)
    if name is None or name not in FORMS or "total" not in FORMS[name].asks_for:
        return None
    known = person.updated(person.known(state), Facts(total=facts.total or facts.span))
    html = FORMS[name].decides(context, known)
    return answer_decided(context, html, state.entry or FORMS[name].entry) if html else None


def aspect_of(context: Context, state: State, question: str, *, told: str) -> str:
    """What is said to a question about the thing just answered, as HTML; empty where it is about another.

    `told`: what is said already; it is that, where an amount is asked for and was told.
    """
    hangs = reading.followup(question, reading.stated(question, context.message.today))
    entry = topic(state)
    if hangs is None or hangs.aspect is None or not answerable(context, entry):
        return ""
    if hangs.aspect == "amount" and _DONG.search(told):
        return told
    said = context.answer(entry).aspects.get(hangs.aspect)
    if said is None:
        return ""
    return context.say("ask.aspect_beside", aspect=context.label(_ASPECTS[hangs.aspect]), text=said)


def topic(state: State) -> str:
    """The entry the talk is about: the one answered, or that of the last calculation; empty where there is none."""
    of = FORMS.get(state.result.name) if state.result is not None else None
    return state.entry or (of.entry if of is not None else "")


def _aspect(context: Context, aspect: Aspect, entry: str) -> Turn | None:
    """Papers, places, deadlines of an entry: the one the talk is about."""
    state = context.memory.state
    if not answerable(context, entry):
        return None
    told = context.answer(entry)
    if aspect not in told.aspects:
        return None
    html = context.say(
        "ask.aspect", aspect=context.label(_ASPECTS[aspect]), question=told.label, text=told.aspects[aspect]
    )
    details = context.button("ask.details", MORE, entry)
    return Turn(
        (Text(html, ((details,),)),),
        dataclasses.replace(state, entry=entry),
        (asked(context, "answer", (entry,)),),
    )


def beside_the_last(context: Context) -> Turn | None:
    """A few words that nothing is near to, in the middle of a talk: most likely they hang on what was said last."""
    few = len(context.message.text.split()) <= _HANGING
    return _with_the_question_before(context) if few and context.memory.state.form is None else None


def _with_the_question_before(context: Context) -> Turn | None:
    """Surely a follow-up, but of what is not written: entries near both questions are offered, and none is asserted."""
    state = context.memory.state
    entry = topic(state)
    if not answerable(context, entry):
        return None
    question = context.answer(entry).question
    match = context.resources.matcher.match(f"{question} {context.message.text}")
    near = [each for each in (entry, *match.entries) if answerable(context, each)]
    offered = list(dict.fromkeys(near))[:3]
    buttons = [entry_button(context, ANSWER, each) for each in offered]
    html = context.say("ask.hangs", question=context.answer(entry).label)
    return Turn((Text(html, in_rows(buttons, 1)),), state, (asked(context, "choose", tuple(offered)),))
