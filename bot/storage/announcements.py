"""Announcements as staff write them: for whom, how far each is sent, and what became of those that are over.

draft → sending → done, or → stopping → stopped. To whom one goes is settled when it begins, a row each
(`announcement_recipients`), and those rows go when it is over: what stays are numbers.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import to_local, to_utc
from bot.storage.schema import addresses, announcement_recipients, announcements, campaigns, subscriptions, touches
from handlers.dialogue.announcement import (
    ANNOUNCEMENT_TOPICS,
    AnnouncementProgress,
    AnnouncementState,
    AnnouncementTopic,
    ShownAnnouncement,
)

RecipientState = Literal["waiting", "claimed", "sent", "gone", "failed", "unknown", "left"]
"""waiting: its turn has not come; claimed: it is being sent, by a process that is alive; gone: they blocked the
assistant, or deleted their account; failed: the channel will never take it; unknown: nobody knows whether the channel
took it, so it is not sent again; left: they ended it before their turn came."""
GIVEN_UP = datetime.timedelta(hours=48)
"""How long one is sent at most, holidays not counted: what is older is news to nobody."""
KEPT = datetime.timedelta(days=731)
"""How long what was announced is kept, as long as the log of who did what."""
_SHOWN_STATES: tuple[RecipientState, ...] = ("sent", "gone", "failed", "unknown", "left")


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom an announcement is, of those who agreed: on which topics (all where there is none), whom a campaign
    brought, or the campaigns of a place.
    """

    topics: tuple[AnnouncementTopic, ...] = ()
    campaign: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement. `by`, `begun_by`: what who wrote it, and who had it sent, is called; `people`: to how many it
    goes, None while it is a draft; `unsubscribed`: how many ended all announcements under this one.
    """

    id: int
    text: str
    audience: Audience
    state: AnnouncementState
    made_at: datetime.datetime
    by: str
    begun_at: datetime.datetime | None
    begun_by: str | None
    ended_at: datetime.datetime | None
    people: int | None
    unsubscribed: int


async def add(connection: AsyncConnection, text: str, audience: Audience, by: str, now: datetime.datetime) -> int:
    """Keep a draft; its number."""
    row = {"text": text, **_columns(audience), "state": "draft", "made_at": to_utc(now), "by": by}
    made = await connection.execute(sa.insert(announcements).values(row).returning(announcements.c.id))
    return int(made.scalar_one())


async def change(connection: AsyncConnection, number: int, text: str, audience: Audience) -> bool:
    """Write a draft anew; False where there is none of this number."""
    values = {"text": text, **_columns(audience)}
    return bool((await connection.execute(sa.update(announcements).where(*_draft(number)).values(values))).rowcount)


async def drop(connection: AsyncConnection, number: int) -> bool:
    """Throw a draft away; False where there is none of this number."""
    return bool((await connection.execute(sa.delete(announcements).where(*_draft(number)))).rowcount)


async def find(connection: AsyncConnection, number: int) -> Announcement | None:
    """The one of this number."""
    row = (await connection.execute(sa.select(announcements).where(announcements.c.id == number))).first()
    return None if row is None else _of(row)


async def listed(connection: AsyncConnection, most: int, before: int = 0) -> list[Announcement]:
    """The newest first, `most` after the `before` newest."""
    query = sa.select(announcements).order_by(announcements.c.id.desc()).limit(most).offset(before)
    return [_of(row) for row in await connection.execute(query)]


async def count(connection: AsyncConnection) -> int:
    """How many there are."""
    return int((await connection.execute(sa.select(sa.func.count()).select_from(announcements))).scalar_one())


async def under_way(connection: AsyncConnection) -> list[Announcement]:
    """Those that are being sent, or were told to stop and are not over yet, the longest first."""
    query = sa.select(announcements).where(announcements.c.state.in_(("sending", "stopping")))
    return [_of(row) for row in await connection.execute(query.order_by(announcements.c.begun_at, announcements.c.id))]


async def agreed(connection: AsyncConnection) -> dict[str, int]:
    """How many people agreed to each topic, and under '' how many to any."""
    by_topic = sa.select(subscriptions.c.topic, sa.func.count().label("n")).group_by(subscriptions.c.topic)
    found = {row.topic: row.n for row in await connection.execute(by_topic)}
    everybody = sa.select(sa.func.count(sa.distinct(subscriptions.c.key)))
    return {**found, "": int((await connection.execute(everybody)).scalar_one())}


async def counted(connection: AsyncConnection, audience: Audience) -> int:
    """To how many people it would go now."""
    people = _people(audience).subquery()
    return int((await connection.execute(sa.select(sa.func.count()).select_from(people))).scalar_one())


async def begin(connection: AsyncConnection, number: int, by: str, now: datetime.datetime) -> int | None:
    """Have a draft sent from now on; to how many people. None where there is no such draft."""
    begun = {"state": "sending", "begun_at": to_utc(now), "begun_by": by}
    if not (await connection.execute(sa.update(announcements).where(*_draft(number)).values(begun))).rowcount:
        return None
    found = await find(connection, number)
    assert found is not None
    people = _people(found.audience).subquery()
    columns = ("announcement", "key", "state")
    each = sa.select(sa.literal(number), people.c.key, sa.literal("waiting")).order_by(people.c.key)
    await connection.execute(sa.insert(announcement_recipients).from_select(columns, each))
    counted_ = await _counts(connection, number)
    n = sum(counted_.values())
    await connection.execute(sa.update(announcements).where(announcements.c.id == number).values(people=n))
    return n


async def stop(connection: AsyncConnection, number: int) -> bool:
    """Have nobody sent it any more whose turn has not come; False where it is not being sent."""
    sending = sa.and_(announcements.c.id == number, announcements.c.state == "sending")
    return bool((await connection.execute(sa.update(announcements).where(sending).values(state="stopping"))).rowcount)


async def stop_old(connection: AsyncConnection, since: datetime.datetime) -> None:
    """Stop those that began before then: nothing could be sent for a while."""
    old = sa.and_(announcements.c.state == "sending", announcements.c.begun_at < to_utc(since))
    await connection.execute(sa.update(announcements).where(old).values(state="stopping"))


async def stop_all(connection: AsyncConnection) -> int:
    """Stop all, for it is not known any more how far they came; how many that were."""
    sending = sa.update(announcements).where(announcements.c.state == "sending").values(state="stopping")
    return (await connection.execute(sending)).rowcount


async def unsubscribed(connection: AsyncConnection, number: int) -> None:
    """Somebody ended all announcements under this one."""
    more = announcements.c.unsubscribed + 1
    where = sa.and_(announcements.c.id == number, announcements.c.state != "draft")
    await connection.execute(sa.update(announcements).where(where).values(unsubscribed=more))


async def progress(connection: AsyncConnection, number: int) -> AnnouncementProgress | None:
    """How far one is sent, or what became of it; None where there is none of this number."""
    query = sa.select(announcements.c.state, announcements.c.people, announcements.c.outcome)
    row = (await connection.execute(query.where(announcements.c.id == number))).first()
    if row is None:
        return None
    if row.outcome is not None:
        return AnnouncementProgress(number, row.state, **json.loads(row.outcome))
    return _progress(number, row.state, await _counts(connection, number))


async def waiting(connection: AsyncConnection) -> int:
    """How many people those that are being sent are still to go to."""
    of_it = sa.and_(announcements.c.id == announcement_recipients.c.announcement, announcements.c.state == "sending")
    query = sa.select(sa.func.count()).select_from(announcement_recipients.join(announcements, of_it))
    return int((await connection.execute(query.where(announcement_recipients.c.state == "waiting"))).scalar_one())


async def shown(connection: AsyncConnection, number: int | None, most: int = 3) -> tuple[ShownAnnouncement, ...]:
    """One of them, or without a number the newest, `most` of them; drafts are nobody's but their writer's."""
    query = sa.select(announcements.c.id, announcements.c.text).where(announcements.c.state != "draft")
    query = query.order_by(announcements.c.id.desc()).limit(most)
    found = (await connection.execute(query if number is None else query.where(announcements.c.id == number))).all()
    states = [(await progress(connection, row.id), row.text) for row in found]
    return tuple(ShownAnnouncement(state, text) for state, text in states if state is not None)


async def end(connection: AsyncConnection, number: int, now: datetime.datetime) -> AnnouncementProgress | None:
    """Have one that nobody is sending any more be over, and forget to whom it went; None where it is not yet.

    Who of its people nobody could be sent to is left: when it was stopped, or when it ends for good.
    """
    found = await find(connection, number)
    if found is None or found.state not in ("sending", "stopping"):
        return None
    counts = await _counts(connection, number)
    if counts.get("claimed") or (found.state == "sending" and counts.get("waiting")):
        return None
    over: AnnouncementState = "done" if found.state == "sending" else "stopped"
    ended = _progress(number, over, counts)
    outcome = {name: value for name, value in asdict(ended).items() if name not in ("number", "state")}
    values = {"state": over, "ended_at": to_utc(now), "outcome": json.dumps(outcome)}
    await connection.execute(sa.update(announcements).where(announcements.c.id == number).values(values))
    of_it = announcement_recipients.c.announcement == number
    await connection.execute(sa.delete(announcement_recipients).where(of_it))
    return ended


async def expire(connection: AsyncConnection, now: datetime.datetime) -> None:
    """Drop what is older than it is kept."""
    over = announcements.c.state.in_(("draft", "done", "stopped"))
    await connection.execute(sa.delete(announcements).where(over, announcements.c.made_at < to_utc(now - KEPT)))


def _draft(number: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (announcements.c.id == number, announcements.c.state == "draft")


def _people(audience: Audience) -> sa.Select[Any]:
    """The keys of whom it is for: each once, and only who can be written to."""
    agreed_ = sa.select(subscriptions.c.key)
    if audience.topics:
        agreed_ = agreed_.where(subscriptions.c.topic.in_(audience.topics))
    query = sa.select(addresses.c.key).where(addresses.c.key.in_(agreed_))
    if audience.campaign is not None or audience.place is not None:
        codes = sa.select(campaigns.c.code)
        if audience.campaign is not None:
            codes = codes.where(campaigns.c.code == audience.campaign)
        if audience.place is not None:
            codes = codes.where(campaigns.c.place == audience.place)
        brought = sa.or_(touches.c.first_code.in_(codes), touches.c.last_code.in_(codes))
        query = query.where(addresses.c.key.in_(sa.select(touches.c.key).where(brought)))
    return query


async def _counts(connection: AsyncConnection, number: int) -> dict[str, int]:
    of_it = announcement_recipients.c.announcement == number
    state = announcement_recipients.c.state
    query = sa.select(state, sa.func.count().label("n")).where(of_it).group_by(state)
    return {row.state: row.n for row in await connection.execute(query)}


def _progress(number: int, state: AnnouncementState, counts: dict[str, int]) -> AnnouncementProgress:
    shown = {name: counts.get(name, 0) for name in _SHOWN_STATES}
    waiting = counts.get("waiting", 0) + counts.get("claimed", 0)
    return AnnouncementProgress(number, state, waiting=waiting, **shown)


def _columns(audience: Audience) -> dict[str, str | None]:
    return {"topics": " ".join(audience.topics), "campaign": audience.campaign, "place": audience.place}


def _of(row: sa.Row[Any]) -> Announcement:
    audience = Audience(topics_of(row.topics), row.campaign, row.place)
    begun, ended = (None if at is None else to_local(at) for at in (row.begun_at, row.ended_at))
    times = (to_local(row.made_at), row.by, begun, row.begun_by, ended)
    return Announcement(row.id, row.text, audience, row.state, *times, row.people, row.unsubscribed)


def topics_of(stored: str) -> tuple[AnnouncementTopic, ...]:
    """Topics as they stand in a column."""
    wanted: Sequence[str] = stored.split()
    return tuple(each for each in ANNOUNCEMENT_TOPICS if each in wanted)
