"""«Gặp cán bộ»: a citizen hands a question to the staff, goes on with them or with the assistant, and ends it.

All that is handed on is masked; what a form asked goes to the form, and commands go to the assistant.
"""

from __future__ import annotations

import dataclasses
import datetime
import zlib

from handlers import rating, reading
from handlers.dialogue import to_staff as meeting
from handlers.dialogue.context import Exchange, same_words
from handlers.dialogue.memory import ClosedBy, Conversation, mark
from handlers.dialogue.records import Closed, HandedOver, Offered, TurnedTo, Wrote
from handlers.dialogue.turn import Button, Relay, Reply, Rows, Text, Turn
from handlers.handover import expected_wait
from vietnamese.masking import EMAIL, NUMBER

_PART = 1800
"""Characters of one message to the group: each of several carries the mark, so that a reply to any is understood."""
_QUIET = datetime.timedelta(hours=24)
_SIGNS = " \n\t.,;:!?-–_/()"
"""What may stand between masks and still say nothing."""


# --- to a person ---------------------------------------------------------------------------------


def come(exchange: Exchange) -> Turn:
    """A person is wanted: by the button, the command, or in words."""
    state = exchange.memory.state
    if exchange.resources.manner.staff is None:
        return Turn((Text(exchange.say("person.no_staff")),), state)
    held, question = exchange.memory.conversation, exchange.memory.question
    under_a_question = meeting.question_named(exchange.message) is not None
    if held is not None and held.open and not (under_a_question and question):
        return _to_staff(exchange, held)
    return _shown(exchange, meeting.masked(question)[0]) if question else _asked(exchange)


def wished(exchange: Exchange) -> Turn | None:
    """The same in words; None for anything else."""
    typed = exchange.message.kind == "text" and reading.is_wish_for_a_person(exchange.message.text)
    return come(exchange) if typed else None


def _asked(exchange: Exchange) -> Turn:
    state = exchange.memory.state
    said = Text(exchange.say("person.ask", left=state.form is not None), ((_no(exchange),),))
    return Turn((said,), dataclasses.replace(state, form=None, comment_on=None, to_staff=""))


def _shown(exchange: Exchange, text: str) -> Turn:
    """The question as the staff will read it, before it is sent."""
    state = exchange.memory.state
    html = exchange.say("person.shown", text=text, left=state.form is not None, wait=expected_wait.if_closed(exchange))
    send = exchange.button("person.send", meeting.PRESS, meeting.SEND, _sum(text))
    rows = ((send, _no(exchange)), (exchange.button("person.other", meeting.PRESS, meeting.OTHER, ""),))
    return Turn((Text(html, rows),), dataclasses.replace(state, form=None, comment_on=None, to_staff=text))


def _no(exchange: Exchange) -> Button:
    return exchange.button("person.not_now", meeting.PRESS, meeting.NO, "")


def _sum(text: str) -> str:
    """So that an old «Gửi» never sends another question than the one it stands under."""
    return f"{zlib.crc32(text.encode()):x}"


def _send(exchange: Exchange, wanted: str | None = None) -> Turn:
    state, held = exchange.memory.state, exchange.memory.conversation
    text = state.to_staff
    is_open = held is not None and held.open
    if not text or (wanted is not None and wanted != _sum(text)) or exchange.resources.manner.staff is None:
        return _to_staff(exchange, held) if held is not None and is_open else _outdated(exchange)
    if held is not None and is_open:
        turn = _passed_on(exchange, held, text)
        return dataclasses.replace(turn, state=dataclasses.replace(state, to_staff=None))
    number = exchange.memory.next_conversation
    html = exchange.say(
        "person.sent", text=text, wait=expected_wait.told(exchange), assistant=exchange.label("person.assistant")
    )
    said = Text(html, _leads(exchange, number), replaces=wanted is not None)
    relays = _relays(exchange, number, "answering.question", text)
    return Turn((said, *relays), dataclasses.replace(state, to_staff=None), (HandedOver(number, text),))


