"""Deliveries taken and replies not yet sent: what makes records happen once, and replies at least once."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args

import pydantic_core
import sqlalchemy as sa
from pydantic import Discriminator, Tag, TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_utc
from bot.storage.schema import addresses, deliveries, outbox
from handlers.dialogue.turn import ReportWanted, Waiting

DELIVERIES_KEPT = datetime.timedelta(days=7)
TICKS_KEPT = datetime.timedelta(days=400)
"""What the clock starts is known by its period, and a period may be a year."""
REPLIES_KEPT = datetime.timedelta(minutes=10)
RELAYS_KEPT = datetime.timedelta(hours=72)
CLOCK = "clock"
"""The channel of what the clock starts."""


_WRITTEN: Mapping[type[Any], str] = {ReportWanted: "Report"}
"""The kinds that rows name otherwise than the code: what waits was written before, and is read after, a new start."""

_PUT = sa.insert(outbox)
_UNSENT = sa.select(outbox).where(outbox.c.key == sa.bindparam("of")).order_by(outbox.c.id)
_SENT = sa.delete(outbox).where(outbox.c.id == sa.bindparam("sent"))


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
        "reply": to_json(reply),
        "replaces": replaces,
        "at": to_utc(now),
        "lasting": lasting,
        "conversation": conversation,
    }
    await connection.execute(_PUT, row)


async def unsent(connection: AsyncConnection, key: str) -> list[Unsent]:
    """The replies a person is still to get, in order."""
    rows = await connection.execute(_UNSENT, {"of": key})
    return [Unsent(row.id, from_json(row.reply), row.replaces, row.lasting) for row in rows]


async def sent(connection: AsyncConnection, ids: Iterable[int]) -> None:
    """These replies went out, or never can: they are not kept."""
    await connection.execute(_SENT, [{"sent": id} for id in ids])


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


def to_json(reply: Waiting) -> str:
    """A reply as JSON, with the name of its kind."""
    return pydantic_core.to_json({"type": _kind(reply), **_replies().dump_python(reply)}).decode()


def from_json(row: str) -> Waiting:
    """What `to_json` made; raises KeyError or ValueError for anything else."""
    return _replies().validate_json(row)


@functools.cache
def _replies() -> TypeAdapter[Waiting]:
    kinds: Any = Union[tuple(Annotated[kind, Tag(_name(kind))] for kind in get_args(Waiting))]  # noqa: UP007
    return TypeAdapter(Annotated[kinds, Discriminator(_kind)])


def _kind(reply: Any) -> str:
    return str(reply["type"]) if isinstance(reply, dict) else _name(type(reply))


def _name(kind: type[Any]) -> str:
    return _WRITTEN.get(kind, kind.__name__)
