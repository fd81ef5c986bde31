"""Ratings: one row per offer, made when it is offered and filled when it is rated.

So the response rate and the index come from the same rows under the same filter.
"""

from __future__ import annotations

import datetime
import secrets

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import postgresql, questions, upsert
from bot.storage.database import to_day, to_local, to_utc
from bot.storage.fading import NOBODY, fade
from bot.storage.schema import ratings, touches
from handlers.dialogue.records import LOW, NOT_MY_QUESTION, Commented, Explained, Offered, Rated

_CAMPAIGN = sa.select(touches.c.first_code).where(touches.c.key == sa.bindparam("of")).scalar_subquery()
_OFFERED = sa.select(ratings.c.subject, ratings.c.offered_at, ratings.c.asked_for).where(
    ratings.c.key == sa.bindparam("of")
)

_IN_NO_ORDER = sa.text(
    "UPDATE ratings SET rowid = -1 - abs(random() % 4611686018427387904) WHERE key = :whose AND offer = :token"
)


async def offer(
    connection: AsyncConnection, key: str, offered: Offered, now: datetime.datetime, channel: str | None = None
) -> None:
    """Note that a rating was asked for on a channel; a second asking with the same token is the same one."""
    day = to_day(now)
    row = {
        "key": key,
        "offer": offered.offer,
        "offered_at": to_utc(now),
        "kind": offered.kind,
        "subject": offered.subject,
        "asked_for": offered.asked_for,
        "month": day.replace(day=1),
        "day": day,
        "channel": channel,
        "of": key,
    }
    await upsert.add_new(connection, ratings, row, (("campaign", _CAMPAIGN),))


async def rate(connection: AsyncConnection, key: str, rated: Rated, now: datetime.datetime) -> None:
    """Set the level of an offer, or change it; a better level drops the reason and the comment of a worse one."""
    values: dict[str, object] = {"level": rated.level, "rated_at": to_utc(now)}
    if rated.level > LOW:
        values |= {"reason": None, "comment": None}
    await connection.execute(_row(key, rated.offer).values(values))


async def explain(connection: AsyncConnection, key: str, explained: Explained) -> None:
    await connection.execute(_row(key, explained.offer).values(reason=explained.reason))
    if explained.reason == NOT_MY_QUESTION:
        await questions.to_be_grouped(connection, key, explained.offer)


async def comment(connection: AsyncConnection, key: str, commented: Commented) -> None:
    await connection.execute(_row(key, commented.offer).values(comment=commented.text))


def _row(key: str, offer: str) -> sa.Update:
    return sa.update(ratings).where(ratings.c.key == key, ratings.c.offer == offer)


async def offered_before(connection: AsyncConnection, key: str) -> tuple[frozenset[str], datetime.datetime | None]:
    """The subjects a person was asked to rate, and when they were last asked unasked."""
    rows = (await connection.execute(_OFFERED, {"of": key})).all()
    unasked = [row.offered_at for row in rows if not row.asked_for]
    return frozenset(row.subject for row in rows), to_local(max(unasked)) if unasked else None


async def forget(connection: AsyncConnection, key: str) -> None:
    """Comment, reason, campaign and channel go; subject and level stay as an anonymous fact."""
    await _forget(connection, ratings.c.key == key)


async def forget_before(connection: AsyncConnection, moment: datetime.datetime) -> None:
    """The same for every rating offered before a moment."""
    await _forget(connection, ratings.c.offered_at < to_utc(moment))


async def erase_comments(connection: AsyncConnection, before: datetime.datetime) -> None:
    """Drop the comments under ratings offered before a moment."""
    old = sa.and_(ratings.c.offered_at < to_utc(before), ratings.c.comment.is_not(None))
    await connection.execute(sa.update(ratings).where(old).values(comment=None))


async def _forget(connection: AsyncConnection, whose: sa.ColumnElement[bool]) -> None:
    keyed = sa.select(ratings.c.key, ratings.c.offer).where(whose, ratings.c.key != NOBODY)
    rows = (await connection.execute(keyed)).all()
    if not rows:
        return
    renamed = (
        sa.update(ratings)
        .where(ratings.c.key == sa.bindparam("whose"), ratings.c.offer == sa.bindparam("token"))
        .values(offer=sa.bindparam("nameless"))
    )
    # a token holds the day or the delivery: those of nobody are told apart by chance alone
    named = [{"whose": row.key, "token": row.offer, "nameless": secrets.token_hex(16)} for row in rows]
    await connection.execute(renamed, named)
    if connection.dialect.name != postgresql.NAME:  # the order in which they came stands in a number nobody sees
        await connection.execute(_IN_NO_ORDER, [{"whose": each["whose"], "token": each["nameless"]} for each in named])
    cleared = dict.fromkeys(("comment", "reason", "campaign", "channel"))
    await fade(connection, ratings, ratings.c.offered_at, whose, also=(ratings.c.rated_at,), **cleared)
