"""What a message leaves to what is known of the person, whatever was answered last: «nếu đóng tiếp mức 3 triệu»."""

from __future__ import annotations

import dataclasses

from handlers import reading
from handlers.answers import aspects, decided
from handlers.answers.said import answer_decided, answerable, recorded
from handlers.calculators import maternity, pension, survivors
from handlers.dialogue import filling, person
from handlers.dialogue.context import Context
from handlers.dialogue.heard import is_of_a_withdrawal
from handlers.dialogue.turn import Turn
from handlers.reading import Facts

_WISHED = {"income", "payment", "money", "level"}
_OF_GOING_ON = {*_WISHED, "whom", "sex", "groups", "every", "total"}
_OF_A_BIRTH = {"children", "whom", "sex"}
_KEPT = "withdraw_or_wait"


def of_the_person(context: Context, facts: Facts) -> Turn | None:
    """The answer to a message whose facts are these, of who told the rest before; None of others."""
    return (
        _paid_on(context, facts)
        or _stops_now(context, facts)
        or _of_the_birth(context, facts)
        or _left_in(context, facts)
        or _of_the_dead(context, facts)
    )


def _paid_on(context: Context, facts: Facts) -> Turn | None:
    """«nếu đóng tiếp mức 3 triệu» of who is known, and has paid: the pension that comes of it."""
    text, names = context.message.text, {*facts.names()}
    known = person.known_of(context.memory.state, facts.whom)
    if not names & _WISHED or not names <= _OF_GOING_ON or not reading.goes_on_paying(text):
        return None
    if not _is_known(known) or reading.asks_what_to_pay(text) or reading.names_other_money(text):
        return None
    return _pension(person.told(context, facts), Facts(total=facts.total))


def _stops_now(context: Context, facts: Facts) -> Turn | None:
    """«thế dừng luôn bây giờ thì được bao nhiêu», where it was about a pension: its estimate tells that too."""
    text, state = context.message.text, context.memory.state
    of_a_pension = (state.result is not None and state.result.name == pension.FORM.name) or (
        state.entry == pension.FORM.entry
    )
    asks = reading.asks_for_an_amount(text) or reading.asks_then_what(text) or reading.leaves_open(text)
    if not of_a_pension or not {*facts.names()} <= {"whom", "sex"} or not (asks and reading.stops_paying(text)):
        return None
    known = person.known_of(state, facts.whom)
    if not _is_known(known) or reading.asks_whether_lost(text) or reading.takes_it_out(text):
        return None
    return _pension(person.told(context, facts))


def _of_the_birth(context: Context, facts: Facts) -> Turn | None:
    """«thế sinh đôi thì sao» after a question of something else: of the birth that was talked of before it."""
    entry, names = maternity.FORM.entry, {*facts.names()}
    if "children" not in names or not names <= _OF_A_BIRTH or not answerable(context, entry):
        return None
    told = person.told(context, facts)
    known = person.known(told.memory.state)
    html = maternity.FORM.decides(told, known) if known.due is not None else ""
    return answer_decided(told, html, entry) if html else None


def _left_in(context: Context, facts: Facts) -> Turn | None:
    """«còn để lại thì sau này sao», where it was about taking the money out: what comes of waiting."""
    if not facts.empty or not is_of_a_withdrawal(context) or not reading.leaves_it_in(context.message.text):
        return None
    known = person.known(context.memory.state)
    if _is_known(known) and not known.drawing:
        return _pension(context)
    if not answerable(context, _KEPT):
        return None
    html = decided.missing(context, known)
    text = context.answer(_KEPT).short
    return answer_decided(context, "\n\n".join(filter(None, (html, context.say("ask.said", text=text)))), _KEPT)


def _of_the_dead(context: Context, facts: Facts) -> Turn | None:
    """«tui được nhận gì không», «vậy có tiền mai táng không» after a death was told: what that death brings."""
    state, of = context.memory.state, survivors.FORM
    died = next((whom for whom, held in state.people.items() if held.facts.died is not None), None)
    about = aspects.topic(state)
    if died is None or not {*facts.names()} <= {"whom", "sex"} or not answerable(context, about):
        return None
    of_it = context.resources.library[about].condolence
    if not of_it or not reading.asks_what_is_left(context.message.text):
        return None
    turn = filling.begin(of, context.with_state(dataclasses.replace(state, whom=died)), at_once=True)
    return None if turn.state.form is not None else recorded(context, turn, (of.entry,))


def _is_known(facts: Facts) -> bool:
    paid = any(months for months in (facts.paid, facts.own, facts.firm))
    return facts.sex is not None and facts.birth is not None and paid and facts.died is None


def _pension(context: Context, said: Facts = filling.NOTHING_SAID) -> Turn:
    turn = filling.begin(pension.FORM, context, at_once=True, said=said)
    return recorded(context, turn, (pension.FORM.entry,))
