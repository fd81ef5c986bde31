"""Every question asked, masked, with what became of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import VIETNAM, to_day, to_local, to_utc
from bot.storage.fading import NOBODY, fade
from bot.storage.schema import questions, wordings
from bot.storage.unanswered import LEFT_OPEN, RATED_WRONG, UNSETTLED, WRONG
from bot.storage.wordings import WAITING, drop_unused, of_person
from handlers.dialogue.records import Asked, Chosen, Misanswered

_ADD = sa.insert(questions)
_MAY_STAY_OPEN = ("unknown", "choose")
_TOGETHER = 200
_FORGOTTEN: Mapping[str, Any] = {
    "text": "",
    "delivery": "",
    "masked": False,
    **dict.fromkeys(("hour", "wording", "channel")),
}


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question as it was kept, masked. `answered` is the entry given or picked in the end, if one was.

    `wrong`: the person said that the answer was to another question, by the button or by a low rating. `leader`: of the
    group it stands in (`open_groups`), where it is open.
    """

    id: int
    at: datetime.datetime
    text: str
    decision: str
    entries: tuple[str, ...]
    answered: str | None
    wrong: bool
    leader: int | None


async def add(
    connection: AsyncConnection,
    key: str,
    delivery: str,
    asked: Asked,
    now: datetime.datetime,
    channel: str | None = None,
) -> None:
    """Keep a question, asked on a channel; `answered` is the entry given at once, if one was."""
    answered = asked.entries[0] if asked.decision == "answer" else None
    row = {
        "key": key,
        "delivery": delivery,
        "at": to_utc(now),
        "text": asked.text,
        "masked": asked.masked,
        "decision": asked.decision,
        "entries": json.dumps(asked.entries),
        "answered": answered,
        "month": to_day(now).replace(day=1),
        "day": to_day(now),
        "hour": now.astimezone(VIETNAM).hour,
        "wording": WAITING if asked.decision in _MAY_STAY_OPEN and asked.entries and asked.text else None,
        "channel": channel,
    }
    await connection.execute(_ADD, row)


async def choose(connection: AsyncConnection, key: str, chosen: Chosen) -> None:
    """Which of the offered entries was meant; `chosen` is False when none was."""
    await connection.execute(
        sa.update(questions)
        .where(questions.c.key == key, questions.c.delivery == chosen.question)
        .values(answered=chosen.entry, chosen=chosen.entry is not None)
    )


async def misanswered(connection: AsyncConnection, key: str, record: Misanswered) -> None:
    """The answer given was not to this question; an entry picked afterwards is the one that was meant."""
    await connection.execute(
        sa.update(questions)
        .where(questions.c.key == key, questions.c.delivery == record.question)
        .values(misanswered=True, answered=None)
    )
    await to_be_grouped(connection, key, record.question)


async def to_be_grouped(connection: AsyncConnection, key: str, delivery: str) -> None:
    """Note that a question turned out to be unanswered."""
    asked = sa.and_(questions.c.key == key, questions.c.delivery == delivery, questions.c.wording.is_(None))
    kept = sa.and_(questions.c.text != "", questions.c.entries != "[]")
    await connection.execute(sa.update(questions).where(asked, kept).values(wording=WAITING))


async def stream(
    connection: AsyncConnection, since: datetime.datetime | None = None, until: datetime.datetime | None = None
) -> AsyncIterator[Sequence[KeptQuestion]]:
    """Every question asked from `since` to before `until` (aware times) whose words are kept, some at a time."""
    joined = questions.outerjoin(wordings, questions.c.wording == wordings.c.id)
    leader = sa.case((sa.and_(LEFT_OPEN, UNSETTLED), wordings.c.leader)).label("leader")
    query = sa.select(questions, WRONG.label("wrong"), leader).select_from(joined).where(questions.c.text != "")
    if since is not None:
        query = query.where(questions.c.at >= to_utc(since))
    if until is not None:
        query = query.where(questions.c.at < to_utc(until))
    found = await connection.stream(query.order_by(questions.c.id), execution_options={"yield_per": _TOGETHER})
    async for rows in found.partitions():
        yield [
            KeptQuestion(
                row.id,
                to_local(row.at),
                row.text,
                row.decision,
                tuple(json.loads(row.entries)),
                row.answered,
                bool(row.wrong),
                row.leader,
            )
            for row in rows
        ]


async def texts_since(connection: AsyncConnection, since: datetime.datetime, most: int) -> tuple[dict[str, int], int]:
    """What was asked from `since` on, small talk aside, with how often: the `most` most frequent texts, of how many."""
    often, all_ = sa.func.count().label("often"), sa.func.count().over().label("all")
    query = sa.select(questions.c.text, often, all_).group_by(questions.c.text)
    query = query.where(questions.c.at >= to_utc(since), questions.c.text != "", questions.c.decision != "chat")
    newest = sa.func.max(questions.c.id).desc()
    rows = (await connection.execute(query.order_by(often.desc(), newest).limit(most))).all()
    return {row.text: row.often for row in rows}, rows[0].all if rows else 0


async def forget(connection: AsyncConnection, key: str) -> None:
    """The text goes; what became of a question stays as an anonymous fact."""
    worded = await of_person(connection, key)
    await _forget(connection, questions.c.key == key)
    await drop_unused(connection, worded)


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """The same for every question asked before a moment."""
    await _forget(connection, questions.c.at < to_utc(moment))
    await drop_unused(connection)


async def erase_texts(connection: AsyncConnection, before: datetime.datetime) -> None:
    """Drop the words of every question asked before a moment."""
    old = sa.and_(questions.c.at < to_utc(before), questions.c.text != "")
    if (await connection.execute(sa.update(questions).where(old).values(text="", wording=None))).rowcount:
        await drop_unused(connection)


async def _forget(connection: AsyncConnection, whose: sa.ColumnElement[bool]) -> None:
    # what led from a question to the rating that called its answer wrong goes: what it told stays with the question
    told = sa.update(questions).where(whose, questions.c.key != NOBODY, questions.c.id.in_(RATED_WRONG))
    await connection.execute(told.values(misanswered=True))
    await fade(connection, questions, questions.c.at, whose, **_FORGOTTEN)


async def last_text(
    connection: AsyncConnection, key: str, since: datetime.datetime, delivery: str | None = None
) -> str | None:
    """The last question a person asked since then, or the one of a delivery, masked; no small talk."""
    query = sa.select(questions.c.text).where(
        questions.c.key == key, questions.c.at >= to_utc(since), questions.c.decision != "chat"
    )
    if delivery is not None:
        query = query.where(questions.c.delivery == delivery)
    return (await connection.execute(query.order_by(questions.c.id.desc()).limit(1))).scalar_one_or_none()
