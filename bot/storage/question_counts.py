"""Questions and estimates counted for reports: what became of them, when, and of how many people.

Greetings and the like (`decision` «chat») are no questions: by hour and by person they are left out here, and by what
became of them they are told apart.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.counted import Days, grouped
from bot.storage.schema import estimates, questions

QuestionColumn = Literal["at", "answered", "channel"]
_ORDER = ("decision", "chosen", "misanswered", "answered", "channel")
_NO_GREETING = questions.c.decision != "chat"


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """How many questions have this in common; `chosen` None: nothing was chosen, False: none of what was offered."""

    decision: str
    chosen: bool | None
    misanswered: bool
    n: int
    at: datetime.date | None = None
    answered: str | None = None
    channel: str | None = None


async def cells(connection: AsyncConnection, days: Days, by: Sequence[QuestionColumn] = ()) -> list[QuestionCount]:
    """The questions of a span counted by decision, what was chosen, whether it was the wrong answer, and by `by`."""
    query = grouped(days, questions, (*by, "decision", "chosen", "misanswered"), _ORDER)
    return [QuestionCount(**row._mapping) for row in await connection.execute(query)]


async def hours(connection: AsyncConnection, days: Days) -> dict[int, int]:
    """The questions of a span by the hour of the day in Vietnam; people who were forgotten left no hour."""
    by_day = Days(days.since, days.until, whole_months=False)
    query = grouped(by_day, questions, ("hour",), ("hour",), [questions.c.hour.is_not(None), _NO_GREETING])
    return {row.hour: row.n for row in await connection.execute(query)}


async def calculations(connection: AsyncConnection, days: Days) -> list[tuple[datetime.date, str, int]]:
    """Finished estimates: (month or day, calculation, how many)."""
    query = grouped(days, estimates, ("at", "calculation"), ("calculation",))
    return [(row.at, row.calculation, row.n) for row in await connection.execute(query)]


async def estimates_by_channel(connection: AsyncConnection, days: Days) -> dict[str | None, int]:
    """How many estimates were finished on each channel; None: it is not known."""
    query = grouped(days, estimates, ("channel",), ("calculation", "channel"))
    return {row.channel: row.n for row in await connection.execute(query)}


async def people(connection: AsyncConnection, days: Days) -> int:
    """How many people asked something or finished an estimate; people who were forgotten are not known."""
    both = sa.union(*_by_person(days)).subquery()
    return (await connection.execute(sa.select(sa.func.count()).select_from(both))).scalar_one()


async def people_by_channel(connection: AsyncConnection, days: Days) -> dict[str | None, int]:
    """The same people by their channel, each once; None: it is not known."""
    both = sa.union_all(*_by_person(days, with_channel=True)).subquery()
    each = sa.select(sa.func.max(both.c.channel).label("channel")).group_by(both.c.key).subquery()
    query = sa.select(each.c.channel, sa.func.count().label("n")).group_by(each.c.channel)
    return {row.channel: row.n for row in await connection.execute(query)}


def _by_person(days: Days, *, with_channel: bool = False) -> list[sa.Select[Any]]:
    """The keys of those who asked something, and of those who finished an estimate; with their channel where wanted."""
    return [
        sa.select(table.c.key, *([sa.func.max(table.c.channel).label("channel")] if with_channel else []))
        .where(days.within_in_order_of_people(table), table.c.key != "", *which)
        .group_by(table.c.key)
        for table, which in ((questions, [_NO_GREETING]), (estimates, []))
    ]
