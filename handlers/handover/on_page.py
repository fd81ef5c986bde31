"""The pages of the staff: what is typed there is an answer, whatever it looks like; a button does what it says."""

from __future__ import annotations

from handlers.dialogue import to_staff
from handlers.dialogue.context import Context
from handlers.dialogue.memory import KnownConversation
from handlers.dialogue.turn import Turn
from handlers.handover import acts


def converse(context: Context) -> Turn:
    """One thing done on a page, one turn; its text is for whoever did it."""
    number = to_staff.conversation_named(context.message)
    if number is None:
        raise LookupError("a page names the conversation it is about")
    return acts.for_editors(context, number, _answered if context.message.kind == "text" else _pressed)


def _pressed(context: Context, held: KnownConversation) -> Turn:
    parts = context.message.text.split("|")[1:]
    if (done := acts.pressed(context, held, parts)) is not None:
        return done
    match parts:
        case [to_staff.NOTE, _, *words]:
            return acts.note(context, held, "|".join(words))
    return acts.told(context, "group.no_command", mark=held.mark)


def _answered(context: Context, held: KnownConversation) -> Turn:
    text = context.message.text.strip()
    if not text:
        return acts.told(context, "group.empty", mark=held.mark)
    if len(text) > acts.LONGEST:
        return acts.told(context, "group.too_long", mark=held.mark, most=acts.LONGEST)
    return acts.answer(context, held, text)
