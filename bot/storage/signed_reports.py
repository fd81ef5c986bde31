"""Reports as they were signed: sealed, so that what was changed later shows; and what people wrote in them, apart."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.counted import Days
from bot.storage.database import to_local, to_utc
from bot.storage.schema import questions, signed_reports, signed_words


@dataclass(frozen=True, slots=True)
class Sealed:
    """One signed report. `text` is what was sealed, `sha256` of it; `narrowed`: its filter, as in a file's name."""

    number: int
    report: str
    since: datetime.date
    until: datetime.date
    narrowed: str
    by: str
    at: datetime.datetime
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of people in a signed report: under which digest they stand there, with the salt that makes it."""

    digest: str
    salt: str
    text: str


async def add(
    connection: AsyncConnection,
    report: str,
    days: Days,
    narrowed: str,
    by: str,
    now: datetime.datetime,
    text: str,
    sha256: str,
    wordings: Collection[Wording],
) -> int:
    """Keep a signed report; returns its number. Each wording is kept no longer than the last question in its words."""
    values = {"report": report, "since": days.since, "until": days.until, "narrowed": narrowed, "by": by}
    made = await connection.execute(
        sa.insert(signed_reports)
        .values(**values, at=to_utc(now), text=text, sha256=sha256)
        .returning(signed_reports.c.id)
    )
    number = int(made.scalar_one())
    last = await _last_asked(connection, {each.text for each in wordings})
    rows = [
        {"report": number, "digest": each.digest, "salt": each.salt, "text": each.text, "asked": last[each.text]}
        for each in wordings
        if each.text in last
    ]
    if rows:
        await connection.execute(sa.insert(signed_words), rows)
    return number


async def _last_asked(connection: AsyncConnection, texts: Collection[str]) -> Mapping[str, datetime.datetime]:
    query = sa.select(questions.c.text, sa.func.max(questions.c.at).label("last")).where(questions.c.text.in_(texts))
    return {row.text: row.last for row in await connection.execute(query.group_by(questions.c.text))}


async def list_all(connection: AsyncConnection) -> list[Sealed]:
    """Every signed report, the last first."""
    rows = await connection.execute(sa.select(signed_reports).order_by(signed_reports.c.id.desc()))
    return [_sealed(row) for row in rows]


async def find(connection: AsyncConnection, number: int) -> Sealed | None:
    row = (await connection.execute(sa.select(signed_reports).where(signed_reports.c.id == number))).first()
    return None if row is None else _sealed(row)


async def list_alike(connection: AsyncConnection, report: str, days: Days, narrowed: str) -> list[Sealed]:
    """Those signed of the same report and span, the last first, their filters told alike in a file's name."""
    of = signed_reports.c
    query = sa.select(signed_reports).where(
        of.report == report, of.since == days.since, of.until == days.until, of.narrowed == narrowed
    )
    return [_sealed(row) for row in await connection.execute(query.order_by(of.id.desc()))]


async def wordings(connection: AsyncConnection, number: int) -> list[Wording]:
    """The words of people in a signed report that are still kept."""
    rows = await connection.execute(sa.select(signed_words).where(signed_words.c.report == number))
    return [Wording(row.digest, row.salt, row.text) for row in rows]


async def forget(connection: AsyncConnection, key: str) -> None:
    """What this person wrote goes from every signed report, its figures stay; before their questions are forgotten."""
    theirs = sa.select(questions.c.text).where(questions.c.key == key)
    await connection.execute(sa.delete(signed_words).where(signed_words.c.text.in_(theirs)))


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """Drop words that were last asked before a moment."""
    await connection.execute(sa.delete(signed_words).where(signed_words.c.asked < to_utc(moment)))


def _sealed(row: sa.Row[tuple[object, ...]]) -> Sealed:
    return Sealed(
        row.id, row.report, row.since, row.until, row.narrowed, row.by, to_local(row.at), row.text, row.sha256
    )
