"""Members of the staff that an admin added or named; those of the settings need no row. Keys only, no ids."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import get_args

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_utc
from bot.storage.schema import staff
from handlers.dialogue.memory import Role

LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Named:
    """A row: the role an admin gave, None where only the name is theirs."""

    key: str
    role: Role | None
    name: str


async def find(connection: AsyncConnection, key: str) -> Named | None:
    """The row of a key."""
    row = (await connection.execute(sa.select(staff).where(staff.c.key == key))).first()
    return None if row is None else Named(row.key, _role(row.role), row.name)


async def list_all(connection: AsyncConnection) -> list[Named]:
    """Every row, the first added first."""
    rows = await connection.execute(sa.select(staff).order_by(staff.c.at, staff.c.key))
    return [Named(row.key, _role(row.role), row.name) for row in rows]


async def put(connection: AsyncConnection, key: str, role: Role | None, name: str, now: datetime.datetime) -> None:
    """Give a key a role and a name."""
    row = {"key": key, "role": role, "name": name[:LONGEST_NAME], "at": to_utc(now)}
    await upsert.put(connection, staff, row, ["key"])


async def remove(connection: AsyncConnection, key: str) -> None:
    await connection.execute(sa.delete(staff).where(staff.c.key == key))


def _role(kept: str | None) -> Role | None:
    return next((role for role in get_args(Role) if role == kept), None)
