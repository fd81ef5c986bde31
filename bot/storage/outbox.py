"""Deliveries taken and replies not yet sent: what makes records happen once, and replies at least once."""

from __future__ import annotations

import datetime
import functools
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Union, get_args

import pydantic_core
import sqlalchemy as sa
from pydantic import Discriminator, Tag, TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_local, to_utc
from bot.storage.schema import addresses, deliveries, outbox, questions
from handlers.dialogue import to_staff
from handlers.dialogue.turn import ReportWanted, Waiting

log = logging.getLogger(__name__)

DELIVERIES_KEPT = datetime.timedelta(days=7)
TICKS_KEPT = datetime.timedelta(days=400)
"""What the clock starts is known by its period, and a period may be a year."""
Kind = Literal["answer", "last", "brief", "notice", "relay", "reminder"]
"""answer: to a question, or a result; last: whatever else a person is told, which only counts while they did nothing
since; brief: to the staff and in groups; notice: of something that waits, was not answered or was done on a page;
relay: of a conversation between a citizen and the staff; reminder: of what a person asked to be reminded of."""
KEPT: Final[Mapping[Kind, datetime.timedelta]] = {
    "answer": datetime.timedelta(hours=24),
    "last": datetime.timedelta(hours=24),
    "brief": datetime.timedelta(minutes=10),
    "notice": datetime.timedelta(hours=24),
    "relay": to_staff.KEPT,
    "reminder": datetime.timedelta(days=7),
}
"""How long a reply waits for its way. The address of who is owed one is kept as long."""
_OWED: Final = ("answer", "last")
"""Who did not get one of these in its time is told so."""
CLOCK = "clock"
"""The channel of what the clock starts."""


_WRITTEN: Mapping[type[Any], str] = {ReportWanted: "Report"}
"""The kinds that rows name otherwise than the code: what waits was written before, and is read after, a new start."""

_PUT = sa.insert(outbox)
_UNSENT = sa.select(outbox).where(outbox.c.key == sa.bindparam("of")).order_by(outbox.c.id)
_CLAIMED = _UNSENT.where(outbox.c.sender == sa.bindparam("me"))
_SENT = sa.delete(outbox).where(outbox.c.id == sa.bindparam("sent"))


@dataclass(frozen=True, slots=True)
class Unsent:
    """A reply that has not gone out yet."""

    id: int
    reply: Waiting
    replaces: str | None
    at: datetime.datetime
    kind: Kind = "last"
    delivery: str | None = None
    """The one that it answers."""


@dataclass(frozen=True, slots=True)
class Expired:
    """Whom what was dropped is to be told to."""

    unanswered: tuple[str, ...]
    """The keys of those who are owed an answer."""
    relays: tuple[tuple[str, int], ...]
    """The key under which words of a conversation waited, and the conversation; each once."""


async def take(connection: AsyncConnection, channel: str, delivery: str, now: datetime.datetime) -> bool:
    """Note a delivery; False when it was taken before."""
    row = {"channel": channel, "delivery": delivery, "at": to_utc(now)}
    return await upsert.add_new(connection, deliveries, row)


async def was_taken(connection: AsyncConnection, channel: str, delivery: str) -> bool:
    """Whether a delivery was noted."""
    of = sa.and_(deliveries.c.channel == channel, deliveries.c.delivery == delivery)
    return bool((await connection.execute(sa.select(sa.exists().where(of)))).scalar_one())


async def put(
    connection: AsyncConnection,
    key: str,
    reply: Waiting,
    replaces: str | None,
    now: datetime.datetime,
    conversation: int | None = None,
    kind: Kind = "last",
    delivery: str | None = None,
    told: bool = False,
) -> None:
    """A reply that is to go out; its kind says how long it waits where the channel takes nothing.

    `told`: whoever wrote it knows already that it waits.
    """
    row = {
        "key": key,
        "reply": to_json(reply),
        "replaces": replaces,
        "at": to_utc(now),
        "conversation": conversation,
        "kind": kind,
        "delivery": delivery,
        "told": told,
    }
    await connection.execute(_PUT, row)


