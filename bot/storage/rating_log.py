"""The log of ratings: one row each, filtered, searched in comments, sorted, a page at a time."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.counted import Days, grouped
from bot.storage.database import midnight, to_local
from bot.storage.fading import NOBODY
from bot.storage.rating_counts import Where
from bot.storage.schema import questions, ratings
from handlers.dialogue.records import LEVELS
from vietnamese.normalize import fold

_TOGETHER = 200

Sort = Literal["newest", "oldest", "lowest", "highest"]


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which rows of the log; None narrows nothing. Only offers that were rated are in it.

    `levels` 1 to 5; `reason` one of the reasons' names; `commented`: with a comment; `search`: words that stand in
    the comment, with or without accents.
    """

    levels: Sequence[int] | None = None
    reason: str | None = None
    commented: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """One rating, without its person. `at` is in Vietnam; of a person who was forgotten only its month is told, for a
    row of the log says more than a sum: `time_known` is False then. `question` and `question_id`: the masked text and
    number of the question that was answered, where it is still kept.
    """

    at: datetime.datetime
    time_known: bool
    kind: str
    subject: str
    campaign: str | None
    channel: str | None
    level: int
    asked_for: bool
    reason: str | None
    comment: str | None
    question_id: int | None
    question: str | None


def _clauses(where: Where, wanted: LogFilter) -> list[sa.ColumnElement[bool]]:
    found = where.clauses()
    if wanted.reason is not None:
        found.append(ratings.c.reason == wanted.reason)
    if wanted.commented:
        found.append(ratings.c.comment.is_not(None))
    if wanted.search.strip():
        found.append(sa.func.folded(ratings.c.comment).contains(fold(wanted.search.strip()), autoescape=True))
        found.append(ratings.c.comment.is_not(None))
    return found


def _of_levels(wanted: LogFilter) -> sa.ColumnElement[bool]:
    """Rated, and with one of the wanted levels."""
    # SQLite would take the index on the level, which most ratings match, and sort what it finds by time. A sum in the
    # place of the column keeps that index away: the one on time gives the rows in order, and stops at the page's end.
    return (ratings.c.level + 0).in_(list(wanted.levels or LEVELS))


async def count(connection: AsyncConnection, days: Days, where: Where, wanted: LogFilter) -> dict[int, int]:
    """How many rows there are of each level."""
    clauses = [_of_levels(wanted), *_clauses(where, wanted)]
    if wanted.reason is not None or wanted.commented or wanted.search.strip():  # few rows, with an index of their own
        found = sa.select(ratings.c.level, sa.func.count().label("n")).where(*_of_time(days), *clauses)
        return {
            row.level: row.n for row in await connection.execute(found.group_by(ratings.c.level + 0, ratings.c.level))
        }
    query = grouped(days, ratings, ("level",), ("asked_for", "level"), clauses)
    return {row.level: row.n for row in await connection.execute(query)}


async def reasons(connection: AsyncConnection, days: Days, levels: Sequence[int]) -> dict[str, int]:
    """How many of these levels gave each reason, counted at once."""
    found = sa.select(ratings.c.reason, sa.func.count().label("n")).where(
        ratings.c.reason.is_not(None), ratings.c.level.in_(levels), *_of_time(days)
    )
    return {row.reason: row.n for row in await connection.execute(found.group_by(ratings.c.reason))}


async def rows(
    connection: AsyncConnection, days: Days, where: Where, wanted: LogFilter, sort: Sort, offset: int, most: int
) -> list[Logged]:
    """A page of the log; «lowest» and «highest» level first, the newest first within one level."""
    clauses = [*_of_time(days), *_clauses(where, wanted)]
    if sort in ("newest", "oldest"):
        return await _page(connection, [_of_levels(wanted), *clauses], sort == "oldest", offset, most)
    found: list[Logged] = []
    counted = await count(connection, days, where, wanted)
    for level in sorted(wanted.levels or LEVELS, reverse=sort == "highest"):
        here = counted.get(level, 0)
        if offset < here and len(found) < most:
            of_level = [ratings.c.level == level, *clauses]
            found += await _page(connection, of_level, False, offset, most - len(found))
        offset = max(0, offset - here)
    return found


def _of_time(days: Days) -> list[sa.ColumnElement[bool]]:
    """Between two midnights in Vietnam."""
    after = midnight(days.until + datetime.timedelta(days=1))
    return [ratings.c.offered_at >= midnight(days.since), ratings.c.offered_at < after]


async def stream(
    connection: AsyncConnection, days: Days, where: Where, wanted: LogFilter, most: int
) -> AsyncIterator[Sequence[Logged]]:
    """The rows of the log, the newest first, some at a time."""
    clauses = [*_of_time(days), *_clauses(where, wanted), _of_levels(wanted)]
    query = _with_questions(clauses, False, 0, most)
    found = await connection.stream(query, execution_options={"yield_per": _TOGETHER})
    async for rows in found.partitions():
        yield [_logged(row) for row in rows]


async def _page(
    connection: AsyncConnection, clauses: list[sa.ColumnElement[bool]], oldest: bool, offset: int, most: int
) -> list[Logged]:
    return [_logged(row) for row in await connection.execute(_with_questions(clauses, oldest, offset, most))]


def _with_questions(clauses: list[sa.ColumnElement[bool]], oldest: bool, offset: int, most: int) -> sa.Select[Any]:
    order = (ratings.c.offered_at, ratings.c.offer) if oldest else (ratings.c.offered_at.desc(), ratings.c.offer.desc())
    page = sa.select(ratings).where(*clauses).order_by(*order).limit(most).offset(offset).subquery()
    asked = sa.and_(questions.c.key == page.c.key, questions.c.delivery == page.c.offer, page.c.key != "")
    return (
        sa.select(page, questions.c.id.label("question_id"), questions.c.text.label("question"))
        .select_from(page.outerjoin(questions, asked))
        .order_by(*(each.asc() if oldest else each.desc() for each in (page.c.offered_at, page.c.offer)))
    )


def _logged(row: Any) -> Logged:
    return Logged(
        to_local(row.offered_at),
        row.key != NOBODY,
        row.kind,
        row.subject,
        row.campaign,
        row.channel,
        row.level,
        row.asked_for,
        row.reason,
        row.comment,
        row.question_id,
        row.question,
    )
