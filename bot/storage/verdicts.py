"""What staff decided about the words of a question that was not answered, so that it is not listed again."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_local, to_utc
from bot.storage.schema import verdicts
from faq.engine import likeness

_FOR_GOOD = datetime.datetime.max.replace(tzinfo=datetime.UTC)

Decided = Literal["assigned", "out_of_scope", "drafted"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The folded words of a question, and what was decided about them."""

    words: str
    verdict: Decided
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """What verdicts settle: a phrasing what was asked before it, the others for good and typed a little differently."""

    assigned: Mapping[str, datetime.datetime]
    for_good: frozenset[str]

    @classmethod
    def of(cls, decided: Iterable[Verdict]) -> Settled:
        """By verdicts, oldest first."""
        decided = tuple(decided)
        assigned = {each.words: each.at for each in decided if each.verdict == "assigned"}
        return cls(assigned, frozenset(each.words for each in decided if each.verdict != "assigned"))

    def until(self, words: str) -> datetime.datetime | None:
        """The aware time up to which questions in these words are settled; None when they are not at all."""
        if words in self.for_good or likeness.alike(words, self.for_good, likeness.SAME) is not None:
            return _FOR_GOOD
        return self.assigned.get(words)


async def add(
    connection: AsyncConnection,
    words: Iterable[str],
    verdict: Decided,
    by: str,
    now: datetime.datetime,
    phrasing: int | None = None,
    draft: int | None = None,
) -> None:
    """Note a decision about several wordings; `phrasing` or `draft` is the one that settled them."""
    made = {"verdict": verdict, "phrasing": phrasing, "draft": draft, "by": by, "at": to_utc(now)}
    rows = [{"words": each, **made} for each in words]
    if rows:
        await connection.execute(sa.insert(verdicts), rows)


async def revoke(connection: AsyncConnection, phrasing: int) -> None:
    """Forget what a phrasing settled."""
    await connection.execute(sa.delete(verdicts).where(verdicts.c.phrasing == phrasing))


async def revoke_draft(connection: AsyncConnection, draft: int, words: Collection[str]) -> None:
    """Forget what a draft settled; one of an earlier version is known by the `words` of its phrasings alone."""
    older = sa.and_(verdicts.c.verdict == "drafted", verdicts.c.draft.is_(None), verdicts.c.words.in_(words))
    await connection.execute(sa.delete(verdicts).where(sa.or_(verdicts.c.draft == draft, older)))


async def version(connection: AsyncConnection) -> tuple[int, int]:
    """How many there are and the last id: another pair means that something was decided or taken back."""
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.max(verdicts.c.id), 0)).select_from(verdicts)
    count, last = (await connection.execute(query)).one()
    return int(count), int(last)


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """Drop what phrasings settled before a moment: the questions it was about have no words any more."""
    old = sa.and_(verdicts.c.verdict == "assigned", verdicts.c.at < to_utc(moment))
    await connection.execute(sa.delete(verdicts).where(old))


async def list_all(connection: AsyncConnection) -> list[Verdict]:
    """Every decision, oldest first."""
    rows = await connection.execute(sa.select(verdicts).order_by(verdicts.c.id))
    return [Verdict(row.words, row.verdict, to_local(row.at)) for row in rows]
