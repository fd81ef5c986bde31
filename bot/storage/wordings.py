"""The words of questions that were not answered, each once, put into groups by likeness: kept up to date beside.

A question that may be unanswered is marked when it is kept, and no more: what the person waits for does not hang on how
many were asked before. `catch_up` then finds its words, puts new ones into the group they are alike to (or lets them
lead one), and compares what staff decided meanwhile with all others. So groups are counted by the database, and no
list of questions is ever read as a whole.

The words of nobody's question are dropped (`drop_unused`), those of a group that lose their leader get another.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import postgresql, verdicts
from bot.storage.database import Database, to_utc
from bot.storage.schema import questions, wordings
from bot.storage.verdicts import FOR_GOOD, Settled
from faq.engine import likeness

WAITING = 0
"""The wording of a question whose words were not looked at yet."""
AT_ONCE = 2_000
"""So many questions are put into groups while somebody waits for them; a running service keeps fewer waiting."""
_TOGETHER = 500
_OF_THE_SAME = sa.select(sa.func.count()).where(questions.c.wording == wordings.c.id).scalar_subquery()
_NOT_OVER = sa.or_(wordings.c.settled.is_(None), wordings.c.settled < FOR_GOOD)


@dataclass(frozen=True, slots=True)
class _Worded:
    """A question and its words; they are empty where it asks nothing."""

    question: int
    words: str

    @property
    def digest(self) -> str:
        return digest(self.words)


def digest(words: str) -> str:
    """By what words are told apart."""
    return hashlib.sha256(words.encode()).hexdigest()


async def waiting(connection: AsyncConnection) -> int:
    """How many questions are in no group yet, though they may belong to one."""
    unplaced = sa.select(wordings.c.id).where(wordings.c.leader.is_(None))
    which = sa.or_(questions.c.wording == WAITING, questions.c.wording.in_(unplaced))
    return int((await connection.execute(sa.select(sa.func.count()).select_from(questions).where(which))).scalar_one())


async def catch_up(database: Database, most: int | None = None) -> None:
    """Bring the groups up to what was asked and decided; `most`: after so many questions the rest is left for later.

    What takes a processor is done in a thread, and every transaction is short.
    """
    done = 0
    while most is None or done < most:
        found = await _worded(database)
        if not found:
            break
        done += len(found)
    done = 0
    while (most is None or done < most) and await _placed(database):
        done += _TOGETHER
    await _compared(database)


# --- the words of questions ------------------------------------------------------------------------


async def _worded(database: Database) -> Sequence[_Worded]:
    """Give some questions that wait their wordings; those that were looked at."""
    query = sa.select(questions.c.id, questions.c.text).where(questions.c.wording == WAITING)
    async with database.read() as connection:
        rows = (await connection.execute(query.order_by(questions.c.id).limit(_TOGETHER))).all()
    if not rows:
        return ()
    found = await asyncio.to_thread(lambda: [_Worded(row.id, likeness.words(row.text)) for row in rows])
    async with database.begin() as connection:
        await postgresql.hold(connection, wordings.name)
        await _keep(connection, found)
    return found


async def _keep(connection: AsyncConnection, found: Sequence[_Worded]) -> None:
    """Note the words of the questions that still wait: one forgotten meanwhile leaves none."""
    numbers = [each.question for each in found]
    still = sa.select(questions.c.id).where(questions.c.id.in_(numbers), questions.c.wording == WAITING)
    left = frozenset((await connection.execute(still.with_for_update())).scalars())
    worded = {each.question: each for each in found if each.question in left and each.words}
    known = await _known(connection, {each.digest for each in worded.values()})
    fresh = {each.digest: each.words for each in worded.values() if each.digest not in known}
    if fresh:
        rows = [{"digest": digest, "words": words} for digest, words in fresh.items()]
        await connection.execute(sa.insert(wordings), rows)
        known |= await _known(connection, fresh)
    if left:
        of = {number: known[each.digest] for number, each in worded.items()}
        change = sa.update(questions).where(questions.c.id == sa.bindparam("question"))
        changed = [{"question": number, "of": of.get(number)} for number in sorted(left)]
        await connection.execute(change.values(wording=sa.bindparam("of")), changed)


async def _known(connection: AsyncConnection, digests: Collection[str]) -> dict[str, int]:
    query = sa.select(wordings.c.digest, wordings.c.id).where(wordings.c.digest.in_(digests))
    return {row.digest: row.id for row in await connection.execute(query)}


# --- the groups of words -----------------------------------------------------------------------------


async def _placed(database: Database) -> bool:
    """Put some words that are in no group into one, the most frequent first; whether there were any.

    Words decided about for good lead no group but of such as they are: what is new stands for itself beside them.
    """
    async with database.read() as connection:
        fresh = (
            await connection.execute(
                sa.select(wordings.c.id, wordings.c.words)
                .where(wordings.c.leader.is_(None))
                .order_by(_OF_THE_SAME.desc(), wordings.c.id)
                .limit(_TOGETHER)
            )
        ).all()
        if not fresh:
            return False
        leading = await _leading(connection)
        settled = Settled.of(await verdicts.list_all(connection))
    made = await asyncio.to_thread(_into_groups, [(row.id, row.words) for row in fresh], leading, settled)
    async with database.begin() as connection:
        await postgresql.hold(connection, wordings.name)
        if await _leading(connection) == leading:  # else another process was quicker
            change = sa.update(wordings).where(wordings.c.id == sa.bindparam("wording"), wordings.c.leader.is_(None))
            values = {"leader": sa.bindparam("leads"), "settled": sa.bindparam("until", type_=sa.DateTime)}
            await connection.execute(change.values(values), made)
            await _lead_again(connection)  # for those whose leader was forgotten meanwhile
    return True


async def _leading(connection: AsyncConnection) -> dict[int, tuple[str, bool]]:
    """The words that lead a group, by their number, and whether they are decided about for good."""
    query = sa.select(wordings.c.id, wordings.c.words, wordings.c.settled).where(wordings.c.id == wordings.c.leader)
    return {row.id: (row.words, row.settled == FOR_GOOD) for row in await connection.execute(query.order_by("id"))}


def _into_groups(
    fresh: Sequence[tuple[int, str]], leading: Mapping[int, tuple[str, bool]], settled: Settled
) -> list[dict[str, object]]:
    """The group of each of these words, and up to when they are settled."""
    every = {words: number for number, (words, _) in leading.items()}
    open_ones = {words: number for number, (words, is_over) in leading.items() if not is_over}
    made: list[dict[str, object]] = []
    for number, words in fresh:
        until = settled.until(words)
        is_over = until is not None and to_utc(until) == FOR_GOOD
        groups = every if is_over else open_ones
        leader = likeness.alike(words, groups.keys(), likeness.ALIKE)
        if leader is None:
            every[words] = number
            if not is_over:
                open_ones[words] = number
        leads = number if leader is None else groups[leader]
        made.append({"wording": number, "leads": leads, "until": until and to_utc(until)})
    return made


async def _lead_again(connection: AsyncConnection) -> None:
    """Where the words that led a group are gone, those of it that came first lead now."""
    others = wordings.alias()
    first = sa.select(sa.func.min(others.c.id)).where(others.c.leader == wordings.c.leader).scalar_subquery()
    gone = wordings.c.leader.not_in(sa.select(others.c.id))
    await connection.execute(sa.update(wordings).where(gone).values(leader=first))


# --- what staff decided ------------------------------------------------------------------------------


async def _compared(database: Database) -> None:
    """Settle what is typed almost like words that were decided about for good since this was looked at last."""
    async with database.read() as connection:
        seen, last = await verdicts.compared(connection)
        if seen == last:
            return
        decided = await verdicts.for_good_since(connection, seen)
        query = sa.select(wordings.c.id, wordings.c.words).where(_NOT_OVER)
        rows = (await connection.execute(query)).all() if decided else []
    alike = await asyncio.to_thread(
        lambda: [row.id for row in rows if likeness.alike(row.words, decided, likeness.SAME) is not None]
    )
    async with database.begin() as connection:
        await postgresql.hold(connection, wordings.name)
        if (await verdicts.compared(connection))[0] == seen:  # else something was taken back: it is compared anew
            if alike:
                settled = sa.update(wordings).where(wordings.c.id == sa.bindparam("wording"))
                await connection.execute(settled.values(settled=FOR_GOOD), [{"wording": each} for each in alike])
            await verdicts.set_compared(connection, last)


# --- forgetting --------------------------------------------------------------------------------------


async def of_person(connection: AsyncConnection, key: str) -> list[int]:
    """The wordings of a person's questions, for `drop_unused` once these are forgotten."""
    query = sa.select(questions.c.wording).where(questions.c.key == key, questions.c.wording > WAITING).distinct()
    return list((await connection.execute(query)).scalars())


async def drop_unused(connection: AsyncConnection, numbers: Collection[int] | None = None) -> None:
    """Drop the words that no question is kept in any more, of all or of these only."""
    if numbers is not None and not numbers:
        return
    unused = ~sa.exists().where(questions.c.wording == wordings.c.id)
    which = unused if numbers is None else sa.and_(wordings.c.id.in_(numbers), unused)
    if (await connection.execute(sa.delete(wordings).where(which))).rowcount:
        await _lead_again(connection)
