"""«/start», «Trợ giúp», and what can't be read: the first words, and the persistent keyboard."""

from __future__ import annotations

import dataclasses
import re

from handlers.dialogue import to_staff
from handlers.dialogue.context import Context
from handlers.dialogue.memory import CampaignTouch
from handlers.dialogue.records import Started
from handlers.dialogue.turn import OwnId, Text, Turn

MENU = (("menu.ask", "menu.contribution"), ("menu.pension", "menu.rate"), ("menu.help",))

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def well_formed(code: str) -> bool:
    """Whether a start payload can be a campaign code: 1 to 64 of `A-Za-z0-9_-`."""
    return _CODE.fullmatch(code) is not None


def touch(payload: str, known: bool) -> CampaignTouch:
    """How a /start counts: by no link, by a campaign's, by one nobody made, by one that can't be a code."""
    if not payload:
        return "none"
    if not well_formed(payload):
        return "malformed"
    return "known" if known else "unknown"


def menu(context: Context) -> tuple[tuple[str, ...], ...]:
    """The persistent keyboard of big buttons."""
    return tuple(tuple(context.label(name) for name in row) for row in MENU)


def start(context: Context) -> Turn:
    """A short welcome; whatever was under way goes on."""
    campaign = context.memory.campaign
    started = Started(campaign, context.message.text if campaign == "known" else None)
    return Turn((Text(context.say("welcome.hello"), menu=menu(context)),), context.memory.state, (started,))


def help_(context: Context) -> Turn:
    """What the assistant can do, and where to go for the rest."""
    said = Text(context.say("welcome.help"), menu=menu(context))
    person = Text(context.say("welcome.help_person"), ((to_staff.button(context),),))
    return Turn((said, person), context.memory.state)


def own_id(context: Context) -> Turn:
    """«/id»: the person's own number on the channel, which whoever keeps the roles of the staff asks for."""
    return Turn((OwnId(context.say("welcome.own_id")),), context.memory.state)


def unreadable(context: Context) -> Turn:
    """Voice, stickers, photos, locations: it reads text only, and says so."""
    return Turn((Text(context.say("welcome.text_only")),), context.memory.state)


def withheld(context: Context) -> Turn:
    """The channel protects who wrote, and hands on nothing of what they wrote: they are never asked for it again."""
    return Turn((Text(context.say("welcome.withheld")),), context.memory.state)


def only_the_words(context: Context, turn: Turn) -> Turn:
    """Where a text stood under a picture or a file: the same turn, which says that only the text was read."""
    if not context.message.with_media:
        return turn
    said = Text(context.say("welcome.only_the_words"))
    match turn.replies:
        case [Text() as first, *others] if not first.replaces:
            said = dataclasses.replace(first, html=f"{said.html}\n\n{first.html}")
        case others:
            pass
    return dataclasses.replace(turn, replies=(said, *others))


def edited(context: Context) -> Turn:
    """A changed message is not read again: what was answered stays answered."""
    return Turn((Text(context.say("welcome.edited")),), context.memory.state)
