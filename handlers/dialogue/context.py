"""What every conversation function is given: the message, what is remembered, and what was read at start."""

from __future__ import annotations

import dataclasses
import datetime
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from faq.answer import Answer, answer, fill
from faq.canned import Canned
from faq.engine.match import Matcher
from faq.library import Library
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.office_hours import Hours
from handlers.dialogue.reminder import QuietTimes
from handlers.dialogue.state import State
from handlers.dialogue.texts import Texts
from handlers.dialogue.turn import Button, Listed, Rows
from law.base.law import Law
from law.base.month import Month
from law.figures import figures
from vietnamese import references
from vietnamese.normalize import fold

_SAID_KEPT = 1_000
ANSWER = "ask"
"""What a button begins with that asks for an entry of the FAQ, wherever it stands."""


@dataclass(frozen=True, slots=True)
class Kept:
    """For how many days what people wrote is kept, and records carry the key of their person."""

    questions: int
    comments: int
    people: int
    conversations: int


@dataclass(frozen=True, slots=True)
class Manner:
    """The settings that change what is said: local top-up in dong a month, the bot's link on Telegram, what is kept."""

    local_top_up: int
    link: str | None
    kept: Kept
    staff: Hours | None = None
    """When the staff answer; None where a question can't be handed to anyone."""
    pages_need: str = ""
    """The setting without which staff can't be sent to their pages; '' when nothing is missing."""
    quiet: QuietTimes = field(default_factory=QuietTimes)
    """When nobody is reminded of anything."""
    page: str = ""
    """The address of the chat page, without a slash at its end; '' where there is none."""


@dataclass(frozen=True, slots=True)
class Resources:
    """Read once at start, shared by all conversations, never changed by one."""

    law: Law
    library: Library
    matcher: Matcher
    texts: Texts
    manner: Manner
    reports: tuple[Listed, ...] = ()
    """The reports staff may have sent as a file."""
    canned: Mapping[str, Canned] = field(default_factory=dict)
    """What the staff answer again and again, by id."""
    _said: dict[tuple[str, datetime.date], Answer] = field(default_factory=dict, init=False, repr=False, compare=False)

    def answer(self, entry_id: str, on: datetime.date) -> Answer:
        """An entry as it is said on a day; put into words once, for it also stands on many a button."""
        said = self._said.get((entry_id, on))
        if said is None:
            titles = {source: each.title for source, each in self.law.sources.items()}
            said = answer(self.library[entry_id], figures(self.law, on), titles)
            if len(self._said) >= _SAID_KEPT:
                self._said.clear()
            self._said[entry_id, on] = said
        return said


@dataclass(frozen=True, slots=True)
class Context:
    """One message in its context."""

    message: Message
    memory: Memory
    resources: Resources

    @property
    def texts(self) -> Texts:
        return self.resources.texts

    @property
    def law(self) -> Law:
        return self.resources.law

    @property
    def month(self) -> Month:
        return Month.of(self.message.today)

    def with_state(self, state: State) -> Context:
        """The same with another state remembered."""
        return dataclasses.replace(self, memory=dataclasses.replace(self.memory, state=state))

    def at(self, moment: str) -> Context:
        """The same at an earlier moment, given as ISO 8601: what was computed then is told as it was."""
        message = dataclasses.replace(self.message, at=datetime.datetime.fromisoformat(moment))
        return dataclasses.replace(self, message=message)

    def say(self, name: str, /, **figures: object) -> str:
        return self.resources.texts.say(name, **figures)

    def label(self, name: str, /, **figures: object) -> str:
        return self.resources.texts.label(name, **figures)

    def answer(self, entry_id: str) -> Answer:
        """An entry as it is said today."""
        return self.resources.answer(entry_id, self.message.today)

    def label_of(self, entry_id: str) -> str:
        """What stands on an entry's button today."""
        label = self.resources.library[entry_id].label
        return references.without(fill(label, figures(self.resources.law, self.message.today)))

    def quote(self, *names: str) -> dict[str, str]:
        """Figures of the law as answers quote them, with their units («60 ngày»), by name."""
        today = figures(self.resources.law, self.message.today)
        return {name: fill(f"{{{name}}}", today) for name in names}

    def button(self, label: str, *data: str, **figures: object) -> Button:
        """A button whose words are the text `label`, and whose press comes back as `data`."""
        return Button(self.label(label, **figures), press_data(*data))


def same_words(text: str, label: str) -> bool:
    """Whether a text says what stands on a button, with or without its picture and its accents."""
    return fold(text) in (fold(label), fold(label.split(" ", 1)[-1]))


BUTTON_BYTES = 64
"""The most that a button carries."""


def press_data(*parts: str) -> str:
    """What a button carries: at most 64 bytes, parts set apart by «|»."""
    return "|".join(parts)


def in_rows(buttons: Sequence[Button], wide: int = 2) -> Rows:
    """Buttons laid out `wide` to a row; a long label gets a row of its own."""
    rows: list[tuple[Button, ...]] = []
    row: list[Button] = []
    for button in buttons:
        if len(button.label) > 60 // (wide + 1):
            if row:
                rows.append(tuple(row))
            rows.append((button,))
            row = []
            continue
        row.append(button)
        if len(row) == wide:
            rows.append(tuple(row))
            row = []
    if row:
        rows.append(tuple(row))
    return tuple(rows)


_TAG = re.compile(r"</?(?:b|i)>")


def plain(html_text: str) -> str:
    """The text of a message without its markup."""
    return html.unescape(_TAG.sub("", references.without(html_text)))
