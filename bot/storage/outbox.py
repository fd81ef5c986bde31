"""Deliveries taken and replies not yet sent: what makes records happen once, and replies at least once."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_utc
from bot.storage.schema import addresses, deliveries, outbox
from handlers.dialogue.turn import Button, OwnId, Picture, ReportWanted, StaffLink, Text, Waiting

DELIVERIES_KEPT = datetime.timedelta(days=7)
TICKS_KEPT = datetime.timedelta(days=400)
"""What the clock starts is known by its period, and a period may be a year."""
REPLIES_KEPT = datetime.timedelta(minutes=10)
RELAYS_KEPT = datetime.timedelta(hours=72)
CLOCK = "clock"
"""The channel of what the clock starts."""

_PLAIN: Mapping[str, type[OwnId | ReportWanted | StaffLink]] = {
    "OwnId": OwnId,
    "ReportWanted": ReportWanted,
    "StaffLink": StaffLink,
}
"""Replies whose fields JSON gives back as they were."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A reply that has not gone out yet."""

    id: int
    reply: Waiting
    replaces: str | None
    lasting: bool = False


async def take(connection: AsyncConnection, channel: str, delivery: str, now: datetime.datetime) -> bool:
    """Note a delivery; False when it was taken before."""
    row = {"channel": channel, "delivery": delivery, "at": to_utc(now)}
    return await upsert.add_new(connection, deliveries, row)


async def put(
    connection: AsyncConnection,
    key: str,
    reply: Waiting,
    replaces: str | None,
    now: datetime.datetime,
    conversation: int | None = None,
    lasting: bool = False,
) -> None:
    """A reply that is to go out; a lasting one waits for days where the channel takes nothing."""
    row = {
        "key": key,
        "reply": _written(reply),
        "replaces": replaces,
        "at": to_utc(now),
        "lasting": lasting,
        "conversation": conversation,
    }
    await connection.execute(sa.insert(outbox).values(row))


async def unsent(connection: AsyncConnection, key: str) -> list[Unsent]:
    """The replies a person is still to get, in order."""
    rows = await connection.execute(sa.select(outbox).where(outbox.c.key == key).order_by(outbox.c.id))
    return [Unsent(row.id, _read(row.reply), row.replaces, row.lasting) for row in rows]


async def sent(connection: AsyncConnection, id: int) -> None:
    """The reply went out, or never can: it is not kept."""
    await connection.execute(sa.delete(outbox).where(outbox.c.id == id))


async def waiting(connection: AsyncConnection, channels: Collection[str]) -> list[str]:
    """The keys of people on these channels who have unsent replies, the longest waiting first."""
    query = (
        sa.select(outbox.c.key)
        .join(addresses, addresses.c.key == outbox.c.key)
        .where(addresses.c.channel.in_(channels))
        .group_by(outbox.c.key)
        .order_by(sa.func.min(outbox.c.id))
    )
    return list((await connection.execute(query)).scalars())


async def expire(connection: AsyncConnection, now: datetime.datetime) -> None:
    """Drop replies too old to make sense, and deliveries no channel brings again."""
    for lasting, kept in ((False, REPLIES_KEPT), (True, RELAYS_KEPT)):
        late = sa.and_(outbox.c.lasting.is_(lasting), outbox.c.at <= to_utc(now - kept))
        await connection.execute(sa.delete(outbox).where(late))
    for ticks, kept in ((False, DELIVERIES_KEPT), (True, TICKS_KEPT)):
        of_clock = deliveries.c.channel == CLOCK
        late = sa.and_(of_clock if ticks else ~of_clock, deliveries.c.at <= to_utc(now - kept))
        await connection.execute(sa.delete(deliveries).where(late))


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(sa.delete(outbox).where(outbox.c.key == key))


def _written(reply: Waiting) -> str:
    return json.dumps({"type": type(reply).__name__, **dataclasses.asdict(reply)}, ensure_ascii=False)


def _read(written: str) -> Waiting:
    data = json.loads(written)
    kind = data.pop("type")
    if kind in _PLAIN:
        return _PLAIN[kind](**data)
    if kind == "Picture":
        figures = {name: tuple(value) if isinstance(value, list) else value for name, value in data["figures"].items()}
        return Picture(data["name"], figures, data["caption"])
    rows = tuple(tuple(Button(**button) for button in row) for row in data["buttons"])
    menu = tuple(tuple(row) for row in data["menu"])
    return Text(data["html"], rows, menu, data["replaces"], data.get("quiet", False))
