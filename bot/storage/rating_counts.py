"""Ratings counted for reports: a million rows without sorting them; the time of a rating is that of its offer."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import postgresql
from bot.storage.counted import Days, grouped
from bot.storage.schema import campaigns, ratings

RatingColumn = Literal["at", "kind", "subject", "campaign", "channel"]
_ORDER = ("asked_for", "level", "kind", "subject", "campaign", "channel")


@dataclass(frozen=True, slots=True)
class Where:
    """Which ratings; what is None narrows nothing. `campaign` "": of people who came by no campaign;
    `channel` "": of which none is known.
    """

    kind: str | None = None
    subjects: Collection[str] | None = None
    not_subjects: Collection[str] | None = None
    campaign: str | None = None
    place: str | None = None
    channel: str | None = None
    collaborator: str | None = None

    def clauses(self) -> list[sa.ColumnElement[bool]]:
        found: list[sa.ColumnElement[bool]] = []
        if self.kind is not None:
            found.append(ratings.c.kind == self.kind)
        if self.subjects is not None:
            found.append(ratings.c.subject.in_(sorted(self.subjects)))
        if self.not_subjects is not None:
            found.append(ratings.c.subject.not_in(sorted(self.not_subjects)))
        if self.campaign is not None:
            found.append(ratings.c.campaign == self.campaign if self.campaign else ratings.c.campaign.is_(None))
        if self.place is not None:
            found.append(_of_links(campaigns.c.place == self.place))
        if self.channel is not None:
            found.append(ratings.c.channel == self.channel if self.channel else ratings.c.channel.is_(None))
        if self.collaborator is not None:
            found.append(_of_links(campaigns.c.collaborator == self.collaborator))
        return found


def _of_links(which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return ratings.c.campaign.in_(sa.select(campaigns.c.code).where(which))


@dataclass(frozen=True, slots=True)
class RatingCount:
    """How many ratings have this in common; what was not asked for is None. `level` None: offered, not rated."""

    asked_for: bool
    level: int | None
    n: int
    at: datetime.date | None = None
    kind: str | None = None
    subject: str | None = None
    campaign: str | None = None
    channel: str | None = None


async def cells(
    connection: AsyncConnection, days: Days, where: Where, by: Sequence[RatingColumn] = ()
) -> list[RatingCount]:
    """The offers of a span counted by level, by whether they were asked for, and by `by`."""
    query = grouped(days, ratings, (*by, "asked_for", "level"), _ORDER, where.clauses())
    return [RatingCount(**row._mapping) for row in await connection.execute(query)]


async def last_levels(connection: AsyncConnection, days: Days, where: Where) -> dict[int, int]:
    """How many people gave each level in their last rating of the span; people who were forgotten are not known."""
    of_people = sa.and_(
        days.within_in_order_of_people(ratings), ratings.c.level.is_not(None), ratings.c.key != "", *where.clauses()
    )
    last = _last_on_server(of_people) if connection.dialect.name == postgresql.NAME else _last_in_file(of_people)
    rows = await connection.execute(sa.select(last.c.level, sa.func.count().label("n")).group_by(last.c.level))
    return {int(row.level): row.n for row in rows}


def _last_in_file(wanted: sa.ColumnElement[bool]) -> sa.Subquery:
    """The last level of each person: the time before the level, so that the greatest of both is the last."""
    both = sa.func.max(
        sa.cast(ratings.c.offered_at, sa.String).concat(sa.cast(ratings.c.level, sa.String)),
    ).label("last")
    of_people = sa.select(both).where(wanted).group_by(ratings.c.key).subquery()
    level = sa.func.substr(of_people.c.last, sa.func.length(of_people.c.last)).label("level")
    return sa.select(level).subquery()


def _last_on_server(wanted: sa.ColumnElement[bool]) -> sa.Subquery:
    """The same where times are no texts: microseconds, and in the last three bits the level."""
    seconds = sa.func.date_part("epoch", ratings.c.offered_at, type_=sa.Double)
    both = sa.func.max(sa.cast(seconds * 1_000_000, sa.BigInteger) * 8 + ratings.c.level).label("last")
    of_people = sa.select(both).where(wanted).group_by(ratings.c.key).subquery()
    return sa.select((of_people.c.last % 8).label("level")).subquery()
