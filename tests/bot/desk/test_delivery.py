"""Replies out on two channels whose people have the same numbers: each hears what is theirs, and nobody else does."""

from __future__ import annotations

import asyncio
import dataclasses
import os
from collections.abc import Awaitable, Callable, Sequence

import pytest
import sqlalchemy as sa

from bot import service
from bot.base.settings import Staff
from bot.channels.telegram.connection import WrongToken
from bot.desk.channel import TryLater, Unreachable
from bot.desk.resources import staff_hours
from bot.storage import outbox, schema
from bot.storage.database import Damaged, Database
from bot.testing.channel import ChannelInMemory
from bot.testing.drivers import EDITOR, OnTelegram
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Said, Text
from tests.conftest import KEYS, Clock, make_delivery, make_desk, rows_of

GROUP = "-900"
TEAM = Staff(editors=(EDITOR,), group=int(GROUP), office_days=(1, 2, 3, 4, 5), office_hours=("07:30-17:00",))
SAME = "7"
"""A person of each channel has this number."""


class House:
    """One desk and delivery for two channels, on one of which the staff are."""

    def __init__(self, database: Database, resources: Resources, clock: Clock) -> None:
        self.database, self.clock = database, clock
        manner = dataclasses.replace(resources.manner, staff=staff_hours(TEAM))
        self.resources = dataclasses.replace(resources, manner=manner)
        self.telegram, self.letters = ChannelInMemory("telegram"), ChannelInMemory("letters")
        self.count = 0
        self.starts()

    def starts(self, *channels: ChannelInMemory) -> None:
        """A process that was killed begins again with these channels."""
        self.desk = make_desk(self.database, self.resources, self.clock, TEAM)
        self.delivery = make_delivery(self.desk, self.database, self.resources, self.clock, TEAM)
        for channel in channels or (self.telegram, self.letters):
            self.delivery.connect(channel)

    async def says(
        self,
        channel: ChannelInMemory,
        *texts: str,
        person: str = SAME,
        group: str | None = None,
        replied: str = "",
    ) -> None:
        """Somebody writes; what it leads to is sent beside, as channels of a network have it sent."""
        for text in texts:
            self.count += 1
            message = Message("text", str(self.count), self.clock(), text, replied=replied)
            self.delivery.wake(await self.desk.take(channel.inbound(person, message, group)))
        await self.delivery.settled()

    async def asks_the_staff(self, channel: ChannelInMemory, text: str) -> None:
        await self.says(channel, "/gapcanbo", text, "gửi")

    async def staff_reply(self, text: str, mark: str = "#K1", channel: ChannelInMemory | None = None) -> None:
        await self.says(channel or self.telegram, text, person=str(EDITOR), group=GROUP, replied=f"{mark} · …")

    async def rows(self, table: str) -> Sequence[sa.RowMapping]:
        return await rows_of(self.database, table)


@pytest.fixture
def house(database: Database, resources: Resources, clock: Clock) -> House:
    return House(database, resources, clock)


async def test_a_question_reaches_the_group_at_once_and_the_reply_who_asked(house: House) -> None:
    await house.says(house.telegram, "/tinhdong")  # so that the other one has an address too
    heard_before = house.telegram.to(SAME)
    await house.asks_the_staff(house.letters, "sổ của mẹ tôi ghi sai tên")
    assert [html for html in house.telegram.to(GROUP) if "ghi sai tên" in html] == house.telegram.to(GROUP)
    assert len(house.telegram.to(GROUP)) == 1
    await house.staff_reply("Bác mang căn cước ra")
    assert len([html for html in house.letters.to(SAME) if "mang căn cước ra" in html]) == 1
    assert house.telegram.to(SAME) == heard_before


async def test_what_another_process_left_is_sent_and_looking_for_it_drops_nothing(house: House) -> None:
    await house.says(house.letters, "xin chào")
    house.clock.forward(days=9)
    kept, heard = len(await house.rows("deliveries")), len(house.letters.to(SAME))
    apart = make_desk(house.database, house.resources, house.clock, TEAM)
    for text in ("/gapcanbo", "sổ của mẹ tôi ghi sai tên", "gửi"):
        await apart.take(house.letters.inbound(SAME, Message("text", text, house.clock(), text)))
    await house.delivery.look()
    await house.delivery.settled()
    assert len(house.letters.to(SAME)) >= heard + 3
    assert ["ghi sai tên" in html for html in house.telegram.to(GROUP)] == [True]
    assert len(await house.rows("deliveries")) == kept + 3
    house.delivery.resume()
    await house.delivery.settled()
    assert len(await house.rows("deliveries")) == 3


