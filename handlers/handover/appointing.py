"""«/them»: an admin makes somebody one of the staff; who is left out or changed is seen to on the pages."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.dialogue.context import Context
from handlers.dialogue.memory import Role
from handlers.dialogue.message import Message
from handlers.dialogue.records import Appointed
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Text, Turn
from vietnamese.normalize import fold

COMMAND = "them"
LONGEST_NAME, LONGEST_ID = 64, 16
ROLES: Mapping[str, Role] = {
    "viewer": "viewer",
    "xem": "viewer",
    "editor": "editor",
    "bientap": "editor",
    "admin": "admin",
    "quantri": "admin",
}

_WHY_NOT = OneOf("staff.appoint_{}", ("is_member", "name_taken", "no_name"))
_ROLE = OneOf("staff.role_{}", ("viewer", "editor", "admin"))


def wanted(message: Message) -> Appointed | None:
    """Whom «/them 123456789 bientap Lan» makes what; None where it can't be read."""
    match message.text.split():
        case [command, person, role, *name] if command.lower() == f"/{COMMAND}" and name:
            known, whole = ROLES.get(fold(role)), " ".join(name)
            is_id = person.isascii() and person.isdecimal() and len(person) <= LONGEST_ID and int(person) > 0
            if known is not None and is_id and len(whole) <= LONGEST_NAME:
                return Appointed(str(int(person)), known, whole)
    return None


def asks_to_appoint(message: Message) -> bool:
    """Whether the desk must look whether somebody can be added."""
    return message.kind == "text" and message.place == "private" and wanted(message) is not None


def appoint(context: Context) -> Turn:
    """Done, or why not, or how it is typed."""
    order, state = wanted(context.message), context.memory.state
    if order is None or context.message.place != "private":
        return Turn((Text(context.say("staff.appoint_how")),), state)
    if context.memory.cannot_appoint:
        return Turn((Text(context.say(_WHY_NOT[context.memory.cannot_appoint])),), state)
    said = context.say("staff.appointed", name=order.name, role=context.label(_ROLE[order.role]))
    return Turn((Text(said),), state, (order,))
