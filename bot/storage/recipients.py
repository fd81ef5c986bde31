"""To whom an announcement goes: claimed and committed before it is sent, marked after, and never sent twice.

What a process has claimed that is not alive any more counts as «unknown»: it may have been sent, so it is not again.

    claimed, after = await recipients.claim(connection, number, me, channels, after, keys)
    …
    await recipients.mark(connection, {claimed.id: "sent"}, me)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.base.keys import Keys
from bot.storage import addresses, leases, postgresql, subscriptions
from bot.storage.addresses import Address
from bot.storage.announcements import RecipientState, topics_of
from bot.storage.fading import NOBODY
from bot.storage.schema import announcement_recipients as recipients
from bot.storage.schema import announcements
from bot.storage.schema import leases as held

_TOGETHER = 100
"""So many whose turn is not to come are passed over in one transaction."""
_OF = recipients.c.announcement == sa.bindparam("of")
_NEXT = (
    sa.select(recipients.c.id, recipients.c.key, announcements.c.topics)
    .join(announcements, announcements.c.id == recipients.c.announcement)
    .where(_OF, announcements.c.state == "sending", recipients.c.state == "waiting")
    .where(recipients.c.id > sa.bindparam("after"))
    .order_by(recipients.c.id)
    .limit(1)
    .with_for_update(skip_locked=True, of=recipients)
)
_CLAIM = sa.update(recipients).where(recipients.c.id == sa.bindparam("which")).values(state="claimed")
_PASS = sa.update(recipients).where(recipients.c.id == sa.bindparam("which"))
_MARK = sa.update(recipients).where(
    recipients.c.id == sa.bindparam("which"),
    recipients.c.state == "claimed",
    recipients.c.sender == sa.bindparam("me"),
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who is to be sent an announcement, by the process that claimed them."""

    id: int
    announcement: int
    key: str
    address: Address


async def claim(
    connection: AsyncConnection, number: int, me: str, channels: Collection[str], after: int, keys: Keys
) -> tuple[Recipient | None, int]:
    """The next of an announcement after recipient `after` who can be written to on these channels, claimed; and after
    whom to look next, 0 where all were looked at.

    Who agreed no longer is left out, and so is who can't be written to.
    """
    for _ in range(_TOGETHER):
        row = (await connection.execute(_NEXT, {"of": number, "after": after})).first()
        if row is None:
            return None, 0
        after = row.id
        topics = topics_of(row.topics)
        agreed = await subscriptions.of(connection, row.key)
        address = await addresses.find(connection, row.key, keys)
        if not agreed or (topics and not set(topics) & set(agreed)):
            await connection.execute(_PASS.values(state="left"), {"which": row.id})
        elif address is None:
            await connection.execute(_PASS.values(state="failed"), {"which": row.id})
        elif address.channel in channels:
            await connection.execute(_CLAIM.values(sender=me), {"which": row.id})
            return Recipient(row.id, number, row.key, address), after
    return None, after


async def mark(connection: AsyncConnection, became: Mapping[int, RecipientState], me: str) -> None:
    """What became of those whom this process has claimed; «waiting»: nothing was done, their turn comes again."""
    for which, state in became.items():
        sender = None if state == "waiting" else me
        await connection.execute(_MARK.values(state=state, sender=sender), {"which": which, "me": me})


async def give_up(connection: AsyncConnection, number: int, me: str, mine: Collection[int]) -> int:
    """What was claimed by who is not alive is not known to be sent, and never sent again; how many those are.

    `me`: this process, which sends to `mine` or is about to mark them: what else it has claimed it does not know of,
    as the answer to the claim was lost. Where nobody else can serve, all others are of processes that ended.
    """
    ended = recipients.c.sender != me
    if connection.dialect.name == postgresql.NAME:
        ended = sa.and_(ended, recipients.c.sender.not_in(sa.select(held.c.holder).where(leases.ALIVE)))
    forgotten = sa.and_(recipients.c.sender == me, recipients.c.id.not_in(sorted(mine)))
    of_it = sa.and_(recipients.c.announcement == number, recipients.c.state == "claimed")
    dead = sa.update(recipients).where(of_it, sa.or_(ended, forgotten))
    return (await connection.execute(dead.values(state="unknown"))).rowcount


async def forget(connection: AsyncConnection, key: str) -> None:
    """Who it is goes; what became of what was sent to them stays counted, and nothing more is sent."""
    of_person = recipients.c.key == key
    await connection.execute(
        sa.update(recipients).where(of_person, recipients.c.state == "waiting").values(state="left")
    )
    await connection.execute(sa.update(recipients).where(of_person).values(key=NOBODY))
