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
from faq.library import LONGEST
from vietnamese.masking import mask, without_masks

DraftSource = Literal["group", "staff_reply"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be written: its question, how people asked it, and the answer as far as there is one."""

    id: int
    source: DraftSource
    question: str
    answer: str
    phrasings: tuple[str, ...]
    by: str
    at: datetime.datetime
    merged: datetime.datetime | None = None


async def add(
    connection: AsyncConnection,
    source: DraftSource,
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


async def add_reply(connection: AsyncConnection, question: str, answer: str, by: str, now: datetime.datetime) -> bool:
    """Keep a draft of what a member of the staff replied to a citizen; whether it is a new one.

    The question is its title and the first phrasing: without masks, nobody types them. Kept once, though two of the
    staff may press at once, or the same is replied to a second citizen.
    """
    asked, replied = without_masks(question), mask(answer)[0]
    if any((each.question, each.answer) == (asked, replied) for each in await list_all(connection)):
        return False
    usable = (asked,) if 0 < len(asked) <= LONGEST["phrasing"] else ()
    await add(connection, "staff_reply", asked, usable, by, now, replied)
    return True


async def of_replies(connection: AsyncConnection, question: str, answers: Collection[str]) -> dict[str, Draft]:
    """The drafts that were made of what the staff replied to a question, by the reply."""
    asked, wanted = without_masks(question), {mask(each)[0]: each for each in answers}
    found = (each for each in await list_all(connection) if each.source == "staff_reply" and each.question == asked)
    return {wanted[each.answer]: each for each in found if each.answer in wanted}


async def drop_reply(connection: AsyncConnection, question: str, answer: str) -> None:
    """Keep no draft of this reply any more; one that stands among the content files stays there."""
    found = (await of_replies(connection, question, (answer,))).get(answer)
    if found is not None and found.merged is None:
        await connection.execute(sa.delete(drafts).where(drafts.c.id == found.id))


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
