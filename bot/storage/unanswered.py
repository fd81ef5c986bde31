"""Questions nobody could answer, those alike put together: not understood, or nothing offered was meant."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.counted import Days
from bot.storage.schema import questions


@dataclass(frozen=True, slots=True)
class Alike:
    """A question, masked, and how often it was asked in these words."""

    text: str
    n: int


async def alike(connection: AsyncConnection, days: Days, most: int) -> list[Alike]:
    """The unanswered questions of a span whose words are the same but for accents, the most frequent first."""
    same = (
        sa.select(questions.c.text, sa.func.count().label("n"))
        .where(days.within(questions), questions.c.text != "", questions.c.answered.is_(None))
        .where(
            sa.or_(
                questions.c.decision == "unknown",
                questions.c.misanswered,
                sa.and_(questions.c.decision == "choose", questions.c.chosen.is_(False)),
            )
        )
        .group_by(questions.c.text)
        .subquery()
    )
    words, n = sa.func.folded(same.c.text).label("words"), sa.func.sum(same.c.n).label("n")
    query = sa.select(sa.func.max(same.c.text).label("text"), n).group_by(words).order_by(n.desc(), words).limit(most)
    rows = await connection.execute(query)
    return [Alike(row.text, row.n) for row in rows]
