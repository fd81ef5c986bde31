"""The group of the staff: a reply goes to the citizen, its numbers masked; only editors and admins may reply."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping, Sequence

from handlers import welcome
from handlers.dialogue import to_staff
from handlers.dialogue.context import Context, same_words
from handlers.dialogue.memory import KnownConversation, mark
from handlers.dialogue.state import State
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import OwnId, Reply, Text, Turn
from handlers.handover import acts, announced, appointing, canned, lists, staff_commands
from vietnamese.normalize import fold

_GREETINGS = ("start", "help", "trogiup")
_IN_PRIVATE = ("bangdieukhien", appointing.COMMAND)
"""Commands whose answer is for one person alone."""
_HELPED = OneOf("group.{}", ("close", "take", "menu", "canned"))
"""Buttons that the help names."""
_CLOSE_WORDS = ("dong", "dong lai", "khep", "khep lai", "xong", "ket thuc")
_REOPEN_WORDS = ("mo", "mo lai")
_NOTE_WORDS = re.compile(r"\s*ghi\s*chú\s*[:：]", re.IGNORECASE)


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


# --- commands ------------------------------------------------------------------------------------


def _command(context: Context) -> Turn:
    name = context.message.text[1:].split()[0].lower() if context.message.text[1:].split() else ""
    if name == "id":
        return Turn((OwnId(context.say("group.group_id")),), State())
    if context.message.place != "staff":
        return _invited(context) if name in _GREETINGS[:2] else _silence()
    asked = to_staff.list_asked(context.message)
    if asked is not None:
        return lists.listed(context, asked)
    if name == to_staff.NOTE_COMMAND:
        return _noted(context)
    if name in _GREETINGS:
        labels = {each: context.label(_HELPED[each]) for each in _HELPED}
        return acts.told(context, "group.help", **labels)
    return _staff_command(context, name, staff_commands.COMMANDS)


def _invited(context: Context) -> Turn:
    """To whoever added the assistant to their group: it answers in private. The code it was added by goes on."""
    link, led = context.resources.manner.link, context.memory.link
    if link is not None and led is not None:
        link = f"{link}?start={led.code}"
    told = acts.told(context, "welcome.group_invitation", link=link)
    return dataclasses.replace(told, records=(welcome.started(context),)) if welcome.code(context.message) else told


def _staff_command(context: Context, name: str, commands: Mapping[str, Callable[[Context], Turn]]) -> Turn:
    """A command of the staff, answered in the group for those with a role; others of the bot are for private chats."""
    if name not in commands:
        number = to_staff.conversation_named(context.message) if context.message.kind == "text" else None
        return _silence() if number is None else acts.told(context, "group.no_command", mark=mark(number))
    if context.memory.role is None:
        return acts.told(context, "group.command_not_allowed")
    if name == announced.COMMAND and not staff_commands.may(context.memory.role, "admin"):
        return acts.told(context, "announcements.staff_only_admin")
    if name in _IN_PRIVATE:
        return acts.told(context, "group.command_in_private")
    turn = commands[name](context)
    return Turn(tuple(_without_menu(reply) for reply in turn.replies), State(), turn.records)


def _noted(context: Context) -> Turn:
    """«/ghichu …», as a reply to a message with a mark."""
    number = to_staff.conversation_named(context.message)
    if number is None:
        return acts.told(context, "group.note_needs_mark")
    _, _, text = context.message.text.partition(" ")
    return acts.for_editors(context, number, lambda context, held: acts.note(context, held, text))


def _without_menu(reply: Reply) -> Reply:
    """The persistent keyboard is a citizen's; in a group everybody would get it."""
    return dataclasses.replace(reply, menu=()) if isinstance(reply, Text) else reply


# --- replies and buttons -------------------------------------------------------------------------


def _replied(context: Context) -> Turn:
    message = context.message
    number = to_staff.conversation_named(message)
    if number is None:
        return acts.told(context, "group.no_mark") if message.replied else _silence()
    if message.kind == "edit" and staff_commands.may(context.memory.role, "editor"):
        return acts.told(context, "group.edited", mark=mark(number))
    return acts.for_editors(context, number, _reply_taken)


def _reply_taken(context: Context, held: KnownConversation) -> Turn:
    """A reply under a mark by one who may: an order, or an answer."""
    message = context.message
    if not held.open and _means(context, _REOPEN_WORDS, "group.reopen"):
        return acts.reopen(context, held)
    if held.open and (message.kind != "text" or not message.text.strip()):
        return acts.told(context, "group.text_only", mark=held.mark)
    note = _NOTE_WORDS.match(message.text)
    if note is not None:  # who forgot the stroke writes no citizen
        return acts.note(context, held, message.text[note.end() :])
    if _means(context, _CLOSE_WORDS, "group.close"):
        return acts.close(context, held)
    return acts.answer(context, held, message.text.strip())


def _means(context: Context, words: Collection[str], label: str) -> bool:
    """Whether a reply is an order, and nothing for the citizen: one of a few words, or what stands on a button."""
    text = context.message.text
    return fold(text).strip(" .!") in words or same_words(text, context.label(label))


def _pressed(context: Context) -> Turn:
    name, *parts = context.message.text.split("|")
    if name == staff_commands.EXPORT and parts:
        return _staff_command(context, name, {name: lambda context: staff_commands.export(context, parts)})
    if name == announced.PRESS and parts:
        return _staff_command(
            context, announced.COMMAND, {announced.COMMAND: lambda context: announced.pressed(context, parts)}
        )
    asked = to_staff.list_asked(context.message)
    if asked is not None:
        return lists.listed(context, asked)
    number = to_staff.conversation_named(context.message)
    if name != to_staff.STAFF_PRESS or number is None:
        return _silence()
    return acts.for_editors(context, number, lambda context, held: _button_taken(context, held, parts))


def _button_taken(context: Context, held: KnownConversation, parts: Sequence[str]) -> Turn:
    """A press by one who may."""
    if (done := acts.pressed(context, held, parts)) is not None:
        return done
    match parts:
        case [to_staff.CANNED, _]:
            return canned.choose(context, held)
        case [to_staff.CANNED, _, name]:
            return canned.show(context, held, name)
        case [to_staff.SEND_CANNED, _, name]:
            return canned.send(context, held, name)
        case [to_staff.MENU, _]:
            return lists.menu(context, held)
        case [to_staff.SHOW, _]:
            return lists.show(context, held)
    return _silence()
