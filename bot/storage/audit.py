"""Who did what: what the staff did and downloaded, on the pages, in chats and on the server; kept for two years.

Rows are added and, when they are old, dropped; nothing else changes the table. `about` holds numbers, names of files
and of entries, and no word of a citizen: who may read this need not know what people wrote.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import midnight, to_local, to_utc
from bot.storage.schema import audit

KEPT = datetime.timedelta(days=731)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Author:
    """Who does something: their key, and what they are called."""

    key: str
    name: str


SERVER = Author("", "server")
"""Whoever works on the server, by its command line."""


class Noting(Protocol):
    """Tells the log of something within the transaction that does it, so that neither is kept without the other."""

    async def __call__(self, connection: AsyncConnection, *about: str) -> None: ...


async def unnoted(connection: AsyncConnection, *about: str) -> None:
    """The `Noting` of what nobody has to be told."""


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done."""

    id: int
    at: datetime.datetime
    key: str
    name: str
    action: str
    about: str


@dataclass(frozen=True, slots=True)
class DoneWhere:
    """Which rows are asked for: of one person by their name, of one action, of some days, both ends in."""

    name: str = ""
    action: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    def clause(self) -> sa.ColumnElement[bool]:
        asked: list[sa.ColumnElement[bool]] = [sa.true()]
        if self.name:
            asked.append(audit.c.name == self.name)
        if self.action:
            asked.append(audit.c.action == self.action)
        if self.since is not None:
            asked.append(audit.c.at >= midnight(self.since))
        if self.until is not None:
            asked.append(audit.c.at < midnight(self.until + datetime.timedelta(days=1)))
        return sa.and_(*asked)


async def add(connection: AsyncConnection, who: Author, action: str, now: datetime.datetime, about: str = "") -> None:
    """Noting that somebody did something."""
    row = {"at": to_utc(now), "key": who.key, "name": who.name, "action": action, "about": about[:_LONGEST]}
    await connection.execute(sa.insert(audit).values(row))


async def count(connection: AsyncConnection, wanted: DoneWhere) -> int:
    """How many rows are asked for."""
    query = sa.select(sa.func.count()).select_from(audit).where(wanted.clause())
    return int((await connection.execute(query)).scalar_one())


async def listed(connection: AsyncConnection, wanted: DoneWhere, most: int, before: int) -> list[Done]:
    """The rows asked for, the newest first, `most` after the `before` newest."""
    query = sa.select(audit).where(wanted.clause()).order_by(audit.c.id.desc()).limit(most).offset(before)
    rows = await connection.execute(query)
    return [Done(row.id, to_local(row.at), row.key, row.name, row.action, row.about) for row in rows]


async def known(connection: AsyncConnection) -> tuple[list[str], list[str]]:
    """The names and the actions there are, each in order."""
    names = (await connection.execute(sa.select(audit.c.name).distinct())).scalars()
    actions = (await connection.execute(sa.select(audit.c.action).distinct())).scalars()
    return sorted(names), sorted(actions)


async def expire(connection: AsyncConnection, now: datetime.datetime) -> None:
    """Drop what is older than two years."""
    await connection.execute(sa.delete(audit).where(audit.c.at < to_utc(now - KEPT)))
