"""«Gặp cán bộ»: a citizen hands a question to the staff, goes on with them or with the assistant, and ends it.

All that is handed on is masked; what a form asked goes to the form, and commands go to the assistant.
"""

from __future__ import annotations

import dataclasses
import datetime
import zlib

from handlers import rating, reading
from handlers.dialogue import to_staff as meeting
from handlers.dialogue.context import Context, same_words
from handlers.dialogue.memory import ClosedBy, KnownConversation, mark
from handlers.dialogue.records import Closed, HandedOver, Offered, TurnedTo, Wrote
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Button, Relay, Reply, Rows, Text, Turn
from handlers.handover import expected_wait
from vietnamese.masking import mask, unmasked

_PART = 1800
"""Characters of one message to the group: each of several carries the mark, so that a reply to any is understood."""
_ENDED = OneOf("citizen.ended_{}", ("citizen", "staff", "silence"))
"""By who ended it; whoever is gone reads nothing."""
_QUIET = datetime.timedelta(hours=24)
_SIGNS = " \n\t.,;:!?-–_/()"
"""What may stand between masks and still say nothing."""


# --- to a person ---------------------------------------------------------------------------------


def come(context: Context) -> Turn:
    """A person is wanted: by the button, the command, or in words."""
    state = context.memory.state
    if context.resources.manner.staff is None:
        return Turn((Text(context.say("citizen.no_staff")),), state)
    held, question = context.memory.conversation, context.memory.question
    under_a_question = meeting.question_named(context.message) is not None
    if held is not None and held.open and not (under_a_question and question):
        return _to_staff(context, held)
    return _shown(context, mask(question)[0]) if question else _asked(context)


def wished(context: Context) -> Turn | None:
    """The same in words; None for anything else."""
    typed = context.message.kind == "text" and reading.is_wish_for_a_person(context.message.text)
    return come(context) if typed else None


def _asked(context: Context) -> Turn:
    state = context.memory.state
    said = Text(context.say("citizen.ask", left=state.form is not None), ((_no(context),),))
    return Turn((said,), dataclasses.replace(state, form=None, comment_on=None, to_staff=""))


def _shown(context: Context, text: str) -> Turn:
    """The question as the staff will read it, before it is sent."""
    state = context.memory.state
    wait = "" if context.memory.staff_barred else expected_wait.if_closed(context)
    html = _truth_first(context, context.say("citizen.shown", text=text, left=state.form is not None, wait=wait))
    send = context.button("citizen.send", meeting.PRESS, meeting.SEND, _sum(text))
    rows = ((send, _no(context)), (context.button("citizen.other", meeting.PRESS, meeting.OTHER, ""),))
    return Turn((Text(html, rows),), dataclasses.replace(state, form=None, comment_on=None, to_staff=text))


def _no(context: Context) -> Button:
    return context.button("citizen.not_now", meeting.PRESS, meeting.NO, "")


def _sum(text: str) -> str:
    """So that an old «Gửi» never sends another question than the one it stands under."""
    return f"{zlib.crc32(text.encode()):x}"


def _send(context: Context, wanted: str | None = None) -> Turn:
    state, held = context.memory.state, context.memory.conversation
    text = state.to_staff
    is_open = held is not None and held.open
    if not text or (wanted is not None and wanted != _sum(text)) or context.resources.manner.staff is None:
        return _to_staff(context, held) if held is not None and is_open else _outdated(context)
    if held is not None and is_open:
        turn = _passed_on(context, held, text)
        return dataclasses.replace(turn, state=dataclasses.replace(state, to_staff=None))
    number = context.memory.next_conversation
    assistant = context.label("citizen.assistant")
    if context.memory.staff_barred:
        html = _truth_first(context, context.say("citizen.sent_later", text=text, assistant=assistant))
    else:
        html = context.say("citizen.sent", text=text, wait=expected_wait.told(context), assistant=assistant)
    said = Text(html, _leads(context, number), replaces=wanted is not None, numbers_answer=True)
    relays = _relays(context, number, "group.question", text)
    return Turn((said, *relays), dataclasses.replace(state, to_staff=None), (HandedOver(number, text),))


