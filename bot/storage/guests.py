"""Who talks on the chat page: known by a secret in a cookie, of which only the key and the hash of a token are kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_local, to_utc
from bot.storage.schema import guests

LASTS = datetime.timedelta(days=180)
"""So long a browser keeps its cookie, from the day its token was given."""
ROTATED = datetime.timedelta(days=7)
"""So old a token gets before the browser is given the next one."""
UNDER_WAY = datetime.timedelta(minutes=1)
"""So long the answer that brings a token may be under way, and the browser comes with the one before."""


@dataclass(frozen=True, slots=True)
class KnownGuest:
    """The hashes of a person's token and of the one before, which holds until the browser came with the new one."""

    token: str
    before: str | None
    at: datetime.datetime


async def find(connection: AsyncConnection, key: str, now: datetime.datetime) -> KnownGuest | None:
    """What is kept of a person; None for nobody, and for one whose cookie is over."""
    query = sa.select(guests).where(guests.c.key == key, guests.c.at > to_utc(now - LASTS))
    row = (await connection.execute(query)).first()
    return None if row is None else KnownGuest(row.token, row.before, to_local(row.at))


async def is_known(connection: AsyncConnection, key: str) -> bool:
    """Whether there is such a person still."""
    query = sa.select(sa.exists().where(guests.c.key == key))
    return bool((await connection.execute(query)).scalar_one())


async def add(connection: AsyncConnection, key: str, token: str, now: datetime.datetime) -> None:
    """Know a person from now on; one who is known stays as they are."""
    await upsert.add_new(connection, guests, {"key": key, "token": token, "before": None, "at": to_utc(now)})


async def rotate(connection: AsyncConnection, key: str, kept: str, old: str, new: str, now: datetime.datetime) -> bool:
    """Give the next token in the place of `kept`; False where another was given meanwhile.

    `old`, with which the browser came, holds meanwhile, for the answer that brings the new one may get lost.
    """
    row = {"token": new, "before": old, "at": to_utc(now)}
    of = sa.and_(guests.c.key == key, guests.c.token == kept)
    return bool((await connection.execute(sa.update(guests).where(of).values(row))).rowcount)


async def settle(connection: AsyncConnection, key: str, token: str) -> None:
    """The browser came with its token: the one before opens nothing any more."""
    await connection.execute(sa.update(guests).where(guests.c.key == key, guests.c.token == token).values(before=None))


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(sa.delete(guests).where(guests.c.key == key))


async def expire(connection: AsyncConnection, now: datetime.datetime) -> None:
    """Forget whose cookie is over."""
    await connection.execute(sa.delete(guests).where(guests.c.at <= to_utc(now - LASTS)))
