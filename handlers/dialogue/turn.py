"""What one message leads to: what is said, what is remembered next, what is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handlers.dialogue.records import Record
from handlers.dialogue.state import State


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: its words, and the data that comes back (at most 64 bytes)."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class PassOn:
    """A button that hands words and a link to another chat, where a channel has one: nothing comes back of it."""

    label: str
    words: str
    link: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message. `html` knows <b> and <i> only; `replaces` asks to change the message whose button was pressed."""

    html: str
    buttons: Rows = ()
    menu: tuple[tuple[str, ...], ...] = ()
    """The persistent keyboard: labels that are sent back as typed text."""
    replaces: bool = False
    quiet: bool = False
    """Whether it comes without a sound."""
    numbers_answer: bool = False
    """Whether a bare number is an answer of its own: where buttons are lines to be typed, no number stands for one."""
    pass_on: PassOn | None = None
    """What may be handed to another chat by a button; where there is none, by forwarding what is said below."""


PictureFigure = str | int | tuple[int, ...] | tuple[str, ...]
"""What a picture shows under one name: JSON can hold it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture the bot makes on the way out: its maker's name, the figures it shows, and a caption.

    `words` say what it shows, where it can't be shown.
    """

    name: str
    figures: Mapping[str, PictureFigure]
    caption: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class OwnId:
    """A message with the person's own id of the channel in the place of `{id}`: no record ever holds it."""

    html: str


@dataclass(frozen=True, slots=True)
class StaffLink:
    """A message with a one-time link to the staff pages in the place of `{link}`; `refused` where none is made."""

    html: str
    refused: str


@dataclass(frozen=True, slots=True)
class ReportWanted:
    """A report the bot makes on the way out: its name, the span as it is written («2026», «2026-11»), the format.

    The format is the ending of a file («xlsx»), or «text» or «picture» for what is read in chat.
    """

    name: str
    period: str
    format: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A report there is: its name, its title on a button, the formats of its file."""

    name: str
    title: str
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file: its name, its bytes, and a caption."""

    file: str
    content: bytes
    caption: str = ""


Waiting = Text | Picture | OwnId | ReportWanted | StaffLink
"""What waits for its way to a person."""


@dataclass(frozen=True, slots=True)
class Relay:
    """A message that goes to the group of the staff, or to the citizen of a conversation, wherever it was led from.

    It waits for its way longer than a reply does. `conversation` is the one it belongs to, where it does. `told`: the
    same turn tells whoever wrote it that it waits. `news`: what a colleague did on a page, or what the clock reminds
    of; the group reads it when it may, and no citizen is told that it waits, for it is no word of theirs.
    """

    to: Literal["staff", "citizen"]
    text: Text
    conversation: int | None = None
    told: bool = False
    news: bool = False


Reply = Waiting | Relay
"""What a turn says."""


Said = Text | Picture | Document
"""What a channel carries out: the desk makes it of a reply on the way out."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message leads to: what is said, what is remembered next, what is recorded."""

    replies: tuple[Reply, ...]
    state: State
    records: tuple[Record, ...] = ()
