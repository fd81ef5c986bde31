"""«/quyenriengtu» and «/xoadulieu»: what is kept and for how long, and having it deleted."""

from __future__ import annotations

from handlers.dialogue.context import Exchange
from handlers.dialogue.memory import mark
from handlers.dialogue.records import Forgotten
from handlers.dialogue.state import State
from handlers.dialogue.turn import Relay, Text, Turn

PRESS, YES, NO = "forget", "yes", "no"


def told(exchange: Exchange) -> Turn:
    """What is kept, for how long, and how to have it deleted."""
    kept = exchange.resources.manner.kept
    said = exchange.say(
        "privacy.told",
        questions=kept.questions,
        comments=kept.comments,
        people=kept.people,
        conversations=kept.conversations,
    )
    return Turn((Text(said, ((exchange.button("privacy.delete", PRESS, ""),),)),), exchange.memory.state)


def asked(exchange: Exchange) -> Turn:
    """Before anything is deleted: what goes, what stays, and one confirmation."""
    buttons = (exchange.button("privacy.yes", PRESS, YES), exchange.button("privacy.no", PRESS, NO))
    return Turn((Text(exchange.say("privacy.ask"), (buttons,)),), exchange.memory.state)


def pressed(exchange: Exchange, answer: str) -> Turn:
    """«Xoá dữ liệu», then «Xoá hết» or «Giữ lại»."""
    if answer == YES:
        said = Text(exchange.say("privacy.deleted"), replaces=True)
        return Turn((said, *_told_to_staff(exchange)), State(), (Forgotten(),))
    if answer == NO:
        return Turn((Text(exchange.say("privacy.stays"), replaces=True),), exchange.memory.state)
    return asked(exchange)


def _told_to_staff(exchange: Exchange) -> tuple[Relay, ...]:
    """Who waits in the group for an answer of this person learns that there is nobody to answer any more."""
    held = exchange.memory.conversation
    if held is None or not held.open:
        return ()
    return (Relay("staff", Text(exchange.say("answering.forgotten", mark=mark(held.id)))),)
