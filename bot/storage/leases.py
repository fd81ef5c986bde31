"""Which processes serve a shared database, and what only one of them does: rows that end by themselves.

A lease lasts 20 seconds and is renewed every five, by the clock of the database. So what a process held that was
killed, or whose machine vanished, is free again soon, and nobody has to tell that it is gone.
"""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import postgresql
from bot.storage.schema import leases

LASTS = datetime.timedelta(seconds=20)
_KEPT = datetime.timedelta(hours=1)
_NOW = sa.func.timezone("utc", sa.func.clock_timestamp(), type_=sa.DateTime)
ALIVE = leases.c.until > _NOW
_UNTIL = _NOW + LASTS


@dataclass(frozen=True, slots=True)
class Lease:
    """What a process holds: its name, who holds it, where that is (for people to read), until when."""

    name: str
    holder: str
    told: str
    until: datetime.datetime


async def order(connection: AsyncConnection) -> None:
    """Until the transaction ends nobody else decides who may hold what."""
    await postgresql.hold(connection, "leases")


async def take(connection: AsyncConnection, name: str, holder: str, told: str) -> bool:
    """Hold a lease, or hold it on; False while another process does."""
    row = {"name": name, "holder": holder, "told": told}
    return bool((await connection.execute(_take(), row)).rowcount)


async def renew(connection: AsyncConnection, holder: str, errors: int) -> None:
    """Hold on all that a process holds; `errors`: how many it has logged so far."""
    mine = leases.c.holder == holder
    await connection.execute(sa.update(leases).where(mine).values(until=_UNTIL, errors=errors))


async def give_up(connection: AsyncConnection, holder: str) -> None:
    """What a process held is free."""
    await connection.execute(sa.delete(leases).where(leases.c.holder == holder))


async def forget_old(connection: AsyncConnection) -> None:
    """What others left long ago who were killed goes."""
    await connection.execute(sa.delete(leases).where(leases.c.until < _NOW - _KEPT))


async def alive(connection: AsyncConnection) -> list[Lease]:
    """All that is held now."""
    query = sa.select(leases).where(ALIVE).order_by(leases.c.name)
    return [Lease(row.name, row.holder, row.told, row.until) for row in await connection.execute(query)]


async def errors(connection: AsyncConnection) -> int:
    """How many errors the processes that are alive have logged."""
    each = sa.select(sa.func.max(leases.c.errors).label("n")).where(ALIVE).group_by(leases.c.holder).subquery()
    return int((await connection.execute(sa.select(sa.func.coalesce(sa.func.sum(each.c.n), 0)))).scalar_one())


@functools.cache
def _take() -> sa.Executable:
    from sqlalchemy.dialects.postgresql import insert  # who serves a file does not load it

    made = insert(leases).values(until=_UNTIL)
    new = made.excluded
    return made.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": new.holder, "told": new.told, "until": new.until},
        where=sa.or_(~ALIVE, leases.c.holder == new.holder),
    )


def long_ago(at: sa.ColumnElement[datetime.datetime], span: datetime.timedelta) -> sa.ColumnElement[bool]:
    """Whether a stored time is further back than this, by the clock of the database."""
    return at < _NOW - span
