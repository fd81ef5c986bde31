"""What people are to be reminded of, until they end it; and that they asked for it, which stays as a fact.

Who is reminded may be written to meanwhile, so their address is kept as long (`addresses`). What is due is turned into
a reply in the outbox and goes on to its next time in one transaction: `due` finds it, `is_due` looks once more under
the key of its person, `put` moves it on.
"""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_day, to_local, to_utc
from bot.storage.fading import fade
from bot.storage.schema import reminders, reminders_set, states
from handlers.dialogue.reminder import Reminder, ReminderKind
from handlers.dialogue.state import FieldValue
from handlers.reading import Whom
from law.base.month import Month

ABANDONED = datetime.timedelta(hours=3)
"""A form that was not touched for so long is left alone by whoever began it; before that nobody is interrupted."""

_OF = reminders.c.key == sa.bindparam("of")
_ALL = sa.select(reminders).where(_OF).order_by(reminders.c.at)
_IN_A_FORM = sa.select(states.c.key).where(states.c.owes, states.c.at > sa.bindparam("since"))
_DUE = (
    sa.select(reminders.c.key, reminders.c.kind, reminders.c.whom)
    .where(reminders.c.at <= sa.bindparam("now"), reminders.c.key.not_in(_IN_A_FORM))
    .order_by(reminders.c.at, reminders.c.key)
)
_STILL_DUE = sa.select(
    _DUE.where(_OF, reminders.c.kind == sa.bindparam("kind"), reminders.c.whom == sa.bindparam("whom")).exists()
)
_ADD_SET = sa.insert(reminders_set)


@dataclass(frozen=True, slots=True)
class ReminderDue:
    """One that may be due: whose, and which."""

    key: str
    kind: ReminderKind
    whom: Whom


async def of(connection: AsyncConnection, key: str) -> tuple[Reminder, ...]:
    """What a person is to be reminded of, the next first."""
    return tuple(_read(row) for row in await connection.execute(_ALL, {"of": key}))


async def due(connection: AsyncConnection, now: datetime.datetime) -> list[ReminderDue]:
    """What is due at a moment, the longest waiting first; not of who is in the middle of a form."""
    at = {"now": to_utc(now), "since": to_utc(now - ABANDONED)}
    return [ReminderDue(row.key, row.kind, row.whom) for row in await connection.execute(_DUE, at)]


async def is_due(connection: AsyncConnection, one: ReminderDue, now: datetime.datetime) -> bool:
    """Whether it still is, now that nobody else can change it."""
    at = {"now": to_utc(now), "since": to_utc(now - ABANDONED)}
    found = await connection.execute(_STILL_DUE, {"of": one.key, "kind": one.kind, "whom": one.whom, **at})
    return bool(found.scalar_one())


async def add(connection: AsyncConnection, key: str, reminder: Reminder, now: datetime.datetime) -> None:
    """What a person asked to be reminded of, in the place of the one of its kind before; noted as asked for."""
    await put(connection, key, reminder, now)
    day = to_day(now)
    row = {"key": key, "at": to_utc(now), "kind": reminder.kind, "month": day.replace(day=1), "day": day}
    await connection.execute(_ADD_SET, row)


async def put(connection: AsyncConnection, key: str, reminder: Reminder, touched: datetime.datetime | None) -> None:
    """A reminder as it goes on; `touched`: when the person did so, None where the clock does."""
    row: dict[str, object] = {
        "key": key,
        "kind": reminder.kind,
        "whom": reminder.whom,
        "at": to_utc(reminder.at),
        "period": _first_day(reminder.period),
        "asked": _first_day(reminder.asked),
        "given": _given().dump_json(dict(reminder.given)).decode(),
    }
    if touched is None:
        of = [reminders.c[name] == row.pop(name) for name in ("key", "kind", "whom")]
        await connection.execute(sa.update(reminders).where(*of).values(row))
        return
    await upsert.put(connection, reminders, {**row, "touched": to_utc(touched)}, {"key", "kind", "whom"})


async def stop(
    connection: AsyncConnection, key: str, kind: ReminderKind | None = None, whom: Whom | None = None
) -> None:
    """End one, or all where none is named."""
    where = [reminders.c.key == key]
    where += [reminders.c.kind == kind] if kind is not None else []
    where += [reminders.c.whom == whom] if whom is not None else []
    await connection.execute(sa.delete(reminders).where(*where))


async def forget(connection: AsyncConnection, key: str) -> None:
    """Nothing is to be said to them any more; that they once asked for it stays, as an anonymous fact."""
    await stop(connection, key)
    await fade(connection, reminders_set, reminders_set.c.at, reminders_set.c.key == key)


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """End those of who did nothing about any of theirs since a moment, and make what was asked for before anonymous.

    That of the age stays until it is said: it may have been asked for many years ahead.
    """
    since = sa.select(reminders.c.key).where(reminders.c.touched >= to_utc(moment))
    await connection.execute(sa.delete(reminders).where(reminders.c.key.not_in(since), reminders.c.kind != "age"))
    await fade(connection, reminders_set, reminders_set.c.at, reminders_set.c.at < to_utc(moment))


def _read(row: sa.Row[Any]) -> Reminder:
    return Reminder(
        row.kind, row.whom, to_local(row.at), _given().validate_json(row.given), _month(row.period), _month(row.asked)
    )


def _first_day(month: Month | None) -> datetime.date | None:
    return None if month is None else month.first_day


def _month(day: datetime.date | None) -> Month | None:
    return None if day is None else Month.of(day)


@functools.cache
def _given() -> TypeAdapter[dict[str, FieldValue]]:
    return TypeAdapter(dict[str, FieldValue])
