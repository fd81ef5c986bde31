"""Drafts of new entries: begun from a group of questions, or from what a member of staff replied."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_local, to_utc
from bot.storage.schema import drafts

Source = Literal["group", "staff_reply"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be written: its question, how people asked it, and the answer as far as there is one."""

    id: int
    source: Source
    question: str
    answer: str
    phrasings: tuple[str, ...]
    by: str
    at: datetime.datetime
    merged: datetime.datetime | None = None


async def add(
    connection: AsyncConnection,
    source: Source,
    question: str,
    phrasings: Sequence[str],
    by: str,
    now: datetime.datetime,
    answer: str = "",
) -> int:
    """Keep a draft; texts are masked by who gives them. Returns its id."""
    row = {
        "source": source,
        "question": question,
        "answer": answer,
        "phrasings": json.dumps(list(phrasings), ensure_ascii=False),
        "by": by,
        "at": to_utc(now),
    }
    done = await connection.execute(sa.insert(drafts).values(row).returning(drafts.c.id))
    return int(done.scalar_one())


async def list_all(connection: AsyncConnection) -> list[Draft]:
    """Every draft, oldest first."""
    rows = await connection.execute(sa.select(drafts).order_by(drafts.c.id))
    return [
        Draft(
            row.id,
            row.source,
            row.question,
            row.answer,
            tuple(json.loads(row.phrasings)),
            row.by,
            to_local(row.at),
            row.merged and to_local(row.merged),
        )
        for row in rows
    ]


async def set_merged(connection: AsyncConnection, ids: Collection[int], now: datetime.datetime) -> None:
    """They stand among the content files now."""
    await connection.execute(sa.update(drafts).where(drafts.c.id.in_(ids)).values(merged=to_utc(now)))
