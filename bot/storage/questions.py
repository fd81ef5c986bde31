"""Every question asked, masked, with what became of it."""

from __future__ import annotations

import datetime
import json

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import VIETNAM, to_day, to_utc
from bot.storage.schema import questions
from handlers.talk import Asked, Chosen, Misanswered


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
    await connection.execute(sa.insert(questions).values(row))


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


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(sa.delete(questions).where(questions.c.key == key))
