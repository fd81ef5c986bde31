"""Links that people pass on: whose code each carries, and what was passed on; never to whom, nor who came by whose.

A code is random and made of nothing that is known of a person. It counts until they take it back.
"""

from __future__ import annotations

import datetime
import re
import secrets

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_day, to_utc
from bot.storage.fading import fade
from bot.storage.schema import share_codes, shares, starts
from handlers.dialogue.records import Shared

_BEGINS = "s-"
_BYTES = 10
"""80 bits: nobody meets one by trying."""
_FORM = re.compile(rf"{_BEGINS}[0-9a-f]{{{2 * _BYTES}}}")

_OF = sa.select(share_codes.c.code).where(share_codes.c.key == sa.bindparam("of"))
_KNOWN = sa.select(sa.literal(1)).where(share_codes.c.code == sa.bindparam("wanted"))


async def code_of(connection: AsyncConnection, key: str) -> str | None:
    """What the links of a person carry; None where they passed on none."""
    return (await connection.execute(_OF, {"of": key})).scalar_one_or_none()


async def made_for(connection: AsyncConnection, key: str, now: datetime.datetime) -> str:
    """The same, made now where there is none."""
    row = {"key": key, "code": f"{_BEGINS}{secrets.token_hex(_BYTES)}", "at": to_utc(now)}
    await upsert.add_new(connection, share_codes, row)
    return str((await connection.execute(_OF, {"of": key})).scalar_one())


def is_form_of(code: str) -> bool:
    """Whether a code looks like one of these, and not like that of a campaign."""
    return _FORM.fullmatch(code.lower()) is not None


async def exists(connection: AsyncConnection, code: str) -> bool:
    """Whether somebody's links carry this code, in letters of either case."""
    return is_form_of(code) and (await connection.execute(_KNOWN, {"wanted": code.lower()})).first() is not None


async def revoke(connection: AsyncConnection, key: str) -> None:
    """What a person passed on counts no more: their code is nobody's."""
    await connection.execute(sa.delete(share_codes).where(share_codes.c.key == key))


async def add(connection: AsyncConnection, key: str, shared: Shared, now: datetime.datetime) -> None:
    row = {"key": key, "at": to_utc(now), "day": to_day(now), "by": shared.by, "subject": shared.subject}
    await connection.execute(sa.insert(shares).values(row))


async def counts(connection: AsyncConnection, since: datetime.date, until: datetime.date) -> dict[str, int]:
    """How often something was passed on from `since` to `until`, both included, by what."""
    query = sa.select(shares.c.by, sa.func.count().label("n")).where(shares.c.day >= since, shares.c.day <= until)
    return {row.by: row.n for row in await connection.execute(query.group_by(shares.c.by))}


async def followed(connection: AsyncConnection, since: datetime.datetime, until: datetime.datetime) -> int:
    """How often somebody came by a link that another passed on, from `since` up to (not including) `until`."""
    of_shares = sa.and_(starts.c.campaign == "shared", starts.c.at >= since, starts.c.at < until)
    return int((await connection.execute(sa.select(sa.func.count()).select_from(starts).where(of_shares))).scalar_one())


async def forget(connection: AsyncConnection, key: str) -> None:
    """The code goes; that something was passed on stays, as an anonymous fact."""
    await revoke(connection, key)
    await fade(connection, shares, shares.c.at, shares.c.key == key)


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """The same for what was passed on before a moment, and for codes made before it."""
    await fade(connection, shares, shares.c.at, shares.c.at < to_utc(moment))
    await connection.execute(sa.delete(share_codes).where(share_codes.c.at < to_utc(moment)))
