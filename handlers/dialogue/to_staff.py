"""What leads to a person of the staff: the button, the wish in words, and what the desk must read for a message."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import get_args

from handlers import reading
from handlers.dialogue.context import BUTTON_BYTES, Context, press_data
from handlers.dialogue.memory import Shelf
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Button
from vietnamese.normalize import fold

PRESS = "person"
ASK, SEND, OTHER, NO, ASSISTANT, STAFF, DONE, RATE = (
    "ask", "send", "other", "no", "assistant", "staff", "done", "rate",
)  # fmt: skip
"""What a citizen's buttons do: the second part of their data."""
STAFF_PRESS = "staff"
CLOSE, KEEP, REOPEN, TAKE, MENU, GIVE, NOTE, SORT, SHOW, CANNED, SEND_CANNED, UNKEEP = (
    "close", "keep", "reopen", "take", "menu", "give", "note", "sort", "show", "canned", "send", "unkeep",
)  # fmt: skip
"""What the buttons of the staff do, in their group and on their pages."""
LIST = "list"
"""What a button begins with that turns to another page or list of conversations."""
LIST_COMMAND, SEARCH_COMMAND, NOTE_COMMAND = "viec", "tim", "ghichu"
COMMAND = "gapcanbo"
GONE = "gone"

KEPT = datetime.timedelta(hours=72)
"""How long what citizens and staff write to each other waits for its way."""

_MARK = re.compile(r"#K(\d{1,9})\b")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


_WORDS = 40
"""Letters of a search in the group: without accents, they stand on the button that turns the page."""


@dataclass(frozen=True, slots=True)
class ListAsked:
    """A list of conversations that one of the staff wants to see in the group: shelf, words searched, page."""

    shelf: Shelf
    words: str = ""
    page: int = 1


def is_for_them(context: Context) -> bool:
    """Whether what is typed now is the question for the staff, or goes to them in an open conversation."""
    held = context.memory.conversation
    talks = held is not None and held.open and held.with_staff
    return context.resources.manner.staff is not None and (context.memory.state.to_staff == "" or talks)


def button(context: Context, question: str = "") -> Button:
    """«Gặp cán bộ», under the answer to a question known by its delivery.

    A name of one that somebody made up may have no room in a button: then it is the question asked last.
    """
    fits = len(press_data(PRESS, ASK, question).encode()) <= BUTTON_BYTES
    return context.button("citizen.meet", PRESS, ASK, question if fits else "")


def asks_for_staff(message: Message) -> bool:
    """Whether a message wants a person, so that the question it is about must be known."""
    if message.kind == "press":
        return message.text.startswith(f"{PRESS}|{ASK}|")
    return message.kind == "text" and (_is_command(message.text) or reading.is_wish_for_a_person(message.text))


def may_hand_over(message: Message) -> bool:
    """Whether a message may open a conversation."""
    if message.kind == "press":
        return message.text.startswith(f"{PRESS}|{SEND}|")
    return message.kind == "text" and reading.is_send(message.text)


def leads_elsewhere(message: Message) -> bool:
    """Whether a message goes on with something that has nothing to do with a person of the staff."""
    of_person = message.kind == "press" and message.text.startswith(f"{PRESS}|")
    return not of_person and not asks_for_staff(message)


def question_named(message: Message) -> str | None:
    """The delivery of the question that a pressed button stands under; None where it is the last one asked."""
    parts = message.text.split("|")
    return parts[2] if message.kind == "press" and len(parts) > 2 and parts[2] else None


def conversation_named(message: Message) -> int | None:
    """The conversation that a message of the group, or the clock, speaks of.

    A reply names it by the mark at the very beginning of the message replied to, where only the assistant writes.
    """
    if message.kind not in ("press", "tick"):
        found = _MARK.match(message.replied)
        return int(found[1]) if found else None
    at = 2 if message.kind == "press" else 1
    number = "".join(message.text.split("|")[at : at + 1])
    return int(number) if _NUMBER.fullmatch(number) else None


def shows(message: Message) -> bool:
    """Whether one of the staff wants to see a conversation."""
    return message.kind == "press" and message.text.startswith(f"{STAFF_PRESS}|{SHOW}|")


def list_asked(message: Message) -> ListAsked | None:
    """The list of conversations that a message in the group of the staff asks for; None where it asks for none."""
    if message.kind == "press":
        match message.text.split("|", 3):
            case [name, shelf, page, words] if name == LIST and _NUMBER.fullmatch(page):
                found = next((each for each in get_args(Shelf) if each == shelf), None)
                return None if found is None else ListAsked(found, words, max(1, int(page)))
        return None
    if message.kind != "text":
        return None
    command, _, words = message.text.strip().partition(" ")
    if command.lower() == f"/{LIST_COMMAND}":
        return ListAsked("open")
    if command.lower() == f"/{SEARCH_COMMAND}":
        return ListAsked("all", fold(words)[:_WORDS].strip())
    return None


def gone_message(conversation: int, at: datetime.datetime) -> Message:
    """What tells that the citizen of a conversation can't be written to any more."""
    return Message("tick", f"{GONE}:{conversation}", at, f"{GONE}|{conversation}")


def _is_command(text: str) -> bool:
    return text.strip().lower().lstrip("/").split(" ")[0] == COMMAND