def _not_sent(exchange: Exchange) -> Turn:
    said = Text(exchange.say("person.not_sent"), replaces=exchange.message.kind == "press")
    return Turn((said,), dataclasses.replace(exchange.memory.state, to_staff=None))


def press(exchange: Exchange, action: str, given: str) -> Turn:
    """A button of this module, of whatever age."""
    match action:
        case "ask":
            return come(exchange)
        case "send":
            return _send(exchange, given)
        case "other" if exchange.resources.manner.staff is not None:
            return _asked(exchange)
        case "no":
            return _not_sent(exchange)
    held = exchange.memory.conversation
    if held is None or str(held.id) != given:
        return _outdated(exchange)
    if not held.open:
        return _rated(exchange, held) if action == meeting.RATE else _outdated(exchange)
    match action:
        case "assistant":
            return _to_assistant(exchange, held)
        case "staff":
            return _to_staff(exchange, held)
        case "done":
            return _done(exchange, held)
    return _outdated(exchange)


def _outdated(exchange: Exchange) -> Turn:
    said = exchange.say("person.ended_already", meet=exchange.label("person.meet"))
    return Turn((Text(said, ((meeting.button(exchange),),)),), exchange.memory.state)


# --- while it is open ----------------------------------------------------------------------------


def hear(exchange: Exchange) -> Turn | None:
    """A text that is the question for the staff, or goes to them; None for one that is the assistant's."""
    text, state = exchange.message.text, exchange.memory.state
    if exchange.resources.manner.staff is None:
        return None
    if state.to_staff is not None and reading.is_cancel(text):
        return _not_sent(exchange)
    if state.to_staff == "":
        masked, _ = meeting.masked(text)
        return _shown(exchange, masked) if _says_something(masked) else _only_numbers(exchange)
    if state.to_staff and reading.is_send(text):
        return _send(exchange)
    held = exchange.memory.conversation
    if held is None or not held.open:
        return None
    for label, act in (("assistant", _to_assistant), ("to_staff", _to_staff), ("done", _done)):
        if same_words(text, exchange.label(f"person.{label}")):
            return act(exchange, held)
    if not held.with_staff or (state.form is not None and not reading.is_question(text)):
        return None
    if reading.is_cancel(text):
        said = exchange.say("person.want_to_end", done=exchange.label("person.done"))
        return Turn((Text(said, _leads(exchange, held.id)),), state)
    return _passed_on(exchange, held, text)


def _passed_on(exchange: Exchange, held: Conversation, text: str) -> Turn:
    masked, was_masked = meeting.masked(text)
    if not _says_something(masked):
        return _only_numbers(exchange)
    told = exchange.say("person.passed_on")
    if was_masked:
        told = f"{told}\n{exchange.say('ask.masked')}"
    relays = _relays(exchange, held.id, "answering.more", masked)
    said = Text(told, _leads(exchange, held.id), quiet=True)
    return Turn((said, *relays), exchange.memory.state, (Wrote(held.id, "citizen", masked),))


def _only_numbers(exchange: Exchange) -> Turn:
    return Turn((Text(exchange.say("person.only_numbers")),), exchange.memory.state)


def _to_assistant(exchange: Exchange, held: Conversation) -> Turn:
    back = _to_staff_button(exchange, held.id)
    said = Text(exchange.say("person.with_assistant"), ((back, _done_button(exchange, held.id)),))
    return Turn((said,), exchange.memory.state, (TurnedTo(held.id, with_staff=False),))


def _to_staff(exchange: Exchange, held: Conversation) -> Turn:
    """What is typed next goes to the staff again, so no form may stand in between."""
    state = exchange.memory.state
    html = exchange.say("person.with_staff", left=state.form is not None)
    said = Text(html, _leads(exchange, held.id))
    state = dataclasses.replace(state, form=None, comment_on=None, to_staff=None)
    return Turn((said,), state, (TurnedTo(held.id, with_staff=True),))


def _leads(exchange: Exchange, number: int) -> Rows:
    """The ways on from a conversation."""
    assistant = exchange.button("person.assistant", meeting.PRESS, meeting.ASSISTANT, str(number))
    return ((assistant, _done_button(exchange, number)),)


