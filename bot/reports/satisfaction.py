"""The satisfaction index against the target of its period, with how sure it is.

Index: the two highest of the five official levels over all ratings; also by person, from the last rating of each.
Response rate: of the offers made unasked, the share that was rated. Interval: Wilson's, 95 %. A rating belongs to the
day in Vietnam on which it was asked for, like its offer, so that all of them come from the same rows.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.reports.records import Filter, Records
from bot.reports.rounding import percent, reaches, said
from bot.reports.spans import Part, Span
from bot.reports.words import channel_name, read_words, say
from bot.storage import campaigns, rating_counts
from bot.storage.rating_counts import RatingCount
from handlers.dialogue.records import LEVELS

TargetVerdict = Literal["met", "met_unsure", "not_met_unsure", "not_met", "too_few", "no_target"]
Breakdown = Literal["topic", "subject", "kind", "campaign", "place", "channel", "level"]
EVERYTHING = Filter()
Z = 1.959963984540054  # the normal quantile of a two-sided 95 % interval


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The figures of one span of time. Shares are fractions; None where nothing was counted.

    `levels`: level 5 (Rất hài lòng) to 1 → ratings. `offered`: offers made unasked, `answered`: those of them that
    were rated. `people`: who rated and is known by a key, None where it was not counted; `people_satisfied`: of
    them those whose last rating is one of the two highest levels.
    """

    since: datetime.date
    until: datetime.date
    levels: Mapping[int, int]
    offered: int
    answered: int
    target: int | None
    least_ratings: int
    people: int | None = None
    people_satisfied: int | None = None

    @property
    def span(self) -> Span:
        return Span(self.since, self.until)

    @property
    def rated(self) -> int:
        return sum(self.levels.values())

    @property
    def satisfied(self) -> int:
        return self.levels[5] + self.levels[4]

    @property
    def index(self) -> float | None:
        return self.satisfied / self.rated if self.rated else None

    @property
    def index_by_person(self) -> float | None:
        return self.people_satisfied / self.people if self.people and self.people_satisfied is not None else None

    @property
    def response_rate(self) -> float | None:
        return self.answered / self.offered if self.offered else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.satisfied, self.rated) if self.rated else None

    @property
    def verdict(self) -> TargetVerdict:
        """Against the target: met or not, surely or not, as the interval holds the target or not; too few ratings to
        say.
        """
        if self.target is None:
            return "no_target"
        if self.rated < self.least_ratings or self.interval is None:
            return "too_few"
        low, high = self.interval
        if self.satisfied * 100 >= self.target * self.rated:
            return "met" if reaches(low, self.target) else "met_unsure"
        return "not_met_unsure" if reaches(high, self.target) else "not_met"


def wilson(successes: int, of: int, z: float = Z) -> tuple[float, float]:
    """Wilson's interval of a share, as fractions, 95 % unless another quantile `z` is given; `of` must be positive."""
    share = successes / of
    middle = share + z**2 / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    scale = 1 + z**2 / of
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


async def by_subject(records: Records, span: Span, where: Filter = EVERYTHING) -> tuple[RatingCount, ...]:
    """The ratings of a span counted by what was rated: once for all that is made of them (`of`)."""
    async with records.database.read() as connection:
        return tuple(
            await rating_counts.cells(connection, span.days(), where.where(records.topics), ("kind", "subject"))
        )


async def by_origin(records: Records, span: Span) -> tuple[RatingCount, ...]:
    """The ratings of a span counted by campaign and channel: once for both breakdowns (`of`)."""
    async with records.database.read() as connection:
        everything = EVERYTHING.where(records.topics)
        return tuple(await rating_counts.cells(connection, span.days(), everything, ("campaign", "channel")))


async def measure(
    records: Records, span: Span, where: Filter = EVERYTHING, of: Sequence[RatingCount] | None = None
) -> Satisfaction:
    """The satisfaction of a span, also by person, against the target in force on its last day.

    `of`: its ratings under this filter, where they are counted already.
    """
    wanted = where.where(records.topics)
    async with records.database.read() as connection:
        cells = await rating_counts.cells(connection, span.days(), wanted) if of is None else of
        last: Mapping[int, int] = {}
        if any(cell.level is not None for cell in cells):  # else nobody is looked for among a million
            last = await rating_counts.last_levels(connection, span.days(), wanted)
    people, satisfied = sum(last.values()), last.get(5, 0) + last.get(4, 0)
    return _counted(records, span, cells, people, satisfied)


async def series(
    records: Records, span: Span, by: Part, where: Filter = EVERYTHING, up_to: datetime.date | None = None
) -> tuple[Satisfaction, ...]:
    """The satisfaction of each day, week, month, quarter or year of a span, in order; empty ones too, but none that
    begins after `up_to`. By person it is not counted.
    """
    days = span.days(by_day=by in ("day", "week"))
    async with records.database.read() as connection:
        cells = await rating_counts.cells(connection, days, where.where(records.topics), ("at",))
    of_part: dict[datetime.date, list[RatingCount]] = defaultdict(list)
    for cell in cells:
        if cell.at is not None:
            of_part[max(Span.around(cell.at, by).since, span.since)].append(cell)
    return tuple(_counted(records, part, of_part[part.since]) for part in span.parts(by, up_to))


async def plan_years(records: Records, where: Filter = EVERYTHING) -> tuple[Satisfaction, ...]:
    """The satisfaction of each year of the plan, of those to come nothing but their target."""
    return await series(records, records.targets.plan, "year", where)


