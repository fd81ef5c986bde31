"""Campaigns, the links that were followed, and what came of each.

Codes are kept in small letters, so that those which differ only by case are one.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import upsert
from bot.storage.database import to_local, to_utc
from bot.storage.fading import NOBODY, fade
from bot.storage.schema import campaigns, estimates, questions, ratings, reminders_set, starts, touches
from handlers.dialogue.memory import CampaignTouch
from handlers.dialogue.records import Started

PlaceKind = Literal["commune", "village", "market", "cooperative"]
PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)

_KNOWN = starts.c.campaign == "known"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A link that is given out at a place; what is None was not said.

    `collaborator`: a label of who gives it out, no name. `begins`, `ends`: its first and last day. `greeting`: said in
    the place of the ordinary one. `opens`: an entry, or «calc_» and a calculation. `cost`: in dong, of all of it.
    `closed_at`: when somebody ended it before its time; `made_at`: when it was kept first.
    """

    code: str
    name: str
    place: str
    place_kind: PlaceKind | None = None
    collaborator: str | None = None
    begins: datetime.date | None = None
    ends: datetime.date | None = None
    greeting: str | None = None
    opens: str | None = None
    cost: int | None = None
    closed_at: datetime.datetime | None = None
    made_at: datetime.datetime | None = None

    def touch(self, today: datetime.date) -> CampaignTouch:
        """How it counts when its link is followed on a day."""
        if self.closed_at is not None or (self.ends is not None and self.ends < today):
            return "expired"
        return "early" if self.begins is not None and today < self.begins else "known"


@dataclass(frozen=True, slots=True)
class CampaignCount:
    """What came of a campaign: people are counted to the one that first touched them, and what they did to it from
    then on, as in every report. What they did before came by no campaign.

    `reminders`: how many they asked for. `outside`: starts before its first or after its last day, which touched
    nobody.
    """

    campaign: Campaign
    starts: int = 0
    people: int = 0
    people_answered: int = 0
    estimates: int = 0
    reminders: int = 0
    ratings: int = 0
    outside: int = 0


_STORED = tuple(each.name for each in dataclasses.fields(Campaign) if each.name not in ("code", "made_at", "closed_at"))


def _of(row: Any) -> Campaign:
    values: Mapping[str, Any] = {name: getattr(row, name) for name in _STORED}
    closed = None if row.closed_at is None else to_local(row.closed_at)
    return Campaign(row.code, **values, closed_at=closed, made_at=to_local(row.at))


async def add(connection: AsyncConnection, campaign: Campaign, now: datetime.datetime) -> bool:
    """Keep a new campaign; False when its code is taken."""
    row = {"code": campaign.code.lower(), **_values(campaign), "at": to_utc(now)}
    return await upsert.add_new(connection, campaigns, row)


async def change(connection: AsyncConnection, campaign: Campaign) -> bool:
    """Everything of it but its code, and whether it is closed; False when there is none of this code."""
    statement = sa.update(campaigns).where(campaigns.c.code == campaign.code.lower()).values(_values(campaign))
    return bool((await connection.execute(statement)).rowcount)


async def close(connection: AsyncConnection, code: str, now: datetime.datetime | None) -> bool:
    """End a campaign now; with None it is open again. False when nothing changed by it."""
    of_code, ends = campaigns.c.code == code.lower(), now is not None
    changes = campaigns.c.closed_at.is_(None) if ends else campaigns.c.closed_at.is_not(None)
    statement = sa.update(campaigns).where(of_code, changes).values(closed_at=to_utc(now) if now is not None else None)
    return bool((await connection.execute(statement)).rowcount)


def _values(campaign: Campaign) -> dict[str, object]:
    return {name: getattr(campaign, name) for name in _STORED}


async def find(connection: AsyncConnection, code: str) -> Campaign | None:
    """The campaign of a code, in letters of either case; None where there is none."""
    row = (await connection.execute(_FIND, {"wanted": code.lower()})).first()
    return None if row is None else _of(row)


_FIND = sa.select(campaigns).where(campaigns.c.code == sa.bindparam("wanted"))


