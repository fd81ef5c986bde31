"""Drafts of new entries: begun from a group of questions, or from what a member of staff replied."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import taking_back
from bot.storage.database import to_local, to_utc
from bot.storage.schema import drafts
from faq.library import LONGEST
from vietnamese.masking import mask, without_masks

DraftSource = Literal["group", "staff_reply"]

_KEPT = drafts.c.taken_back.is_(None)


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be written: its question, how people asked it, and the answer as far as there is one.

    `taken_back`: when it was, and by whom; nothing is made of it any more.
    """

    id: int
    source: DraftSource
    question: str
    answer: str
    phrasings: tuple[str, ...]
    by: str
    at: datetime.datetime
    merged: datetime.datetime | None = None
    taken_back: datetime.datetime | None = None
    taken_back_by: str | None = None


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


async def list_all(connection: AsyncConnection) -> list[Draft]:
    """Every draft that was not taken back, oldest first."""
    query = sa.select(drafts).where(_KEPT).order_by(drafts.c.id)
    return [_draft(row) for row in await connection.execute(query)]


async def history(connection: AsyncConnection, most: int, before: int = 0) -> tuple[list[Draft], int]:
    """What was ever begun, the newest first, `most` after the `before` newest; and how many there are."""
    rows, count = await taking_back.history(connection, drafts, most, before)
    return [_draft(row) for row in rows], count


async def take_back(connection: AsyncConnection, id: int, by: str, now: datetime.datetime) -> Draft | None:
    """Make nothing of a draft any more; it as it was, None where there is none under this number."""
    row = await taking_back.take_back(connection, drafts, id, by, now)
    return None if row is None else _draft(row)


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """Drop what was taken back before a moment: the words were those of people."""
    await taking_back.forget_before(connection, drafts, moment)


async def set_merged(connection: AsyncConnection, ids: Collection[int], now: datetime.datetime) -> None:
    """They stand among the content files now."""
    await connection.execute(sa.update(drafts).where(drafts.c.id.in_(ids)).values(merged=to_utc(now)))


def _draft(row: Any) -> Draft:
    return Draft(
        row.id,
        row.source,
        row.question,
        row.answer,
        tuple(json.loads(row.phrasings)),
        row.by,
        to_local(row.at),
        row.merged and to_local(row.merged),
        row.taken_back and to_local(row.taken_back),
        row.taken_back_by,
    )
