"""How the assistant is used: what became of questions, busy hours, the entries most asked and worst rated."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.reports import satisfaction
from bot.reports.definitions import read_definitions
from bot.reports.records import Records
from bot.reports.satisfaction import Share
from bot.reports.spans import Part, Span
from bot.reports.words import channel_name
from bot.storage import open_groups, question_counts, unanswered, wordings
from bot.storage.open_groups import Alike
from bot.storage.question_counts import QuestionCount
from bot.storage.rating_counts import RatingCount
from bot.storage.unanswered import REASONS, Reason

_TOP = 10


@dataclass(frozen=True, slots=True)
class Volumes:
    """What was asked and done in a span. Shares are fractions; None where nothing was asked.

    `answered`: told an answer at once; `offered`: shown a choice, `chosen`: of those, one was picked; `unknown`: told
    «tôi chưa biết»; `referred`: sent to whom it concerns; `chatted`: greetings and the like, not counted among
    `questions`. `unanswered`: of the questions those that were left unanswered, by why, each once; None where it was
    not counted. `estimates`: finished calculations. `people`: who asked or calculated and is known by a key, those who
    only greeted left out; None where it was not counted.
    """

    span: Span
    answered: int
    offered: int
    chosen: int
    unknown: int
    referred: int
    chatted: int
    estimates: Mapping[str, int]
    unanswered: Mapping[Reason, int] | None = None
    people: int | None = None

    @property
    def questions(self) -> int:
        return self.answered + self.offered + self.unknown + self.referred

    @property
    def estimated(self) -> int:
        return sum(self.estimates.values())

    @property
    def left_unanswered(self) -> int:
        """All of the unanswered ones; 0 where they were not counted."""
        return sum((self.unanswered or {}).values())

    @property
    def unanswered_share(self) -> float | None:
        return self._share(self.left_unanswered)

    @property
    def answered_share(self) -> float | None:
        return self._share(self.answered)

    @property
    def offered_share(self) -> float | None:
        return self._share(self.offered)

    @property
    def unknown_share(self) -> float | None:
        return self._share(self.unknown)

    @property
    def referred_share(self) -> float | None:
        return self._share(self.referred)

    def _share(self, of: int) -> float | None:
        return of / self.questions if self.questions else None


async def by_answer(records: Records, span: Span) -> tuple[QuestionCount, ...]:
    """The questions of a span counted by the entry they ended with and by channel: once for all that is made of them
    (`of`).
    """
    async with records.database.read() as connection:
        return tuple(await question_counts.cells(connection, span.days(), ("answered", "channel")))


async def volumes(
    records: Records, span: Span, of: Sequence[QuestionCount] | None = None, people: int | None = None
) -> Volumes:
    """What was asked and done in a span, and by how many people. `of`, `people`: its questions and how many did it,
    where they are counted.
    """
    days = span.days()
    async with records.database.read() as connection:
        cells = await question_counts.cells(connection, days) if of is None else of
        estimates = await question_counts.calculations(connection, days)
        asked = any(cell.decision != "chat" for cell in cells)  # else nobody is looked for among a million
        if people is None:
            people = await question_counts.people(connection, days) if asked or estimates else 0
        left = await unanswered.counts(connection, days) if asked else dict.fromkeys(REASONS, 0)
    return _counted(span, cells, ((name, n) for _, name, n in estimates), left, people)


async def volumes_series(
    records: Records, span: Span, by: Part, up_to: datetime.date | None = None
) -> tuple[Volumes, ...]:
    """The same of each day, week, month, quarter or year of a span, people and unanswered not counted; none that begins
    after `up_to`.
    """
    days = span.days(by_day=by in ("day", "week"))
    async with records.database.read() as connection:
        cells = await question_counts.cells(connection, days, ("at",))
        estimates = await question_counts.calculations(connection, days)
    asked: dict[datetime.date, list[QuestionCount]] = defaultdict(list)
    for cell in cells:
        if cell.at is not None:
            asked[max(Span.around(cell.at, by).since, span.since)].append(cell)
    done: dict[datetime.date, list[tuple[str, int]]] = defaultdict(list)
    for at, name, n in estimates:
        done[max(Span.around(at, by).since, span.since)].append((name, n))
    return tuple(_counted(part, asked[part.since], done[part.since]) for part in span.parts(by, up_to))


def _counted(
    span: Span,
    cells: Iterable[QuestionCount],
    estimates: Iterable[tuple[str, int]],
    left: Mapping[Reason, int] | None = None,
    people: int | None = None,
) -> Volumes:
    decided: Counter[str] = Counter()
    chosen = 0
    for cell in cells:
        decided[cell.decision] += cell.n
        chosen += cell.n if cell.decision == "choose" and cell.chosen else 0
    finished: Counter[str] = Counter()
    for name, n in estimates:
        finished[name] += n
    counts = (decided[name] for name in ("answer", "choose", "unknown", "refer", "chat"))
    answered, offered, unknown, referred, chatted = counts
    done = dict(finished.most_common())
    return Volumes(span, answered, offered, chosen, unknown, referred, chatted, done, left, people)


@dataclass(frozen=True, slots=True)
class ChannelUse:
    """How a channel is used: its key («»: not known), its name, what was asked and done there, and by how many."""

    key: str
    name: str
    found: Volumes


async def by_channel(records: Records, span: Span, of: Sequence[QuestionCount] | None = None) -> tuple[ChannelUse, ...]:
    """What was asked and done on each channel of a span, the most used first; unanswered not counted. `of`: its
    questions `by_answer`, where they are counted already.
    """
    days = span.days()
    async with records.database.read() as connection:
        cells = await question_counts.cells(connection, days, ("channel",)) if of is None else of
        done = await question_counts.estimates_by_channel(connection, days)
        people = await question_counts.people_by_channel(connection, days) if cells or done else {}
    asked: dict[str | None, list[QuestionCount]] = defaultdict(list)
    for cell in cells:
        asked[cell.channel].append(cell)
    found = [
        ChannelUse(
            channel or "",
            channel_name(channel),
            _counted(span, asked[channel], [("", done.get(channel, 0))], people=people.get(channel, 0)),
        )
        for channel in dict.fromkeys((*asked, *done))
    ]
    used = (each for each in found if each.found.questions or each.found.estimated)
    return tuple(sorted(used, key=lambda each: (-each.found.questions, -each.found.estimated, each.key)))


async def busiest_hours(records: Records, span: Span) -> tuple[int, ...]:
    """Questions by the hour of the day in Vietnam: 24 counts, of 0:00–0:59 first."""
    async with records.database.read() as connection:
        found = await question_counts.hours(connection, span.days())
    return tuple(found.get(hour, 0) for hour in range(24))


@dataclass(frozen=True, slots=True)
class EntryCount:
    """An entry and how often a question ended with it."""

    id: str
    question: str
    topic: str
    n: int


async def top_entries(
    records: Records, span: Span, most: int = _TOP, of: Sequence[QuestionCount] | None = None
) -> tuple[EntryCount, ...]:
    """The entries most questions ended with, told at once or chosen. `of`: its questions `by_answer`, where they are
    counted already.
    """
    counted: Counter[str] = Counter()
    for cell in await by_answer(records, span) if of is None else of:
        if cell.answered is not None:
            counted[cell.answered] += cell.n
    return most_asked(records, counted, most)


def most_asked(records: Records, counted: Counter[str], most: int) -> tuple[EntryCount, ...]:
    """The entries that stand for the most questions, with their words."""
    topics = records.topics
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:most]
    return tuple(
        EntryCount(id, topics.subject_name("answer", id), topics.name(topics.of_subject("answer", id)), n)
        for id, n in ordered
    )


async def top_unanswered(records: Records, span: Span, most: int = _TOP) -> tuple[Alike, ...]:
    """The unanswered questions that wait for the staff, put together by likeness, masked, the most frequent first."""
    await wordings.catch_up(records.database, wordings.AT_ONCE)
    async with records.database.read() as connection:
        return tuple(await open_groups.most_frequent(connection, span.days(), most))


async def waiting(records: Records, span: Span) -> int:
    """How many unanswered questions of a span wait for the staff."""
    await wordings.catch_up(records.database, wordings.AT_ONCE)
    async with records.database.read() as connection:
        return await open_groups.waiting(connection, span.days())


async def worst_entries(
    records: Records,
    span: Span,
    most: int = _TOP,
    least_ratings: int | None = None,
    of: Sequence[RatingCount] | None = None,
) -> tuple[Share, ...]:
    """The entries with the lowest index, the worst first; none with fewer than `least_ratings` ratings, which are as
    many as defined unless given. `of`: its ratings `by_subject`, where they are counted already.
    """
    if least_ratings is None:
        least_ratings = read_definitions().least_rated
    counted = await satisfaction.by_subject(records, span) if of is None else of
    answers = [cell for cell in counted if cell.kind == "answer"]  # of the database they would take three times as long
    shares = await satisfaction.breakdown(records, span, "subject", of=answers)
    rated = [share for share in shares if share.found.rated >= least_ratings]
    return tuple(sorted(rated, key=lambda share: (share.found.index or 0.0, -share.found.rated, share.key))[:most])
