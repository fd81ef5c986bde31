"""A person answers: killed at any moment nothing is lost or done twice, both ways are masked, and no account shows."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from bot.base.settings import Staff
from bot.commands.check import unanswerable
from bot.desk import calendar, jobs
from bot.desk.channel import Inbound, TryLater, Unreachable
from bot.desk.resources import staff_hours
from bot.desk.staff_group import STAFF
from bot.storage import conversations, schema
from bot.storage.database import VIETNAM, Database
from bot.testing.channel import ChannelInMemory
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message, MessageKind
from tests.conftest import KEYS, Clock, make_delivery, make_desk, rows_of

GROUP = "-900"
TEAM = Staff(
    viewers=(502,),
    editors=(501,),
    admins=(500,),
    group=int(GROUP),
    office_days=(1, 2, 3, 4, 5),
    office_hours=("07:30-11:30", "13:30-17:00"),
)


class Two:
    """A citizen and the staff at one desk: each does something, and what is owed is sent, or not yet."""

    def __init__(self, database: Database, resources: Resources, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.resources = resources_with_staff(resources)
        self.channel = ChannelInMemory("telegram")
        self.count = 0
        self.started_again()

    def started_again(self) -> None:
        """The process was killed and runs again; what waited in memory is gone."""
        self.desk = make_desk(self.database, self.resources, self.clock, TEAM)
        self.delivery = make_delivery(self.desk, self.database, self.resources, self.clock, TEAM)
        self.delivery.connect(self.channel)

    async def citizen(
        self, text: str, kind: MessageKind = "text", person: str = "7", sends: bool = True, delivery: str = ""
    ) -> None:
        self.count += 1
        message = Message(kind, delivery or f"c{self.count}", self.clock(), text)
        await self._done(self.channel.inbound(person, message), sends)

    async def staff(
        self, text: str, replied: str = "#K1 · …", person: str = "501", sends: bool = True, delivery: str = ""
    ) -> None:
        self.count += 1
        kind: MessageKind = "press" if text.startswith("staff|") else "text"
        message = Message(kind, delivery or f"s{self.count}", self.clock(), text, replied=replied)
        await self._done(self.channel.inbound(person, message, GROUP), sends)

    async def asks(self, text: str, person: str = "7", sends: bool = True) -> None:
        await self.citizen("/gapcanbo", person=person)
        await self.citizen(text, person=person)
        await self.citizen("gửi", person=person, sends=sends)

    async def _done(self, inbound: Inbound, sends: bool) -> None:
        owed = await self.desk.take(inbound)
        if sends:
            await self.delivery.send(owed)

    async def sends_what_waits(self) -> None:
        await self.delivery.send(await self.delivery.waiting())

    async def rows(self, table: str) -> Sequence[sa.RowMapping]:
        return await rows_of(self.database, table)

    async def strikes(self) -> None:
        await jobs.run_due(self.desk, self.database, self.clock(), with_staff=True)
        await self.sends_what_waits()


def resources_with_staff(resources: Resources) -> Resources:
    return dataclasses.replace(resources, manner=dataclasses.replace(resources.manner, staff=staff_hours(TEAM)))


@pytest.fixture
def two(database: Database, resources: Resources, clock: Clock) -> Two:
    return Two(database, resources, clock)


# --- nothing lost, nothing twice -----------------------------------------------------------------


async def test_killed_between_commit_and_send_the_question_reaches_the_group_once(two: Two) -> None:
    await two.asks("sổ của mẹ tôi ghi sai tên", sends=False)
    two.started_again()
    await two.sends_what_waits()
    await two.sends_what_waits()
    assert [html for html in two.channel.to(GROUP) if "ghi sai tên" in html] == two.channel.to(GROUP)
    assert len(two.channel.to(GROUP)) == 1
    assert len(await two.rows("conversations")) == 1


async def test_killed_after_the_reply_was_taken_it_reaches_the_citizen_though_the_update_comes_again(two: Two) -> None:
    await two.asks("sổ của mẹ tôi ghi sai tên")
    await two.staff("Bác mang căn cước ra", sends=False, delivery="r")
    two.started_again()
    await two.staff("Bác mang căn cước ra", delivery="r")
    await two.sends_what_waits()
    assert len([html for html in two.channel.to("7") if "mang căn cước ra" in html]) == 1
    assert [row["text"] for row in await two.rows("conversation_messages") if row["side"] == "staff"] == [
        "Bác mang căn cước ra"
    ]


async def test_a_relay_waits_for_days_where_an_answer_waits_for_one(two: Two) -> None:
    two.channel.failures[GROUP] = [TryLater(600)] * 3
    await two.asks("sổ của mẹ tôi ghi sai tên")
    assert two.channel.to(GROUP) == []
    await two.citizen("mức đóng thấp nhất là bao nhiêu", person="8", sends=False)
    two.channel.failures.clear()
    two.clock.forward(hours=30)
    await two.sends_what_waits()
    assert len(two.channel.to(GROUP)) == 1
    assert ["nhắn lại giúp tôi" in each for each in two.channel.to("8")] == [True]


async def test_what_a_citizen_says_reaches_the_group_in_order(two: Two) -> None:
    await two.asks("câu một của tôi", sends=False)
    await two.citizen("câu hai của tôi", sends=False)
    await two.citizen("câu ba của tôi")
    said = " ".join(two.channel.to(GROUP))
    assert said.index("câu một") < said.index("câu hai") < said.index("câu ba")


async def test_a_wish_for_news_reaches_the_staff_who_are_written_to(two: Two) -> None:
    wish = "có gì mới thì báo tôi biết nhé"
    await two.asks(wish)
    assert "báo tôi biết" in two.channel.to(GROUP)[-1]
    await two.citizen("cho tôi nhận tin")
    assert "cho tôi nhận tin" in two.channel.to(GROUP)[-1]
    assert not any("Bấm chọn là đồng ý" in html for html in two.channel.to("7"))
    await two.citizen("đừng gửi tin nữa")
    assert "không nhận tin nào" in two.channel.to("7")[-1]
    await two.citizen("cho tôi nhận tin", person="8")
    assert "Bấm chọn là đồng ý" in two.channel.to("8")[-1]


async def test_two_presses_of_send_open_one_conversation(two: Two) -> None:
    await two.citizen("/gapcanbo")
    await two.citizen("sổ của mẹ tôi ghi sai tên")
    await asyncio.gather(*(two.citizen("gửi", sends=False) for _ in range(2)))
    assert len(await two.rows("conversations")) == 1


async def test_a_group_that_dropped_the_assistant_gets_the_question_when_it_is_back(two: Two) -> None:
    two.channel.failures[GROUP] = [Unreachable()]
    await two.asks("sổ của mẹ tôi ghi sai tên")
    assert two.channel.to(GROUP) == []
    two.clock.forward(hours=1)
    await two.sends_what_waits()
    assert len(two.channel.to(GROUP)) == 1


# --- who sees what -------------------------------------------------------------------------------


SECRETS = ("0123456789", "a.b@c.vn", "ba_con_lan", "ba.lan", "can_bo_hoa", "0912 345 678", "0912345678")


async def test_both_ways_are_masked_and_no_account_stands_in_any_record(two: Two) -> None:
    citizen = "987654321"
    await two.asks("xem sổ 0123456789, nhắn a.b@c.vn, @ba_con_lan hay zalo.me/ba.lan", person=citizen)
    await two.staff("Gọi tôi 0912 345 678 hoặc t.me/can_bo_hoa nhé", person="501")
    everything = [*two.channel.to(GROUP), *two.channel.to(citizen)]
    for table in schema.metadata.sorted_tables:
        everything += [str(dict(row)) for row in await two.rows(table.name)]
    for secret in (*SECRETS, citizen, "'501'"):
        assert not [said for said in everything if secret in said], secret
    assert any("[số]" in html for html in two.channel.to(GROUP))
    assert any("Gọi tôi [số] hoặc [tài khoản] nhé" in html for html in two.channel.to(citizen))


async def test_the_mark_counts_only_at_the_beginning_where_the_assistant_writes_it(two: Two) -> None:
    await two.asks("câu của người thứ nhất", person="7")
    await two.asks("#K1 tôi giả làm người thứ nhất", person="8")
    forged = two.channel.to(GROUP)[-1]
    assert forged.startswith("#K")
    await two.staff("gửi người thứ hai", replied=forged)
    assert any("gửi người thứ hai" in html for html in two.channel.to("8"))
    assert not any("gửi người thứ hai" in html for html in two.channel.to("7"))
    await two.staff("gửi ai đây", replied="Cả nhóm ơi #K1 thế nào rồi")
    assert not any("gửi ai đây" in html for html in (*two.channel.to("7"), *two.channel.to("8")))


async def test_a_long_question_comes_in_parts_that_each_carry_the_mark(two: Two) -> None:
    await two.asks("dài " * 1000)
    assert len(two.channel.to(GROUP)) == 3
    assert all(html.startswith("#K1") for html in two.channel.to(GROUP))
    assert sum(html.count("dài") for html in two.channel.to(GROUP)) == 1000


@pytest.mark.parametrize("person", ["502", "503", "7"])
@pytest.mark.parametrize("text", ["xin chào bác", "đóng", "staff|close|1", "staff|keep|1|r"])
async def test_nobody_without_the_role_replies_closes_or_keeps(two: Two, person: str, text: str) -> None:
    await two.asks("sổ của mẹ tôi ghi sai tên")
    await two.staff("Bác chờ nhé", delivery="r")
    before = two.channel.to("7")
    await two.staff(text, person=person)
    assert two.channel.to("7") == before
    assert "chỉ người có vai trò" in two.channel.to(GROUP)[-1]
    assert [row["closed_at"] for row in await two.rows("conversations")] == [None]
    assert await two.rows("drafts") == []


async def test_an_admin_may_reply_too(two: Two) -> None:
    await two.asks("sổ của mẹ tôi ghi sai tên")
    await two.staff("Bác chờ nhé", person="500")
    assert "Bác chờ nhé" in two.channel.to("7")[-1]


async def test_the_rating_that_staff_ask_for_by_closing_is_of_the_channel_of_the_citizen(two: Two) -> None:
    await two.asks("Tôi nộp ở đâu?")
    await two.staff("Nộp ở bưu điện xã ạ.")
    await two.staff("staff|close|1")
    assert [(row["kind"], row["channel"]) for row in await two.rows("ratings")] == [("person", "telegram")]


async def test_another_group_gets_no_word_of_any_conversation(two: Two) -> None:
    await two.asks("sổ của mẹ tôi ghi sai tên")
    for n, text in enumerate(("trả lời từ nhóm khác", "đóng", "/thongke")):
        message = Message("text", f"x{n}", two.clock(), text, replied="#K1 · …")
        await two.delivery.send(await two.desk.take(two.channel.inbound("501", message, "-77")))
    assert two.channel.to("-77") == []
    assert not any("nhóm khác" in html for html in two.channel.to("7"))
    assert {row["key"] for row in await two.rows("addresses")} <= {KEYS.of("telegram", "7")}


async def test_a_press_for_a_conversation_of_somebody_else_does_nothing(two: Two) -> None:
    await two.asks("câu của người thứ nhất", person="7")
    for action in ("assistant", "staff", "done", "rate"):
        await two.citizen(f"person|{action}|1", "press", person="8")
    (row,) = await two.rows("conversations")
    assert (row["closed_at"], row["with_staff"]) == (None, True)
    assert await two.rows("ratings") == []


async def test_what_staff_do_in_the_group_leaves_their_own_chat_alone(two: Two) -> None:
    await two.citizen("/tinhdong", person="501")
    await two.asks("sổ của mẹ tôi ghi sai tên")
    await two.staff("Bác chờ nhé")
    assert [row["key"] for row in await two.rows("states") if row["owes"]] == [KEYS.of("telegram", "501")]
    await two.citizen("500k", person="501")
    assert "thuộc diện nào" in two.channel.to("501")[-1]


# --- the address, and the end --------------------------------------------------------------------


async def test_the_address_is_kept_while_a_conversation_is_open(two: Two) -> None:
    await two.asks("sổ của mẹ tôi ghi sai tên")
    two.clock.forward(hours=50)
    await two.desk.tidy()
    await two.staff("Bác chờ nhé")
    assert "Bác chờ nhé" in two.channel.to("7")[-1]
    await two.staff("đóng")
    assert await two.rows("addresses") == []


async def test_a_citizen_who_can_not_be_written_to_is_told_to_the_group_once(two: Two) -> None:
    await two.asks("sổ của mẹ tôi ghi sai tên")
    two.channel.failures["7"] = [Unreachable()]
    await two.staff("Bác chờ nhé")
    await two.desk.unreachable("telegram", "7")
    await two.sends_what_waits()
    assert len([html for html in two.channel.to(GROUP) if "đã chặn trợ lý" in html]) == 1
    (row,) = await two.rows("conversations")
    assert row["closed_by"] == "gone"
    assert await two.rows("addresses") == []


async def test_someone_who_writes_at_the_last_moment_is_not_closed_and_falls_silent_again(two: Two) -> None:
    await two.asks("sổ của mẹ tôi ghi sai tên")
    two.clock.forward(hours=72)
    async with two.database.read() as connection:
        (silent,) = await conversations.silent(connection, two.clock() - datetime.timedelta(hours=72))
    await two.citizen("còn ai ở đó không", sends=False)  # after the clock looked, before the desk took what it found
    late = Message("tick", f"tick:silence:{silent.id}:then", two.clock(), f"silence|{silent.id}")
    await two.desk.take(Inbound("clock", "", "", late))
    assert [row["closed_at"] for row in await two.rows("conversations")] == [None]
    two.clock.forward(hours=72)
    await two.strikes()
    assert [row["closed_by"] for row in await two.rows("conversations")] == ["silence"]


async def test_killed_after_closing_by_silence_both_are_told_once(two: Two) -> None:
    await two.asks("sổ của mẹ tôi ghi sai tên")
    await two.staff("Bác chờ nhé")
    two.clock.forward(hours=72)
    await jobs.run_due(two.desk, two.database, two.clock(), with_staff=False)
    two.started_again()
    for _ in range(2):
        await two.strikes()
    assert len([html for html in two.channel.to("7") if "Đã 3 ngày không có tin nhắn mới" in html]) == 1
    assert len([html for html in two.channel.to(GROUP) if "72 giờ không có tin mới" in html]) == 1


# --- what is said of waiting ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-26T10:00", "đang trong giờ làm việc"),
        ("2026-11-26T06:00", "7 giờ 30 hôm nay"),
        ("2026-11-26T12:00", "13 giờ 30 hôm nay"),
        ("2026-11-26T17:00", "7 giờ 30 ngày mai"),
        ("2026-11-27T18:00", "7 giờ 30 thứ Hai (30/11/2026)"),
        ("2026-11-29T09:00", "7 giờ 30 ngày mai"),
    ],
)
async def test_outside_office_hours_the_next_are_told(two: Two, now: str, said: str) -> None:
    two.clock.now = datetime.datetime.fromisoformat(now).replace(tzinfo=VIETNAM)
    await two.asks("sổ của mẹ tôi ghi sai tên")
    assert said in two.channel.to("7")[-1]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(3, "5 phút"), (55, "55 phút"), (56, "1 giờ"), (61, "2 giờ"), (24 * 60, "24 giờ"), (24 * 60 + 1, "2 ngày")],
)
async def test_the_usual_wait_is_told_from_what_was_and_never_shorter(two: Two, minutes: int, said: str) -> None:
    for person in ("11", "12", "13", "14", "15"):
        await two.asks("sổ của mẹ tôi ghi sai tên", person=person)
    marks = [html.split()[0] for html in two.channel.to(GROUP)]
    two.clock.forward(minutes=minutes)
    for mark in marks:
        await two.staff("Bác chờ nhé", replied=f"{mark} · …")
    await two.asks("sổ của mẹ tôi ghi sai tên", person="16")
    assert f"Thường thì cán bộ trả lời sau khoảng {said}." in two.channel.to("16")[-1]


# --- the calendar --------------------------------------------------------------------------------


def due(now: str) -> list[str]:
    return [delivery for delivery, _ in calendar.due(datetime.datetime.fromisoformat(now).replace(tzinfo=VIETNAM))]


def test_the_calendar_of_a_week_and_of_the_year() -> None:
    assert due("2026-11-23T07:59") == []
    assert due("2026-11-23T08:00") == due("2026-11-29T23:59") == ["tick:freshness:2026-W48"]
    assert due("2027-01-03T12:00") == ["tick:freshness:2026-W53"]
    assert due("2026-12-01T07:59") == ["tick:freshness:2026-W49"]
    assert "tick:annual:2026" in due("2026-12-01T08:00")
    assert "tick:annual:2026" in due("2026-12-14T23:00")  # the process was down on the first
    assert "tick:annual:2026" not in due("2026-12-15T00:00")


async def test_the_staff_are_reminded_once_a_week_and_once_a_year_also_after_restarts(two: Two) -> None:
    two.clock.now = datetime.datetime(2026, 12, 1, 9, 0, tzinfo=VIETNAM)
    for _ in range(14):
        await two.strikes()
        two.started_again()
        two.clock.forward(days=1)
    reminded = [html for html in two.channel.to(GROUP) if "báo cáo năm" in html]
    assert len(reminded) == 1
    assert "báo cáo năm 2026" in reminded[0]
    weekly = [html for html in two.channel.to(GROUP) if "rà soát" in html]
    assert len(weekly) == 3  # the weeks of 30 November, 7 and 14 December
    assert all("chuẩn hộ nghèo" in html for html in weekly)


async def test_a_weekly_message_with_much_to_do_is_short_and_counts_the_rest(two: Two) -> None:
    two.clock.now = datetime.datetime(2027, 2, 1, 9, 0, tzinfo=VIETNAM)
    await two.strikes()
    (weekly,) = two.channel.to(GROUP)
    assert "Quá hạn rà soát" in weekly
    assert weekly.count("•") <= 24
    assert "mục nữa" in weekly
    assert len(weekly) < 2500


@pytest.mark.parametrize(("staff", "warned"), [(Staff(group=-9), 1), (TEAM, 0), (Staff(), 0)])
def test_a_group_in_which_nobody_may_reply_is_warned_of(staff: Staff, warned: int) -> None:
    assert len(unanswerable(staff)) == warned


async def test_without_a_group_nobody_is_reminded_and_nothing_waits(
    database: Database, resources: Resources, clock: Clock
) -> None:
    desk = make_desk(database, resources, clock)
    await jobs.run_due(desk, database, clock(), with_staff=False)
    async with database.read() as connection:
        waiting = await connection.execute(sa.select(schema.outbox).where(schema.outbox.c.key == STAFF))
        assert waiting.all() == []
