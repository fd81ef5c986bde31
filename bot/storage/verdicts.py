"""What staff decided about the words of a question that was not answered, so that it is not listed again."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import postgresql, upsert
from bot.storage.database import to_local, to_utc
from bot.storage.schema import counters, verdicts, wordings
from faq.engine import likeness

_FOR_GOOD = datetime.datetime.max.replace(tzinfo=datetime.UTC)
FOR_GOOD = _FOR_GOOD.replace(tzinfo=None)
"""Up to when words are settled, as it is stored, that were decided about for good."""
_COMPARED = "verdicts_compared"
"""The counter of the last verdict that all wordings were compared with."""

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
        await postgresql.hold(connection, wordings.name)
        await connection.execute(sa.insert(verdicts), rows)
        until = to_utc(now) if verdict == "assigned" else FOR_GOOD
        earlier = sa.or_(wordings.c.settled.is_(None), wordings.c.settled < until)
        these = wordings.c.words.in_([row["words"] for row in rows])
        await connection.execute(sa.update(wordings).where(these, earlier).values(settled=until))


async def revoke(connection: AsyncConnection, phrasing: int) -> None:
    """Forget what a phrasing settled."""
    await _drop(connection, verdicts.c.phrasing == phrasing)


async def revoke_draft(connection: AsyncConnection, draft: int, words: Collection[str]) -> None:
    """Forget what a draft settled; one of an earlier version is known by the `words` of its phrasings alone."""
    older = sa.and_(verdicts.c.verdict == "drafted", verdicts.c.draft.is_(None), verdicts.c.words.in_(words))
    await _drop(connection, sa.or_(verdicts.c.draft == draft, older))


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """Drop what phrasings settled before a moment: the questions it was about have no words any more."""
    await _drop(connection, sa.and_(verdicts.c.verdict == "assigned", verdicts.c.at < to_utc(moment)))


async def _drop(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> None:
    """Forget decisions; their words are settled then by what else was decided about them."""
    await postgresql.hold(connection, wordings.name)
    dropped = sa.delete(verdicts).where(which).returning(verdicts.c.words, verdicts.c.verdict)
    rows = (await connection.execute(dropped)).all()
    if not rows:
        return
    at = sa.select(sa.func.max(verdicts.c.at)).where(
        verdicts.c.words == wordings.c.words, verdicts.c.verdict == "assigned"
    )
    before = sa.or_(wordings.c.settled.is_(None), wordings.c.settled < FOR_GOOD)
    changed = sa.and_(before, wordings.c.words.in_({row.words for row in rows}))
    last: sa.ColumnElement[int] = sa.select(sa.func.coalesce(sa.func.max(verdicts.c.id), 0)).scalar_subquery()
    if any(row.verdict != "assigned" for row in rows):  # which words were alike is found out anew
        changed, last = wordings.c.settled.is_not(None), sa.literal(0)
    await connection.execute(sa.update(wordings).where(changed).values(settled=at.scalar_subquery()))
    # a number may be given again
    known = sa.and_(counters.c.name == _COMPARED, counters.c.value > last)
    await connection.execute(sa.update(counters).where(known).values(value=last))


async def compared(connection: AsyncConnection) -> tuple[int, int]:
    """The number of the verdict up to which all wordings were compared, and that of the last one."""
    seen = await connection.scalar(sa.select(counters.c.value).where(counters.c.name == _COMPARED))
    return seen or 0, await connection.scalar(sa.select(sa.func.max(verdicts.c.id))) or 0


async def set_compared(connection: AsyncConnection, last: int) -> None:
    await upsert.put(connection, counters, {"name": _COMPARED, "value": last}, ["name"])


async def for_good_since(connection: AsyncConnection, seen: int) -> Collection[str]:
    """The words that were decided about for good after the verdict of this number."""
    found = sa.select(verdicts.c.words).where(verdicts.c.id > seen, verdicts.c.verdict != "assigned")
    return frozenset((await connection.execute(found)).scalars())


async def list_all(connection: AsyncConnection) -> list[Verdict]:
    """Every decision, oldest first."""
    rows = await connection.execute(sa.select(verdicts).order_by(verdicts.c.id))
    return [Verdict(row.words, row.verdict, to_local(row.at)) for row in rows]