async def test_two_with_one_number_have_two_conversations(house: House) -> None:
    await house.asks_the_staff(house.telegram, "câu của người trên Telegram")
    await house.asks_the_staff(house.letters, "câu của người viết thư")
    first, second = (html.split()[0] for html in house.telegram.to(GROUP))
    await house.staff_reply("gửi người viết thư", second)
    await house.staff_reply("gửi người trên Telegram", first)
    assert "gửi người viết thư" in house.letters.to(SAME)[-1]
    assert "gửi người trên Telegram" in house.telegram.to(SAME)[-1]
    assert not any("gửi người trên Telegram" in html for html in house.letters.to(SAME))


@pytest.mark.parametrize("seen", [True, False], ids=["told by the channel", "found when sending"])
async def test_who_is_gone_from_one_channel_stays_on_the_other(house: House, seen: bool) -> None:
    await house.asks_the_staff(house.telegram, "câu của người trên Telegram")
    await house.asks_the_staff(house.letters, "câu của người viết thư")
    if seen:
        house.delivery.wake(await house.desk.unreachable("letters", SAME))
        await house.delivery.settled()
    else:
        house.letters.failures[SAME] = [Unreachable()]
        await house.staff_reply("Bác chờ nhé", "#K2")
    assert len([html for html in house.telegram.to(GROUP) if "đã chặn trợ lý" in html]) == 1
    assert [row["channel"] for row in await house.rows("addresses")] == ["telegram"]
    assert [row["closed_by"] for row in await house.rows("conversations")] == [None, "gone"]
    await house.staff_reply("Bác mang sổ ra")
    assert "Bác mang sổ ra" in house.telegram.to(SAME)[-1]


async def test_who_deletes_everything_on_one_channel_is_known_on_the_other(house: House) -> None:
    for channel in (house.telegram, house.letters):
        await house.says(channel, "/tinhdong", "500k")
    await house.says(house.letters, "/xoadulieu")
    message = Message("press", "forgets", house.clock(), "forget|yes")
    await house.delivery.send(await house.desk.take(house.letters.inbound(SAME, message)))
    assert [row["key"] for row in await house.rows("states")] == [KEYS.of("telegram", SAME)]
    await house.says(house.telegram, "khác")
    assert "mấy tháng một lần" in house.telegram.to(SAME)[-1]


async def test_a_group_of_another_channel_with_the_number_of_ours_is_not_the_staff(house: House) -> None:
    await house.asks_the_staff(house.letters, "sổ của mẹ tôi ghi sai tên")
    await house.staff_reply("tôi giả làm cán bộ", channel=house.letters)
    assert not any("giả làm cán bộ" in html for html in (*house.letters.to(SAME), *house.telegram.to(GROUP)))
    await house.desk.moved("letters", GROUP, "-5")
    await house.says(house.letters, "còn ai ở đó không")
    assert "còn ai ở đó không" in house.telegram.to(GROUP)[-1]
    assert house.telegram.to("-5") == []


async def test_a_channel_that_is_not_there_keeps_waiting_only_its_own(house: House) -> None:
    await house.asks_the_staff(house.letters, "sổ của mẹ tôi ghi sai tên")
    house.starts(house.telegram)
    await house.staff_reply("Bác mang căn cước ra")
    assert not any("mang căn cước ra" in html for html in (*house.letters.to(SAME), *house.telegram.to(SAME)))
    house.clock.forward(hours=71)  # a relay waits for days
    async with house.delivery.over(house.letters):
        await house.delivery.settled()
    assert len([html for html in house.letters.to(SAME) if "mang căn cước ra" in html]) == 1


async def test_one_channel_that_takes_nothing_holds_up_no_other(house: House) -> None:
    house.letters.failures[SAME] = [TryLater(10_000)]
    await house.asks_the_staff(house.letters, "sổ của mẹ tôi ghi sai tên")
    await house.says(house.telegram, "mức đóng thấp nhất là bao nhiêu")
    assert any("330.000" in html for html in house.telegram.to(SAME))
    assert len(house.telegram.to(GROUP)) == 1


async def test_a_real_group_on_telegram_hears_of_another_channel_at_once(house: House) -> None:
    staff = OnTelegram(house.desk, house.delivery, house.resources, house.clock, int(GROUP))
    await staff.says("/tinhdong")
    await house.asks_the_staff(house.letters, "sổ của mẹ tôi ghi sai tên")
    assert "ghi sai tên" in staff.heard_by_staff().text
    own = await staff.staff({"staff_replies": "Bác mang căn cước ra"})
    assert own.text == ""
    assert "mang căn cước ra" in house.letters.to(SAME)[-1]
    await staff.ends()


# --- served side by side -------------------------------------------------------------------------


class Served(ChannelInMemory):
    """A channel that runs until told to stop, or until `work` ends it."""

    def __init__(self, name: str, work: Callable[[], Awaitable[object]] | None = None) -> None:
        super().__init__(name)
        self._work = work
        self.running = asyncio.Event()
        self.ended = False

    async def run(self, stop: asyncio.Event) -> None:
        self.running.set()
        try:
            await (self._work() if self._work is not None else stop.wait())
        finally:
            self.ended = True


