"""How long the staff took to answer citizens and to end conversations, by week and by who it was.

A conversation that is deleted leaves its times in `handled`: the weeks, how long and who, and nothing by which it or
its citizen could be known again. So a week counts the same before and after people were forgotten.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import midnight, to_day, to_local
from bot.storage.schema import conversations, handled

HandlingStep = Literal["answered", "closed"]
_DAY, _WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)
_ENDED_BY_PEOPLE = ("staff", "citizen")
"""Who ends a conversation that counts: silence, and who blocked the assistant, tell nothing of how long it took."""
_TIMES = (
    conversations.c.opened_at,
    conversations.c.answered_at,
    conversations.c.answerer,
    conversations.c.closed_at,
    conversations.c.closed_by,
    conversations.c.closer,
    conversations.c.assignee,
)


@dataclass(frozen=True, slots=True)
class Handled:
    """A first answer, or an end, of one conversation: in the week of which Monday, by whom, and how long it took.

    `seconds` from when it was opened. `by`: the signature, None where it is not known.
    """

    step: HandlingStep
    week: datetime.date
    by: str | None
    seconds: int


async def between(connection: AsyncConnection, since: datetime.date, until: datetime.date) -> list[Handled]:
    """What was done in the weeks whose Monday is one of these days, of conversations kept and deleted."""
    first, end = midnight(since), midnight(until + _WEEK)
    done = sa.or_(
        sa.and_(conversations.c.answered_at >= first, conversations.c.answered_at < end),
        sa.and_(conversations.c.closed_at >= first, conversations.c.closed_at < end),
    )
    kept = [each for row in await connection.execute(sa.select(*_TIMES).where(done)) for each in _steps(row)]
    past = sa.select(handled).where(handled.c.week >= since, handled.c.week <= until)
    gone = [Handled(row.step, row.week, row.by, row.seconds) for row in await connection.execute(past)]
    return [*(each for each in kept if since <= each.week <= until), *gone]


async def leave(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> None:
    """Keep the times of conversations that are about to be deleted."""
    rows = (await connection.execute(sa.select(*_TIMES).where(which))).all()
    left = [{"step": each.step, "week": each.week, "by": each.by, "seconds": each.seconds} for each in _all_steps(rows)]
    if left:
        await connection.execute(sa.insert(handled), left)


def _all_steps(rows: Iterable[Any]) -> Iterator[Handled]:
    for row in rows:
        yield from _steps(row)


def _steps(row: Any) -> Iterator[Handled]:
    if row.answered_at is not None:
        yield _step("answered", row.opened_at, row.answered_at, row.answerer)
    if row.closed_at is not None and row.closed_by in _ENDED_BY_PEOPLE:
        yield _step("closed", row.opened_at, row.closed_at, row.closer or row.assignee)


def _step(step: HandlingStep, opened: datetime.datetime, done: datetime.datetime, by: str | None) -> Handled:
    day = to_day(to_local(done))
    return Handled(step, day - day.weekday() * _DAY, by, int((done - opened).total_seconds()))
