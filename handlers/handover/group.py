"""The group of the staff: a reply goes to the citizen, copied and masked; only editors and admins may reply."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from handlers.dialogue import to_staff
from handlers.dialogue.context import Exchange, same_words
from handlers.dialogue.memory import Conversation, mark
from handlers.dialogue.records import Drafted, Wrote
from handlers.dialogue.state import State
from handlers.dialogue.turn import OwnId, Relay, Reply, Text, Turn
from handlers.handover import citizen, staff_commands
from vietnamese.normalize import fold

_GREETINGS = ("start", "help", "trogiup")
_IN_PRIVATE = ("bangdieukhien",)
"""Commands whose answer is for one person alone."""
_CLOSE_WORDS = ("dong", "dong lai", "khep", "khep lai", "xong", "ket thuc")


def converse(exchange: Exchange) -> Turn:
    """One message of a group, one turn. What is remembered of a person's private chat plays no part."""
    message = exchange.message
    if message.text.startswith("/") and message.kind == "text":
        return _command(exchange)
    if message.place != "staff":
        return _silence()
    if message.kind == "press":
        return _pressed(exchange)
    return _replied(exchange)


def _silence() -> Turn:
    return Turn((), State())


def _say(exchange: Exchange, name: str, **figures: object) -> Turn:
    return Turn((Text(exchange.say(name, **figures), quiet=True),), State())


# --- commands ------------------------------------------------------------------------------------


def _command(exchange: Exchange) -> Turn:
    name = exchange.message.text[1:].split()[0].lower() if exchange.message.text[1:].split() else ""
    if name == "id":
        return Turn((OwnId(exchange.say("answering.group_id")),), State())
    if exchange.message.place != "staff":
        return _say(exchange, "welcome.group_invitation") if name in _GREETINGS[:2] else _silence()
    if name in _GREETINGS:
        return _say(exchange, "answering.help", close=exchange.label("answering.close"))
    return _staff_command(exchange, name, staff_commands.COMMANDS)


def _staff_command(exchange: Exchange, name: str, commands: Mapping[str, Callable[[Exchange], Turn]]) -> Turn:
    """A command of the staff, answered in the group for those with a role; others of the bot are for private chats."""
    if name not in commands:
        return _silence()
    if exchange.memory.role is None:
        return _say(exchange, "answering.command_not_allowed")
    if name in _IN_PRIVATE:
        return _say(exchange, "answering.command_in_private")
    turn = commands[name](exchange)
    return Turn(tuple(_without_menu(reply) for reply in turn.replies), State(), turn.records)


def _without_menu(reply: Reply) -> Reply:
    """The persistent keyboard is a citizen's; in a group everybody would get it."""
    return dataclasses.replace(reply, menu=()) if isinstance(reply, Text) else reply


# --- replies and buttons -------------------------------------------------------------------------


def _replied(exchange: Exchange) -> Turn:
    message, held = exchange.message, exchange.memory.conversation
    number = to_staff.conversation_named(message)
    if number is None:
        return _say(exchange, "answering.no_mark") if message.replied else _silence()
    if not staff_commands.may(exchange.memory.role, "editor"):
        return _say(exchange, "answering.not_allowed")
    if message.kind == "edit":
        return _say(exchange, "answering.edited", mark=mark(number))
    if held is None:
        return _say(exchange, "answering.no_such", mark=mark(number))
    if not held.open:
        return _say(exchange, "answering.already_closed", mark=mark(number))
    if message.kind != "text" or not message.text.strip():
        return _say(exchange, "answering.text_only", mark=mark(number))
    if fold(message.text).strip(" .!") in _CLOSE_WORDS or same_words(message.text, exchange.label("answering.close")):
        return _closed(exchange, held)
    return _answered(exchange, held)


def _answered(exchange: Exchange, held: Conversation) -> Turn:
    masked, was_masked = to_staff.masked(exchange.message.text.strip())
    keep = exchange.button(
        "answering.keep", to_staff.STAFF_PRESS, to_staff.KEEP, str(held.id), exchange.message.delivery
    )
    sent = exchange.say("answering.sent", mark=mark(held.id), masked=was_masked)
    replies = (
        Relay("citizen", citizen.answered(exchange, held, masked), held.id),
        Text(sent, ((keep,), (citizen.close_button(exchange, held.id),)), quiet=True),
    )
    return Turn(replies, State(), (Wrote(held.id, "staff", masked),))


def _closed(exchange: Exchange, held: Conversation) -> Turn:
    said, closed = citizen.ended(exchange, held, "staff")
    told = Text(exchange.say("answering.closed_staff", mark=mark(held.id)), quiet=True)
    return Turn((*(Relay("citizen", each, held.id) for each in said), told), State(), (closed,))


def _pressed(exchange: Exchange) -> Turn:
    name, *parts = exchange.message.text.split("|")
    number, held = to_staff.conversation_named(exchange.message), exchange.memory.conversation
    if name != to_staff.STAFF_PRESS or number is None:
        return _silence()
    if not staff_commands.may(exchange.memory.role, "editor"):
        return _say(exchange, "answering.not_allowed")
    if held is None:
        return _say(exchange, "answering.no_such", mark=mark(number))
    match parts:
        case [to_staff.KEEP, _, reply]:
            return _kept(exchange, held, reply)
        case [to_staff.CLOSE, _] if held.open:
            return _closed(exchange, held)
        case [to_staff.CLOSE, _]:
            return _say(exchange, "answering.already_closed", mark=mark(number))
    return _silence()


def _kept(exchange: Exchange, held: Conversation, reply: str) -> Turn:
    rows = ((citizen.close_button(exchange, held.id),),) if held.open else ()
    said = Text(exchange.say("answering.kept", mark=mark(held.id)), rows, replaces=True, quiet=True)
    return Turn((said,), State(), (Drafted(held.id, reply),))