async def test_channels_run_side_by_side_until_told_to_stop() -> None:
    stop, served = asyncio.Event(), [Served("one"), Served("two")]
    running = asyncio.create_task(service.run_all(served, stop))
    for channel in served:
        await channel.running.wait()
    stop.set()
    await running
    assert all(channel.ended for channel in served)


async def test_what_ends_one_channel_is_told_and_leaves_the_others_until_the_last(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop, other = asyncio.Event(), Served("two")

    async def refused() -> None:
        await other.running.wait()
        raise WrongToken

    one = Served("one", refused)
    running = asyncio.create_task(service.run_all([one, other], stop))
    await one.running.wait()
    for _ in range(10):
        await asyncio.sleep(0)
    assert one.ended
    assert not running.done()
    assert ["one is not served any more" in each.getMessage() for each in caplog.records] == [True]
    stop.set()
    await running
    with pytest.raises(WrongToken):
        await service.run_all([Served("one", refused)], asyncio.Event())


async def test_a_database_that_is_damaged_ends_all_channels() -> None:
    other = Served("two")

    async def damaged() -> None:
        await other.running.wait()
        raise Damaged("gone")

    with pytest.raises(Damaged):
        await service.run_all([Served("one", damaged), other], asyncio.Event())
    assert other.ended


# --- broken off ----------------------------------------------------------------------------------


class Gate(ChannelInMemory):
    """A channel that takes the first reply, and hangs over the next."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.reached = asyncio.Event()

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        if self.sent:
            self.reached.set()
            await asyncio.Event().wait()
        await super().send(address, reply, replaces)


async def test_what_went_out_before_it_was_broken_off_is_not_said_again(house: House, clock: Clock) -> None:
    await house.says(house.letters, "đóng mấy năm thì có lương hưu")  # the second answer is one of two replies
    key, slow = KEYS.of("letters", SAME), Gate("letters")
    house.delivery.connect(slow)
    owed = await house.desk.take(slow.inbound(SAME, Message("text", "2nd", clock(), "mức đóng thấp nhất là bao nhiêu")))
    sending = asyncio.create_task(house.delivery.send(owed))
    await slow.reached.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    async with house.database.read() as connection:
        left = [each.reply for each in await outbox.unsent(connection, key)]
    assert len(slow.to(SAME)) == len(left) == 1
    assert all(isinstance(reply, Text) and reply.html not in slow.to(SAME) for reply in left)


async def test_a_database_that_is_gone_keeps_nobody_from_breaking_off(house: House, clock: Clock) -> None:
    if house.database.shared:
        pytest.skip("it has no file of ours")
    await house.says(house.letters, "đóng mấy năm thì có lương hưu")  # the second answer is one of two replies
    slow = Gate("letters")
    owed = await house.desk.take(slow.inbound(SAME, Message("text", "2nd", clock(), "mức đóng thấp nhất là bao nhiêu")))
    async with house.delivery.over(slow):
        house.delivery.wake(owed)
        await slow.reached.wait()
        os.unlink(house.database.place)
    await house.delivery.settled()


async def test_who_has_to_wait_long_is_not_tried_at_every_word_of_others(house: House) -> None:
    house.letters.failures[SAME] = [TryLater(3_600) for _ in range(5)]
    await house.says(house.letters, "mức đóng thấp nhất là bao nhiêu")
    for question in ("đóng mấy năm thì có lương hưu", "hộ nghèo được hỗ trợ bao nhiêu", "đóng ở đâu"):
        await house.says(house.letters, question, person="8")
    assert len(house.letters.failures[SAME]) == 4
    assert len(house.letters.to("8")) >= 3


async def test_a_reply_that_nobody_can_read_stands_before_no_other(house: House) -> None:
    key = KEYS.of("letters", SAME)
    house.letters.failures[SAME] = [TryLater(10_000)]
    await house.says(house.letters, "mức đóng thấp nhất là bao nhiêu")
    of_before = sa.update(schema.outbox).where(schema.outbox.c.key == key).values(reply='{"type":"Old"}')
    async with house.database.begin() as connection:
        await connection.execute(of_before)
    await house.says(house.letters, "đóng mấy năm thì có lương hưu")
    assert house.letters.to(SAME)
    assert await house.rows("outbox") == []


async def test_no_number_of_a_reply_is_used_again(house: House, clock: Clock) -> None:
    """One that is on its way while all is forgotten must not mark the next as sent."""
    async with house.database.begin() as connection:
        await outbox.put(connection, "p", Text("một"), None, clock())
        (before,) = await outbox.unsent(connection, "p")
        await outbox.forget(connection, "p")
        await outbox.put(connection, "p", Text("hai"), None, clock())
        (after,) = await outbox.unsent(connection, "p")
    assert after.id > before.id
