"""One question with what became of it and how it was rated; without its person."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_local
from bot.storage.schema import questions, ratings


@dataclass(frozen=True, slots=True)
class Exchange:
    """A masked question: what was decided, the entries shown (best first), the one told or picked in the end.

    `chosen`: of several offered one was picked (True) or none (False); None where none were offered or nothing was
    tapped. `level` 1 to 5, with its reason and comment, where the answer was rated.
    """

    number: int
    at: datetime.datetime
    text: str
    decision: str
    entries: tuple[str, ...]
    answered: str | None
    chosen: bool | None
    misanswered: bool
    level: int | None
    reason: str | None
    comment: str | None


async def find(connection: AsyncConnection, number: int) -> Exchange | None:
    """The question of this number; None when there is none any more."""
    rated = sa.and_(ratings.c.key == questions.c.key, ratings.c.offer == questions.c.delivery, questions.c.key != "")
    query = (
        sa.select(questions, ratings.c.level, ratings.c.reason, ratings.c.comment)
        .select_from(questions.outerjoin(ratings, rated))
        .where(questions.c.id == number)
    )
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    return Exchange(
        row.id,
        to_local(row.at),
        row.text,
        row.decision,
        tuple(json.loads(row.entries)),
        row.answered,
        row.chosen,
        row.misanswered,
        row.level,
        row.reason,
        row.comment,
    )
