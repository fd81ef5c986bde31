"""The groups of questions that wait for an answer, counted by the database, page by page.

Which question is open is asked anew each time (`unanswered.LEFT_OPEN`, and what staff decided about its words); only
which group its words stand in is kept.
"""

from __future__ import annotations

import asyncio
import datetime
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.counted import Days
from bot.storage.database import VIETNAM, to_local, to_utc
from bot.storage.schema import questions, touches, wordings
from bot.storage.unanswered import LEFT_OPEN, REASONS, UNSETTLED, WRONG, Reason
from vietnamese.masking import mask
from vietnamese.normalize import fold, has_accents

_REASON = sa.case(
    (WRONG, sa.literal_column("'wrong'")),
    (questions.c.decision == "unknown", sa.literal_column("'unknown'")),
    else_=sa.literal_column("'none_picked'"),
)
SHOWN = 40
"""So many wordings of each group are read for a list; all of them where one group is decided about."""
_NEWEST = 20
"""So many questions of each of the wordings shown are read for how people typed them."""


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """A group: its leader and what is counted of its open questions; `first` is the number of the first of them."""

    leader: int
    first: int
    count: int
    people: int
    reasons: Mapping[Reason, int]
    first_at: datetime.datetime
    last_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Some groups, the most frequent first, after `offset` others; how many groups and questions there are."""

    groups: tuple[OpenGroup, ...]
    count: int
    asked: int
    offset: int = 0


NONE = OpenPage((), 0, 0)


@dataclass(frozen=True, slots=True)
class Typed:
    """How a group was asked: its words for comparing, texts with how often each was seen, the most frequent first.

    `picked`: the entries people picked instead of a wrong answer, the most frequent first; `nearest`: those that were
    nearest when it was asked last. `more`: how many wordings there are besides.
    """

    words: tuple[str, ...]
    texts: tuple[tuple[str, int], ...]
    picked: tuple[str, ...]
    nearest: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Alike:
    """A question, masked, and how often it or one alike to it was asked."""

    text: str
    n: int


async def waiting(connection: AsyncConnection, days: Days) -> int:
    """How many unanswered questions of a span nobody decided about yet."""
    found = _open(*_moments(days)).subquery()
    return int((await connection.execute(sa.select(sa.func.count()).select_from(found))).scalar_one())


async def most_frequent(
    connection: AsyncConnection, days: Days, most: int, codes: Collection[str] | None = None
) -> list[Alike]:
    """What waits of a span, put together by likeness, the most frequent first; `codes`: of the people these campaigns
    first brought, from then on.
    """
    since, until = _moments(days)
    found = (await page(connection, since, until=until, most=most, codes=codes)).groups
    how = await typed(connection, [each.leader for each in found], since, until, shown=SHOWN, codes=codes)
    samples = await asyncio.to_thread(lambda: {leader: ways(each.texts)[0] for leader, each in how.items()})
    return [Alike(samples[each.leader], each.count) for each in found]


def _moments(days: Days) -> tuple[datetime.datetime, datetime.datetime]:
    """When a span begins, and when it is over."""
    first, last = (datetime.datetime.combine(day, datetime.time(), VIETNAM) for day in (days.since, days.until))
    return first, last + datetime.timedelta(days=1)


def ways(typed: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The different texts, most frequent first; those that differ in accents and letters only once, with accents."""
    alike: dict[str, Counter[str]] = defaultdict(Counter)
    for kept, times in typed:
        text, _ = mask(" ".join(kept.split()))
        alike[fold(text)][text] += times
    ranked = sorted(alike.values(), key=lambda texts: -texts.total())
    return tuple(max(texts, key=lambda text: (has_accents(text), texts[text])) for texts in ranked)


