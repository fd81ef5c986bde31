"""What staff ask in chat, and who may ask what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from handlers import welcome
from handlers.dialogue.context import Context, in_rows, press_data
from handlers.dialogue.memory import Role
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Button, ReportWanted, StaffLink, Text, Turn
from handlers.handover import announced, appointing

EXPORT = "export"
_SENT = ("xlsx", "docx", "csv", "zip")
_RANKS: tuple[Role, ...] = ("viewer", "editor", "admin")


def may(role: Role | None, least: Role) -> bool:
    """Whether a role is `least` or higher."""
    return role is not None and _RANKS.index(role) >= _RANKS.index(least)


def only(least: Role, answer: Callable[[Context], Turn]) -> Callable[[Context], Turn]:
    """The answer for a role from `least` up; everyone else gets the ordinary help."""
    return lambda context: answer(context) if may(context.memory.role, least) else welcome.help_(context)


def pages(context: Context) -> Turn:
    """«/bangdieukhien»: a one-time link to the staff pages, made on the way out; or the setting it needs."""
    missing = context.resources.manner.pages_need
    if missing:
        return Turn((Text(context.say("staff.pages_need", setting=missing)),), context.memory.state)
    link = StaffLink(context.say("staff.pages_link"), context.say("staff.pages_refused"))
    return Turn((link,), context.memory.state)


def statistics(context: Context) -> Turn:
    """«/thongke»: today, the week, the month and the plan period in a few lines, and the picture of the trend."""
    today = context.message.today.isoformat()
    said = (ReportWanted("overview", today, "text"), ReportWanted("overview", today, "picture"))
    return Turn(said, context.memory.state)


def unanswered(context: Context) -> Turn:
    """«/chuatraloi»: the questions most often left unanswered of late."""
    return Turn((ReportWanted("unanswered", context.message.today.isoformat(), "text"),), context.memory.state)


def choose_report(context: Context) -> Turn:
    """«/xuat»: which report is wanted as a file."""
    buttons = [Button(each.title, press_data(EXPORT, each.name)) for each in context.resources.reports]
    return Turn((Text(context.say("staff.choose_report"), in_rows(buttons)),), context.memory.state)


def export(context: Context, given: Sequence[str]) -> Turn:
    """A button of «/xuat»: the report, then its span and format; the file is made of what is recorded by then."""
    if not may(context.memory.role, "viewer"):
        return welcome.help_(context)
    listed = {each.name: each for each in context.resources.reports}
    name, *rest = given
    if name not in listed or len(rest) not in (0, 2):
        return choose_report(context)
    if rest:
        return Turn((ReportWanted(name, *rest),), context.memory.state)
    today = context.message.today
    spans = {"staff.this_month": f"{today:%Y-%m}", "staff.this_year": f"{today:%Y}"}
    rows = tuple(
        tuple(context.button(label, EXPORT, name, span, ending, format=ending.upper()) for label, span in spans.items())
        for ending in listed[name].formats
        if ending in _SENT
    )
    return Turn((Text(context.say("staff.choose_file", report=listed[name].title), rows),), context.memory.state)


def announcement(context: Context, given: Sequence[str]) -> Turn:
    """A button of «/thongbao», for admins."""
    return announced.pressed(context, given) if may(context.memory.role, "admin") else welcome.help_(context)


COMMANDS: Mapping[str, Callable[[Context], Turn]] = {
    "bangdieukhien": only("viewer", pages),
    "thongke": only("viewer", statistics),
    "chuatraloi": only("viewer", unanswered),
    "xuat": only("viewer", choose_report),
    announced.COMMAND: only("admin", announced.listed),
    appointing.COMMAND: only("admin", appointing.appoint),
}
"""Commands shown only to staff."""

DESCRIPTIONS = OneOf("staff_commands.{}", COMMANDS)
"""The text that describes each."""
