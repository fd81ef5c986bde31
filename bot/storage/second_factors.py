"""The second factor of members of the staff. Who is forgotten as a citizen keeps it: whoever holds their telephone
could else have it taken away by a message.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_utc
from bot.storage.schema import recovery_codes, second_factors

FAILURES, WITHIN = 5, datetime.timedelta(minutes=15)
"""After so many wrong codes none is tried for so long."""


@dataclass(frozen=True, slots=True)
class KeptFactor:
    """What is kept for a key; `locked`: too many codes were wrong of late."""

    sealed: str
    confirmed: bool
    locked: bool


async def find(connection: AsyncConnection, key: str, now: datetime.datetime) -> KeptFactor | None:
    """That of a key; None where there is none."""
    row = (await connection.execute(sa.select(second_factors).where(second_factors.c.key == key))).first()
    if row is None:
        return None
    recent = row.failed_at is not None and row.failed_at > to_utc(now - WITHIN)
    return KeptFactor(row.sealed, row.confirmed, recent and row.failures >= FAILURES)


async def is_on(connection: AsyncConnection, key: str) -> bool:
    """Whether a key has one that is in use."""
    query = sa.select(second_factors.c.confirmed).where(second_factors.c.key == key)
    return bool((await connection.execute(query)).scalar_one_or_none())


async def all_on(connection: AsyncConnection) -> frozenset[str]:
    """The keys that have one in use."""
    query = sa.select(second_factors.c.key).where(second_factors.c.confirmed)
    return frozenset((await connection.execute(query)).scalars())


async def put(connection: AsyncConnection, key: str, sealed: str) -> None:
    """Begin one, in the place of one that was begun; it counts once it is confirmed."""
    row = {"key": key, "sealed": sealed, "confirmed": False, "step": 0, "failures": 0, "failed_at": None}
    await upsert.put(connection, second_factors, row, ["key"])


async def confirm(connection: AsyncConnection, key: str, recovery: Collection[str]) -> None:
    """It counts from now on; `recovery` are the hashes of the codes for when it is lost."""
    await connection.execute(sa.update(second_factors).where(second_factors.c.key == key).values(confirmed=True))
    await connection.execute(sa.delete(recovery_codes).where(recovery_codes.c.key == key))
    await connection.execute(sa.insert(recovery_codes), [{"hash": each, "key": key} for each in recovery])


async def use_step(connection: AsyncConnection, key: str, step: int) -> bool:
    """Use the code of a step of time; False where this one or a later one was used."""
    of_key = sa.and_(second_factors.c.key == key, second_factors.c.step < step)
    done = await connection.execute(sa.update(second_factors).where(of_key).values(step=step, failures=0))
    return bool(done.rowcount)


async def use_recovery(connection: AsyncConnection, key: str, hash: str) -> bool:
    """Use a recovery code, which is gone then; False where there is none."""
    mine = sa.and_(recovery_codes.c.hash == hash, recovery_codes.c.key == key)
    done = await connection.execute(sa.delete(recovery_codes).where(mine))
    if done.rowcount:
        await connection.execute(sa.update(second_factors).where(second_factors.c.key == key).values(failures=0))
    return bool(done.rowcount)


async def recovery_left(connection: AsyncConnection, key: str) -> int:
    """How many recovery codes are left."""
    query = sa.select(sa.func.count()).select_from(recovery_codes).where(recovery_codes.c.key == key)
    return int((await connection.execute(query)).scalar_one())


async def failed(connection: AsyncConnection, key: str, now: datetime.datetime) -> None:
    """A code was wrong; failures that are long ago count no more."""
    factors = second_factors.c
    recent = factors.failed_at > to_utc(now - WITHIN)
    count = sa.case((recent, factors.failures + 1), else_=1)
    of_key = sa.update(second_factors).where(factors.key == key)
    await connection.execute(of_key.values(failures=count, failed_at=to_utc(now)))


async def remove(connection: AsyncConnection, key: str) -> None:
    """There is none any more."""
    for table in (second_factors, recovery_codes):
        await connection.execute(sa.delete(table).where(table.c.key == key))