async def page(
    connection: AsyncConnection,
    since: datetime.datetime | None = None,
    reason: Reason | None = None,
    *,
    until: datetime.datetime | None = None,
    leader: int | None = None,
    offset: int = 0,
    most: int | None = None,
    codes: Collection[str] | None = None,
) -> OpenPage:
    """The groups with something open from `since` to before `until` (aware times), with this reason; or one of them.

    `most` of them after `offset`; where there are fewer, those that come last by as many at a time. `codes`: only what
    was asked by the people these campaigns first brought, from then on.
    """
    of_all = _open(since, until, codes)
    found = (of_all if leader is None else of_all.where(wordings.c.leader == leader)).subquery()
    n = sa.func.count()
    times = {each: sa.func.sum(sa.case((found.c.reason == each, 1), else_=0)) for each in REASONS}
    query = sa.select(
        found.c.leader,
        n.label("n"),
        sa.func.count(found.c.key.distinct()).label("people"),
        sa.func.min(found.c.id).label("first"),
        sa.func.min(found.c.at).label("first_at"),
        sa.func.max(found.c.at).label("last_at"),
        *(each.label(name) for name, each in times.items()),
        sa.func.count().over().label("groups"),
        sa.func.sum(n).over().label("asked"),
    ).group_by(found.c.leader)
    if reason is not None:
        query = query.having(times[reason] > 0)
    rows = (await connection.execute(_of_page(query.subquery(), offset, most))).all()
    if not rows:
        return NONE
    return OpenPage(tuple(map(_counted, rows)), rows[0].groups, int(rows[0].asked), rows[0].place - 1)


def _of_page(every: sa.Subquery, offset: int, most: int | None) -> sa.Select[Any]:
    """The groups of a page in order, counted once: how many there are is known only with them."""
    place = sa.func.row_number().over(order_by=(every.c.n.desc(), every.c.people.desc(), every.c.first)).label("place")
    placed = sa.select(every, place).subquery()
    query = sa.select(placed).order_by(placed.c.place)
    if most is None:
        return query.where(placed.c.place > offset)
    last = (placed.c.groups - 1) // most * most
    before = sa.case((placed.c.groups > offset, offset), else_=last)
    return query.where(placed.c.place > before, placed.c.place <= before + most)


def _open(
    since: datetime.datetime | None, until: datetime.datetime | None = None, codes: Collection[str] | None = None
) -> sa.Select[Any]:
    """The open questions, each with its group."""
    columns = (questions.c.id, questions.c.key, questions.c.at, questions.c.wording, wordings.c.leader)
    joined = questions.join(wordings, questions.c.wording == wordings.c.id)
    query = sa.select(*columns, _REASON.label("reason")).select_from(joined)
    query = query.where(wordings.c.leader.is_not(None), UNSETTLED, LEFT_OPEN)
    if codes is not None:
        brought = sa.and_(touches.c.key == questions.c.key, questions.c.at >= touches.c.first_at)
        query = query.join(touches, brought).where(touches.c.first_code.in_(sorted(codes)))
    if since is not None:
        query = query.where(questions.c.at >= to_utc(since))
    return query if until is None else query.where(questions.c.at < to_utc(until))


def _counted(row: Any) -> OpenGroup:
    reasons: list[tuple[Reason, int]] = [(each, int(getattr(row, each))) for each in REASONS]
    known = dict(sorted(((each, n) for each, n in reasons if n), key=lambda pair: -pair[1]))
    return OpenGroup(row.leader, row.first, row.n, row.people, known, to_local(row.first_at), to_local(row.last_at))


async def numbers(
    connection: AsyncConnection, since: datetime.datetime | None, until: datetime.datetime | None
) -> dict[int, tuple[int, int]]:
    """The number of each group, and how many questions it holds, by its leader."""
    found = _open(since, until).subquery()
    columns = (found.c.leader, sa.func.min(found.c.id).label("first"), sa.func.count().label("n"))
    rows = await connection.execute(sa.select(*columns).group_by(found.c.leader))
    return {row.leader: (row.first, row.n) for row in rows}


async def leader_of(connection: AsyncConnection, number: int) -> int | None:
    """The leader of the group a question stands in; None where it stands in none."""
    of = sa.select(questions.c.wording).where(questions.c.id == number).scalar_subquery()
    return (await connection.execute(sa.select(wordings.c.leader).where(wordings.c.id == of))).scalar_one_or_none()


