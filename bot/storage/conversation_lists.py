"""Conversations as the staff list them: by what is to be done with them, searched, a page at a time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.conversations import Conversation, ConversationMessage, Side, read, read_said
from bot.storage.schema import conversation_messages, conversation_notes, conversations
from handlers.dialogue.memory import Shelf
from vietnamese.normalize import fold

_IS_OPEN = conversations.c.closed_at.is_(None)
_NUMBER = re.compile(r"#?k?(\d{1,9})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Listing:
    """Which conversations: on a shelf of `by`, with words in what was said or noted (accents or not), or a number."""

    shelf: Shelf = "open"
    words: str = ""
    by: str = ""

    def clauses(self) -> list[sa.ColumnElement[bool]]:
        """What a row must be."""
        found: list[sa.ColumnElement[bool]] = []
        if self.shelf != "all":
            found.append(~_IS_OPEN if self.shelf == "done" else _IS_OPEN)
        if self.shelf in ("mine", "free"):
            taken = conversations.c.assignee
            found.append(taken == self.by if self.shelf == "mine" else taken.is_(None))
        words = self.words.strip()
        if words:
            of_words = sa.union_all(
                *(_with_words(table, words) for table in (conversation_messages, conversation_notes))
            )
            number = _NUMBER.fullmatch(words)
            named = conversations.c.id == int(number[1]) if number else sa.false()
            found.append(sa.or_(named, conversations.c.id.in_(of_words)))
        return found


def _with_words(table: sa.Table, words: str) -> sa.Select[Any]:
    has_words = sa.func.folded(table.c.text).contains(fold(words), autoescape=True)
    return sa.select(table.c.conversation).where(has_words)


@dataclass(frozen=True, slots=True)
class ListedConversation:
    """A conversation as a list shows it: the question it began with, and what was said last."""

    conversation: Conversation
    question: str
    last: ConversationMessage

    @property
    def waits_for(self) -> Side | None:
        """Who is waited for; None where it is over."""
        if self.conversation.closed_at is not None:
            return None
        return "citizen" if self.conversation.waiting_since is None else "staff"

    def waited(self, now: datetime.datetime) -> datetime.timedelta:
        """How long the one side has waited for the other."""
        return now - (self.conversation.waiting_since or self.last.at)


async def count(connection: AsyncConnection, wanted: Listing) -> int:
    """How many there are."""
    query = sa.select(sa.func.count()).select_from(conversations).where(*wanted.clauses())
    return int((await connection.execute(query)).scalar_one())


async def waiting(connection: AsyncConnection) -> int:
    """How many wait for the staff."""
    query = sa.select(sa.func.count()).where(_IS_OPEN, conversations.c.waiting_since.is_not(None))
    return int((await connection.execute(query)).scalar_one())


async def rows(connection: AsyncConnection, wanted: Listing, offset: int, most: int) -> list[ListedConversation]:
    """A page of a list: the longest waiting for the staff first; of those that ended, what ended last."""
    row = conversations.c
    order: tuple[sa.ColumnElement[Any], ...] = (
        ~_IS_OPEN,
        row.waiting_since.is_(None) & _IS_OPEN,
        sa.case((_IS_OPEN, sa.func.coalesce(row.waiting_since, row.last_at))),
        row.closed_at.desc(),
        row.id,
    )
    if wanted.shelf == "done":
        order = (row.closed_at.desc(), row.id)
    query = sa.select(conversations).where(*wanted.clauses()).order_by(*order).limit(most).offset(offset)
    found = [read(each) for each in await connection.execute(query)]
    first, last = await _ends(connection, [each.id for each in found])
    return [ListedConversation(each, first[each.id].text, last[each.id]) for each in found]


async def _ends(
    connection: AsyncConnection, ids: Sequence[int]
) -> tuple[dict[int, ConversationMessage], dict[int, ConversationMessage]]:
    """The first and the last message of each conversation."""
    said = conversation_messages.c
    of_each = sa.select(sa.func.min(said.id).label("first"), sa.func.max(said.id).label("last"))
    ends = of_each.where(said.conversation.in_(ids)).group_by(said.conversation).subquery()
    query = sa.select(conversation_messages).where(
        sa.or_(said.id.in_(sa.select(ends.c.first)), said.id.in_(sa.select(ends.c.last)))
    )
    first, last = dict[int, ConversationMessage](), dict[int, ConversationMessage]()
    for row in await connection.execute(query.order_by(said.id)):
        last[row.conversation] = read_said(row)
        first.setdefault(row.conversation, last[row.conversation])
    return first, last
