"""Deliveries taken and replies not yet sent: what makes records happen once, and replies at least once."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_utc
from bot.storage.schema import addresses, deliveries, outbox
from handlers.talk import Button, OwnId, Picture, Reply, Report, StaffLink, Text

DELIVERIES_KEPT = datetime.timedelta(days=7)
REPLIES_KEPT = datetime.timedelta(minutes=10)

_PLAIN: Mapping[str, type[Picture | OwnId | Report | StaffLink]] = {
    "Picture": Picture,
    "OwnId": OwnId,
    "Report": Report,
    "StaffLink": StaffLink,
}
"""Replies whose fields JSON gives back as they were."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A reply that has not gone out yet."""

    id: int
    reply: Reply
    replaces: str | None


async def take(connection: AsyncConnection, channel: str, delivery: str, now: datetime.datetime) -> bool:
    """Note a delivery; False when it was taken before."""
    row = {"channel": channel, "delivery": delivery, "at": to_utc(now)}
    return await upsert.add_new(connection, deliveries, row)


async def put(
    connection: AsyncConnection, key: str, reply: Reply, replaces: str | None, now: datetime.datetime
) -> None:
    """A reply that is to go out."""
    row = {"key": key, "reply": _written(reply), "replaces": replaces, "at": to_utc(now)}
    await connection.execute(sa.insert(outbox).values(row))


async def unsent(connection: AsyncConnection, key: str) -> list[Unsent]:
    """The replies a person is still to get, in order."""
    rows = await connection.execute(sa.select(outbox).where(outbox.c.key == key).order_by(outbox.c.id))
    return [Unsent(row.id, _read(row.reply), row.replaces) for row in rows]


async def sent(connection: AsyncConnection, id: int) -> None:
    """The reply went out, or never can: it is not kept."""
    await connection.execute(sa.delete(outbox).where(outbox.c.id == id))


async def waiting(connection: AsyncConnection, channel: str) -> list[str]:
    """The keys of a channel that have unsent replies, the longest waiting first."""
    query = (
        sa.select(outbox.c.key)
        .join(addresses, addresses.c.key == outbox.c.key)
        .where(addresses.c.channel == channel)
        .group_by(outbox.c.key)
        .order_by(sa.func.min(outbox.c.id))
    )
    return list((await connection.execute(query)).scalars())


async def expire(connection: AsyncConnection, now: datetime.datetime) -> None:
    """Drop replies too old to make sense, and deliveries no channel brings again."""
    await connection.execute(sa.delete(outbox).where(outbox.c.at <= to_utc(now - REPLIES_KEPT)))
    await connection.execute(sa.delete(deliveries).where(deliveries.c.at <= to_utc(now - DELIVERIES_KEPT)))


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(sa.delete(outbox).where(outbox.c.key == key))


def _written(reply: Reply) -> str:
    return json.dumps({"type": type(reply).__name__, **dataclasses.asdict(reply)}, ensure_ascii=False)


def _read(written: str) -> Reply:
    data = json.loads(written)
    kind = data.pop("type")
    if kind in _PLAIN:
        return _PLAIN[kind](**data)
    rows = tuple(tuple(Button(**button) for button in row) for row in data["buttons"])
    return Text(data["html"], rows, tuple(tuple(row) for row in data["menu"]), data["replaces"])
