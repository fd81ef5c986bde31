"""What the staff do in a conversation, from their group or from a page: answer, assign, note, sort, end, keep.

Each is one turn: what the citizen is told, what is recorded with who did it, and a text for whoever did it. Without a
record nothing was done, and the text says why. In the group all of the staff read that text; of what is done on a page
the group is told besides.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Sequence

from handlers.dialogue import to_staff
from handlers.dialogue.context import Context
from handlers.dialogue.memory import KnownConversation, mark
from handlers.dialogue.records import Drafted, HandedTo, Noted, Record, Reopened, Sorted, Undrafted, Wrote
from handlers.dialogue.state import State
from handlers.dialogue.topics import TOPIC_NAMES
from handlers.dialogue.turn import Button, Relay, Reply, Rows, Text, Turn
from handlers.handover import citizen, colleagues, staff_commands
from vietnamese.masking import mask, mask_numbers

LONGEST = 3500
"""Characters of an answer typed on a page: with what stands around it, it goes out as one message."""
_AT_ONCE = datetime.timedelta(minutes=1)
"""Who answers so soon after a colleague can't have read it."""


def told(context: Context, name: str, /, **figures: object) -> Turn:
    """Nothing is done, and whoever wanted it reads why."""
    return Turn((Text(context.say(name, **figures), quiet=True),), State())


def for_editors(context: Context, number: int, act: Callable[[Context, KnownConversation], Turn]) -> Turn:
    """The turn of `act` in a conversation; for who may not, and where there is none any more, why not."""
    if not staff_commands.may(context.memory.role, "editor"):
        return told(context, "group.not_allowed")
    held = context.memory.conversation
    return told(context, "group.no_such", mark=mark(number)) if held is None else act(context, held)


def pressed(context: Context, held: KnownConversation, parts: Sequence[str]) -> Turn | None:
    """What a button brings in the group and on a page alike; None for any other."""
    match parts:
        case [to_staff.KEEP, _, reply]:
            return keep(context, held, reply)
        case [to_staff.UNKEEP, _, reply]:
            return unkeep(context, held, reply)
        case [to_staff.CLOSE, _]:
            return close(context, held)
        case [to_staff.REOPEN, _]:
            return reopen(context, held)
        case [to_staff.TAKE, _]:
            return assign(context, held, context.memory.colleague)
        case [to_staff.GIVE, _, to]:
            return assign(context, held, to or None)
        case [to_staff.SORT, _, topic]:
            return sort(context, held, topic)
    return None


def answer(context: Context, held: KnownConversation, text: str) -> Turn:
    """What the staff reply goes to the citizen, its numbers masked; unless a colleague was first."""
    if not held.open:
        return told(context, "group.already_closed", mark=held.mark)
    overtaken = _overtaken(context, held)
    if overtaken is not None:
        return overtaken
    said, was_masked = mask_numbers(text)  # whom and where staff name, the citizen reads
    kept, _ = mask(text)
    keep = context.button("group.keep", to_staff.STAFF_PRESS, to_staff.KEEP, str(held.id), context.message.delivery)
    me = called(context, context.memory.colleague)
    html = context.say(
        "group.sent",
        mark=held.mark,
        masked=was_masked,
        with_media=context.message.with_media,
        waits=not held.reachable,
    )
    return _done(
        context,
        (Relay("citizen", citizen.answered(context, held, said), held.id),),
        Text(html, ((keep,), (citizen.close_button(context, held.id),)), quiet=True),
        context.say("group.answered_on_page", mark=held.mark, text=kept, name=me),
        Wrote(held.id, "staff", kept, context.memory.colleague),
        *_taken_by_answering(context, held),
    )


def _taken_by_answering(context: Context, held: KnownConversation) -> tuple[Record, ...]:
    """Whoever answers what nobody has taken, has."""
    me = context.memory.colleague
    return (HandedTo(held.id, me, me),) if held.assignee is None else ()


def _overtaken(context: Context, held: KnownConversation) -> Turn | None:
    """Something was said that whoever answers can't have read; None where they have read all."""
    last, seen = held.last, context.message.seen
    if last is None:
        return None
    if context.message.place == "page":
        unread = seen is None or last.number > seen
        by_staff = last.side == "staff"
        return told(context, "group.not_read", mark=held.mark, by_staff=by_staff) if unread else None
    at_once = last.side == "staff" and context.message.at - last.at < _AT_ONCE
    if at_once and last.by not in (None, context.memory.colleague):
        return told(context, "group.colleague_first", mark=held.mark, name=called(context, last.by or ""))
    return None


def close(context: Context, held: KnownConversation) -> Turn:
    """The conversation ends, and its citizen is told and asked to rate it."""
    if not held.open:
        return told(context, "group.already_closed", mark=held.mark)
    said, closed = citizen.ended(context, held, "staff")
    html = context.say("group.closed_staff", mark=held.mark)
    return _done(
        context,
        tuple(Relay("citizen", each, held.id) for each in said),
        Text(html, ((reopen_button(context, held.id),),), quiet=True),
        html,
        dataclasses.replace(closed, colleague=context.memory.colleague),
    )


