"""One-time links to the staff pages and the sessions they open: hashes only, so that the file opens no door."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_utc
from bot.storage.schema import staff_links, staff_sessions

LINK_LASTS = datetime.timedelta(minutes=10)
SESSION_LASTS = datetime.timedelta(hours=8)
IDLE_LASTS = datetime.timedelta(hours=1)
"""So long a session stays that is not used: who leaves a browser open leaves no door open for the day."""
_TOUCHED_EVERY = datetime.timedelta(minutes=1)


_LAST_USED = sa.func.coalesce(staff_sessions.c.used, staff_sessions.c.at)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a link or a session belongs to: the key of a member of staff, or '' with the role given on the server."""

    key: str
    role: str
    waits: bool = False
    """Whether the code of the second factor is still due."""


async def add_link(connection: AsyncConnection, hash: str, holder: Holder, now: datetime.datetime) -> None:
    await connection.execute(sa.insert(staff_links).values(_row(hash, holder, now)))


async def links_alive(connection: AsyncConnection, key: str, now: datetime.datetime) -> int:
    """How many links were made for a key in the last ten minutes, spent or not."""
    links = staff_links.c
    query = sa.select(sa.func.count()).where(links.key == key, links.at > to_utc(now - LINK_LASTS))
    return int((await connection.execute(query)).scalar_one())


async def key_of_link(connection: AsyncConnection, hash: str) -> str:
    """Whose link this is; '' for one made on the server, and for none."""
    query = sa.select(staff_links.c.key).where(staff_links.c.hash == hash)
    return (await connection.execute(query)).scalar_one_or_none() or ""


async def spend_link(connection: AsyncConnection, hash: str, now: datetime.datetime) -> Holder | None:
    """Spend a link and tell whose it is; None when it is unknown, spent or older than ten minutes."""
    links = staff_links.c
    spent = await connection.execute(
        sa.update(staff_links)
        .where(links.hash == hash, links.spent.is_(False), links.at > to_utc(now - LINK_LASTS))
        .values(spent=True)
        .returning(links.key, links.role)
    )
    return _holder(spent.first())


async def add(connection: AsyncConnection, hash: str, holder: Holder, now: datetime.datetime) -> None:
    """Open a session."""
    row = {**_row(hash, holder, now), "waits": holder.waits}
    await connection.execute(sa.insert(staff_sessions).values(row))


async def find(connection: AsyncConnection, hash: str, now: datetime.datetime) -> Holder | None:
    """Whose session it is; None when there is none, it is older than eight hours, or was not used for an hour."""
    sessions = staff_sessions.c
    query = sa.select(sessions.key, sessions.role, sessions.waits).where(sessions.hash == hash, _alive(now))
    row = (await connection.execute(query)).first()
    return None if row is None else Holder(row.key, row.role, row.waits)


async def pass_on(connection: AsyncConnection, hash: str, fresh: str) -> None:
    """The code was right: the session waits no more, under another id than the one that waited."""
    passed = sa.update(staff_sessions).where(staff_sessions.c.hash == hash)
    await connection.execute(passed.values(hash=fresh, waits=False))


async def is_to_be_touched(connection: AsyncConnection, hash: str, now: datetime.datetime) -> bool:
    """Whether its last use is a minute ago."""
    query = sa.select(_LAST_USED).where(staff_sessions.c.hash == hash)
    last = (await connection.execute(query)).scalar_one_or_none()
    return last is not None and last <= to_utc(now - _TOUCHED_EVERY)


async def touch(connection: AsyncConnection, hash: str, now: datetime.datetime) -> None:
    """It is used now."""
    await connection.execute(sa.update(staff_sessions).where(staff_sessions.c.hash == hash).values(used=to_utc(now)))


async def end(connection: AsyncConnection, hash: str) -> None:
    await connection.execute(sa.delete(staff_sessions).where(staff_sessions.c.hash == hash))


async def end_others(connection: AsyncConnection, key: str, but: str) -> None:
    """All sessions and links of a key end but one session, by its hash."""
    await connection.execute(sa.delete(staff_links).where(staff_links.c.key == key))
    others = sa.and_(staff_sessions.c.key == key, staff_sessions.c.hash != but)
    await connection.execute(sa.delete(staff_sessions).where(others))


async def expire(connection: AsyncConnection, now: datetime.datetime) -> None:
    """Delete what opens nothing any more."""
    await connection.execute(sa.delete(staff_links).where(staff_links.c.at <= to_utc(now - LINK_LASTS)))
    await connection.execute(sa.delete(staff_sessions).where(sa.not_(_alive(now))))


async def forget(connection: AsyncConnection, key: str) -> None:
    for table in (staff_links, staff_sessions):
        await connection.execute(sa.delete(table).where(table.c.key == key))


def _alive(now: datetime.datetime) -> sa.ColumnElement[bool]:
    fresh = staff_sessions.c.at > to_utc(now - SESSION_LASTS)
    return sa.and_(fresh, to_utc(now - IDLE_LASTS) < _LAST_USED)


def _row(hash: str, holder: Holder, now: datetime.datetime) -> dict[str, object]:
    return {"hash": hash, "key": holder.key, "role": holder.role, "at": to_utc(now)}


def _holder(row: Any) -> Holder | None:
    return None if row is None else Holder(row.key, row.role)
