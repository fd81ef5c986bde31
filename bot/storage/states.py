"""What each conversation remembers between two messages: for a day at most."""

from __future__ import annotations

import datetime
import functools

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_utc
from bot.storage.schema import states
from handlers.dialogue.state import State

KEPT = datetime.timedelta(hours=24)

_LOAD = sa.select(states.c.state).where(states.c.key == sa.bindparam("of"), states.c.at > sa.bindparam("since"))
_FORGET = sa.delete(states).where(states.c.key == sa.bindparam("of"))


async def load(connection: AsyncConnection, key: str, now: datetime.datetime) -> State:
    """The state of a person; a new one when there is none, or it is older than a day or unreadable."""
    found = (await connection.execute(_LOAD, {"of": key, "since": to_utc(now - KEPT)})).scalar_one_or_none()
    if found is None:
        return State()
    try:
        return from_json(found).since(now - KEPT)
    except (TypeError, ValueError):
        return State()


async def save(connection: AsyncConnection, key: str, state: State, now: datetime.datetime) -> None:
    """Keep the state, or nothing when it is empty."""
    if state.empty:
        await forget(connection, key)
        return
    row = {"key": key, "state": to_json(state), "owes": state.owes, "at": to_utc(now)}
    await upsert.put(connection, states, row, {"key"})


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(_FORGET, {"of": key})


async def expire(connection: AsyncConnection, now: datetime.datetime) -> None:
    """Delete what is older than a day."""
    await connection.execute(sa.delete(states).where(states.c.at <= to_utc(now - KEPT)))


def to_json(state: State) -> str:
    """A state as JSON; what is as it was at the start is left out."""
    return _states().dump_json(state, exclude_defaults=True).decode()


def from_json(row: str) -> State:
    """What `to_json` made; raises ValueError for anything else."""
    return _states().validate_json(row)


@functools.cache
def _states() -> TypeAdapter[State]:
    return TypeAdapter(State)