def reopen(context: Context, held: KnownConversation) -> Turn:
    """One that ended goes on. The citizen hears of it by the next answer: what they type stays with the assistant."""
    if held.open:
        return told(context, "group.open_already", mark=held.mark)
    if held.closed_by == "gone":
        return told(context, "group.gone", mark=held.mark)
    if held.later:
        return told(context, "group.asked_anew", mark=held.mark)
    html = context.say("group.reopened", mark=held.mark, waits=not held.reachable)
    return _done(
        context,
        (),
        Text(html, ((citizen.close_button(context, held.id),),), quiet=True),
        html,
        Reopened(held.id, context.memory.colleague),
    )


def assign(context: Context, held: KnownConversation, to: str | None) -> Turn:
    """It is for one of the staff to answer from now on, or for nobody in particular: with a signature, or None."""
    if not held.open:
        return told(context, "group.already_closed", mark=held.mark)
    able = {each.signature for each in context.memory.colleagues if staff_commands.may(each.role, "editor")}
    if to not in (None, context.memory.colleague, *able):
        return told(context, "group.no_colleague", mark=held.mark)
    name = None if to is None else called(context, to)
    html = context.say("group.assigned", mark=held.mark, name=name)
    rows = ((citizen.close_button(context, held.id), menu_button(context, held.id)),)
    return _done(context, (), Text(html, rows, quiet=True), html, HandedTo(held.id, to, context.memory.colleague))


def note(context: Context, held: KnownConversation, text: str) -> Turn:
    """What colleagues are to know; the citizen never reads it."""
    kept, _ = mask(text.strip())
    if not kept.strip():
        return told(context, "group.empty", mark=held.mark)
    if len(kept) > LONGEST:
        return told(context, "group.too_long", mark=held.mark, most=LONGEST)
    said = Text(context.say("group.noted", mark=held.mark), quiet=True)
    html = context.say("group.noted_on_page", mark=held.mark, text=kept)
    return _done(context, (), said, html, Noted(held.id, kept, context.memory.colleague))


def sort(context: Context, held: KnownConversation, topic: str) -> Turn:
    """What it is about: one of the topics of the answers, or '' for none."""
    if topic and topic not in TOPIC_NAMES:
        return told(context, "group.no_topic", mark=held.mark)
    name = context.label(TOPIC_NAMES[topic]) if topic else None
    said = Text(context.say("group.sorted", mark=held.mark, topic=name), quiet=True)
    record = Sorted(held.id, topic or None, context.memory.colleague)
    return Turn((said,), State(), (record,))


def keep(context: Context, held: KnownConversation, reply: str) -> Turn:
    """What was replied, known by its delivery, becomes the draft of an entry; it can be undone."""
    undo = context.button("group.unkeep", to_staff.STAFF_PRESS, to_staff.UNKEEP, str(held.id), reply)
    html = context.say("group.kept", mark=held.mark)
    said = Text(html, ((undo,), *_close_row(context, held)), replaces=True, quiet=True)
    return Turn((said,), State(), (Drafted(held.id, reply, context.memory.colleague),))


def unkeep(context: Context, held: KnownConversation, reply: str) -> Turn:
    """It is no draft any more, and can become one again."""
    keep_again = context.button("group.keep", to_staff.STAFF_PRESS, to_staff.KEEP, str(held.id), reply)
    html = context.say("group.unkept", mark=held.mark)
    said = Text(html, ((keep_again,), *_close_row(context, held)), replaces=True, quiet=True)
    return Turn((said,), State(), (Undrafted(held.id, reply, context.memory.colleague),))


def _close_row(context: Context, held: KnownConversation) -> Rows:
    return ((citizen.close_button(context, held.id),),) if held.open else ()


def _done(context: Context, relays: tuple[Reply, ...], said: Text, to_group: str, *records: Record) -> Turn:
    """Done: `said` to whoever did it; of what was done on a page the group reads `to_group`, with the same buttons."""
    if context.message.place == "page":
        number = to_staff.conversation_named(context.message)
        relays = (*relays, Relay("staff", Text(to_group, _without_keep(said.buttons), quiet=True), number, news=True))
    return Turn((*relays, said), State(), records)


def _without_keep(rows: Rows) -> Rows:
    """Under what a page tells the group: a reply is kept where it was typed."""
    kept = f"{to_staff.STAFF_PRESS}|{to_staff.KEEP}|"
    return tuple(row for row in rows if not any(each.data.startswith(kept) for each in row))


def called(context: Context, signature: str) -> str:
    """What colleagues call one of the staff."""
    return colleagues.called(context.texts, context.memory.colleagues, signature)


def topic_called(context: Context, topic: str) -> str | None:
    """The name of a topic; None of one that is no more."""
    return context.label(TOPIC_NAMES[topic]) if topic in TOPIC_NAMES else None


def menu_button(context: Context, number: int) -> Button:
    """«Giao, chủ đề…», under a message of the group."""
    return context.button("group.menu", to_staff.STAFF_PRESS, to_staff.MENU, str(number))


def reopen_button(context: Context, number: int) -> Button:
    """«Mở lại», under a message of the group."""
    return context.button("group.reopen", to_staff.STAFF_PRESS, to_staff.REOPEN, str(number))
