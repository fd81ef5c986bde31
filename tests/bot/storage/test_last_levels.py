"""What a person rated last counts for them, however near the times are."""

from __future__ import annotations

import datetime

import pytest
import sqlalchemy as sa

from bot.storage import rating_counts, ratings, schema
from bot.storage.counted import Days
from bot.storage.database import Database
from bot.storage.rating_counts import Where
from handlers.dialogue.records import Commented, Explained, Offered, Rated
from tests.conftest import TODAY

YEAR = Days(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31), whole_months=True)
MONTH = Days(datetime.date(2026, 11, 1), datetime.date(2026, 11, 30), whole_months=True)


@pytest.mark.parametrize("days", [YEAR, MONTH], ids=["year", "month"])
async def test_the_last_rating_of_each_person_counts(database: Database, days: Days) -> None:
    given = {"a": [(0, 5), (500_000, 1)], "b": [(0, 1), (1, 2), (999_999, 4)], "c": [(250_000, 3)]}
    async with database.begin() as connection:
        for person, levels in given.items():
            for microseconds, level in levels:
                at = TODAY + datetime.timedelta(microseconds=microseconds)
                offer = Offered(str(microseconds), "answer", "x", asked_for=False)
                await ratings.offer(connection, person, offer, at)
                await ratings.rate(connection, person, Rated(offer.offer, level), at)
    async with database.read() as connection:
        assert await rating_counts.last_levels(connection, days, Where()) == {1: 1, 4: 1, 3: 1}


async def test_what_was_said_under_a_low_level_goes_with_it_and_stays_under_another_low_one(database: Database) -> None:
    async with database.begin() as connection:
        await ratings.offer(connection, "p", Offered("o", "answer", "tax"), TODAY)
        await ratings.rate(connection, "p", Rated("o", 1), TODAY)
        await ratings.explain(connection, "p", Explained("o", "other"))
        await ratings.comment(connection, "p", Commented("o", "chữ nhiều quá"))
        said = sa.select(schema.ratings.c.reason, schema.ratings.c.comment)
        for level, kept in ((2, ("other", "chữ nhiều quá")), (5, (None, None))):
            await ratings.rate(connection, "p", Rated("o", level), TODAY)
            assert tuple((await connection.execute(said)).one()) == kept
