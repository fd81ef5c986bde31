"""What staff ask in chat: who may ask what, and the number that goes into the roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers import welcome
from handlers.exchange import Exchange
from handlers.talk import OwnId, Role, StaffLink, Text, Turn

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


COMMANDS: Mapping[str, Callable[[Exchange], Turn]] = {
    "bangdieukhien": only("viewer", pages),
}
"""Commands shown only to staff, with their descriptions in the texts («staff_commands.…»)."""
