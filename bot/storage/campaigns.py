"""Campaigns, the links that were followed, and what came of each."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_utc
from bot.storage.fading import fade
from bot.storage.schema import campaigns, estimates, questions, ratings, starts, touches
from handlers.dialogue.records import Started


@dataclass(frozen=True, slots=True)
class Campaign:
    """A link and what came of it: people are counted to the campaign that first touched them, and what they did to it
    from then on, as in every report. What they did before came by no campaign.
    """

    code: str
    name: str
    place: str
    starts: int = 0
    people: int = 0
    people_answered: int = 0
    estimates: int = 0
    ratings: int = 0


async def add(connection: AsyncConnection, code: str, name: str, place: str, now: datetime.datetime) -> bool:
    """A new campaign; False when the code is taken."""
    row = {"code": code, "name": name, "place": place, "at": to_utc(now)}
    return await upsert.add_new(connection, campaigns, row)


async def exists(connection: AsyncConnection, code: str) -> bool:
    query = sa.select(sa.literal(1)).where(campaigns.c.code == code)
    return (await connection.execute(query)).first() is not None


async def started(connection: AsyncConnection, key: str, start: Started, now: datetime.datetime) -> None:
    """A /start; a known code is the person's last touch, and their first if they had none."""
    row = {"key": key, "at": to_utc(now), "campaign": start.campaign, "code": start.code}
    await connection.execute(sa.insert(starts).values(row))
    if start.code is None:
        return
    touched = {
        "key": key,
        "first_code": start.code,
        "first_at": to_utc(now),
        "last_code": start.code,
        "last_at": to_utc(now),
    }
    await upsert.put(connection, touches, touched, {"key"}, {"last_code", "last_at"})


async def named(connection: AsyncConnection) -> list[Campaign]:
    """Every campaign by name and place, without what came of it."""
    query = sa.select(campaigns.c.code, campaigns.c.name, campaigns.c.place).order_by(campaigns.c.at, campaigns.c.code)
    return [Campaign(row.code, row.name, row.place) for row in await connection.execute(query)]


async def list_all(connection: AsyncConnection) -> list[Campaign]:
    """Every campaign with its counts, in the order of their making."""

    def by_first(counted: sa.ColumnElement[int], table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.Subquery:
        joined = sa.join(touches, table, sa.and_(table.c.key == touches.c.key, table.c.at >= touches.c.first_at))
        query = sa.select(touches.c.first_code.label("code"), counted.label("n")).select_from(joined).where(*where)
        return query.group_by(touches.c.first_code).subquery()

    rated = sa.select(ratings.c.campaign.label("code"), sa.func.count().label("n"))
    rated = rated.where(ratings.c.campaign.is_not(None), ratings.c.level.is_not(None)).group_by(ratings.c.campaign)

    counts = {
        "starts": sa.select(starts.c.code, sa.func.count().label("n")).group_by(starts.c.code).subquery(),
        "people": sa.select(touches.c.first_code.label("code"), sa.func.count().label("n"))
        .group_by(touches.c.first_code)
        .subquery(),
        "people_answered": by_first(
            sa.func.count(sa.distinct(questions.c.key)), questions, questions.c.answered.is_not(None)
        ),
        "estimates": by_first(sa.func.count(), estimates),
        "ratings": rated.subquery(),
    }
    query = sa.select(
        campaigns, *(sa.func.coalesce(count.c.n, 0).label(name) for name, count in counts.items())
    ).order_by(campaigns.c.at, campaigns.c.code)
    source: sa.FromClause = campaigns
    for count in counts.values():
        source = source.outerjoin(count, count.c.code == campaigns.c.code)
    rows = (await connection.execute(query.select_from(source))).all()
    return [Campaign(row.code, row.name, row.place, *(getattr(row, name) for name in counts)) for row in rows]


async def in_span(connection: AsyncConnection, since: datetime.datetime, until: datetime.datetime) -> list[Campaign]:
    """Every campaign with its starts and the people it first touched from `since` up to (not including) `until`.

    The times are as stored; the other counts stay 0.
    """
    begun = (
        sa.select(starts.c.code, sa.func.count().label("n"))
        .where(starts.c.code.is_not(None), starts.c.at >= since, starts.c.at < until)
        .group_by(starts.c.code)
        .subquery()
    )
    touched = (
        sa.select(touches.c.first_code.label("code"), sa.func.count().label("n"))
        .where(touches.c.first_at >= since, touches.c.first_at < until)
        .group_by(touches.c.first_code)
        .subquery()
    )
    query = (
        sa.select(
            campaigns,
            sa.func.coalesce(begun.c.n, 0).label("starts"),
            sa.func.coalesce(touched.c.n, 0).label("people"),
        )
        .select_from(
            campaigns.outerjoin(begun, begun.c.code == campaigns.c.code).outerjoin(
                touched, touched.c.code == campaigns.c.code
            )
        )
        .order_by(campaigns.c.at, campaigns.c.code)
    )
    rows = (await connection.execute(query)).all()
    return [Campaign(row.code, row.name, row.place, row.starts, row.people) for row in rows]


async def other_starts(connection: AsyncConnection) -> dict[str, int]:
    """Starts that belong to no campaign, by why: none, unknown, malformed."""
    query = (
        sa.select(starts.c.campaign, sa.func.count().label("n"))
        .where(starts.c.code.is_(None))
        .group_by(starts.c.campaign)
    )
    return {row.campaign: row.n for row in await connection.execute(query)}


async def forget(connection: AsyncConnection, key: str) -> None:
    """A start stays counted to its campaign and day; which links a person followed goes."""
    await fade(connection, starts, starts.c.at, starts.c.key == key)
    await connection.execute(sa.delete(touches).where(touches.c.key == key))


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """The same for starts before a moment, and for people who followed no link since."""
    await fade(connection, starts, starts.c.at, starts.c.at < to_utc(moment))
    await connection.execute(sa.delete(touches).where(touches.c.last_at < to_utc(moment)))
