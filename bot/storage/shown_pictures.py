"""Pictures that a channel fetches from us: what each shows, under a name nobody can guess, for a day at most."""

from __future__ import annotations

import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import outbox
from bot.storage.database import to_utc
from bot.storage.schema import shown_pictures
from handlers.dialogue.turn import Picture

KEPT = datetime.timedelta(hours=24)

_FIND = sa.select(shown_pictures.c.picture).where(
    shown_pictures.c.name == sa.bindparam("named"), shown_pictures.c.at > sa.bindparam("since")
)


async def add(connection: AsyncConnection, name: str, key: str, picture: Picture, now: datetime.datetime) -> None:
    row = {"name": name, "key": key, "picture": outbox.to_json(picture), "at": to_utc(now)}
    await connection.execute(sa.insert(shown_pictures).values(row))


async def find(connection: AsyncConnection, name: str, now: datetime.datetime) -> Picture | None:
    """The picture of this name; None where there is none any more."""
    found = (await connection.execute(_FIND, {"named": name, "since": to_utc(now - KEPT)})).scalar_one_or_none()
    try:
        picture = None if found is None else outbox.from_json(found)
    except (KeyError, ValueError):  # of another version
        return None
    return picture if isinstance(picture, Picture) else None


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(sa.delete(shown_pictures).where(shown_pictures.c.key == key))


async def expire(connection: AsyncConnection, now: datetime.datetime) -> None:
    """Delete what is older than a day."""
    await connection.execute(sa.delete(shown_pictures).where(shown_pictures.c.at <= to_utc(now - KEPT)))
