"""The log of ratings, page by page: filtered, searched in comments, sorted; texts are masked as they were kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bot.reports.records import Filter, Records
from bot.reports.satisfaction import EVERYTHING
from bot.reports.spans import Span
from bot.reports.words import channel_name, read_words, say
from bot.storage import campaigns, rating_log
from bot.storage.rating_log import LogFilter, Logged, Sort
from handlers.dialogue.records import LOW, REASONS

__all__ = ["ALL_ROWS", "LogFilter", "LogLine", "Page", "Sort", "page"]

ALL_ROWS = LogFilter()
PAGE = 50
MOST = 1_000_000
"""Rows of a file; a sheet of a workbook holds few more."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One rating as staff read it. `when`: day and time, or only the month where the person was forgotten.

    `topic`, `subject`, `kind`, `campaign`, `channel`, `level`, `reason`: words; the names behind them are in `logged`.
    """

    logged: Logged
    when: str
    kind: str
    topic: str
    subject: str
    campaign: str
    place: str
    channel: str
    level: str
    reason: str
    comment: str
    question: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the log: its lines, its number from 1, and how many ratings and pages there are in all."""

    lines: tuple[LogLine, ...]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


async def page(
    records: Records,
    span: Span,
    where: Filter = EVERYTHING,
    wanted: LogFilter = ALL_ROWS,
    sort: Sort = "newest",
    number: int = 1,
    size: int = PAGE,
) -> Page:
    """A page of the ratings given in a span; a number beyond the last page gives the last one."""
    found, days = where.where(records.topics), span.days()
    async with records.database.read() as connection:
        total = sum((await rating_log.count(connection, days, found, wanted)).values())
        number = min(max(1, number), max(1, -(-total // size)))
        rows = await rating_log.rows(connection, days, found, wanted, sort, (number - 1) * size, size)
        known = {each.code: each for each in await campaigns.named(connection)}
    return Page(_lines(records, rows, known), number, size, total)


async def count(records: Records, span: Span, where: Filter = EVERYTHING, wanted: LogFilter = ALL_ROWS) -> int:
    """How many ratings there are in the log of a span."""
    async with records.database.read() as connection:
        return sum((await rating_log.count(connection, span.days(), where.where(records.topics), wanted)).values())


async def reasons(records: Records, span: Span) -> tuple[tuple[str, int], ...]:
    """Why the two lowest levels were given, most often first."""
    async with records.database.read() as connection:
        found = await rating_log.reasons(connection, span.days(), range(1, LOW + 1))
    return tuple(sorted(((each, found[each]) for each in REASONS if found.get(each)), key=lambda pair: -pair[1]))


async def everything(
    records: Records, span: Span, where: Filter = EVERYTHING, wanted: LogFilter = ALL_ROWS, most: int = MOST
) -> AsyncIterator[tuple[LogLine, ...]]:
    """The ratings of a span, the newest first, some at a time, for a file; of more than `most` only the newest."""
    async with records.database.read() as connection:
        known = {each.code: each for each in await campaigns.named(connection)}
        found = rating_log.stream(connection, span.days(), where.where(records.topics), wanted, most)
        async for rows in found:
            yield await asyncio.to_thread(_lines, records, rows, known)


def _lines(records: Records, rows: Sequence[Logged], known: dict[str, campaigns.Campaign]) -> tuple[LogLine, ...]:
    topics = records.topics
    found = []
    for row in rows:
        campaign = known.get(row.campaign or "")
        when = f"{row.at:%d/%m/%Y %H:%M}" if row.time_known else say("month", month=row.at.month, year=row.at.year)
        line = LogLine(
            row,
            when,
            read_words().get(f"kind_{row.kind}", row.kind),
            topics.name(topics.of_subject(row.kind, row.subject)),
            topics.subject_name(row.kind, row.subject),
            campaign.name if campaign else row.campaign or "",
            campaign.place if campaign else "",
            channel_name(row.channel),
            say(f"level_{row.level}"),
            read_words().get(f"reason_{row.reason}", row.reason) if row.reason else "",
            row.comment or "",
            row.question or "",
        )
        found.append(line)
    return tuple(found)