def _to_staff_button(exchange: Exchange, number: int) -> Button:
    return exchange.button("person.to_staff", meeting.PRESS, meeting.STAFF, str(number))


def _done_button(exchange: Exchange, number: int) -> Button:
    return exchange.button("person.done", meeting.PRESS, meeting.DONE, str(number))


def answered(exchange: Exchange, held: Conversation, text: str) -> Text:
    """What the staff replied, as the citizen reads it; `text` is masked."""
    to_staff = exchange.label("person.to_staff")
    html = exchange.say("person.answer", text=text, in_form=held.in_form, to_staff=to_staff)
    rows = _leads(exchange, held.id)
    if held.in_form:
        rows = ((_to_staff_button(exchange, held.id),), *rows)
    return Text(html, rows)


# --- the end -------------------------------------------------------------------------------------


def ended(exchange: Exchange, held: Conversation, by: ClosedBy) -> tuple[tuple[Text, ...], Closed]:
    """What the citizen reads at the end, and what is kept of it; the levels only where it is the moment to ask."""
    meet = exchange.label("person.meet")
    html = exchange.say(f"person.ended_{by}", answered=held.answered, meet=meet)
    lately = held.asked_to_rate_at is not None and exchange.message.at - held.asked_to_rate_at < _QUIET
    if held.in_form or lately:
        later = exchange.button("person.rate_later", meeting.PRESS, meeting.RATE, str(held.id))
        return (Text(html, ((later,), (meeting.button(exchange),))),), Closed(held.id, by)
    levels = rating.levels(exchange, _token(held), "person.rate")
    offered = Offered(_token(held), "person", "person")
    return (Text(html, ((meeting.button(exchange),),)), levels), Closed(held.id, by, offered)


def _token(held: Conversation) -> str:
    return f"k{held.id}"


def _done(exchange: Exchange, held: Conversation) -> Turn:
    replies, closed = ended(exchange, held, "citizen")
    told = Text(exchange.say("answering.closed_citizen", mark=mark(held.id)), quiet=True)
    state = exchange.memory.state
    if closed.offered is not None:
        state = dataclasses.replace(state, rate_on=closed.offered.offer, comment_on=None)
    return Turn((*replies, Relay("staff", told, held.id)), state, (closed,))


def _rated(exchange: Exchange, held: Conversation) -> Turn:
    """«Đánh giá cán bộ trả lời» under the end of a conversation."""
    state = dataclasses.replace(exchange.memory.state, rate_on=_token(held), comment_on=None)
    asked = Offered(_token(held), "person", "person", asked_for=True)
    return Turn((rating.levels(exchange, _token(held), "person.rate"),), state, (asked,))


# --- to the group --------------------------------------------------------------------------------


def close_button(exchange: Exchange, number: int) -> Button:
    """«Khép lại», under a message of the group."""
    return exchange.button("answering.close", meeting.STAFF_PRESS, meeting.CLOSE, str(number))


def _relays(exchange: Exchange, number: int, name: str, text: str) -> tuple[Reply, ...]:
    close = close_button(exchange, number)
    parts = _parts(text)
    said = [exchange.say("answering.goes_on" if n else name, mark=mark(number), text=part) for n, part in parts]
    rows = [((close,),) if n == len(said) - 1 else () for n in range(len(said))]
    return tuple(Relay("staff", Text(html, row), number) for html, row in zip(said, rows, strict=True))


def _parts(text: str) -> list[tuple[int, str]]:
    """A text in numbered parts, cut at spaces where there are some."""
    parts: list[str] = []
    while len(text) > _PART:
        at = text.rfind(" ", _PART // 2, _PART)
        at = _PART if at < 0 else at
        parts.append(text[:at])
        text = text[at:].lstrip()
    return list(enumerate((*parts, text)))


def _says_something(masked: str) -> bool:
    """Whether a masked text holds more than masks; «1970» does."""
    for each in (NUMBER, EMAIL, meeting.ACCOUNT):
        masked = masked.replace(each, "")
    return bool(masked.strip(_SIGNS))
