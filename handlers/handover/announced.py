"""«/thongbao»: an admin sees in chat how far announcements are sent, and stops one; they are written on the pages."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.dialogue.announcement import AnnouncementProgress, ShownAnnouncement
from handlers.dialogue.context import Context
from handlers.dialogue.message import Message
from handlers.dialogue.records import AnnouncementStopped
from handlers.dialogue.turn import Rows, Text, Turn

PRESS, COMMAND = "announce", "thongbao"
SHOW, STOP = "show", "stop"
_DIGITS = 9
_WORDS = 80
"""Characters of its text by which one is known again."""


def is_asked(message: Message) -> bool:
    """Whether the desk must look how far announcements are."""
    return _command(message) or number_asked(message) is not None


def number_asked(message: Message) -> int | None:
    """The announcement whose button was pressed; None where no one is named."""
    parts = message.text.split("|") if message.kind == "press" else []
    match parts:
        case [name, _, number] if name == PRESS and number.isdecimal() and len(number) <= _DIGITS:
            return int(number)
    return None


def listed(context: Context) -> Turn:
    """The latest announcements, the newest first; of those under way each its buttons."""
    shown = context.memory.announcements
    if not shown:
        return Turn((Text(context.say("announcements.staff_none")),), context.memory.state)
    return Turn(tuple(_shown(context, each) for each in shown), context.memory.state)


def pressed(context: Context, parts: Sequence[str]) -> Turn:
    """«Xem lại», «Dừng gửi»: the message becomes what holds now."""
    shown = next(iter(context.memory.announcements), None)
    if shown is None:
        return Turn((Text(context.say("announcements.staff_none")),), context.memory.state)
    stops = parts[0] == STOP and shown.progress.state == "sending"
    said = _shown(context, shown, replaces=True, stops=stops)
    if not stops:
        return Turn((said,), context.memory.state)
    return Turn((said,), context.memory.state, (AnnouncementStopped(shown.progress.number),))


def told(context: Context, moment: str, progress: AnnouncementProgress) -> Text:
    """What the group reads when one begins, and when it is over."""
    html = context.say("announcements.staff_progress", moment=moment, progress=progress, words="")
    return Text(html, _buttons(context, progress))


def _command(message: Message) -> bool:
    first, *_ = message.text.split() or [""]
    return message.kind == "text" and first.lower() == f"/{COMMAND}"


def _shown(context: Context, shown: ShownAnnouncement, *, replaces: bool = False, stops: bool = False) -> Text:
    words = " ".join(shown.text.split())
    if len(words) > _WORDS:
        words = words[:_WORDS].rsplit(" ", 1)[0] + "…"
    moment = "stopping" if stops else ""
    html = context.say("announcements.staff_progress", moment=moment, progress=shown.progress, words=words)
    return Text(html, () if stops else _buttons(context, shown.progress), replaces=replaces)


def _buttons(context: Context, progress: AnnouncementProgress) -> Rows:
    if not progress.under_way:
        return ()
    number = str(progress.number)
    again = context.button("announcements.staff_again", PRESS, SHOW, number)
    if progress.state == "stopping":
        return ((again,),)
    return ((again, context.button("announcements.staff_stop", PRESS, STOP, number)),)
