"""The staff are told each Monday how it goes, and of what falls and who waits once each, also over a restart."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from bot.base.settings import Staff, Watch
from bot.desk.staff_group import STAFF
from bot.reports import falls
from bot.storage import conversations, ratings
from bot.storage.database import VIETNAM, Database
from bot.watch.summary import Summary
from handlers.dialogue.message import Message
from handlers.dialogue.records import Offered, Rated
from tests.bot.watch.conftest import MakeApp, Watched

MONDAY = datetime.datetime(2026, 11, 23, 7, 59, tzinfo=VIETNAM)


async def rated(database: Database, day: datetime.date, subject: str, levels: Sequence[int]) -> None:
    at = datetime.datetime.combine(day, datetime.time(12), VIETNAM)
    async with database.begin() as connection:
        for number, level in enumerate(levels):
            who, offer = f"{day}-{number}", f"{subject}-{day}-{number}"
            await ratings.offer(connection, who, Offered(offer, "answer", subject), at)
            await ratings.rate(connection, who, Rated(offer, level), at)


async def asked(watched: Watched, number: int, at: datetime.datetime) -> None:
    """A citizen waits for the staff from a moment on."""
    async with watched.app.database.begin() as connection:
        await conversations.open_new(connection, number, f"{number:064x}", f"k{number}", "Sổ tôi sai tên?", at)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


async def look(watched: Watched, at: datetime.datetime) -> list[str]:
    """What the group has been told in all after a look at a moment."""
    watched.clock.forward(seconds=(at - watched.clock()).total_seconds())
    await Summary(watched.app).look(watched.clock())  # each time as after a restart
    return await watched.told_staff()


async def test_monday_morning_brings_three_lines_once(make_watched: MakeApp, database: Database) -> None:
    watched = make_watched(Watch(conversation_hours=0))
    await rated(database, day("2026-11-18"), "pension_age", [5] * 45 + [2] * 5)
    await rated(database, day("2026-11-11"), "pension_age", [5] * 30 + [2] * 20)
    await asked(watched, 7, MONDAY - datetime.timedelta(hours=5))
    assert await look(watched, MONDAY) == []
    (told,) = await look(watched, MONDAY + datetime.timedelta(minutes=1))
    lines = told.splitlines()
    assert lines[0] == "📊 <b>Tuần 47, từ 16/11/2026 đến 22/11/2026</b>"
    assert lines[1] == (
        "1. Hài lòng <b>90%</b> (khoảng tin cậy từ 78,64% đến 95,65%, 50 phiếu; mục tiêu 90%). "
        "Tuần trước đó 60%: tăng, hơn mức ngẫu nhiên."
    )
    assert lines[2] == "2. Không mục nào bị đánh giá thấp đi hơn mức ngẫu nhiên."
    assert lines[3] == "3. <b>1</b> người đang chờ cán bộ; lâu nhất là #K7, 5 giờ."
    for later in (2, 600, 60 * 24 * 6):
        assert len(await look(watched, MONDAY + datetime.timedelta(minutes=later))) == 1
    assert len(await look(watched, MONDAY + datetime.timedelta(days=7, minutes=1))) == 2


async def test_a_monday_that_was_missed_is_made_up_for(make_watched: MakeApp) -> None:
    watched = make_watched()
    (told,) = await look(watched, MONDAY + datetime.timedelta(days=3))
    assert "Không có phiếu đánh giá nào trong tuần" in told
    assert "Không ai đang chờ cán bộ" in told


async def test_without_a_group_nothing_is_told(make_watched: MakeApp) -> None:
    watched = make_watched(staff=Staff())
    await asked(watched, 7, MONDAY - datetime.timedelta(days=2))
    assert await look(watched, MONDAY + datetime.timedelta(hours=1)) == []


# --- what falls ------------------------------------------------------------------------------------


async def test_an_answer_that_falls_is_told_once_in_the_weeks_it_is_counted_over(
    make_watched: MakeApp, database: Database
) -> None:
    watched, monday = make_watched(), MONDAY + datetime.timedelta(hours=1)
    name = watched.app.records.topics.subject_name("answer", "pension_age")
    await rated(database, day("2026-10-01"), "pension_age", [5] * 90 + [1] * 10)
    await rated(database, day("2026-11-20"), "pension_age", [5] * 20 + [1] * 20)
    weekly, fell = sorted(await look(watched, monday))[::-1]
    assert f"2. Bị đánh giá thấp đi trong bốn tuần: «{name}» 50% (trước 90%)." in weekly + fell
    assert f"«{name}»: bốn tuần qua hài lòng 50% (40 phiếu), ba tháng trước đó 90% (100 phiếu)" in weekly + fell
    for days in (1, 2, 6):
        assert len(await look(watched, monday + datetime.timedelta(days=days))) == 2


@pytest.mark.parametrize(
    ("of_late", "before"),
    [
        ([5] * 14 + [1] * 15, [5] * 90 + [1] * 10),  # too few of late
        ([5] * 20 + [1] * 20, [5] * 29),  # too few before
        ([5] * 34 + [1] * 6, [5] * 90 + [1] * 10),  # 85 % after 90 %: may be chance
        ([5] * 30 + [1] * 10, [5] * 90 + [1] * 10),  # 75 % after 90 %: on one of so many days it may be
        ([5] * 40, [5] * 50 + [1] * 50),  # rose
    ],
)
async def test_what_may_be_chance_is_no_fall(
    make_watched: MakeApp, database: Database, of_late: list[int], before: list[int]
) -> None:
    await rated(database, day("2026-10-01"), "pension_age", before)
    await rated(database, day("2026-11-20"), "pension_age", of_late)
    assert await falls.fallen(make_watched().app.records, MONDAY.date()) == ()


async def test_the_more_is_compared_the_surer_a_fall_must_be(make_watched: MakeApp, database: Database) -> None:
    records = make_watched().app.records
    await rated(database, day("2026-10-01"), "pension_age", [5] * 90 + [1] * 10)
    await rated(database, day("2026-11-20"), "pension_age", [5] * 33 + [1] * 17)  # 66 % after 90 %: alone a fall
    assert [each.subject for each in await falls.fallen(records, MONDAY.date())] == ["pension_age"]
    for number in range(30):
        for when in ("2026-10-01", "2026-11-20"):
            await rated(database, day(when), f"other{number}", [5] * 30)
    assert await falls.fallen(records, MONDAY.date()) == ()


# --- who waits -------------------------------------------------------------------------------------


async def test_who_waits_too_long_is_told_once_under_their_mark(make_watched: MakeApp) -> None:
    watched = make_watched(Watch(conversation_hours=6))
    since = datetime.datetime(2026, 11, 23, 6, 0, tzinfo=VIETNAM)  # before the three lines
    await asked(watched, 7, since)
    told = []
    for minutes in (359, 360, 361, 600, 3000):
        lines = await look(watched, since + datetime.timedelta(minutes=minutes))
        told.append([each for each in lines if each.startswith("#K7 · ")])
    assert list(map(len, told)) == [0, 1, 1, 1, 1]
    assert "đã chờ cán bộ 6 giờ" in told[-1][0]


async def test_who_was_answered_waits_no_more_until_they_write_again(make_watched: MakeApp) -> None:
    watched = make_watched(Watch(conversation_hours=6))
    since = datetime.datetime(2026, 11, 23, 6, 0, tzinfo=VIETNAM)
    await asked(watched, 7, since)
    async with watched.app.database.begin() as connection:
        await conversations.add(connection, 7, "staff", "s1", "Bác chờ nhé", since + datetime.timedelta(hours=1))
    assert not any("#K7 ·" in each for each in await look(watched, since + datetime.timedelta(hours=9)))
    async with watched.app.database.begin() as connection:
        await conversations.add(connection, 7, "citizen", "c2", "Tôi chờ đây", since + datetime.timedelta(hours=9))
    assert any("#K7 ·" in each for each in await look(watched, since + datetime.timedelta(hours=15)))
    late = Message("tick", "tick:waits:7:then", watched.clock(), "waits|7|9")
    async with watched.app.database.begin() as connection:  # answered between the look and the tick
        await conversations.add(connection, 7, "staff", "s2", "Xong rồi ạ", since + datetime.timedelta(hours=16))
    before = len(await watched.told_staff())
    await watched.app.delivery.send(await watched.app.desk.take(watched.channel.inbound("7", late)))
    assert len(await watched.told_staff()) == before


async def test_a_reminder_that_can_not_reach_the_group_is_no_word_of_who_waits(make_watched: MakeApp) -> None:
    watched = make_watched(Watch(conversation_hours=6))
    await asked(watched, 7, watched.clock())
    reminder = Message("tick", "tick:waits:7:now", watched.clock(), "waits|7|6")
    await watched.app.desk.take(watched.channel.inbound("7", reminder))
    told = await watched.app.desk.barred(STAFF)  # whose words wait is told so: here nobody's do
    assert told == ()