def _not_sent(context: Context) -> Turn:
    said = Text(context.say("citizen.not_sent"), replaces=context.message.kind == "press")
    return Turn((said,), dataclasses.replace(context.memory.state, to_staff=None))


def press(context: Context, action: str, given: str) -> Turn:
    """A button of this module, of whatever age."""
    match action:
        case "ask":
            return come(context)
        case "send":
            return _send(context, given)
        case "other" if context.resources.manner.staff is not None:
            return _asked(context)
        case "no":
            return _not_sent(context)
    held = context.memory.conversation
    if held is None or str(held.id) != given:
        return _outdated(context)
    if not held.open:
        return _rated(context, held) if action == meeting.RATE else _outdated(context)
    match action:
        case "assistant":
            return _to_assistant(context, held)
        case "staff":
            return _to_staff(context, held)
        case "done":
            return _done(context, held)
    return _outdated(context)


def _outdated(context: Context) -> Turn:
    said = context.say("citizen.ended_already", meet=context.label("citizen.meet"))
    return Turn((Text(said, ((meeting.button(context),),)),), context.memory.state)


# --- while it is open ----------------------------------------------------------------------------


def hear(context: Context) -> Turn | None:
    """A text that is the question for the staff, or goes to them; None for one that is the assistant's."""
    text, state = context.message.text, context.memory.state
    if context.resources.manner.staff is None:
        return None
    if state.to_staff is not None and reading.is_cancel(text):
        return _not_sent(context)
    if state.to_staff == "":
        masked, _ = mask(text)
        return _shown(context, masked) if _says_something(masked) else _only_numbers(context)
    if state.to_staff and reading.is_send(text):
        return _send(context)
    held = context.memory.conversation
    if held is None or not held.open:
        return None
    for label, act in (("citizen.assistant", _to_assistant), ("citizen.to_staff", _to_staff), ("citizen.done", _done)):
        if same_words(text, context.label(label)):
            return act(context, held)
    if not held.with_staff or (state.form is not None and not reading.is_question(text)):
        return None
    if reading.is_cancel(text):
        said = context.say("citizen.want_to_end", done=context.label("citizen.done"))
        return Turn((Text(said, _leads(context, held.id), numbers_answer=True),), state)
    return _passed_on(context, held, text)


def _passed_on(context: Context, held: KnownConversation, text: str) -> Turn:
    masked, was_masked = mask(text)
    if not _says_something(masked):
        return _only_numbers(context)
    told = _truth_first(context, "") or context.say("citizen.passed_on")
    if was_masked:
        told = f"{told}\n{context.say('ask.masked')}"
    relays = _relays(context, held.id, "group.more", masked)
    said = Text(told, _leads(context, held.id), quiet=True, numbers_answer=True)
    return Turn((said, *relays), context.memory.state, (Wrote(held.id, "citizen", masked),))


def _only_numbers(context: Context) -> Turn:
    return Turn((Text(context.say("citizen.only_numbers")),), context.memory.state)


def _to_assistant(context: Context, held: KnownConversation) -> Turn:
    back = _to_staff_button(context, held.id)
    said = Text(context.say("citizen.with_assistant"), ((back, _done_button(context, held.id)),))
    return Turn((said,), context.memory.state, (TurnedTo(held.id, with_staff=False),))


def _to_staff(context: Context, held: KnownConversation) -> Turn:
    """What is typed next goes to the staff again, so no form may stand in between."""
    state = context.memory.state
    left = state.form is not None
    if context.memory.staff_barred:
        html = _truth_first(context, context.say("citizen.with_staff_later", left=left))
    else:
        html = context.say("citizen.with_staff", left=left)
    said = Text(html, _leads(context, held.id), numbers_answer=True)
    state = dataclasses.replace(state, form=None, comment_on=None, to_staff=None)
    return Turn((said,), state, (TurnedTo(held.id, with_staff=True),))


def _leads(context: Context, number: int) -> Rows:
    """The ways on from a conversation."""
    assistant = context.button("citizen.assistant", meeting.PRESS, meeting.ASSISTANT, str(number))
    return ((assistant, _done_button(context, number)),)


