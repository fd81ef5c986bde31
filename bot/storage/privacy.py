"""What is kept of people, and for how long: forgetting one of them, and forgetting what is old."""

from __future__ import annotations

import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import (
    addresses,
    announcements,
    audit,
    campaigns,
    conversations,
    drafts,
    estimates,
    guests,
    outbox,
    payments_told,
    phrasings,
    plain_chats,
    questions,
    ratings,
    recipients,
    reminders,
    sessions,
    shares,
    shown_pictures,
    signed_reports,
    states,
    subscriptions,
    talks,
    verdicts,
)
from bot.storage.database import VIETNAM, to_day
from handlers.dialogue.context import Kept


async def forget(connection: AsyncConnection, key: str) -> None:
    """Everything that leads to a person goes; anonymous facts (day, topic, level, outcome: see `fading`) stay.

    What a member of the staff did in their office stays as well, for as long as it is kept (`audit`).
    """
    await signed_reports.forget(connection, key)  # while it is known what they wrote
    everywhere = (states, outbox, questions, estimates, ratings, campaigns, conversations, addresses, sessions)
    wished = (reminders, payments_told, subscriptions, recipients)
    for module in (*everywhere, *wished, plain_chats, shown_pictures, talks, guests, shares):
        await module.forget(connection, key)


async def expire(connection: AsyncConnection, now: datetime.datetime, kept: Kept) -> None:
    """Forget what is older than it is kept: words first, then whose records they were, a whole day's at once."""
    await questions.erase_texts(connection, now - datetime.timedelta(kept.questions))
    for module in (verdicts, phrasings, drafts, signed_reports):
        await module.forget_before(connection, now - datetime.timedelta(kept.questions))
    await ratings.erase_comments(connection, now - datetime.timedelta(kept.comments))
    await conversations.expire(connection, now - datetime.timedelta(kept.conversations))
    last = to_day(now - datetime.timedelta(kept.people)) + datetime.timedelta(days=1)
    for module in (questions, estimates, ratings, campaigns, shares, reminders, payments_told, subscriptions):
        await module.forget_before(connection, datetime.datetime.combine(last, datetime.time(), VIETNAM))
    await talks.expire(connection, now)
    await guests.expire(connection, now)
    await announcements.expire(connection, now)
    await audit.expire(connection, now)
