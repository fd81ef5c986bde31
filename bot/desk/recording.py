"""What a turn records, each kind to where it is kept."""

from __future__ import annotations

from bot.desk import handover
from bot.storage import (
    announcements,
    campaigns,
    estimates,
    payments_told,
    privacy,
    questions,
    ratings,
    reminders,
    shares,
    subscriptions,
)
from bot.storage.database import Connection
from handlers.dialogue.message import Message
from handlers.dialogue.records import (
    AnnouncementStopped,
    Asked,
    BookDeleted,
    Chosen,
    Closed,
    Commented,
    Drafted,
    Estimated,
    Explained,
    Forgotten,
    HandedOver,
    HandedTo,
    Misanswered,
    Noted,
    Offered,
    PaymentTakenBack,
    PaymentTold,
    Rated,
    Record,
    ReminderMoved,
    ReminderSet,
    ReminderStopped,
    Reopened,
    Shared,
    Sorted,
    Started,
    Subscribed,
    TurnedTo,
    Undrafted,
    Unshared,
    Unsubscribed,
    Wrote,
)


async def keep(connection: Connection, key: str, message: Message, record: Record, channel: str | None = None) -> None:
    """Store one record of a turn of the person with this key, who did it on this channel."""
    now = message.at
    match record:
        case Asked():
            await questions.add(connection, key, message.delivery, record, now, channel)
        case Chosen():
            await questions.choose(connection, key, record)
        case Misanswered():
            await questions.misanswered(connection, key, record)
        case Estimated():
            await estimates.add(connection, key, record, now, channel)
        case Offered():
            await ratings.offer(connection, key, record, now, channel)
        case Rated():
            await ratings.rate(connection, key, record, now)
        case Explained():
            await ratings.explain(connection, key, record)
        case Commented():
            await ratings.comment(connection, key, record)
        case Started():
            in_group = message.place != "private"
            await campaigns.started(connection, key, record, now, channel, in_group=in_group)
        case Shared():
            await shares.add(connection, key, record, now)
        case Unshared():
            await shares.revoke(connection, key)
        case HandedOver() | Wrote() | TurnedTo() | Closed():
            await handover.keep(connection, key, message, record)
        case Reopened() | HandedTo() | Noted() | Sorted() | Drafted() | Undrafted():
            await handover.keep(connection, key, message, record)
        case ReminderSet():
            await reminders.add(connection, key, record.reminder, now)
        case ReminderMoved():
            await reminders.put(connection, key, record.reminder, now if record.touched else None)
        case ReminderStopped():
            await reminders.stop(connection, key, record.kind, record.whom)
        case PaymentTold():
            await payments_told.put(connection, key, record.paid, now)
        case PaymentTakenBack():
            await payments_told.take_back(connection, key, record.whom, record.period)
        case BookDeleted():
            await payments_told.forget(connection, key)
        case Subscribed():
            await subscriptions.put(connection, key, record.topics, now)
        case Unsubscribed():
            stopped = await subscriptions.stop(connection, key)
            if stopped and record.announcement is not None:
                await announcements.unsubscribed(connection, record.announcement)
        case AnnouncementStopped():
            await announcements.stop(connection, record.announcement)
        case Forgotten():
            await privacy.forget(connection, key)