def _to_staff_button(context: Context, number: int) -> Button:
    return context.button("citizen.to_staff", meeting.PRESS, meeting.STAFF, str(number))


def _done_button(context: Context, number: int) -> Button:
    return context.button("citizen.done", meeting.PRESS, meeting.DONE, str(number))


def answered(context: Context, held: KnownConversation, text: str) -> Text:
    """What the staff replied, as the citizen reads it; `text` is masked."""
    to_staff = context.label("citizen.to_staff")
    html = context.say("citizen.answer", text=text, in_form=held.in_form, to_staff=to_staff)
    rows = _leads(context, held.id)
    if held.in_form:
        rows = ((_to_staff_button(context, held.id),), *rows)
    return Text(html, rows, numbers_answer=True)


# --- the end -------------------------------------------------------------------------------------


def ended(context: Context, held: KnownConversation, by: ClosedBy) -> tuple[tuple[Text, ...], Closed]:
    """What the citizen reads at the end, and what is kept of it; the levels only where it is the moment to ask."""
    meet = context.label("citizen.meet")
    html = context.say(_ENDED[by], answered=held.answered, meet=meet)
    lately = held.asked_to_rate_at is not None and context.message.at - held.asked_to_rate_at < _QUIET
    if held.in_form or lately:
        later = context.button("citizen.rate_later", meeting.PRESS, meeting.RATE, str(held.id))
        return (Text(html, ((later,), (meeting.button(context),))),), Closed(held.id, by)
    levels = rating.levels(context, _token(held), "citizen.rate")
    offered = Offered(_token(held), "person", "person")
    return (Text(html, ((meeting.button(context),),)), levels), Closed(held.id, by, offered)


def _token(held: KnownConversation) -> str:
    return f"k{held.id}"


def _done(context: Context, held: KnownConversation) -> Turn:
    replies, closed = ended(context, held, "citizen")
    told = Text(context.say("group.closed_citizen", mark=held.mark), quiet=True)
    state = context.memory.state
    if closed.offered is not None:
        state = dataclasses.replace(state, rate_on=closed.offered.offer, comment_on=None)
    return Turn((*replies, Relay("staff", told, held.id)), state, (closed,))


def _rated(context: Context, held: KnownConversation) -> Turn:
    """«Đánh giá cán bộ trả lời» under the end of a conversation."""
    state = dataclasses.replace(context.memory.state, rate_on=_token(held), comment_on=None)
    asked = Offered(_token(held), "person", "person", asked_for=True)
    return Turn((rating.levels(context, _token(held), "citizen.rate"),), state, (asked,))


# --- to the group --------------------------------------------------------------------------------


def close_button(context: Context, number: int) -> Button:
    """«Khép lại», under a message of the group."""
    return context.button("group.close", meeting.STAFF_PRESS, meeting.CLOSE, str(number))


def _truth_first(context: Context, html: str) -> str:
    """Where the group is known to take nothing now, that stands before what is said."""
    if not context.memory.staff_barred:
        return html
    return f"{context.say('late.not_with_staff', days=meeting.KEPT.days)}\n{html}".rstrip()


def _relays(context: Context, number: int, name: str, text: str) -> tuple[Reply, ...]:
    orders = (
        (context.button("group.take", meeting.STAFF_PRESS, meeting.TAKE, str(number)), close_button(context, number)),
        (
            context.button("group.canned", meeting.STAFF_PRESS, meeting.CANNED, str(number)),
            context.button("group.menu", meeting.STAFF_PRESS, meeting.MENU, str(number)),
        ),
    )
    parts = _parts(text)
    said = [context.say("group.goes_on" if n else name, mark=mark(number), text=part) for n, part in parts]
    rows: list[Rows] = [orders if n == len(said) - 1 else () for n in range(len(said))]
    told = context.memory.staff_barred
    return tuple(Relay("staff", Text(html, row), number, told) for html, row in zip(said, rows, strict=True))


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
    return bool(unmasked(masked).strip(_SIGNS))
