"""What staff ask in chat: who may ask what, and the number that goes into the roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from handlers import welcome
from handlers.dialogue.context import Exchange, in_rows, press_data
from handlers.dialogue.memory import Role
from handlers.dialogue.turn import Button, OwnId, Report, StaffLink, Text, Turn

EXPORT = "export"
_SENT = ("xlsx", "docx", "csv", "zip")
_RANKS: tuple[Role, ...] = ("viewer", "editor", "admin")


def own_id(exchange: Exchange) -> Turn:
    """«/id»: the number a person gives to whoever keeps the roles; anyone may ask for their own."""
    return Turn((OwnId(exchange.say("staff.own_id")),), exchange.memory.state)


def may(role: Role | None, least: Role) -> bool:
    """Whether a role is `least` or higher."""
    return role is not None and _RANKS.index(role) >= _RANKS.index(least)


def only(least: Role, answer: Callable[[Exchange], Turn]) -> Callable[[Exchange], Turn]:
    """The answer for a role from `least` up; everyone else gets the ordinary help."""
    return lambda exchange: answer(exchange) if may(exchange.memory.role, least) else welcome.help_(exchange)


def pages(exchange: Exchange) -> Turn:
    """«/bangdieukhien»: a one-time link to the staff pages, made on the way out; or the setting it needs."""
    missing = exchange.resources.manner.pages_need
    if missing:
        return Turn((Text(exchange.say("staff.pages_need", setting=missing)),), exchange.memory.state)
    link = StaffLink(exchange.say("staff.pages_link"), exchange.say("staff.pages_refused"))
    return Turn((link,), exchange.memory.state)


def statistics(exchange: Exchange) -> Turn:
    """«/thongke»: today, the week, the month and the plan period in a few lines, and the picture of the trend."""
    today = exchange.message.today.isoformat()
    said = (Report("overview", today, "text"), Report("overview", today, "picture"))
    return Turn(said, exchange.memory.state)


def unanswered(exchange: Exchange) -> Turn:
    """«/chuatraloi»: the questions most often left unanswered of late."""
    return Turn((Report("unanswered", exchange.message.today.isoformat(), "text"),), exchange.memory.state)


def choose_report(exchange: Exchange) -> Turn:
    """«/xuat»: which report is wanted as a file."""
    buttons = [Button(each.title, press_data(EXPORT, each.name)) for each in exchange.resources.reports]
    return Turn((Text(exchange.say("staff.choose_report"), in_rows(buttons)),), exchange.memory.state)


def export(exchange: Exchange, given: Sequence[str]) -> Turn:
    """A button of «/xuat»: the report, then its span and format; the file is made of what is recorded by then."""
    if not may(exchange.memory.role, "viewer"):
        return welcome.help_(exchange)
    listed = {each.name: each for each in exchange.resources.reports}
    name, *rest = given
    if name not in listed or len(rest) not in (0, 2):
        return choose_report(exchange)
    if rest:
        return Turn((Report(name, *rest),), exchange.memory.state)
    today = exchange.message.today
    spans = {"staff.this_month": f"{today:%Y-%m}", "staff.this_year": f"{today:%Y}"}
    rows = tuple(
        tuple(
            exchange.button(label, EXPORT, name, span, ending, format=ending.upper()) for label, span in spans.items()
        )
        for ending in listed[name].formats
        if ending in _SENT
    )
    return Turn((Text(exchange.say("staff.choose_file", report=listed[name].title), rows),), exchange.memory.state)


COMMANDS: Mapping[str, Callable[[Exchange], Turn]] = {
    "bangdieukhien": only("viewer", pages),
    "thongke": only("viewer", statistics),
    "chuatraloi": only("viewer", unanswered),
    "xuat": only("viewer", choose_report),
}
"""Commands shown only to staff, with their descriptions in the texts («staff_commands.…»)."""
