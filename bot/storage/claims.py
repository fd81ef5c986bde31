"""Which process sends what waits under a key, where several serve one database: one at a time, so that it is in order.

Who sends marks the rows with its own id, for as long as it is alive (`leases`): what a process leaves that is killed
belongs to nobody at once it is known to be gone. What was left because the channel did not take it has an empty mark:
it is tried again with what comes next, or when all that waits is.

    if await claims.claim(connection, key, replica.id):    # in a transaction; None where nobody else could send
        …
"""

from __future__ import annotations

import datetime
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import leases, postgresql
from bot.storage.schema import addresses, outbox
from bot.storage.schema import leases as held

_LEFT = ""
_LONG = datetime.timedelta(seconds=15)
"""Who put it there has begun to send it, if they live."""
_ALIVE = sa.select(held.c.holder).where(leases.ALIVE)
_OF = outbox.c.key == sa.bindparam("of")
_SENT_BY_ANOTHER = sa.select(sa.exists().where(_OF, outbox.c.sender.in_(_ALIVE), outbox.c.sender != sa.bindparam("me")))
_WAITING = sa.select(outbox.c.id).where(_OF).order_by(outbox.c.id).with_for_update(skip_locked=True)
_NEW = sa.select(sa.exists().where(_OF, outbox.c.sender.is_(None)))
_LEAVE = sa.update(outbox).where(_OF, outbox.c.sender == sa.bindparam("me")).values(sender=_LEFT)


async def claim(connection: AsyncConnection, key: str, me: str | None) -> bool:
    """Have this process send what waits under a key now; False while another one that is alive does."""
    if me is None:
        return True
    await postgresql.hold(connection, key)
    if (await connection.execute(_SENT_BY_ANOTHER, {"of": key, "me": me})).scalar_one():
        return False
    ids = list((await connection.execute(_WAITING, {"of": key})).scalars())
    await connection.execute(sa.update(outbox).where(outbox.c.id.in_(ids)).values(sender=me))
    return True


async def leave(connection: AsyncConnection, key: str, me: str | None) -> bool:
    """What is still there stays for later; whether more came meanwhile, which nobody has claimed."""
    if me is None:
        return False
    await connection.execute(_LEAVE, {"of": key, "me": me})
    return bool((await connection.execute(_NEW, {"of": key})).scalar_one())


async def forsaken(connection: AsyncConnection, channels: Collection[str], also: str) -> list[str]:
    """The keys, of people on these channels and `also`, of what nobody sends who is alive."""
    waits = sa.and_(outbox.c.sender.is_(None), leases.long_ago(outbox.c.at, _LONG)) | (outbox.c.sender != _LEFT)
    there = sa.or_(
        outbox.c.key == also, outbox.c.key.in_(sa.select(addresses.c.key).where(addresses.c.channel.in_(channels)))
    )
    under_way = sa.select(outbox.c.key).where(outbox.c.sender.in_(_ALIVE))
    query = (
        sa.select(outbox.c.key)
        .where(waits, there, outbox.c.key.not_in(under_way))
        .group_by(outbox.c.key)
        .order_by(sa.func.min(outbox.c.id))
    )
    return list((await connection.execute(query)).scalars())
