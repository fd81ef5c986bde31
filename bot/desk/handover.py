"""The desk's part in conversations with the staff: what a turn must know of them, and what it leaves."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection

from bot.desk.staff_group import STAFF
from bot.storage import addresses, conversation_lists, conversations, drafts, outbox, questions, ratings, states
from bot.storage.conversation_lists import Listing
from bot.storage.conversations import Conversation
from bot.storage.database import Connection
from handlers.dialogue import to_staff
from handlers.dialogue.memory import ConversationList, KnownConversation, ListedTalk, Memory
from handlers.dialogue.message import Message
from handlers.dialogue.records import (
    Closed,
    Drafted,
    HandedOver,
    HandedTo,
    Noted,
    Reopened,
    Sorted,
    TurnedTo,
    Undrafted,
    Wrote,
)
from handlers.dialogue.texts import Texts
from handlers.dialogue.to_staff import ListAsked
from handlers.dialogue.turn import Relay, Text

_LATELY = datetime.timedelta(days=30)
_JUST_NOW = datetime.timedelta(minutes=30)
_IN_A_MESSAGE = 8
"""Conversations of a list in one message of the group."""


async def remember(
    connection: Connection, key: str, message: Message, memory: Memory, wanted: Collection[str]
) -> Memory:
    """The memory with what is known of conversations, as far as the message needs it."""
    found: dict[str, object] = {}
    if "conversation" in wanted:
        found["conversation"] = await _conversation(connection, key, message, memory)
    if "handover" in wanted and memory.state.to_staff:
        found["next_conversation"] = await conversations.next_number(connection)
        found["usual_wait"] = await conversations.usual_wait(connection, message.at - _LATELY)
    asked = to_staff.list_asked(message) if message.place == "staff" else None
    if asked is not None:
        found["listed"] = await _listed(connection, asked, memory.colleague)
    elif to_staff.shows(message):
        number = to_staff.conversation_named(message) or 0
        found["notes"] = tuple(each.text for each in await conversations.notes(connection, number))
    if "question" in wanted:
        named = to_staff.question_named(message)
        since = message.at - (states.KEPT if named else _JUST_NOW)
        found["question"] = await questions.last_text(connection, key, since, named) or ""
    return dataclasses.replace(memory, **found)  # type: ignore[arg-type]


async def _listed(connection: Connection, asked: ListAsked, by: str) -> ConversationList:
    listing = Listing(asked.shelf, asked.words, by)
    count = await conversation_lists.count(connection, listing)
    pages = max(1, -(-count // _IN_A_MESSAGE))
    page = min(asked.page, pages)
    found = await conversation_lists.rows(connection, listing, (page - 1) * _IN_A_MESSAGE, _IN_A_MESSAGE)
    rows = tuple(
        ListedTalk(
            each.conversation.id,
            each.question,
            each.conversation.waiting_since,
            each.conversation.closed_at is None,
            each.conversation.assignee,
        )
        for each in found
    )
    return ConversationList(rows, page, pages, count)


async def _conversation(connection: Connection, key: str, message: Message, memory: Memory) -> KnownConversation | None:
    if message.place == "private" and message.kind != "tick":
        own = await conversations.of_person(connection, key)
        return None if own is None else _told(own, memory.state.form is not None, memory.offered_at)
    number = to_staff.conversation_named(message)
    named = None if number is None else await conversations.find(connection, number, to_change=True)
    if named is None:
        return None
    state = await states.load(connection, named.key, message.at)
    _, asked_at = await ratings.offered_before(connection, named.key)
    return dataclasses.replace(
        _told(named, state.form is not None, asked_at),
        last=await conversations.last_message(connection, named.id),
        later=not await conversations.is_last_of_person(connection, named),
        reachable=await addresses.is_known(connection, named.key),
        assignee=named.assignee,
        topic=named.topic,
        question=await conversations.question(connection, named.id),
    )


def _told(row: Conversation, in_form: bool, asked_at: datetime.datetime | None) -> KnownConversation:
    is_open, answered = row.closed_at is None, row.answered_at is not None
    return KnownConversation(row.id, is_open, row.with_staff, row.last_at, answered, in_form, asked_at, row.closed_by)


async def keep(
    connection: Connection,
    key: str,
    message: Message,
    record: HandedOver | Wrote | TurnedTo | Closed | Reopened | HandedTo | Noted | Sorted | Drafted | Undrafted,
) -> None:
    """Store what a turn leaves of a conversation; what one of the staff did says who, wherever they did it."""
    now, number = message.at, record.conversation
    match record:
        case HandedOver():
            await conversations.open_new(connection, number, key, message.delivery, record.text, now)
        case Wrote():
            await conversations.add(
                connection, number, record.side, message.delivery, record.text, now, record.colleague
            )
        case TurnedTo():
            await conversations.turn_to(connection, number, record.with_staff)
        case Closed():
            await conversations.close(connection, number, record.by, now, record.colleague)
            found = await conversations.find(connection, number)
            if record.offered is not None and found is not None:
                channel = await addresses.channel_of(connection, found.key)
                await ratings.offer(connection, found.key, record.offered, now, channel)
        case Reopened():
            await conversations.reopen(connection, number, now)
        case HandedTo():
            await conversations.assign(connection, number, record.to)
        case Noted():
            await conversations.note(connection, number, record.colleague, record.text, now)
        case Sorted():
            await conversations.sort(connection, number, record.topic)
        case Drafted():
            kept = await conversations.reply_kept(connection, number, record.reply)
            if kept is not None:
                await drafts.add_reply(connection, *kept, record.colleague, now)
        case Undrafted():
            kept = await conversations.reply_kept(connection, number, record.reply)
            if kept is not None:
                question, reply = kept
                made = (await drafts.of_replies(connection, question, (reply,))).get(reply)
                if made is not None and made.merged is None:  # one among the content files stays there
                    await drafts.take_back(connection, made.id, record.colleague, now)


async def receiver(connection: Connection, relay: Relay) -> str | None:
    """The key under which a relayed message waits; None when its conversation is not there any more."""
    if relay.to == "staff":
        return STAFF
    found = None if relay.conversation is None else await conversations.find(connection, relay.conversation)
    return None if found is None else found.key


async def tell_who_waits(connection: Connection, said: Text, now: datetime.datetime) -> tuple[str, ...]:
    """Leave `said` for each citizen whose words wait for the staff and who was not told so; their keys."""
    told: dict[str, None] = {}
    for number in await outbox.untold(connection, STAFF):
        found = await conversations.find(connection, number)
        if found is not None:
            await outbox.put(connection, found.key, said, None, now, number, "notice")
            told[found.key] = None
    return tuple(told)


async def tell_of_undelivered(
    connection: Connection, relays: Collection[tuple[str, int]], texts: Texts, now: datetime.datetime
) -> None:
    """Tell whoever wrote it that it reached nobody: a citizen of their words to the staff, the staff of theirs.

    `relays` are the keys under which words waited too long, with their conversations. Of one that is closed both know.
    """
    for key, number in relays:
        found = await conversations.find(connection, number)
        if found is None or found.closed_at is not None:
            continue
        days = to_staff.KEPT.days
        if key == STAFF:
            said = Text(texts.say("late.never_with_staff", days=days))
            await outbox.put(connection, found.key, said, None, now, number, "notice")
        else:
            said = Text(texts.say("late.never_with_citizen", days=days, mark=found.mark))
            await outbox.put(connection, STAFF, said, None, now, None, "relay")