async def started(
    connection: AsyncConnection,
    key: str,
    start: Started,
    now: datetime.datetime,
    channel: str | None = None,
    *,
    in_group: bool = False,
) -> None:
    """A /start; a code that counts is the person's last touch, and their first if they had none.

    A group (`in_group`) is no person: its start is counted as nobody's, and touches nobody.
    """
    whose = NOBODY if in_group else key
    row = {"key": whose, "at": to_utc(now), "campaign": start.campaign, "code": start.code, "channel": channel}
    await connection.execute(sa.insert(starts).values(row))
    if start.code is None or start.campaign != "known" or in_group:
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
    """Every campaign, in the order of their making, without what came of it."""
    query = sa.select(campaigns).order_by(campaigns.c.at, campaigns.c.code)
    return [_of(row) for row in await connection.execute(query)]


async def list_all(connection: AsyncConnection) -> list[CampaignCount]:
    """Every campaign with its counts, in the order of their making."""

    def by_first(counted: sa.ColumnElement[int], table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.Subquery:
        joined = sa.join(touches, table, sa.and_(table.c.key == touches.c.key, table.c.at >= touches.c.first_at))
        query = sa.select(touches.c.first_code.label("code"), counted.label("n")).select_from(joined).where(*where)
        return query.group_by(touches.c.first_code).subquery()

    rated = sa.select(ratings.c.campaign.label("code"), sa.func.count().label("n"))
    rated = rated.where(ratings.c.campaign.is_not(None), ratings.c.level.is_not(None)).group_by(ratings.c.campaign)

    counts = {
        "starts": _starts(_KNOWN).subquery(),
        "people": sa.select(touches.c.first_code.label("code"), sa.func.count().label("n"))
        .group_by(touches.c.first_code)
        .subquery(),
        "people_answered": by_first(
            sa.func.count(sa.distinct(questions.c.key)), questions, questions.c.answered.is_not(None)
        ),
        "estimates": by_first(sa.func.count(), estimates),
        "reminders": by_first(sa.func.count(), reminders_set),
        "ratings": rated.subquery(),
        "outside": _starts(~_KNOWN).subquery(),
    }
    query = sa.select(
        campaigns, *(sa.func.coalesce(count.c.n, 0).label(name) for name, count in counts.items())
    ).order_by(campaigns.c.at, campaigns.c.code)
    source: sa.FromClause = campaigns
    for count in counts.values():
        source = source.outerjoin(count, count.c.code == campaigns.c.code)
    rows = (await connection.execute(query.select_from(source))).all()
    return [CampaignCount(_of(row), *(getattr(row, name) for name in counts)) for row in rows]


def _starts(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """How many starts each campaign has."""
    counted = sa.select(starts.c.code, sa.func.count().label("n")).where(starts.c.code.is_not(None), *where)
    return counted.group_by(starts.c.code)


async def in_span(
    connection: AsyncConnection, since: datetime.datetime, until: datetime.datetime
) -> list[CampaignCount]:
    """Every campaign with its starts and the people it first touched from `since` up to (not including) `until`.

    The times are as stored; the other counts stay 0.
    """
    begun = _starts(_KNOWN, starts.c.at >= since, starts.c.at < until).subquery()
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
    return [CampaignCount(_of(row), row.starts, row.people) for row in rows]


async def all_starts(connection: AsyncConnection) -> dict[str, int]:
    """How often the link of each campaign was followed in its time, from the first day on."""
    return {row.code: row.n for row in await connection.execute(_starts(_KNOWN))}


async def other_starts(
    connection: AsyncConnection, since: datetime.datetime | None = None, until: datetime.datetime | None = None
) -> dict[CampaignTouch, int]:
    """Starts that came by no campaign, by why; from `since` up to (not including) `until`, times as stored."""
    query = sa.select(starts.c.campaign, sa.func.count().label("n")).where(~_KNOWN).group_by(starts.c.campaign)
    if since is not None:
        query = query.where(starts.c.at >= since)
    if until is not None:
        query = query.where(starts.c.at < until)
    return {row.campaign: row.n for row in await connection.execute(query)}


async def forget(connection: AsyncConnection, key: str) -> None:
    """A start stays counted to its campaign and day; which links a person followed goes."""
    await fade(connection, starts, starts.c.at, starts.c.key == key)
    await connection.execute(sa.delete(touches).where(touches.c.key == key))


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """The same for starts before a moment, and for people who followed no link since."""
    await fade(connection, starts, starts.c.at, starts.c.at < to_utc(moment))
    await connection.execute(sa.delete(touches).where(touches.c.last_at < to_utc(moment)))
