"""«/start», «Trợ giúp», and what can't be read: the first words, and the persistent keyboard."""

from __future__ import annotations

import re

from handlers.dialogue import to_staff
from handlers.dialogue.context import Exchange
from handlers.dialogue.memory import Campaign
from handlers.dialogue.records import Started
from handlers.dialogue.turn import Text, Turn

MENU = (("menu.ask", "menu.contribution"), ("menu.pension", "menu.rate"), ("menu.help",))

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def well_formed(code: str) -> bool:
    """Whether a start payload can be a campaign code: 1 to 64 of `A-Za-z0-9_-`."""
    return _CODE.fullmatch(code) is not None


def touch(payload: str, known: bool) -> Campaign:
    """How a /start counts: by no link, by a campaign's, by one nobody made, by one that can't be a code."""
    if not payload:
        return "none"
    if not well_formed(payload):
        return "malformed"
    return "known" if known else "unknown"


def menu(exchange: Exchange) -> tuple[tuple[str, ...], ...]:
    """The persistent keyboard of big buttons."""
    return tuple(tuple(exchange.label(name) for name in row) for row in MENU)


def start(exchange: Exchange) -> Turn:
    """A short welcome; whatever was under way goes on."""
    campaign = exchange.memory.campaign
    started = Started(campaign, exchange.message.text if campaign == "known" else None)
    return Turn((Text(exchange.say("welcome.hello"), menu=menu(exchange)),), exchange.memory.state, (started,))


def help_(exchange: Exchange) -> Turn:
    """What the assistant can do, and where to go for the rest."""
    said = Text(exchange.say("welcome.help"), menu=menu(exchange))
    person = Text(exchange.say("welcome.help_person"), ((to_staff.button(exchange),),))
    return Turn((said, person), exchange.memory.state)


def unreadable(exchange: Exchange) -> Turn:
    """Voice, stickers, photos, locations: it reads text only, and says so."""
    return Turn((Text(exchange.say("welcome.text_only")),), exchange.memory.state)


def edited(exchange: Exchange) -> Turn:
    """A changed message is not read again: what was answered stays answered."""
    return Turn((Text(exchange.say("welcome.edited")),), exchange.memory.state)


def unknown_command(exchange: Exchange) -> Turn:
    """A command that does not exist: the ordinary help."""
    return help_(exchange)
