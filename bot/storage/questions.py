"""Every question asked, masked, with what became of it."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import VIETNAM, to_day, to_local, to_utc
from bot.storage.fading import NOBODY, fade
from bot.storage.schema import questions
from bot.storage.unanswered import RATED_WRONG, UNANSWERED, WRONG
from handlers.dialogue.records import Asked, Chosen, Misanswered

_ADD = sa.insert(questions)


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question as it was kept, masked. `answered` is the entry given or picked in the end, if one was.

    `wrong`: the person said that the answer was to another question, by the button or by a low rating.
    `picked`: the entry they picked instead, after the button. `unanswered`: see `bot.storage.unanswered`.
    """

    id: int
    key: str
    at: datetime.datetime
    text: str
    decision: str
    entries: tuple[str, ...]
    answered: str | None
    wrong: bool
    picked: str | None
    unanswered: bool


async def add(connection: AsyncConnection, key: str, delivery: str, asked: Asked, now: datetime.datetime) -> None:
    """Keep a question; `answered` is the entry given at once, if one was."""
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


async def list_since(connection: AsyncConnection, since: datetime.datetime | None = None) -> list[KeptQuestion]:
    """Every question from `since` on (an aware time) whose words are kept, in the order they came."""
    query = sa.select(questions, WRONG.label("wrong"), UNANSWERED.label("unanswered"))
    query = query.where(questions.c.text != "").order_by(questions.c.id)
    if since is not None:
        query = query.where(questions.c.at >= to_utc(since))
    return [
        KeptQuestion(
            row.id,
            row.key,
            to_local(row.at),
            row.text,
            row.decision,
            tuple(json.loads(row.entries)),
            row.answered,
            bool(row.wrong),
            row.answered if row.misanswered else None,
            bool(row.unanswered),
        )
        for row in await connection.execute(query)
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
    await _forget(connection, questions.c.key == key)


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """The same for every question asked before a moment."""
    await _forget(connection, questions.c.at < to_utc(moment))


async def erase_texts(connection: AsyncConnection, before: datetime.datetime) -> None:
    """Drop the words of every question asked before a moment."""
    old = sa.and_(questions.c.at < to_utc(before), questions.c.text != "")
    await connection.execute(sa.update(questions).where(old).values(text=""))


async def _forget(connection: AsyncConnection, whose: sa.ColumnElement[bool]) -> None:
    # what led from a question to the rating that called its answer wrong goes: what it told stays with the question
    told = sa.update(questions).where(whose, questions.c.key != NOBODY, questions.c.id.in_(RATED_WRONG))
    await connection.execute(told.values(misanswered=True))
    await fade(connection, questions, questions.c.at, whose, text="", delivery="", masked=False, hour=None)


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