@dataclass(frozen=True, slots=True)
class Share:
    """The satisfaction of one part of what was rated: its key, how people read it, the figures."""

    key: str
    name: str
    found: Satisfaction


async def breakdown(
    records: Records,
    span: Span,
    by: Breakdown,
    where: Filter = EVERYTHING,
    of: Sequence[RatingCount] | None = None,
) -> tuple[Share, ...]:
    """The satisfaction of a span by topic, entry or calculation, kind, campaign («»: none), place, channel («»: not
    known) or level.

    Those with the most ratings first; by level from the highest down. By person it is not counted. `of`: its ratings
    `by_subject` or `by_origin`, where they are counted already; each knows only what it is counted by.
    """
    columns: Mapping[Breakdown, tuple[rating_counts.RatingColumn, ...]] = {
        "topic": ("kind", "subject"),
        "subject": ("kind", "subject"),
        "kind": ("kind",),
        "campaign": ("campaign",),
        "place": ("campaign",),
        "channel": ("channel",),
        "level": (),
    }
    async with records.database.read() as connection:
        cells = of
        if cells is None:
            cells = await rating_counts.cells(connection, span.days(), where.where(records.topics), columns[by])
        known = {each.code: each for each in await campaigns.named(connection)} if by in ("campaign", "place") else {}
    names: dict[str, str] = {}
    parts: dict[str, list[RatingCount]] = defaultdict(list)
    for cell in cells:
        if by == "level" and cell.level is None:
            continue
        key, name = _part(records, known, by, cell)
        names[key] = name
        parts[key].append(cell)
    found = [Share(key, names[key], _counted(records, span, of_key)) for key, of_key in parts.items()]
    if by == "level":
        return tuple(sorted(found, key=lambda share: share.key, reverse=True))
    return tuple(sorted(found, key=lambda share: (-share.found.rated, -share.found.offered, share.key)))


def _part(
    records: Records, known: Mapping[str, campaigns.Campaign], by: Breakdown, cell: RatingCount
) -> tuple[str, str]:
    """The key of the part a cell belongs to, and its words."""
    kind, subject, code = cell.kind or "", cell.subject or "", cell.campaign or ""
    if by == "topic":
        topic = records.topics.of_subject(kind, subject)
        return topic, records.topics.name(topic)
    if by == "subject":
        return subject, records.topics.subject_name(kind, subject)
    if by == "kind":
        return kind, read_words().get(f"kind_{kind}", kind)
    if by == "level":
        return str(cell.level), say(f"level_{cell.level}")
    if by == "channel":
        return cell.channel or "", channel_name(cell.channel)
    if not code:
        return "", say("no_campaign")
    campaign = known.get(code)
    if by == "campaign":
        return code, campaign.name if campaign else code
    return (campaign.place, campaign.place) if campaign else ("?", say("no_place"))


def _counted(
    records: Records, span: Span, cells: Iterable[RatingCount], people: int | None = None, satisfied: int | None = None
) -> Satisfaction:
    levels = dict.fromkeys(LEVELS, 0)
    offered = answered = 0
    for cell in cells:
        if cell.level is not None:
            levels[cell.level] += cell.n
        if not cell.asked_for:
            offered += cell.n
            answered += cell.n if cell.level is not None else 0
    targets = records.targets
    target = targets.on(span.until)
    return Satisfaction(
        span.since, span.until, levels, offered, answered, target, targets.least_ratings, people, satisfied
    )


def as_json(found: Satisfaction, records: Records) -> dict[str, object]:
    """The report for machines: index, interval and response rate in percent, like the target."""
    return {
        "from": found.since.isoformat(),
        "to": found.until.isoformat(),
        "index": percent(found.index),
        "ratings": found.rated,
        "levels": {str(level): count for level, count in found.levels.items()},
        "offered": found.offered,
        "answered": found.answered,
        "response_rate": percent(found.response_rate),
        "interval": None if found.interval is None else [percent(end) for end in found.interval],
        "target": found.target,
        "verdict": say(f"verdict_{found.verdict}"),
        "people": found.people,
        "index_by_person": percent(found.index_by_person),
        "definition": say("definition"),
        "formula": say("formula"),
        "by_person": say("by_person_definition"),
        "target_source": records.targets.source,
    }


def as_lines(found: Satisfaction, records: Records) -> list[str]:
    """The report for staff, in Vietnamese, with what its figures are."""
    lines = [
        say("title", span=found.span.name),
        say("index", index=said(found.index), satisfied=found.satisfied, rated=found.rated),
        *(say("level", name=say(f"level_{level}"), count=count) for level, count in found.levels.items()),
        say("response", rate=said(found.response_rate), answered=found.answered, offered=found.offered),
    ]
    if found.people is not None:
        index, satisfied = said(found.index_by_person), found.people_satisfied
        lines.append(say("by_person", index=index, satisfied=satisfied, people=found.people))
    if found.interval is not None:
        low, high = found.interval
        lines.append(say("interval", low=said(low), high=said(high)))
    if found.target is not None:
        lines.append(say("target", target=found.target, source=records.targets.source))
    lines.append(say("verdict", verdict=say(f"verdict_{found.verdict}"), least=found.least_ratings))
    return [*lines, "", say("definition"), say("formula"), say("by_person_definition")]
