"""The group of the staff: a reply goes to the citizen, its numbers masked; only editors and admins may reply."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from handlers.dialogue import to_staff
from handlers.dialogue.context import Context, same_words
from handlers.dialogue.memory import KnownConversation, mark
from handlers.dialogue.records import Drafted, Wrote
from handlers.dialogue.state import State
from handlers.dialogue.turn import OwnId, Relay, Reply, Text, Turn
from handlers.handover import appointing, citizen, staff_commands
from vietnamese.normalize import fold

_GREETINGS = ("start", "help", "trogiup")
_IN_PRIVATE = ("bangdieukhien", appointing.COMMAND)
"""Commands whose answer is for one person alone."""
_CLOSE_WORDS = ("dong", "dong lai", "khep", "khep lai", "xong", "ket thuc")


def converse(context: Context) -> Turn:
    """One message of a group, one turn. What is remembered of a person's private chat plays no part."""
    message = context.message
    if message.text.startswith("/") and message.kind == "text":
        return _command(context)
    if message.place != "staff":
        return _silence()
    if message.kind == "press":
        return _pressed(context)
    return _replied(context)


def _silence() -> Turn:
    return Turn((), State())


def _say(context: Context, name: str, **figures: object) -> Turn:
    return Turn((Text(context.say(name, **figures), quiet=True),), State())


# --- commands ------------------------------------------------------------------------------------


def _command(context: Context) -> Turn:
    name = context.message.text[1:].split()[0].lower() if context.message.text[1:].split() else ""
    if name == "id":
        return Turn((OwnId(context.say("group.group_id")),), State())
    if context.message.place != "staff":
        return _say(context, "welcome.group_invitation") if name in _GREETINGS[:2] else _silence()
    if name in _GREETINGS:
        return _say(context, "group.help", close=context.label("group.close"))
    return _staff_command(context, name, staff_commands.COMMANDS)


def _staff_command(context: Context, name: str, commands: Mapping[str, Callable[[Context], Turn]]) -> Turn:
    """A command of the staff, answered in the group for those with a role; others of the bot are for private chats."""
    if name not in commands:
        return _silence()
    if context.memory.role is None:
        return _say(context, "group.command_not_allowed")
    if name in _IN_PRIVATE:
        return _say(context, "group.command_in_private")
    turn = commands[name](context)
    return Turn(tuple(_without_menu(reply) for reply in turn.replies), State(), turn.records)


def _without_menu(reply: Reply) -> Reply:
    """The persistent keyboard is a citizen's; in a group everybody would get it."""
    return dataclasses.replace(reply, menu=()) if isinstance(reply, Text) else reply


# --- replies and buttons -------------------------------------------------------------------------


def _replied(context: Context) -> Turn:
    message, held = context.message, context.memory.conversation
    number = to_staff.conversation_named(message)
    if number is None:
        return _say(context, "group.no_mark") if message.replied else _silence()
    if not staff_commands.may(context.memory.role, "editor"):
        return _say(context, "group.not_allowed")
    if message.kind == "edit":
        return _say(context, "group.edited", mark=mark(number))
    if held is None:
        return _say(context, "group.no_such", mark=mark(number))
    if not held.open:
        return _say(context, "group.already_closed", mark=mark(number))
    if message.kind != "text" or not message.text.strip():
        return _say(context, "group.text_only", mark=mark(number))
    if fold(message.text).strip(" .!") in _CLOSE_WORDS or same_words(message.text, context.label("group.close")):
        return _closed(context, held)
    return _answered(context, held)


def _answered(context: Context, held: KnownConversation) -> Turn:
    text = context.message.text.strip()
    said, was_masked = to_staff.masked_numbers(text)
    kept, _ = to_staff.masked(text)
    keep = context.button("group.keep", to_staff.STAFF_PRESS, to_staff.KEEP, str(held.id), context.message.delivery)
    sent = context.say("group.sent", mark=mark(held.id), masked=was_masked, with_media=context.message.with_media)
    replies = (
        Relay("citizen", citizen.answered(context, held, said), held.id),
        Text(sent, ((keep,), (citizen.close_button(context, held.id),)), quiet=True),
    )
    return Turn(replies, State(), (Wrote(held.id, "staff", kept),))


def _closed(context: Context, held: KnownConversation) -> Turn:
    said, closed = citizen.ended(context, held, "staff")
    told = Text(context.say("group.closed_staff", mark=mark(held.id)), quiet=True)
    return Turn((*(Relay("citizen", each, held.id) for each in said), told), State(), (closed,))


def _pressed(context: Context) -> Turn:
    name, *parts = context.message.text.split("|")
    if name == staff_commands.EXPORT and parts:
        return _staff_command(context, name, {name: lambda context: staff_commands.export(context, parts)})
    number, held = to_staff.conversation_named(context.message), context.memory.conversation
    if name != to_staff.STAFF_PRESS or number is None:
        return _silence()
    if not staff_commands.may(context.memory.role, "editor"):
        return _say(context, "group.not_allowed")
    if held is None:
        return _say(context, "group.no_such", mark=mark(number))
    match parts:
        case [to_staff.KEEP, _, reply]:
            return _kept(context, held, reply)
        case [to_staff.CLOSE, _] if held.open:
            return _closed(context, held)
        case [to_staff.CLOSE, _]:
            return _say(context, "group.already_closed", mark=mark(number))
    return _silence()


def _kept(context: Context, held: KnownConversation, reply: str) -> Turn:
    rows = ((citizen.close_button(context, held.id),),) if held.open else ()
    said = Text(context.say("group.kept", mark=mark(held.id)), rows, replaces=True, quiet=True)
    return Turn((said,), State(), (Drafted(held.id, reply),))
