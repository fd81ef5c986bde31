"""Conversations in the group of the staff: a list to choose from, one of them shown, and whom and what it is for."""

from __future__ import annotations

from handlers.dialogue import to_staff
from handlers.dialogue.context import BUTTON_BYTES, Context, in_rows, press_data
from handlers.dialogue.memory import KnownConversation, ListedTalk, Shelf, mark
from handlers.dialogue.state import State
from handlers.dialogue.texts import OneOf
from handlers.dialogue.to_staff import ListAsked
from handlers.dialogue.topics import TOPIC_NAMES
from handlers.dialogue.turn import Button, Text, Turn
from handlers.handover import acts, citizen, expected_wait, staff_commands

_SHELVES: tuple[Shelf, ...] = ("open", "mine", "free", "done")
_SHELF = OneOf("group.shelf_{}", (*_SHELVES, "all"))
_QUESTION = 90
"""Characters of a question in a list."""


def listed(context: Context, asked: ListAsked) -> Turn:
    """A page of a list: one line each, a button to each, and the ways to the other lists and pages."""
    found = context.memory.listed
    if context.memory.role is None or found is None:
        return acts.told(context, "group.command_not_allowed")
    lines = [_line(context, each) for each in found.rows]
    html = context.say(
        "group.list", shelf=context.label(_SHELF[asked.shelf]), words=asked.words, list=found, lines=lines
    )
    shown = [
        Button(mark(each.id), press_data(to_staff.STAFF_PRESS, to_staff.SHOW, str(each.id))) for each in found.rows
    ]
    pages = [
        context.button(name, to_staff.LIST, asked.shelf, str(page), asked.words)
        for name, page in (("group.page_before", found.page - 1), ("group.page_after", found.page + 1))
        if 1 <= page <= found.pages
    ]
    others = [context.button(_SHELF[each], to_staff.LIST, each, "1", "") for each in _SHELVES if each != asked.shelf]
    rows = (*in_rows(shown, 4), *in_rows(pages), *in_rows(others))
    return Turn((Text(html, rows, replaces=context.message.kind == "press", quiet=True),), State())


def _line(context: Context, each: ListedTalk) -> str:
    waited = None if each.waiting_since is None else context.message.at - each.waiting_since
    question = each.question if len(each.question) <= _QUESTION else f"{each.question[:_QUESTION].rsplit(' ', 1)[0]}…"
    return context.say(
        "group.listed",
        mark=mark(each.id),
        question=" ".join(question.split()),
        open=each.open,
        waited=None if waited is None else expected_wait.span(context, waited),
        name=None if each.assignee is None else acts.called(context, each.assignee),
    )


def show(context: Context, held: KnownConversation) -> Turn:
    """One of them: its question, who has it, what it is about, what colleagues have noted, and what can be done."""
    html = context.say(
        "group.shown",
        mark=held.mark,
        text=held.question[: acts.LONGEST // 2],
        open=held.open,
        name=None if held.assignee is None else acts.called(context, held.assignee),
        topic=None if held.topic is None else acts.topic_called(context, held.topic),
        notes=[each[:_NOTE] for each in context.memory.notes[-_NOTES:]],
    )
    if not held.open:
        return Turn((Text(html, ((acts.reopen_button(context, held.id),),), quiet=True),), State())
    rows = (
        (take_button(context, held.id), citizen.close_button(context, held.id)),
        (
            context.button("group.canned", to_staff.STAFF_PRESS, to_staff.CANNED, str(held.id)),
            acts.menu_button(context, held.id),
        ),
    )
    return Turn((Text(html, rows, quiet=True),), State())


_NOTE, _NOTES = 300, 5
"""Characters of a note, and how many of the last, where a conversation is shown in the group."""


def menu(context: Context, held: KnownConversation) -> Turn:
    """To whom it can be given, and the topics."""
    able = [each for each in context.memory.colleagues if staff_commands.may(each.role, "editor")]
    number = str(held.id)
    given = [
        context.button(
            "group.give", to_staff.STAFF_PRESS, to_staff.GIVE, number, each.signature,
            name=acts.called(context, each.signature),
        )
        for each in able
        if each.signature != held.assignee
    ]  # fmt: skip
    if held.assignee is not None:
        given.append(context.button("group.free", to_staff.STAFF_PRESS, to_staff.GIVE, number, ""))
    topics = [
        context.button(name, to_staff.STAFF_PRESS, to_staff.SORT, number, topic) for topic, name in TOPIC_NAMES.items()
    ]
    assert all(len(each.data.encode()) <= BUTTON_BYTES for each in (*given, *topics))
    rows = (*in_rows(given), *in_rows(topics))
    return Turn((Text(context.say("group.choose", mark=held.mark), rows, quiet=True),), State())


def take_button(context: Context, number: int) -> Button:
    """«Tôi nhận», under a message of the group."""
    return context.button("group.take", to_staff.STAFF_PRESS, to_staff.TAKE, str(number))
