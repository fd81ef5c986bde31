"""The talks of the chat page, sealed: each line is shown again for a day, and waits for longer to be seen at all."""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.base.keys import Keys, NotSealedHere
from bot.storage import outbox
from bot.storage.database import to_local, to_utc
from bot.storage.schema import talk_lines
from handlers.dialogue import to_staff
from handlers.dialogue.turn import Document, Picture, Said, Text

KEPT: Final = datetime.timedelta(hours=24)
"""As long as what a conversation remembers (`states`)."""
UNSEEN_KEPT: Final = to_staff.KEPT
"""As long as the words of the staff wait for their way on any channel."""
MOST = 100
"""Lines that are shown of one talk, and kept."""


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One line of a talk: what the assistant said, or the masked words of the person."""

    id: int
    at: datetime.datetime
    said: Said | str
    delivery: str | None = None


async def add_asked(
    connection: AsyncConnection, keys: Keys, key: str, delivery: str, words: str, now: datetime.datetime
) -> None:
    """What a person did, masked; the same delivery is one line. Whoever calls holds the key."""
    lines = talk_lines.c
    query = sa.select(lines.id).where(lines.key == key, lines.delivery == delivery)
    if (await connection.execute(query)).first() is None:
        await connection.execute(sa.insert(talk_lines).values(_row(keys, key, _json(words), now, delivery)))


async def add_said(
    connection: AsyncConnection, keys: Keys, key: str, said: Said, replaces: str | None, now: datetime.datetime
) -> None:
    """What the assistant says, in the place of the line `replaces` where that is still there."""
    lines = talk_lines.c
    row = _row(keys, key, _json(said), now, None)
    if replaces is not None and replaces.isdecimal():
        of = sa.and_(lines.key == key, lines.id == int(replaces), lines.delivery.is_(None))
        if (await connection.execute(sa.update(talk_lines).where(of).values(row))).rowcount:
            return
    await connection.execute(sa.insert(talk_lines).values(row))
    last = sa.select(lines.id).where(lines.key == key).order_by(lines.id.desc()).offset(MOST).limit(1).scalar_subquery()
    await connection.execute(sa.delete(talk_lines).where(lines.key == key, lines.id <= last))


async def of_person(
    connection: AsyncConnection, keys: Keys, key: str, now: datetime.datetime, after: int = 0
) -> tuple[list[TalkLine], list[int]]:
    """The lines of a talk after a number, oldest first, and the numbers of those that were not shown yet."""
    lines = talk_lines.c
    query = sa.select(talk_lines).where(lines.key == key, lines.id > after).order_by(lines.id)
    rows = (await connection.execute(query.where(~_over(now)))).all()
    return [line for row in rows if (line := _line(keys, row)) is not None], [
        row.id for row in rows if row.shown is None
    ]


async def one(connection: AsyncConnection, keys: Keys, key: str, id: int, now: datetime.datetime) -> TalkLine | None:
    """One line of this person's talk; None where there is none."""
    of = sa.and_(talk_lines.c.key == key, talk_lines.c.id == id, ~_over(now))
    row = (await connection.execute(sa.select(talk_lines).where(of))).first()
    return None if row is None else _line(keys, row)


async def set_shown(connection: AsyncConnection, key: str, ids: Collection[int], now: datetime.datetime) -> None:
    """A browser has these lines from now on; one that it has already stays no longer for that."""
    of = sa.and_(talk_lines.c.key == key, talk_lines.c.id.in_(ids), talk_lines.c.shown.is_(None))
    await connection.execute(sa.update(talk_lines).where(of).values(shown=to_utc(now)))


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(sa.delete(talk_lines).where(talk_lines.c.key == key))


async def expire(connection: AsyncConnection, now: datetime.datetime) -> None:
    """Forget what is older than it is kept."""
    await connection.execute(sa.delete(talk_lines).where(_over(now)))


def _over(now: datetime.datetime) -> sa.ColumnElement[bool]:
    lines = talk_lines.c
    never_seen = sa.and_(lines.shown.is_(None), lines.at <= to_utc(now - UNSEEN_KEPT))
    seen = sa.and_(lines.shown.is_not(None), lines.shown <= to_utc(now - KEPT))  # NULL is not false to a database
    return sa.or_(never_seen, seen)


def _row(keys: Keys, key: str, said: str, now: datetime.datetime, delivery: str | None) -> dict[str, object]:
    sealed = keys.seal(said, talk_lines.name, key)
    seen = to_utc(now) if delivery else None  # their own words they have seen
    return {"key": key, "delivery": delivery, "said": sealed, "at": to_utc(now), "shown": seen}


def _line(keys: Keys, row: Any) -> TalkLine | None:
    """A line; None for one of another secret or version, which nobody is shown."""
    try:
        said = _said(keys.unseal(row.said, talk_lines.name, row.key))
    except (NotSealedHere, KeyError, ValueError):
        return None
    return TalkLine(row.id, to_local(row.at), said, row.delivery)


def _json(said: Said | str) -> str:
    if isinstance(said, str):
        return json.dumps({"words": said}, ensure_ascii=False)
    if isinstance(said, Document):
        content = base64.b64encode(said.content).decode()
        return json.dumps({"file": said.file, "content": content, "caption": said.caption}, ensure_ascii=False)
    return outbox.to_json(said)


def _said(kept: str) -> Said | str:
    """What `_json` made; raises KeyError or ValueError for anything else."""
    row = json.loads(kept)
    if "words" in row and "type" not in row:
        return str(row["words"])
    if "file" in row:
        return Document(row["file"], base64.b64decode(row["content"]), row["caption"])
    reply = outbox.from_json(kept)
    if not isinstance(reply, Text | Picture):
        raise ValueError("nothing that is said")
    return reply