async def typed(
    connection: AsyncConnection,
    leaders: Sequence[int],
    since: datetime.datetime | None = None,
    until: datetime.datetime | None = None,
    *,
    shown: int | None,
    codes: Collection[str] | None = None,
) -> dict[int, Typed]:
    """How these groups were asked. `shown`: of so many wordings of each only, and of the newest questions in each.

    `codes`: as of `page`.
    """
    found = (
        _open(since, until, codes).where(wordings.c.leader.in_(leaders)).add_columns(questions.c.misanswered).subquery()
    )
    columns = (found.c.leader, found.c.wording, sa.func.count().label("n"), sa.func.max(found.c.id).label("last"))
    by_wording = sa.select(*columns).group_by(found.c.leader, found.c.wording)
    worded: dict[int, dict[int, int]] = {leader: {} for leader in leaders}
    last = dict.fromkeys(leaders, 0)
    for row in await connection.execute(by_wording.order_by(sa.desc("n"), sa.func.min(found.c.id))):
        worded[row.leader][row.wording] = row.n
        last[row.leader] = max(last[row.leader], row.last)
    read = [each for every in worded.values() for each in list(every)[:shown]]
    rows = (await connection.execute(_texts(found, None if shown is None else read))).all()
    seen = Counter[int]()
    for row in rows:
        seen[row.wording] += row.n
    texts: dict[int, list[tuple[str, int]]] = {leader: [] for leader in leaders}
    for row in rows:  # of a wording that was read in part, as many as there would be of all
        texts[row.leader].append((row.text, round(row.n * worded[row.leader][row.wording] / seen[row.wording])))
    words = await _words(connection, found) if shown is None else {}
    picked = await _picked(connection, found)
    nearest = sa.select(questions.c.id, questions.c.entries).where(questions.c.id.in_(list(last.values())))
    entries = {row.id: tuple(json.loads(row.entries)) for row in await connection.execute(nearest)}
    return {
        leader: Typed(
            words.get(leader, ()),
            tuple(texts[leader]),
            picked.get(leader, ()),
            entries.get(last[leader], ()),
            len(worded[leader]) - len(list(worded[leader])[:shown]),
        )
        for leader in leaders
    }


def _texts(found: sa.Subquery, some: Sequence[int] | None) -> sa.Select[Any]:
    """The texts as they were typed, with how often; `some`: of the newest questions in these wordings."""
    columns = (found.c.id, found.c.leader, found.c.wording)
    read = sa.select(*columns).subquery()
    if some is not None:
        place = sa.func.row_number().over(partition_by=found.c.wording, order_by=found.c.id.desc()).label("place")
        ranked = sa.select(*columns, place).where(found.c.wording.in_(some)).subquery()
        read = sa.select(ranked.c.id, ranked.c.leader, ranked.c.wording).where(ranked.c.place <= _NEWEST).subquery()
    grouped = (read.c.leader, read.c.wording, questions.c.text)
    return (
        sa.select(*grouped, sa.func.count().label("n"))
        .select_from(read.join(questions, questions.c.id == read.c.id))
        .group_by(*grouped)
        .order_by(sa.func.min(read.c.id))
    )


async def _words(connection: AsyncConnection, found: sa.Subquery) -> dict[int, tuple[str, ...]]:
    """The words in which something is open, by group."""
    these = wordings.c.id.in_(sa.select(found.c.wording))
    query = sa.select(wordings.c.leader, wordings.c.words).where(these).order_by(wordings.c.id)
    words: dict[int, list[str]] = {}
    for row in await connection.execute(query):
        words.setdefault(row.leader, []).append(row.words)
    return {leader: tuple(each) for leader, each in words.items()}


async def _picked(connection: AsyncConnection, found: sa.Subquery) -> dict[int, tuple[str, ...]]:
    """What was picked instead of a wrong answer, by group."""
    instead = found.join(questions, questions.c.id == found.c.id)
    n = sa.func.count()
    query = (
        sa.select(found.c.leader, questions.c.answered)
        .select_from(instead)
        .where(found.c.misanswered, questions.c.answered.is_not(None))
        .group_by(found.c.leader, questions.c.answered)
        .order_by(n.desc(), sa.func.min(found.c.id))
    )
    picked: dict[int, tuple[str, ...]] = {}
    for row in await connection.execute(query):
        picked[row.leader] = (*picked.get(row.leader, ()), row.answered)
    return picked
