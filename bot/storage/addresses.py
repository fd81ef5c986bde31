"""Where a person is written to: the only table with a chat id, sealed, kept only while something is owed to them."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.base.keys import Keys, NotSealedHere, is_sealed
from bot.storage import postgresql, upsert
from bot.storage.schema import addresses, conversations, outbox, reminders, states, subscriptions

log = logging.getLogger(__name__)

_FIND = sa.select(addresses.c.channel, addresses.c.address).where(addresses.c.key == sa.bindparam("of"))
_NOTHING_OWED = sa.and_(
    addresses.c.key.not_in(sa.select(outbox.c.key)),
    addresses.c.key.not_in(sa.select(reminders.c.key)),
    addresses.c.key.not_in(sa.select(subscriptions.c.key)),
    addresses.c.key.not_in(sa.select(states.c.key).where(states.c.owes)),
    addresses.c.key.not_in(sa.select(conversations.c.key).where(conversations.c.closed_at.is_(None))),
)
_SETTLE_ALL = sa.delete(addresses).where(_NOTHING_OWED)
_TOGETHER = 500
"""Locks of one transaction; the rest is settled the next time."""
_SETTLED = sa.select(addresses.c.key).where(_NOTHING_OWED).limit(_TOGETHER)
_SETTLE = _SETTLE_ALL.where(addresses.c.key == sa.bindparam("of"))


@dataclass(frozen=True, slots=True)
class Address:
    """A chat of a channel: the same number on another channel is somebody else."""

    channel: str
    chat: str


async def save(connection: AsyncConnection, key: str, address: Address, keys: Keys) -> None:
    sealed = keys.seal(address.chat, addresses.name, key, address.channel)
    row = {"key": key, "channel": address.channel, "address": sealed}
    await upsert.put(connection, addresses, row, {"key"})


async def find(connection: AsyncConnection, key: str, keys: Keys) -> Address | None:
    """Where who has this key is written to; None where it is not known, or was written by nobody who has the secret."""
    found = (await connection.execute(_FIND, {"of": key})).one_or_none()
    if found is None:
        return None
    try:
        return Address(found.channel, keys.unseal(found.address, addresses.name, key, found.channel))
    except NotSealedHere:
        log.error("a chat id can't be opened with this secret; who it is of gets nothing until they write again")
        return None


async def channel_of(connection: AsyncConnection, key: str) -> str | None:
    """On which channel who has this key is written to; None where it is not known."""
    found = (await connection.execute(_FIND, {"of": key})).one_or_none()
    return None if found is None else str(found.channel)


async def is_known(connection: AsyncConnection, key: str) -> bool:
    """Whether somebody can be written to."""
    return (await connection.execute(_FIND, {"of": key})).first() is not None


async def plain(connection: AsyncConnection) -> list[tuple[str, Address]]:
    """The keys and addresses that an older version kept as they are."""
    rows = await connection.execute(sa.select(addresses))
    return [(key, Address(channel, chat)) for key, channel, chat in rows if not is_sealed(chat)]


async def seal(connection: AsyncConnection, key: str, plain: Address, keys: Keys) -> None:
    """Seal an address that stands as it is; one that was changed or forgotten meanwhile is left alone."""
    of = sa.and_(addresses.c.key == key, addresses.c.address == plain.chat)
    sealed = keys.seal(plain.chat, addresses.name, key, plain.channel)
    await connection.execute(sa.update(addresses).where(of).values(address=sealed))


async def settle(connection: AsyncConnection, key: str | None = None) -> None:
    """Forget the address of `key`, or every address, to which nothing is owed.

    Owed is an unsent reply, a form under way, a reminder, announcements they agreed to, and an answer of the staff in
    an open conversation.
    """
    if key is None and connection.dialect.name == postgresql.NAME:
        for each in (await connection.execute(_SETTLED)).scalars().all():
            if await postgresql.held(connection, each):  # else somebody is just writing to them
                await connection.execute(_SETTLE, {"of": each})
    elif key is None:
        await connection.execute(_SETTLE_ALL)
    else:
        await connection.execute(_SETTLE, {"of": key})


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(sa.delete(addresses).where(addresses.c.key == key))
