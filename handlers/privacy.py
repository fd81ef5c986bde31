"""«/quyenriengtu» and «/xoadulieu»: what is kept and for how long, and having it deleted."""

from __future__ import annotations

from handlers.dialogue.context import Context
from handlers.dialogue.memory import mark
from handlers.dialogue.records import Forgotten
from handlers.dialogue.state import State
from handlers.dialogue.turn import Relay, Text, Turn

PRESS, YES, NO = "forget", "yes", "no"


def told(context: Context) -> Turn:
    """What is kept, for how long, and how to have it deleted."""
    kept = context.resources.manner.kept
    said = context.say(
        "privacy.told",
        questions=kept.questions,
        comments=kept.comments,
        people=kept.people,
        conversations=kept.conversations,
    )
    return Turn((Text(said, ((context.button("privacy.delete", PRESS, ""),),)),), context.memory.state)


def asked(context: Context) -> Turn:
    """Before anything is deleted: what goes, what stays, and one confirmation."""
    buttons = (context.button("privacy.yes", PRESS, YES), context.button("privacy.no", PRESS, NO))
    return Turn((Text(context.say("privacy.ask"), (buttons,)),), context.memory.state)


def pressed(context: Context, answer: str) -> Turn:
    """«Xoá dữ liệu», then «Xoá hết» or «Giữ lại»."""
    if answer == YES:
        said = Text(context.say("privacy.deleted"), replaces=True)
        return Turn((said, *_told_to_staff(context)), State(), (Forgotten(),))
    if answer == NO:
        return Turn((Text(context.say("privacy.stays"), replaces=True),), context.memory.state)
    return asked(context)


def _told_to_staff(context: Context) -> tuple[Relay, ...]:
    """Who waits in the group for an answer of this person learns that there is nobody to answer any more."""
    held = context.memory.conversation
    if held is None or not held.open:
        return ()
    return (Relay("staff", Text(context.say("group.forgotten", mark=mark(held.id)))),)
