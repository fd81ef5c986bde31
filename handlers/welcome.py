"""«/start», «Trợ giúp», and what can't be read: the first words, and the persistent keyboard."""

from __future__ import annotations

import dataclasses
import re

from handlers.dialogue import to_staff
from handlers.dialogue.context import Context
from handlers.dialogue.memory import CampaignLink, CampaignTouch
from handlers.dialogue.message import Message
from handlers.dialogue.records import Started
from handlers.dialogue.turn import OwnId, Text, Turn

MENU = (("menu.ask", "menu.contribution"), ("menu.pension", "menu.rate"), ("menu.help",))

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def well_formed(code: str) -> bool:
    """Whether a start payload can be a campaign code: 1 to 64 of `A-Za-z0-9_-`."""
    return _CODE.fullmatch(code) is not None


def code(message: Message) -> str:
    """The code that a start came with, '' where none did or the message is none; in a group it follows the command."""
    if message.kind == "start":
        return message.text
    command, _, payload = message.text.partition(" ")
    return payload.strip() if message.place == "group" and message.kind == "text" and command == "/start" else ""


def touch(payload: str, found: CampaignTouch | None) -> CampaignTouch:
    """How a start with this code counts; `found` is how the campaign of the code does, None where there is none."""
    if not payload:
        return "none"
    if not well_formed(payload):
        return "malformed"
    return found or "unknown"


def menu(context: Context) -> tuple[tuple[str, ...], ...]:
    """The persistent keyboard of big buttons."""
    return tuple(tuple(context.label(name) for name in row) for row in MENU)


def started(context: Context) -> Started:
    """The record of a start: how its code counts, and whose it is."""
    link = context.memory.link
    return Started(context.memory.campaign, None if link is None else link.code)


def start(context: Context) -> Turn:
    """A short welcome, in the campaign's words where its link led here; whatever was under way goes on."""
    link = followed(context)
    hello = Text(context.say("welcome.hello", greeting="" if link is None else link.greeting), menu=menu(context))
    return Turn((hello,), context.memory.state, (started(context),))


def followed(context: Context) -> CampaignLink | None:
    """The campaign whose link led here, when its time is now."""
    return context.memory.link if context.memory.campaign == "known" else None


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
