"""What is kept of people: what they delete is gone and its counts stay, and what is old goes by itself."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot.desk.channel import Inbound
from bot.desk.desk import Desk
from bot.storage import schema, unanswered
from bot.storage.counted import Days
from bot.storage.database import Database, to_utc
from bot.storage.fading import CROWD, NOBODY
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message, MessageKind
from tests.commands import Ended
from tests.conftest import TODAY, Clock, make_desk

MONTH = datetime.datetime(2026, 11, 1, tzinfo=TODAY.tzinfo)
LEVELS = ("Rất không hài lòng", "Khó hiểu")


async def says(desk: Desk, clock: Clock, person: str, *texts: str, kind: MessageKind = "text") -> None:
    for text in texts:
        clock.now += datetime.timedelta(seconds=1)
        message = Message(kind, f"{person}-{clock.now.timestamp()}", clock(), text)
        await desk.take(Inbound("telegram", person, f"chat-{person}", message))


async def rows(database: Database, table: str) -> list[dict[str, Any]]:
    async with database.read() as connection:
        return [dict(row._mapping) for row in await connection.execute(sa.select(schema.metadata.tables[table]))]


async def one_rating(desk: Desk, clock: Clock, person: str) -> None:
    """Two questions, a low rating with a reason and a comment, and an estimate."""
    await says(desk, clock, person, "đóng mấy năm thì có lương hưu")
    await says(desk, clock, person, "mức đóng thấp nhất là bao nhiêu", "không hài lòng", "chữ nhỏ quá")
    await says(desk, clock, person, "/tinhdong", "500k", "khác", "hằng tháng")


async def test_deleting_leaves_month_topic_and_level_and_nothing_that_leads_to_the_person(
    desk: Desk, database: Database, clock: Clock
) -> None:
    await one_rating(desk, clock, "7")
    await one_rating(desk, clock, "8")
    before = {name: await rows(database, name) for name in ("questions", "ratings", "estimates")}
    keys = {row["key"] for row in before["ratings"]}
    assert len(keys) == 2
    await says(desk, clock, "7", "forget|yes", kind="press")
    for name, was in before.items():
        now = await rows(database, name)
        assert len(now) == len(was), f"a fact of {name} was lost"
        faded = [row for row in now if row["key"] == NOBODY]
        assert len(faded) == len(was) / 2
        others = [row for row in now if row["key"] != NOBODY]
        assert others == [row for row in was if row["key"] in {other["key"] for other in others}]
        for row in faded:
            assert row.get("at", row.get("offered_at")) == to_utc(MONTH)
            assert not row.get("text")
            assert not row.get("comment")
            assert not row.get("reason")
            assert not row.get("delivery")
    faded_rating = next(row for row in await rows(database, "ratings") if row["key"] == NOBODY)
    assert (faded_rating["level"], faded_rating["subject"]) == (2, "min_income")
    assert faded_rating["offer"] not in {row["offer"] for row in before["ratings"]}
    assert not any(row["key"] == NOBODY for row in await rows(database, "states"))


async def test_the_day_stays_only_in_a_crowd_and_the_number_of_a_row_tells_no_order(
    desk: Desk, database: Database, clock: Clock
) -> None:
    people = [str(number) for number in range(CROWD)]
    for person in people:
        await one_rating(desk, clock, person)
    before = {name: await rows(database, name) for name in ("questions", "estimates")}
    for person in people:  # the first four are of five, four, three, two that are still known
        await says(desk, clock, person, "forget|yes", kind="press")
    today = TODAY.date()
    for name in ("questions", "ratings", "estimates"):
        faded = [row for row in await rows(database, name) if row["key"] == NOBODY]
        days = [row["day"] for row in faded]
        of_one = len(days) // CROWD
        assert days.count(today) == of_one, name
        assert days.count(today.replace(day=1)) == len(days) - of_one, name
        for row in faded:
            stamp = row.get("at", row.get("offered_at"))
            assert stamp == to_utc(datetime.datetime.combine(row["day"], datetime.time(), TODAY.tzinfo))
            assert row.get("hour") is None
        if name in before:
            assert all(row["id"] < 0 for row in faded)
            assert not {row["id"] for row in faded} & {row["id"] for row in before[name]}
    await one_rating(desk, clock, "new")
    assert min(row["id"] for row in await rows(database, "questions") if row["key"] != NOBODY) > max(
        row["id"] for row in before["questions"]
    )


async def test_what_was_left_unanswered_stays_so_when_its_person_is_forgotten(
    desk: Desk, database: Database, clock: Clock
) -> None:
    await says(desk, clock, "7", "đóng mấy năm thì có lương hưu", "mức đóng thấp nhất là bao nhiêu", "không hài lòng")
    await says(desk, clock, "7", "Không đúng câu hỏi")
    span = Days(TODAY.date(), TODAY.date(), whole_months=False)
    month = Days(TODAY.date().replace(day=1), TODAY.date().replace(day=30), whole_months=True)
    async with database.read() as connection:
        assert (await unanswered.counts(connection, span))["wrong"] == 1
    await says(desk, clock, "7", "forget|yes", kind="press")
    async with database.read() as connection:
        assert (await unanswered.counts(connection, month))["wrong"] == 1


async def test_two_who_delete_do_not_stand_in_each_others_way(desk: Desk, database: Database, clock: Clock) -> None:
    for person in ("7", "8"):
        await says(desk, clock, person, "/danhgia", "hài lòng")
        await says(desk, clock, person, "forget|yes", kind="press")
    assert [row["level"] for row in await rows(database, "ratings")] == [4, 4]


async def test_words_go_first_and_then_whose_they_were(
    desk: Desk, database: Database, clock: Clock, resources: Resources
) -> None:
    kept = resources.manner.kept
    await one_rating(desk, clock, "7")
    begun = clock.now

    async def after(days: int) -> tuple[dict[str, Any], dict[str, Any]]:
        clock.now = begun + datetime.timedelta(days=days)
        await desk.tidy()
        return (await rows(database, "questions"))[0], (await rows(database, "ratings"))[0]

    question, rating = await after(kept.questions - 1)
    assert question["text"]
    question, rating = await after(kept.questions + 1)
    assert (question["text"], question["answered"]) == ("", "pension_min_years")
    assert rating["comment"] == "chữ nhỏ quá"
    question, rating = await after(kept.comments + 1)
    assert rating["comment"] is None
    assert rating["key"] != NOBODY
    question, rating = await after(kept.people + 1)
    assert question["key"] == rating["key"] == NOBODY
    assert rating["offered_at"] == to_utc(MONTH)
    assert rating["level"] == 2


async def test_a_month_is_the_month_in_vietnam(desk: Desk, database: Database, clock: Clock) -> None:
    clock.now = datetime.datetime(2026, 12, 1, 3, 0, tzinfo=TODAY.tzinfo)  # still 30 November in UTC
    await says(desk, clock, "7", "/danhgia", "hài lòng")
    await says(desk, clock, "7", "forget|yes", kind="press")
    (rating,) = await rows(database, "ratings")
    assert rating["offered_at"] == to_utc(datetime.datetime(2026, 12, 1, tzinfo=TODAY.tzinfo))


async def test_what_was_said_in_a_form_is_gone_a_day_after_it_began_however_busy_the_person(
    database: Database, resources: Resources, clock: Clock
) -> None:
    desk = make_desk(database, resources, clock)
    await says(desk, clock, "7", "/tinhdong", "500k")
    for _ in range(5):
        clock.now += datetime.timedelta(hours=5)
        await says(desk, clock, "7", "mức đóng thấp nhất là bao nhiêu")
    (state,) = await rows(database, "states")
    assert not {"form", "result"} & json.loads(state["state"]).keys()


def test_a_person_is_deleted_on_the_command_line(bhxh: Callable[..., Ended], outside: object) -> None:
    assert bhxh("migrate").code == 0
    ended = bhxh("delete-person", "12345")
    assert (ended.code, "12345" in ended.out) == (0, False)


@pytest.mark.parametrize("answer", ["", "maybe"])
async def test_nothing_is_deleted_without_the_confirmation(
    desk: Desk, database: Database, clock: Clock, answer: str
) -> None:
    await says(desk, clock, "7", "/danhgia", "hài lòng")
    await says(desk, clock, "7", f"forget|{answer}", kind="press")
    (rating,) = await rows(database, "ratings")
    assert rating["key"] != NOBODY
