"""What people told that they have paid: theirs, to be shown to them, corrected and deleted; no report counts it."""

from __future__ import annotations

import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_utc
from bot.storage.schema import payments_told, reminders
from handlers.dialogue.reminder import ToldPayment
from handlers.reading import Whom
from law.base.month import Month

_OF = (
    sa.select(payments_told)
    .where(payments_told.c.key == sa.bindparam("of"))
    .order_by(payments_told.c.period.is_not(None), payments_told.c.period, payments_told.c.id)
)


async def of(connection: AsyncConnection, key: str) -> tuple[ToldPayment, ...]:
    """What a person told, in the order of the months; what was before the first of them stands first."""
    return tuple(
        ToldPayment(
            row.whom,
            None if row.period is None else Month.of(row.period),
            row.months,
            row.supported,
            row.own,
            row.support,
        )
        for row in await connection.execute(_OF, {"of": key})
    )


async def put(connection: AsyncConnection, key: str, paid: ToldPayment, now: datetime.datetime) -> None:
    """One payment, in the place of what was told of the same months before."""
    await take_back(connection, key, paid.whom, paid.period)
    row = {
        "key": key,
        "at": to_utc(now),
        "whom": paid.whom,
        "period": None if paid.period is None else paid.period.first_day,
        "months": paid.months,
        "supported": paid.supported,
        "own": int(paid.own),
        "support": int(paid.support),
    }
    await connection.execute(sa.insert(payments_told).values(row))


async def take_back(connection: AsyncConnection, key: str, whom: Whom, period: Month | None) -> None:
    """What was told of these months is deleted."""
    first = payments_told.c.period
    of = first.is_(None) if period is None else first == period.first_day
    await connection.execute(
        sa.delete(payments_told).where(payments_told.c.key == key, payments_told.c.whom == whom, of)
    )


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(sa.delete(payments_told).where(payments_told.c.key == key))


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """Delete what those told who are reminded of nothing any more, and told nothing since a moment."""
    since = sa.select(payments_told.c.key).where(payments_told.c.at >= to_utc(moment))
    reminded = sa.select(reminders.c.key)
    gone = sa.and_(payments_told.c.key.not_in(since), payments_told.c.key.not_in(reminded))
    await connection.execute(sa.delete(payments_told).where(gone))
