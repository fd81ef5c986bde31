"""What reports are made of: the database, what its entries are about, the targets; and which rows are wanted.

records = Records(database, Topics.of(library, texts), read_targets())
found = await satisfaction.measure(records, Span.of_year(2026), Filter(topic="pension"))
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields

from bot.base.content import BrokenContent, read_file
from bot.reports.spans import Span
from bot.reports.words import read_words
from bot.storage.database import Connection, Database
from bot.storage.rating_counts import Where
from faq.library import TOPICS, Library
from handlers.calculators.menu import CALCULATION, TOPIC
from handlers.dialogue.texts import Texts

OTHER = "other"
KINDS = ("answer", "estimate", "person", "service")
"""What was rated: an answer, an estimate, a talk with a person, the assistant as a whole."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The plan's targets: percent by period, and under how many ratings nothing is said."""

    source: str
    periods: tuple[tuple[datetime.date, datetime.date, int], ...]
    least_ratings: int

    def on(self, day: datetime.date) -> int | None:
        """The target in percent on a day; None outside the plan."""
        return next((percent for since, until, percent in self.periods if since <= day <= until), None)

    def period(self, day: datetime.date) -> Span | None:
        """The period of the plan that a day is in; None outside the plan."""
        return next((Span(since, until) for since, until, _ in self.periods if since <= day <= until), None)

    @property
    def plan(self) -> Span:
        """All years of the plan."""
        return Span(self.periods[0][0], self.periods[-1][1])


def read_targets() -> Targets:
    """The targets from their dated file; raises BrokenContent."""
    data = read_file("bot.reports", "targets.yaml")
    try:
        assert isinstance(data, Mapping)
        periods = tuple((row["from"], row["to"], row["percent"]) for row in data["targets"])
        assert all(isinstance(percent, int) for _, _, percent in periods), "a target is a whole percent (rounding.py)"
        return Targets(data["source"], periods, data["least_ratings"])
    except (AssertionError, KeyError, TypeError) as error:
        raise BrokenContent((f"bot/reports/targets.yaml: expected source, targets, least_ratings: {error}",)) from error


@dataclass(frozen=True, slots=True)
class Topics:
    """What each rated subject is about, and its words: an entry's topic, a calculation («calc_pension»), a kind."""

    entries: Mapping[str, str]
    """Entry → topic («pension_age» → «pension»)."""
    questions: Mapping[str, str]
    """Entry → its question, as people read it."""
    calculations: Mapping[str, str] = field(default_factory=dict)
    """Calculation → its name, as staff read it."""

    @classmethod
    def of(cls, library: Library, texts: Texts) -> Topics:
        return cls(
            {entry.id: entry.topic or entry.kind for entry in library},
            {entry.id: entry.question or entry.id for entry in library},
            {form: texts.label(name) for form, name in TOPIC.items()},
        )

    def of_subject(self, kind: str, subject: str) -> str:
        """The topic of what was rated; «other» for an entry that is no more."""
        if kind == "answer":
            return self.entries.get(subject, OTHER)
        return f"{CALCULATION}{subject}" if kind == "estimate" else kind

    def name(self, topic: str) -> str:
        """The words of a topic; those of a new one nobody has named yet are its own name."""
        if topic.startswith(CALCULATION):
            return self.calculation(topic.removeprefix(CALCULATION))
        return read_words().get(f"topic_{topic}", topic)

    def calculation(self, name: str) -> str:
        """The words of a calculation; those of one that is no more are its own name."""
        return self.calculations.get(name, name)

    def subject_name(self, kind: str, subject: str) -> str:
        """The question of an entry, the name of a calculation, or what else was rated, as people read it."""
        return self.questions.get(subject, subject) if kind == "answer" else self.name(self.of_subject(kind, subject))

    def known(self) -> tuple[str, ...]:
        """Every topic there can be, for a list to choose from."""
        of_entries = [*itertools.chain.from_iterable(TOPICS.values()), *self.entries.values()]
        calculations = [f"{CALCULATION}{each}" for each in self.calculations]
        return tuple(dict.fromkeys([*of_entries, *calculations, "person", "service", OTHER]))


NARROWS = frozenset({"kind", "topic", "subject", "campaign", "place", "channel", "collaborator"})
"""The parts of a filter."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which ratings are wanted; every part that is given narrows the rest, None narrows nothing.

    `kind`: one of KINDS. `topic`: one of `Topics.known()`. `subject`: one entry or calculation.
    `campaign`: the code of the link that had first brought the person, in letters of either case; "" for no link.
    `place`, `collaborator`: of that campaign. `channel`: on which it was asked for; "": none is known.
    """

    kind: str | None = None
    topic: str | None = None
    subject: str | None = None
    campaign: str | None = None
    place: str | None = None
    channel: str | None = None
    collaborator: str | None = None

    def __post_init__(self) -> None:
        if self.campaign is not None:  # also of what was signed when codes were told apart by case
            object.__setattr__(self, "campaign", self.campaign.lower())

    @property
    def given(self) -> frozenset[str]:
        """Which of its parts narrow anything."""
        return frozenset(each.name for each in fields(self) if getattr(self, each.name) is not None)

    def where(self, topics: Topics) -> Where:
        """As the storage knows it; a topic that is none finds nothing."""
        kind, subjects, others = self.kind, None, None
        if self.topic is not None:
            of_topic: str | None = "answer"
            if self.topic == OTHER:
                others = frozenset(topics.entries)
            elif self.topic.startswith(CALCULATION):
                of_topic, subjects = "estimate", {self.topic.removeprefix(CALCULATION)}
            elif self.topic in KINDS:
                of_topic = self.topic
            else:
                subjects = {entry for entry, topic in topics.entries.items() if topic == self.topic}
            kind, subjects = (kind, set()) if kind not in (None, of_topic) else (of_topic, subjects)
        if self.subject is not None:
            subjects = {self.subject} if subjects is None else subjects & {self.subject}
        return Where(kind, subjects, others, self.campaign, self.place, self.channel, self.collaborator)


async def _no_names(connection: Connection) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Records:
    """Where every report reads: hand it on."""

    database: Database
    topics: Topics
    targets: Targets
    names: Callable[[Connection], Awaitable[Mapping[str, str]]] = _no_names
    """What colleagues call each of the staff, by their signature."""
    posts_are_told: bool = False
    """Whether Telegram tells which answers are posted in other chats (`telegram.inline_feedback`)."""
