"""Databases of earlier versions: what was recorded before is counted after."""

from __future__ import annotations

import datetime
from importlib import resources
from pathlib import Path

import alembic.command
import alembic.config
import sqlalchemy as sa

from bot.reports import activity, satisfaction
from bot.reports.records import Filter, Records, Topics, read_targets
from bot.reports.spans import Span
from bot.storage.database import Database
from bot.storage.schema import estimates, questions

FIRST = "0001"

ROWS = (
    "INSERT INTO touches VALUES ('a', 'cho', '2026-12-01 00:00:00.000000', 'lang', '2026-12-20 00:00:00.000000')",
    "INSERT INTO touches VALUES ('b', 'cho', '2027-01-05 00:00:00.000000', 'cho', '2027-01-05 00:00:00.000000')",
    # 23:30 and 00:30 in Vietnam, on both sides of New Year
    "INSERT INTO ratings VALUES ('a', '1', '2026-12-31 16:30:00.000000', 'answer', 'x', 0, 5, NULL, NULL, NULL)",
    "INSERT INTO ratings VALUES ('b', '2', '2026-12-31 17:30:00.000000', 'answer', 'x', 0, 1, NULL, NULL, NULL)",
    "INSERT INTO questions VALUES (1, 'a', '1', '2026-12-31 17:30:00.000000', 't', 0, 'unknown', '[]', NULL, NULL, 0)",
    "INSERT INTO estimates VALUES (1, 'a', '2026-12-31 16:30:00.000000', 'pension')",
)


def upgrade(connection: sa.Connection, revision: str) -> None:
    configuration = alembic.config.Config()
    configuration.set_main_option("script_location", str(resources.files("bot.storage") / "migrations"))
    configuration.attributes["connection"] = connection
    alembic.command.upgrade(configuration, revision)


async def test_old_ratings_questions_and_estimates_are_counted_on_their_day_in_vietnam(tmp_path: Path) -> None:
    database = Database.in_folder(tmp_path)
    async with database.engine.connect() as connection:
        await connection.run_sync(upgrade, FIRST)
        for row in ROWS:
            await connection.execute(sa.text(row))
        await connection.commit()
    await database.migrate()
    records = Records(database, Topics({}, {}), read_targets())
    old, new = Span.of_year(2026), Span.of_day(datetime.date(2027, 1, 1))
    assert [(await satisfaction.measure(records, span)).index for span in (old, new)] == [1.0, 0.0]
    assert [(await activity.volumes(records, span)).questions for span in (old, new)] == [0, 1]
    assert (await activity.volumes(records, old)).estimates == {"pension": 1}
    assert (await activity.busiest_hours(records, new))[0] == 1
    of_link = Filter(campaign="cho")  # whoever had come by it before the rating was asked for
    assert (await satisfaction.measure(records, old, of_link)).rated == 1
    assert (await satisfaction.measure(records, new, of_link)).rated == 0
    await database.close()


BEFORE_DAYS = "0012"
FORGOTTEN = (
    "INSERT INTO ratings VALUES ('', 'x', '2026-10-31 17:00:00.000000', 'answer', 'x', 0, 5, NULL, NULL, NULL, "
    "'2026-11-01', NULL, NULL)",
    "INSERT INTO questions (id, key, delivery, at, text, masked, decision, entries, month) "
    "VALUES (7, '', '', '2026-10-31 17:00:00.000000', '', 0, 'unknown', '[\"tax\"]', '2026-11-01')",
    "INSERT INTO estimates (id, key, at, calculation, month) "
    "VALUES (3, '', '2026-10-31 17:00:00.000000', 'pension', '2026-11-01')",
)


async def test_who_was_forgotten_before_is_counted_by_the_day_too_and_in_no_order(tmp_path: Path) -> None:
    database = Database.in_folder(tmp_path)
    async with database.engine.connect() as connection:
        await connection.run_sync(upgrade, BEFORE_DAYS)
        for row in FORGOTTEN:
            await connection.exec_driver_sql(row)
        await connection.commit()
    await database.migrate()
    records = Records(database, Topics({}, {}), read_targets())
    span = Span(datetime.date(2026, 1, 1), datetime.date(2026, 11, 26))
    assert (await satisfaction.measure(records, span)).rated == 1
    used = await activity.volumes(records, span)
    assert (used.unknown, used.estimates) == (1, {"pension": 1})
    async with database.begin() as connection:
        for table in (questions, estimates):
            assert await connection.scalar(sa.select(table.c.id).where(table.c.id >= 0)) is None
        later = {
            "key": "a",
            "at": datetime.datetime(2026, 11, 2),
            "calculation": "x",
            "month": datetime.date(2026, 11, 1),
        }
        await connection.execute(sa.insert(estimates).values(**later))
        assert await connection.scalar(sa.select(estimates.c.id).where(estimates.c.key == "a")) == 4
    await database.close()
