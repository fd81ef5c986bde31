"""Reminders by a clock that is moved: each is said once, on its day, whatever is killed or down in between."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime

import pytest

from bot.base.settings import Reminders
from bot.desk import reminding
from bot.desk.channel import TryLater, Unreachable
from bot.desk.resources import quiet_times
from bot.storage import payments_told, reminders
from bot.storage.database import VIETNAM, Database
from bot.testing.channel import ChannelInMemory
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.reminder import ToldPayment
from handlers.dialogue.turn import Said, Text
from tests.conftest import KEYS, Clock, make_delivery, make_desk, rows_of

PERSON = "7"
DUE = "Đến kỳ đóng"


class Life:
    """One service and its people by a clock that is moved; it looks what is due as often as it is told to."""

    def __init__(self, database: Database, resources: Resources, clock: Clock, holidays: tuple[str, ...] = ()) -> None:
        quiet = quiet_times(Reminders(holidays=tuple(map(datetime.date.fromisoformat, holidays))))
        manner = dataclasses.replace(resources.manner, quiet=quiet)
        self.resources = dataclasses.replace(resources, manner=manner)
        self.database, self.clock, self.count = database, clock, 0
        self.channel = ChannelInMemory("letters")
        self.starts()

    def starts(self) -> None:
        """A process begins, whatever became of the one before."""
        self.desk = make_desk(self.database, self.resources, self.clock)
        self.delivery = make_delivery(self.desk, self.database, self.resources, self.clock)
        self.delivery.connect(self.channel)

    async def does(self, kind: MessageKind, text: str, person: str = PERSON) -> None:
        self.count += 1
        message = Message(kind, str(self.count), self.clock(), text)
        await self.delivery.send(await self.desk.take(self.channel.inbound(person, message)))

    async def says(self, *texts: str, person: str = PERSON) -> None:
        for text in texts:
            await self.does("text", text, person)

    async def presses(self, label: str, person: str = PERSON) -> None:
        said = [reply for at, reply in self.channel.sent if at == person and isinstance(reply, Text)]
        found = [each.data for text in said for row in text.buttons for each in row if each.label == label]
        await self.does("press", found[-1], person)

    async def strikes(self) -> list[str]:
        """The clock of the service strikes: what the person hears then."""
        before = len(self.channel.to(PERSON))
        await reminding.remind(self.desk, self.database, self.clock())
        await self.delivery.send(await self.delivery.waiting())
        return self.channel.to(PERSON)[before:]

    async def until(self, day: str) -> list[tuple[str, str]]:
        """What is heard up to a moment, each with when, where it strikes at eight, morning and evening."""
        end, heard = at(day), list[tuple[str, str]]()
        while self.clock.now < end:
            today = self.clock.now.replace(minute=0, second=0, microsecond=0)
            coming = (today.replace(hour=8), today.replace(hour=20), today.replace(hour=8) + datetime.timedelta(days=1))
            self.clock.now = min(end, next(each for each in coming if each > self.clock.now))
            before = len(self.channel.to(PERSON))
            await self.delivery.send(await reminding.remind(self.desk, self.database, self.clock()))
            said = self.channel.to(PERSON)[before:]
            heard += [(f"{self.clock.now:%Y-%m-%d %H:%M}", html) for html in said]
        return heard


def at(day: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(day).replace(tzinfo=VIETNAM)


@pytest.fixture
def life(database: Database, resources: Resources, clock: Clock) -> Life:
    return Life(database, resources, clock)


async def monthly(life: Life, day: str = "mùng 5", hour: str = "8 giờ", month: str = "tháng sau") -> None:
    await life.says("nhắc tôi đóng tiền", "mức thấp nhất", "không", "hằng tháng", month, day, hour, "đồng ý")
    assert "Đã đặt" in life.channel.to(PERSON)[-1]


async def test_each_month_once_on_its_day_at_its_hour(life: Life) -> None:
    await monthly(life)
    heard = await life.until("2027-04-01 00:00")
    assert [when for when, _ in heard] == [
        "2026-12-05 08:00",
        "2027-01-05 08:00",
        "2027-02-05 08:00",
        "2027-03-05 08:00",
    ]
    assert [DUE in html for _, html in heard] == [True] * 4
    assert ["Từ 01/01/2027" in html for _, html in heard] == [False, True, False, False]


async def test_the_last_of_the_month_comes_in_every_month_also_in_a_leap_year(life: Life) -> None:
    life.clock.now = at("2027-11-24 09:00")
    await monthly(life, "ngày 31")
    heard = await life.until("2028-05-01 00:00")
    days = ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]
    assert [when.split()[0] for when, _ in heard] == days
    assert all("ngày cuối cùng để nộp" in html for _, html in heard)


async def test_on_tet_nobody_is_reminded_but_after_it_and_before_where_it_would_be_too_late(
    database: Database, resources: Resources, clock: Clock
) -> None:
    tet = tuple(f"2027-02-0{day}" for day in range(5, 10))
    end = ("2027-04-29", "2027-04-30")
    life = Life(database, resources, clock, (*tet, *end))
    await monthly(life)
    await life.says(
        "nhắc tôi đóng cho mẹ", "mức thấp nhất", "không", "hằng tháng", "tháng sau", "ngày 30", "8h", "đồng ý"
    )
    heard = await life.until("2027-05-01 00:00")
    own = [when for when, html in heard if "cho mẹ" not in html]
    hers = [when.split()[0] for when, html in heard if "cho mẹ" in html]
    assert own[2:4] == ["2027-02-10 08:00", "2027-03-05 08:00"]
    assert hers[-2:] == ["2027-03-30", "2027-04-28"]


async def test_nobody_is_woken_by_what_comes_late(life: Life) -> None:
    await monthly(life)
    life.clock.now = at("2026-12-05 23:30")  # it was down since the morning
    life.starts()
    assert await life.strikes() == []
    life.clock.now = at("2026-12-06 05:50")
    assert await life.strikes() == []
    life.clock.now = at("2026-12-06 06:00")
    (html,) = await life.strikes()
    assert "nhắc muộn" in html


async def test_after_months_of_downtime_it_is_said_once_with_what_was_missed(life: Life) -> None:
    await monthly(life)
    life.clock.now = at("2027-02-20 10:00")
    life.starts()
    (html,) = await life.strikes()
    assert html.count(DUE) == 1
    assert "tháng 2/2027" in html
    assert "Kỳ từ tháng 12/2026 đã qua hạn" in html
    assert "Kỳ từ tháng 1/2027 đã qua hạn" in html
    assert [when for when, _ in await life.until("2027-03-06 00:00")] == ["2027-03-05 08:00"]


async def test_killed_after_the_commit_and_before_the_call_it_is_said_by_the_next_process(life: Life) -> None:
    await monthly(life)
    life.clock.now = at("2026-12-05 08:00")
    await reminding.remind(life.desk, life.database, life.clock())  # and killed
    life.starts()
    assert [DUE in html for html in await life.strikes()] == [True]
    assert await life.strikes() == []


class Dies(ChannelInMemory):
    """The process ends as soon as this channel took something."""

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        await super().send(address, reply, replaces)
        raise asyncio.CancelledError


async def test_killed_after_the_call_and_before_the_mark_it_is_said_once_more(life: Life) -> None:
    await monthly(life)
    life.clock.now = at("2026-12-05 08:00")
    whole, life.channel = life.channel, Dies("letters")
    life.starts()
    with pytest.raises(asyncio.CancelledError):
        await life.strikes()
    assert [DUE in html for html in life.channel.to(PERSON)] == [True]
    life.channel = whole
    life.starts()
    assert [DUE in html for html in await life.strikes()] == [True]
    life.starts()
    assert await life.strikes() == []


async def test_two_processes_that_look_at_once_say_it_once(life: Life) -> None:
    await monthly(life)
    life.clock.now = at("2026-12-05 08:00")
    other = make_desk(life.database, life.resources, life.clock)
    async with life.database.read() as connection:
        (due,) = await reminders.due(connection, life.clock())
    assert await life.desk.remind(due) == (KEYS.of("letters", PERSON),)
    assert await other.remind(due) == ()
    assert [DUE in html for html in await life.strikes()] == [True]


async def test_what_the_channel_does_not_take_now_waits_and_goes_out_once(life: Life) -> None:
    await monthly(life)
    life.clock.now = at("2026-12-05 08:00")
    life.channel.failures[PERSON] = [TryLater(3600.0)]
    assert await life.strikes() == []
    life.clock.forward(hours=2)
    assert [DUE in html for html in await life.strikes()] == [True]
    assert await life.strikes() == []


async def test_who_blocked_it_is_reminded_of_nothing_and_no_address_stays(life: Life) -> None:
    await monthly(life)
    life.clock.now = at("2026-12-05 08:00")
    life.channel.failures[PERSON] = [Unreachable()]
    assert await life.strikes() == []
    assert await rows_of(life.database, "reminders") == []
    assert await rows_of(life.database, "addresses") == []


async def test_the_address_is_kept_as_long_as_there_is_a_reminder(life: Life) -> None:
    await monthly(life)
    life.clock.forward(days=3)
    await life.desk.tidy()
    (row,) = await rows_of(life.database, "addresses")
    assert row["address"] != PERSON
    await life.presses("🔕 Dừng nhắc")
    await life.desk.tidy()
    life.clock.forward(days=3)
    await life.desk.tidy()
    assert await rows_of(life.database, "addresses") == []


async def test_who_deletes_everything_is_reminded_no_more_and_the_count_stays(life: Life) -> None:
    await monthly(life)
    life.clock.now = at("2026-12-05 08:00")
    await life.strikes()
    await life.presses("✅ Đã đóng")
    await life.does("press", "forget|yes")
    assert await rows_of(life.database, "reminders") == []
    assert await rows_of(life.database, "payments_told") == []
    (row,) = await rows_of(life.database, "reminders_set")
    assert row["key"] == ""
    assert await life.until("2027-02-01 00:00") == []


async def test_a_form_that_was_left_holds_it_up_for_some_hours_only(life: Life) -> None:
    await monthly(life)
    life.clock.now = at("2026-12-05 07:55")
    await life.says("/tinhdong")
    life.clock.now = at("2026-12-05 10:50")
    assert await life.strikes() == []
    life.clock.now = at("2026-12-05 11:00")
    assert [DUE in html for html in await life.strikes()] == [True]


async def test_paid_before_its_time_it_is_not_asked_again(life: Life) -> None:
    await monthly(life)
    life.clock.now = at("2026-12-05 08:00")
    await life.strikes()
    await life.presses("✅ Đã đóng")
    await life.presses("✅ Đã đóng")
    assert "đã báo đóng rồi" in life.channel.to(PERSON)[-1]
    assert len(await rows_of(life.database, "payments_told")) == 1


async def test_paid_is_said_of_what_they_were_reminded_of_last(life: Life) -> None:
    await monthly(life)
    await life.says(
        *("nhắc tôi đóng cho mẹ", "mức thấp nhất", "không", "12 tháng", "tháng 12", "tháng 12", "mùng 1", "8h"),
        "đồng ý",
    )
    assert len(await life.until("2026-12-05 09:00")) == 2  # of hers on the first, of their own on the fifth
    await life.says("đóng rồi")
    (row,) = await rows_of(life.database, "payments_told")
    assert (row["whom"], row["months"]) == ("self", 1)
    await life.says("đóng rồi")
    assert {each["whom"] for each in await rows_of(life.database, "payments_told")} == {"self", "mother"}


async def test_a_payment_is_booked_at_the_price_of_the_month_it_was_to_be_paid_in(life: Life) -> None:
    await monthly(life, "ngày 30")
    life.clock.now = at("2026-12-30 08:00")
    (html,) = await life.strikes()
    assert "264.000 đ" in html
    life.clock.now = at("2027-01-02 09:00")
    await life.presses("✅ Đã đóng")
    (row,) = await rows_of(life.database, "payments_told")
    assert row["own"] == 264_000
    await life.presses("↩️ Bấm nhầm")
    assert "Nộp <b>264.000 đ</b>" in life.channel.to(PERSON)[-1]


async def test_what_is_taken_back_of_long_ago_is_not_asked_in_the_place_of_the_latest(life: Life) -> None:
    await monthly(life)
    await life.until("2026-12-05 09:00")
    await life.presses("✅ Đã đóng")
    await life.until("2027-01-05 09:00")
    await life.presses("↩️ Bấm nhầm")
    assert "tháng 12/2026" in life.channel.to(PERSON)[-1]
    await life.says("đóng rồi")
    (row,) = await rows_of(life.database, "payments_told")
    assert row["period"] == datetime.date(2027, 1, 1)


@pytest.mark.parametrize(("said", "told"), [("đóng rồi", 1), ("thôi nhắc sau nhé", 0)])
async def test_a_form_that_was_left_does_not_swallow_what_is_said_of_a_reminder(
    life: Life, said: str, told: int
) -> None:
    await monthly(life)
    life.clock.now = at("2026-12-05 04:30")
    await life.says("/tinhdong")
    life.clock.now = at("2026-12-05 08:00")
    assert [DUE in html for html in await life.strikes()] == [True]
    await life.says(said)
    assert len(await rows_of(life.database, "payments_told")) == told
    assert ("Tôi ghi" if told else "Tôi nhắc lại") in life.channel.to(PERSON)[-1]
    await life.says("tính tiếp")
    assert "tính tiếp" in life.channel.to(PERSON)[-1]


async def test_what_is_said_of_a_reminder_in_the_middle_of_a_form_is_taken_and_the_form_goes_on(life: Life) -> None:
    await monthly(life)
    await life.until("2026-12-05 09:00")
    await life.says("/tinhdong", "đóng rồi")
    assert len(await rows_of(life.database, "payments_told")) == 1
    assert "Tôi ghi" in life.channel.to(PERSON)[-2]
    await life.says("thấp nhất", "không")
    assert "mấy tháng một lần" in life.channel.to(PERSON)[-1]


async def test_what_is_paid_is_not_reminded_of_once_more(life: Life) -> None:
    await monthly(life)
    await life.until("2026-12-05 09:00")
    await life.says("đóng rồi")
    await life.presses("⏰ Nhắc lại sau 3 ngày")
    assert "đã báo đóng rồi" in life.channel.to(PERSON)[-1]
    assert [when for when, _ in await life.until("2027-01-06 00:00")] == ["2027-01-05 08:00"]


@pytest.mark.parametrize("label", ["✅ Đã đóng", "⏰ Nhắc lại sau 3 ngày"])
async def test_a_button_of_another_way_of_paying_is_outdated(life: Life, label: str) -> None:
    await monthly(life)
    await life.until("2026-12-05 09:00")
    await life.says(
        *("nhắc tôi đóng tiền", "mức thấp nhất", "không", "6 tháng", "tháng 12", "tháng 12", "mùng 20", "8h"),
        "đồng ý",
    )
    assert "Đã đặt" in life.channel.to(PERSON)[-1]
    await life.presses(label)
    assert "Nút này đã cũ" in life.channel.to(PERSON)[-1]
    assert await rows_of(life.database, "payments_told") == []


async def test_before_the_state_helped_no_month_is_counted_as_helped(life: Life) -> None:
    await monthly(life)
    await life.until("2026-12-05 09:00")
    await life.says("đóng rồi", "/so")
    await life.presses("✏️ Số tháng đóng trước đây")
    await life.says("20 năm", "/so")
    told = life.channel.to(PERSON)[-1]
    # of 2018-01 to 2026-11 are 107 months, and one more was told: 120 - 108
    assert "nhiều nhất <b>12 tháng</b>" in told
    assert "Cộng: <b>241 tháng</b>" in told
    assert "từ tháng 1/2018, như các công cụ tính" in told


async def test_the_book_says_whose_word_its_prices_were(life: Life) -> None:
    await monthly(life)
    await life.until("2026-12-05 09:00")
    await life.says("đóng rồi", "/so")
    assert "264.000 đ" in life.channel.to(PERSON)[-1]
    assert "báo chí" in life.channel.to(PERSON)[-1]


async def test_on_the_last_day_it_is_not_put_off(life: Life) -> None:
    await monthly(life, "ngày 30")
    life.clock.now = at("2026-12-30 08:00")
    await life.strikes()
    await life.presses("⏰ Nhắc lại sau 3 ngày")
    assert "31/12/2026" in life.channel.to(PERSON)[-1]
    life.clock.now = at("2026-12-31 08:00")
    await life.strikes()
    await life.presses("⏰ Nhắc lại sau 3 ngày")
    assert "ngày cuối cùng" in life.channel.to(PERSON)[-1]


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("mức thu nhập 1.800.000", "thấp hơn mức thấp nhất"),
        ("mức thu nhập 3 triệu", "vẫn được"),
        ("đóng 300 nghìn một tháng", "không còn đủ"),
        ("đóng 500 nghìn một tháng", "vẫn đóng 500.000 đ"),
    ],
)
async def test_in_january_it_says_what_the_new_floor_means_for_the_level_chosen(
    life: Life, level: str, words: str
) -> None:
    await life.says("nhắc tôi đóng tiền", level, "không", "hằng tháng", "tháng sau", "mùng 5", "8h", "đồng ý")
    (before, after) = [html for _, html in await life.until("2027-01-06 00:00")]
    assert "2.200.000" not in before
    assert "01/01/2027" in after
    assert words in after


async def test_a_channel_that_can_not_write_first_says_so(life: Life) -> None:
    life.channel = ChannelInMemory("letters", writes_first=False)
    life.starts()
    await life.says("nhắc tôi đóng tiền")
    assert "chưa nhắc được" in life.channel.to(PERSON)[-1]
    assert await rows_of(life.database, "addresses") == []


# --- asked for beside the payments ---------------------------------------------------------------

SUPPORT, AGE = "Sắp hết số tháng Nhà nước đóng giúp", "Sáu tháng trước khi đến tuổi hưu"
YEARS, LAW = "Còn bao lâu nữa đủ năm có lương hưu (mỗi năm)", "Quy định đổi làm tiền đóng đổi"
BEFORE = "✏️ Số tháng đóng trước đây"


async def also(life: Life, what: str) -> str:
    await life.says("/nhac")
    await life.presses("➕ Nhắc thêm việc khác")
    await life.presses(what)
    return life.channel.to(PERSON)[-1]


async def test_the_last_supported_payment_is_told_with_it_also_where_it_helps_with_some_months_only(life: Life) -> None:
    life.clock.now = at("2027-08-24 09:00")
    await life.says("nhắc tôi đóng tiền", "thấp nhất", "không", "3 tháng", "tháng 9", "tháng 9", "mùng 5", "8h", "ok")
    await also(life, SUPPORT)
    await life.presses(BEFORE)
    await life.says("115 tháng")
    heard = [(when, html) for when, html in await life.until("2027-09-30 00:00") if "Sắp hết lượt" in html]
    assert heard == []  # 5 months are left, of which this payment takes 3
    await life.presses("✅ Đã đóng")
    heard = [(when, html) for when, html in await life.until("2028-03-01 00:00") if "Sắp hết lượt" in html]
    ((when, html),) = heard
    assert when == "2027-12-05 08:00"
    assert "kỳ tháng 12/2027 – tháng 2/2028 là kỳ cuối trong 120 tháng được hỗ trợ (hỗ trợ 2 tháng trong kỳ)" in html
    assert "484.000 đ" in html


async def test_of_who_never_tells_that_they_paid_the_support_does_not_end(life: Life) -> None:
    life.clock.now = at("2027-09-24 09:00")
    await monthly(life)
    await also(life, SUPPORT)
    await life.presses(BEFORE)
    await life.says("117 tháng")
    assert not [html for _, html in await life.until("2028-10-31 00:00") if "Sắp hết lượt" in html]


@pytest.mark.parametrize(
    ("sex", "born", "on", "reached"),
    [
        ("nữ", "3/1970", "2027-01-05 08:00", "57 tuổi 4 tháng vào tháng 7/2027"),
        ("nam", "10/1965", "2027-01-05 08:00", "61 tuổi 9 tháng vào tháng 7/2027"),
        ("nam", "5/1965", "2026-11-25 08:00", "61 tuổi 6 tháng vào tháng 11/2026"),
        ("nữ", "8/1972", "2030-06-05 08:00", "58 tuổi 4 tháng vào tháng 12/2030"),
    ],
)
async def test_the_age_is_told_half_a_year_before_or_at_once_where_it_is_nearer(
    life: Life, sex: str, born: str, on: str, reached: str
) -> None:
    await also(life, AGE)
    await life.says(sex, f"tháng {born}", "đồng ý")
    ((when, html),) = await life.until("2031-01-01 00:00")
    assert when == on
    assert reached in html
    assert await rows_of(life.database, "reminders") == []


async def test_an_age_that_has_passed_is_told_at_once_and_nothing_is_kept(life: Life) -> None:
    await also(life, AGE)
    await life.says("nữ", "tháng 3/1962")
    said = life.channel.to(PERSON)[-1]
    assert "đã đến tuổi hưu" in said
    assert "đồng ý" not in said
    assert await rows_of(life.database, "reminders") == []
    assert await life.until("2027-02-01 00:00") == []


async def test_the_age_is_told_however_long_nobody_touched_anything(life: Life) -> None:
    await also(life, AGE)
    await life.says("nữ", "tháng 8/1972", "đồng ý")
    await also(life, YEARS)
    life.clock.now = at("2030-06-01 03:00")
    await life.desk.tidy()
    assert [row["kind"] for row in await rows_of(life.database, "reminders")] == ["age"]
    assert ["tuổi hưu" in html for _, html in await life.until("2030-08-01 00:00")] == [True]


async def test_who_touches_one_of_theirs_keeps_all(life: Life) -> None:
    await monthly(life)
    await also(life, LAW)
    for day in ("2027-12-05 09:00", "2029-11-05 09:00"):
        life.clock.now = at(day)
        await life.strikes()
        await life.presses("✅ Đã đóng")
        await life.desk.tidy()
    assert {row["kind"] for row in await rows_of(life.database, "reminders")} == {"pay", "law"}


async def test_each_january_it_is_told_how_long_it_is_to_a_pension_until_it_is_reached(life: Life) -> None:
    await monthly(life)
    await also(life, YEARS)
    await life.presses(BEFORE)
    await life.says("178 tháng")
    first = [(when, html) for when, html in await life.until("2027-01-31 00:00") if "lương hưu" in html]
    assert [when for when, _ in first] == ["2027-01-10 08:00"]
    assert "còn <b>2 tháng</b> nữa là đủ 15 năm" in first[0][1]
    await life.presses("✅ Đã đóng")
    await life.until("2027-02-06 00:00")
    await life.presses("✅ Đã đóng")
    (last,) = [html for _, html in await life.until("2030-01-01 00:00") if "lương hưu" in html]
    assert "đủ 15 năm" in last
    assert [row["kind"] for row in await rows_of(life.database, "reminders")] == ["pay"]


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("mức thấp nhất", "tự đóng <b>387.200 đ</b> (nay 264.000 đ)"),
        ("mức thu nhập 1.800.000", "khi đó <b>thấp hơn mức thấp nhất</b>"),
        ("mức thu nhập 3 triệu", "tự đóng <b>563.200 đ</b> (nay 594.000 đ)"),
        ("đóng 300 nghìn một tháng", "thấp nhất khi đó là <b>387.200 đ</b>"),
    ],
)
async def test_a_change_of_the_law_is_told_once_before_it_comes(life: Life, level: str, words: str) -> None:
    life.clock.now = at("2026-10-20 09:00")  # on 3 November and on 3 December it is near
    await life.says("nhắc tôi đóng tiền", level, "không", "12 tháng", "tháng 12", "tháng 12", "mùng 10", "8h", "ok")
    await also(life, LAW)
    heard = [(when, html) for when, html in await life.until("2027-11-01 00:00") if "Quy định đổi" in html]
    ((when, html),) = heard
    assert when == "2026-11-03 08:00"
    assert "Từ 01/01/2027" in html
    assert words in html


async def test_a_change_that_came_while_nothing_could_be_said_is_told_once_after_it(life: Life) -> None:
    await monthly(life)
    await also(life, LAW)
    life.clock.now = at("2027-02-20 10:00")
    life.starts()
    (html,) = [html for html in await life.strikes() if "Quy định đổi" in html]
    assert "387.200 đ</b> (trước 264.000 đ)" in html
    assert not [html for _, html in await life.until("2027-06-01 00:00") if "Quy định đổi" in html]


@pytest.mark.parametrize("down_until", ["2026-11-24 10:00", "2027-02-20 10:00"])
async def test_a_change_that_touches_nothing_of_what_they_pay_is_not_told(life: Life, down_until: str) -> None:
    await life.says("nhắc tôi đóng tiền", "mức thu nhập 3 triệu", "không", "hằng tháng", "tháng sau", "mùng 5", "8h")
    await life.says("đồng ý")
    await also(life, LAW)
    async with life.database.begin() as connection:  # the State helps no more: 22 % of 3.000.000 before and after
        used_up = ToldPayment("self", None, 120, 120)
        await payments_told.put(connection, KEYS.of("letters", PERSON), used_up, life.clock())
    life.clock.now = at(down_until)
    heard = [*await life.strikes(), *(html for _, html in await life.until("2027-03-01 00:00"))]
    assert not [html for html in heard if "Quy định đổi" in html]
    (january,) = [html for html in heard if "Từ 01/01/2027" in html]
    assert "mỗi tháng vẫn đóng 660.000 đ" in january


async def test_what_goes_by_the_payments_ends_with_them(life: Life) -> None:
    await monthly(life)
    await also(life, LAW)
    await also(life, SUPPORT)
    await also(life, YEARS)
    await life.says("/nhac")
    await life.presses("🔕 Dừng: Đóng tiền")
    assert "Tôi dừng lời nhắc: Đóng tiền, cả những lời nhắc đi theo nó" in life.channel.to(PERSON)[-1]
    assert LAW in life.channel.to(PERSON)[-1]
    assert [row["kind"] for row in await rows_of(life.database, "reminders")] == ["years"]


async def test_nothing_else_is_offered_where_nobody_can_be_written_to_first(life: Life) -> None:
    life.channel = ChannelInMemory("letters", writes_first=False)
    life.starts()
    await life.says("/nhac")
    await life.presses("➕ Nhắc thêm việc khác")
    assert "chưa nhắc được" in life.channel.to(PERSON)[-1]
    await life.does("press", "rem|also|years|self")
    assert "chưa nhắc được" in life.channel.to(PERSON)[-1]
    assert await rows_of(life.database, "reminders") == []
