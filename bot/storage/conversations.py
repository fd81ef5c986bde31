"""Conversations of citizens with the staff: masked texts, who waits for whom, and for how long.

Numbers are never given twice, also after a conversation is deleted: a message of the group that still
carries an old mark can't lead to somebody else.
"""

from __future__ import annotations

import datetime
import statistics
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import handling, upsert
from bot.storage.database import to_local, to_utc
from bot.storage.schema import conversation_messages, conversation_notes, conversations, counters, outbox
from handlers.dialogue.memory import ClosedBy, LastMessage, mark

Side = Literal["citizen", "staff"]

_NUMBERS = "conversations"
_LEAST_ANSWERS = 5
_OF_PERSON = (
    sa.select(conversations)
    .where(conversations.c.key == sa.bindparam("of"))
    .order_by(conversations.c.id.desc())
    .limit(1)
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation; times in Asia/Ho_Chi_Minh."""

    id: int
    key: str
    opened_at: datetime.datetime
    last_at: datetime.datetime
    waiting_since: datetime.datetime | None
    """Since when the citizen waits for the staff; None while the staff wait for the citizen."""
    answered_at: datetime.datetime | None
    """When the staff answered first."""
    with_staff: bool
    """Whether what the citizen types goes to the staff, and not to the assistant."""
    closed_at: datetime.datetime | None
    closed_by: ClosedBy | None
    closer: str | None
    """Who of the staff ended it."""
    assignee: str | None
    """Who of the staff has taken it."""
    topic: str | None

    @property
    def mark(self) -> str:
        """What the group knows it by: «#K27»."""
        return mark(self.id)


@dataclass(frozen=True, slots=True)
class ConversationMessage:
    """One message, masked. `by`: who of the staff wrote it, where known."""

    number: int
    delivery: str
    side: Side
    at: datetime.datetime
    text: str
    by: str | None


@dataclass(frozen=True, slots=True)
class ConversationNote:
    """What one of the staff noted for the others, masked."""

    at: datetime.datetime
    text: str
    by: str


# --- what a turn leaves --------------------------------------------------------------------------


async def next_number(connection: AsyncConnection) -> int:
    """A number that no conversation ever had."""
    return await upsert.count_up(connection, counters, {"name": _NUMBERS}, counters.c.value)


async def open_new(
    connection: AsyncConnection, id: int, key: str, delivery: str, text: str, now: datetime.datetime
) -> None:
    """Begin a conversation with its question, already masked."""
    row = {"id": id, "key": key, "opened_at": to_utc(now), "last_at": to_utc(now), "with_staff": True}
    await connection.execute(sa.insert(conversations).values(row))
    await add(connection, id, "citizen", delivery, text, now)


async def add(
    connection: AsyncConnection,
    id: int,
    side: Side,
    delivery: str,
    text: str,
    now: datetime.datetime,
    by: str | None = None,
) -> None:
    """One more message, already masked, and who of the staff it is of. The citizen's next words go to the staff."""
    at = to_utc(now)
    row = {"conversation": id, "at": at, "side": side, "delivery": delivery, "text": text, "by": by}
    await connection.execute(sa.insert(conversation_messages).values(row))
    changed: dict[str, Any] = {"last_at": at, "with_staff": True}
    if side == "citizen":
        changed["waiting_since"] = sa.func.coalesce(conversations.c.waiting_since, at)
    else:
        changed["waiting_since"] = None
        changed["answered_at"] = sa.func.coalesce(conversations.c.answered_at, at)
        changed["answerer"] = sa.case((conversations.c.answered_at.is_(None), by), else_=conversations.c.answerer)
    await connection.execute(sa.update(conversations).where(conversations.c.id == id).values(changed))


async def turn_to(connection: AsyncConnection, id: int, with_staff: bool) -> None:
    """Whether what the citizen types next goes to the staff or to the assistant."""
    await connection.execute(sa.update(conversations).where(conversations.c.id == id).values(with_staff=with_staff))


async def close(
    connection: AsyncConnection, id: int, by: ClosedBy, now: datetime.datetime, closer: str | None = None
) -> None:
    """End it; `closer` is who of the staff did."""
    closed = {"closed_at": to_utc(now), "closed_by": by, "waiting_since": None, "closer": closer}
    await connection.execute(sa.update(conversations).where(conversations.c.id == id).values(closed))


async def reopen(connection: AsyncConnection, id: int, now: datetime.datetime) -> None:
    """Take it up again: whose last words nobody answered waits from now on, and is not silent for long already."""
    last = await last_message(connection, id)
    waits = last is not None and last.side == "citizen"
    opened = {
        "closed_at": None,
        "closed_by": None,
        "closer": None,
        "with_staff": False,
        "last_at": to_utc(now),
        "waiting_since": to_utc(now) if waits else None,
    }
    await connection.execute(sa.update(conversations).where(conversations.c.id == id).values(opened))


async def assign(connection: AsyncConnection, id: int, to: str | None) -> None:
    """It is for one of the staff to answer, or for nobody in particular."""
    await connection.execute(sa.update(conversations).where(conversations.c.id == id).values(assignee=to))


async def sort(connection: AsyncConnection, id: int, topic: str | None) -> None:
    """What it is about."""
    await connection.execute(sa.update(conversations).where(conversations.c.id == id).values(topic=topic))


async def note(connection: AsyncConnection, id: int, by: str, text: str, now: datetime.datetime) -> None:
    """A note of the staff, already masked."""
    row = {"conversation": id, "at": to_utc(now), "by": by, "text": text}
    await connection.execute(sa.insert(conversation_notes).values(row))


# --- what a turn must know -----------------------------------------------------------------------


async def of_person(connection: AsyncConnection, key: str) -> Conversation | None:
    """The last conversation of a person, open or closed; nobody else changes it before the transaction ends."""
    row = (await connection.execute(_OF_PERSON, {"of": key})).one_or_none()
    return None if row is None else read(row)


async def find(connection: AsyncConnection, id: int, *, to_change: bool = False) -> Conversation | None:
    """The conversation with this number, open or closed; None also for one that was deleted.

    `to_change`: nobody else changes it before the transaction ends.
    """
    query = sa.select(conversations).where(conversations.c.id == id)
    row = (await connection.execute(query.with_for_update() if to_change else query)).one_or_none()
    return None if row is None else read(row)


async def last_message(connection: AsyncConnection, id: int) -> LastMessage | None:
    """What was said last in a conversation; None when there is none."""
    said = conversation_messages.c
    query = sa.select(said.id, said.side, said.at, said.by).where(said.conversation == id)
    row = (await connection.execute(query.order_by(said.id.desc()).limit(1))).one_or_none()
    return None if row is None else LastMessage(row.id, row.side, to_local(row.at), row.by)


async def is_last_of_person(connection: AsyncConnection, of: Conversation) -> bool:
    """Whether its citizen has opened no other one since."""
    later = sa.select(sa.exists().where(conversations.c.key == of.key, conversations.c.id > of.id))
    return not (await connection.execute(later)).scalar_one()


async def silent(connection: AsyncConnection, before: datetime.datetime) -> list[Conversation]:
    """The open conversations in which nothing was said since `before`."""
    query = sa.select(conversations).where(
        conversations.c.closed_at.is_(None), conversations.c.last_at <= to_utc(before)
    )
    return [read(row) for row in await connection.execute(query.order_by(conversations.c.id))]


async def waiting_before(connection: AsyncConnection, moment: datetime.datetime) -> list[Conversation]:
    """The open conversations whose citizen has waited for the staff since `moment` or before, the longest first."""
    query = sa.select(conversations).where(
        conversations.c.closed_at.is_(None), conversations.c.waiting_since <= to_utc(moment)
    )
    return [read(row) for row in await connection.execute(query.order_by(conversations.c.waiting_since))]


async def usual_wait(connection: AsyncConnection, since: datetime.datetime) -> datetime.timedelta | None:
    """The median time to the first answer of what was opened since then; None for fewer than five answers.

    Those closed without any answer after long silence count as long as they lasted: leaving them out
    would promise more than was kept.
    """
    ended = sa.func.coalesce(
        conversations.c.answered_at,
        sa.case((conversations.c.closed_by == "silence", conversations.c.closed_at)),
    )
    query = sa.select(conversations.c.opened_at, conversations.c.answered_at, ended.label("ended"))
    rows = (await connection.execute(query.where(conversations.c.opened_at >= to_utc(since)))).all()
    if sum(row.answered_at is not None for row in rows) < _LEAST_ANSWERS:
        return None
    waits = [(row.ended - row.opened_at).total_seconds() for row in rows if row.ended is not None]
    return datetime.timedelta(seconds=statistics.median(waits))


async def reply_kept(connection: AsyncConnection, id: int, delivery: str) -> tuple[str, str] | None:
    """The question a conversation began with, and what the staff replied in one delivery; None when they are gone."""
    said = await _said(connection, id)
    reply = next((row.text for row in said if row.side == "staff" and row.delivery == delivery), None)
    return None if reply is None else (said[0].text, reply)


async def exchange(connection: AsyncConnection, id: int) -> tuple[Conversation, list[ConversationMessage]] | None:
    """One conversation, open or closed, with all that was said; None when there is none."""
    found = await find(connection, id)
    return None if found is None else (found, [read_said(row) for row in await _said(connection, id)])


async def notes(connection: AsyncConnection, id: int) -> list[ConversationNote]:
    """What the staff have noted in a conversation, oldest first."""
    query = sa.select(conversation_notes).where(conversation_notes.c.conversation == id)
    rows = await connection.execute(query.order_by(conversation_notes.c.id))
    return [ConversationNote(to_local(row.at), row.text, row.by) for row in rows]


async def question(connection: AsyncConnection, id: int) -> str:
    """What a conversation began with; '' when there is none."""
    said = await _said(connection, id)
    return said[0].text if said else ""


# --- what is forgotten ---------------------------------------------------------------------------


async def forget(connection: AsyncConnection, key: str) -> None:
    """Delete the conversations of a person, with what of them is still on its way to the staff."""
    await _delete(connection, conversations.c.key == key)


async def expire(connection: AsyncConnection, before: datetime.datetime) -> None:
    """Delete the conversations closed before a moment."""
    await _delete(connection, conversations.c.closed_at < to_utc(before))


async def _delete(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> None:
    await handling.leave(connection, which)
    ids = sa.select(conversations.c.id).where(which)
    await connection.execute(sa.delete(outbox).where(outbox.c.conversation.in_(ids)))
    for table in (conversation_messages, conversation_notes):
        await connection.execute(sa.delete(table).where(table.c.conversation.in_(ids)))
    await connection.execute(sa.delete(conversations).where(which))


async def _said(connection: AsyncConnection, id: int) -> list[Any]:
    query = sa.select(conversation_messages).where(conversation_messages.c.conversation == id)
    return list((await connection.execute(query.order_by(conversation_messages.c.id))).all())


def read(row: Any) -> Conversation:
    """A conversation of its row."""
    return Conversation(
        row.id,
        row.key,
        to_local(row.opened_at),
        to_local(row.last_at),
        row.waiting_since and to_local(row.waiting_since),
        row.answered_at and to_local(row.answered_at),
        row.with_staff,
        row.closed_at and to_local(row.closed_at),
        row.closed_by,
        row.closer,
        row.assignee,
        row.topic,
    )


def read_said(row: Any) -> ConversationMessage:
    """A message of its row."""
    return ConversationMessage(row.id, row.delivery, row.side, to_local(row.at), row.text, row.by)