async def unsent(connection: AsyncConnection, key: str, me: str | None = None) -> list[Unsent]:
    """The replies a person is still to get, in order; what can't be read is dropped.

    `me`: only those that this process has claimed (`claims`), where another one could send the rest. What can't be read
    stays then: while processes are exchanged for others, a newer one has put it there, and can.
    """
    found, unreadable = list[Unsent](), list[int]()
    query, of = (_UNSENT, {"of": key}) if me is None else (_CLAIMED, {"of": key, "me": me})
    for row in (await connection.execute(query, of)).all():
        try:
            reply = from_json(row.reply)
        except (KeyError, ValueError):  # of another version: for ever it would stand before all others
            unreadable.append(row.id)
            continue
        found.append(Unsent(row.id, reply, row.replaces, to_local(row.at), row.kind, row.delivery))
    if unreadable:
        left = "dropped" if me is None else "left to a process of another version"
        log.error("%d replies that wait can't be read, and are %s", len(unreadable), left)
        if me is None:
            await sent(connection, unreadable)
    return found


async def asked(connection: AsyncConnection, key: str, of: Collection[str]) -> dict[str, str]:
    """What a person asked in these deliveries, masked, as far as it is kept; no small talk."""
    query = sa.select(questions.c.delivery, questions.c.text).where(
        questions.c.key == key, questions.c.delivery.in_(of), questions.c.decision != "chat", questions.c.text != ""
    )
    return {row.delivery: row.text for row in await connection.execute(query)}


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


async def waits(connection: AsyncConnection, key: str) -> bool:
    """Whether anything waits under a key."""
    query = sa.select(outbox.c.id).where(outbox.c.key == key).limit(1)
    return (await connection.execute(query)).first() is not None


async def untold(connection: AsyncConnection, key: str) -> list[int]:
    """The conversations whose messages wait under a key, and nobody knows it; from now on somebody does."""
    waits = sa.and_(outbox.c.key == key, outbox.c.kind == "relay", outbox.c.conversation.is_not(None))
    query = sa.select(outbox.c.conversation).where(waits).group_by(outbox.c.conversation)
    found = list(
        (await connection.execute(query.having(sa.func.max(sa.cast(outbox.c.told, sa.Integer)) == 0))).scalars()
    )
    if found:
        await connection.execute(sa.update(outbox).where(waits).values(told=True))
    return found


async def is_known_to_wait(connection: AsyncConnection, key: str) -> bool:
    """Whether something waits under a key of which its writer was told so."""
    query = sa.select(outbox.c.id).where(outbox.c.key == key, outbox.c.told).limit(1)
    return (await connection.execute(query)).first() is not None


async def unanswered(connection: AsyncConnection, now: datetime.datetime, at_most: int) -> list[str]:
    """The keys of those who were owed an answer for too long, so many at most."""
    query = sa.select(outbox.c.key).distinct().where(_late(now), outbox.c.kind.in_(_OWED))
    return list((await connection.execute(query.order_by(outbox.c.key).limit(at_most))).scalars())


async def expire(connection: AsyncConnection, now: datetime.datetime, of: Collection[str]) -> Expired:
    """Drop replies that waited too long, and deliveries no channel brings again.

    What somebody must be told of is dropped only where it is owed to one `of` these keys.
    """
    late = sa.and_(_late(now), sa.or_(outbox.c.kind.not_in(_OWED), outbox.c.key.in_(of)))
    owed = sa.select(outbox.c.key).distinct().where(late, outbox.c.kind.in_(_OWED))
    told = tuple((await connection.execute(owed)).scalars())
    relays = sa.select(outbox.c.key, outbox.c.conversation).distinct().where(late, outbox.c.kind == "relay")
    undelivered = await connection.execute(relays.where(outbox.c.conversation.is_not(None)))
    expired = Expired(told, tuple((row.key, row.conversation) for row in undelivered))
    await connection.execute(sa.delete(outbox).where(late))
    for ticks, kept in ((False, DELIVERIES_KEPT), (True, TICKS_KEPT)):
        of_clock = deliveries.c.channel == CLOCK
        late = sa.and_(of_clock if ticks else ~of_clock, deliveries.c.at <= to_utc(now - kept))
        await connection.execute(sa.delete(deliveries).where(late))
    return expired


def _late(now: datetime.datetime) -> sa.ColumnElement[bool]:
    return sa.or_(*(sa.and_(outbox.c.kind == kind, outbox.c.at <= to_utc(now - kept)) for kind, kept in KEPT.items()))


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
