"""How far each new person came: from the start on, up to the end of a span; and what those of a campaign asked.

A person is new where their first link brought them, or, who never followed one, at their first start. People who were
forgotten are not known: a person of a campaign is counted as one, or not at all.
"""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_local
from bot.storage.fading import NOBODY
from bot.storage.schema import estimates, questions, ratings, reminders_set, starts, touches

_TOGETHER = 1_000
_DID = ("answered", "estimated", "reminded", "rated")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One new person: the code that brought them (None: none), the channel where it is known, when, and what they did
    from then on; `reminded`: asked to be. Nothing of it leads to them.
    """

    code: str | None
    channel: str | None
    at: datetime.datetime
    answered: bool
    estimated: bool
    reminded: bool
    rated: bool


async def newcomers(
    connection: AsyncConnection, since: datetime.datetime, until: datetime.datetime
) -> AsyncIterator[Sequence[Newcomer]]:
    """The new people from `since` up to (not including) `until`, times as stored, some at a time, in no order.

    What they did counts up to `until`, so that the figures of a span that is over stay as they are.
    """
    found = await connection.stream(_came(since, until), execution_options={"yield_per": _TOGETHER})
    async for rows in found.partitions():
        yield [
            Newcomer(row.code, row.channel, to_local(row.at), *(bool(getattr(row, step)) for step in _DID))
            for row in rows
        ]


def _came(since: datetime.datetime, until: datetime.datetime) -> sa.Select[Any]:
    """A row for each new person."""
    by_link = sa.select(touches.c.key, touches.c.first_code.label("code"), touches.c.first_at.label("at"))
    first = sa.func.min(starts.c.at)
    by_none = (
        sa.select(starts.c.key, sa.null().cast(touches.c.first_code.type).label("code"), first.label("at"))
        .where(starts.c.key != NOBODY, starts.c.key.not_in(sa.select(touches.c.key)))
        .group_by(starts.c.key)
        .having(sa.and_(first >= since, first < until))
    )
    touched = by_link.where(touches.c.first_at >= since, touches.c.first_at < until)
    came = sa.union_all(touched, by_none).subquery()
    channel = sa.select(sa.func.max(starts.c.channel)).where(starts.c.key == came.c.key).scalar_subquery()

    def did(table: sa.Table, at: sa.Column[datetime.datetime], *where: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
        since_then = sa.and_(table.c.key == came.c.key, at >= came.c.at, at < until, *where)
        return sa.exists(sa.select(sa.literal(1)).where(since_then))

    return sa.select(
        came.c.code,
        came.c.at,
        channel.label("channel"),
        did(questions, questions.c.at, questions.c.answered.is_not(None)).label("answered"),
        did(estimates, estimates.c.at).label("estimated"),
        did(reminders_set, reminders_set.c.at).label("reminded"),
        did(ratings, ratings.c.offered_at, ratings.c.level.is_not(None)).label("rated"),
    )


@dataclass(frozen=True, slots=True)
class AskedOf:
    """An entry that the people a campaign first brought asked for: how often, and how many of them."""

    code: str
    entry: str
    n: int
    people: int


async def asked(connection: AsyncConnection, since: datetime.datetime, until: datetime.datetime) -> list[AskedOf]:
    """What questions of people ended with, by the campaign that first brought them, from that moment on."""
    columns = (touches.c.first_code.label("code"), questions.c.answered.label("entry"))
    counts = (sa.func.count().label("n"), sa.func.count(sa.distinct(questions.c.key)).label("people"))
    query = _after_link(sa.select(*columns, *counts), since, until).where(questions.c.answered.is_not(None))
    rows = await connection.execute(query.group_by(*columns))
    return [AskedOf(row.code, row.entry, row.n, row.people) for row in rows]


async def askers(connection: AsyncConnection, since: datetime.datetime, until: datetime.datetime) -> dict[str, int]:
    """How many people of each campaign asked anything, greetings aside."""
    code, people = touches.c.first_code.label("code"), sa.func.count(sa.distinct(questions.c.key)).label("people")
    query = _after_link(sa.select(code, people), since, until).where(questions.c.decision != "chat")
    return {row.code: row.people for row in await connection.execute(query.group_by(code))}


def _after_link(query: sa.Select[Any], since: datetime.datetime, until: datetime.datetime) -> sa.Select[Any]:
    joined = touches.join(questions, sa.and_(questions.c.key == touches.c.key, questions.c.at >= touches.c.first_at))
    return query.select_from(joined).where(questions.c.at >= since, questions.c.at < until)
