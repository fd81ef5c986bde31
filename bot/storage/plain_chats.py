"""What is to be known of the chat of a person on a channel without buttons, by whichever process hears them next.

The lines of the last message that had some to pick, and what of a long answer is still to be read: for a day at most.
"""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import outbox, upsert
from bot.storage.database import to_utc
from bot.storage.schema import plain_chats
from handlers.dialogue.message import MessageKind
from handlers.dialogue.turn import Text

KEPT = datetime.timedelta(hours=24)

_OF = plain_chats.c.key == sa.bindparam("of")
_LOAD = sa.select(plain_chats).where(_OF, plain_chats.c.at > sa.bindparam("since"))
_HEARD = sa.update(plain_chats).where(_OF).values(answered=True)
_FORGET = sa.delete(plain_chats).where(_OF)


@dataclass(frozen=True, slots=True)
class ChatLine:
    """What is typed to pick it («2», «b»), its words, and what the person does by that."""

    mark: str
    label: str
    kind: MessageKind
    data: str


@dataclass(frozen=True, slots=True)
class PlainChat:
    """`rest`: what is sent next when the person wants to read on. `answered`: they wrote since the lines were shown."""

    lines: tuple[ChatLine, ...] = ()
    rest: Text | None = None
    answered: bool = False


async def load(connection: AsyncConnection, key: str, now: datetime.datetime) -> PlainChat:
    """What is known of a chat; nothing where that is older than a day or unreadable."""
    found = (await connection.execute(_LOAD, {"of": key, "since": to_utc(now - KEPT)})).one_or_none()
    if found is None:
        return PlainChat()
    try:
        rest = None if found.rest is None else outbox.from_json(found.rest)
        return PlainChat(_lines().validate_json(found.lines), rest if isinstance(rest, Text) else None, found.answered)
    except (KeyError, ValueError):  # of another version
        return PlainChat()


async def save(connection: AsyncConnection, key: str, chat: PlainChat, now: datetime.datetime) -> None:
    row = {
        "key": key,
        "lines": _lines().dump_json(chat.lines).decode(),
        "rest": None if chat.rest is None else outbox.to_json(chat.rest),
        "answered": chat.answered,
        "at": to_utc(now),
    }
    await upsert.put(connection, plain_chats, row, {"key"})


async def heard(connection: AsyncConnection, key: str) -> None:
    """The person wrote: what is shown from now on is numbered anew."""
    await connection.execute(_HEARD, {"of": key})


async def forget(connection: AsyncConnection, key: str) -> None:
    await connection.execute(_FORGET, {"of": key})


async def expire(connection: AsyncConnection, now: datetime.datetime) -> None:
    """Delete what is older than a day."""
    await connection.execute(sa.delete(plain_chats).where(plain_chats.c.at <= to_utc(now - KEPT)))


@functools.cache
def _lines() -> TypeAdapter[tuple[ChatLine, ...]]:
    return TypeAdapter(tuple[ChatLine, ...])
