"""A channel that takes nothing for a while: nobody is left without an answer, and nobody reads what is of no use."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
import sqlalchemy as sa

from bot.base.settings import Staff
from bot.channels.telegram.connection import TelegramConnection, at_work_on, make_bot
from bot.channels.telegram.sending import Sender
from bot.charts import pictures
from bot.desk.channel import Barred, TryLater, Unreachable
from bot.desk.resources import staff_hours
from bot.storage import conversations, outbox
from bot.storage.database import Database, StorageDown
from bot.storage.file import FILE
from bot.testing.channel import ChannelInMemory
from bot.testing.telegram_api import TOKEN, LostAnswer, StrictBotApi, network
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.turn import Said
from tests.conftest import Clock, make_delivery, make_desk, rows_of

ME, OTHER = "7", "8"
GROUP = "-900"
TEAM = Staff(editors=(501,), group=int(GROUP), office_days=(1, 2, 3, 4, 5), office_hours=("07:30-17:00",))
SORRY = "Trả lời muộn"


class Down(ChannelInMemory):
    """Takes nothing for the addresses in `failing`."""

    def __init__(self) -> None:
        super().__init__("telegram")
        self.failing: dict[str, Exception] = {}

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        if address in self.failing:
            raise self.failing[address]
        await super().send(address, reply, replaces)


class Talk:
    """One person who writes while the channel may be down, and the process may be started again."""

    def __init__(self, database: Database, resources: Resources, clock: Clock) -> None:
        self.channel, self.clock, self.database = Down(), clock, database
        manner = dataclasses.replace(resources.manner, staff=staff_hours(TEAM))
        self.resources = dataclasses.replace(resources, manner=manner)
        self.starts_again()
        self.count = 0

    def starts_again(self) -> None:
        self.desk = make_desk(self.database, self.resources, self.clock, TEAM)
        self.delivery = make_delivery(self.desk, self.database, self.resources, self.clock, TEAM)
        self.delivery.connect(self.channel)

    def goes_down(self, *addresses: str) -> None:
        self.channel.failing = {each: TryLater(1) for each in addresses or (ME,)}

    async def says(self, *texts: str, kind: MessageKind = "text", person: str = ME) -> None:
        for text in texts:
            self.count += 1
            message = Message(kind, str(self.count), self.clock(), text)
            self.delivery.wake(await self.desk.take(self.channel.inbound(person, message)))
            await self.delivery.settled()

    async def comes_up(self) -> list[str]:
        """What the person hears from now on of what waits."""
        self.channel.failing = {}
        before = len(self.channel.to(ME))
        self.delivery.resume()
        await self.delivery.settled()
        return self.channel.to(ME)[before:]

    async def rows(self, table: str) -> Sequence[sa.RowMapping]:
        return await rows_of(self.database, table)


@pytest.fixture
def talk(database: Database, resources: Resources, clock: Clock) -> Talk:
    return Talk(database, resources, clock)


async def test_within_ten_minutes_an_answer_comes_as_it_is(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("mức đóng thấp nhất là bao nhiêu")
    talk.clock.forward(minutes=9)
    heard = await talk.comes_up()
    assert "330.000" in heard[0]
    assert SORRY not in "".join(heard)


async def test_late_answers_come_in_order_with_their_questions_and_one_word_of_excuse(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("đóng mấy năm thì\ncó lương hưu", "mức đóng thấp nhất là bao nhiêu")
    talk.clock.forward(hours=23)
    heard = "\n".join(await talk.comes_up())
    assert heard.count(SORRY) == 1
    order = [SORRY, "«đóng mấy năm thì có lương hưu»", "15 năm", "«mức đóng thấp nhất là bao nhiêu»", "330.000"]
    places = [heard.index(each) for each in order]
    assert places == sorted(places)
    assert await talk.comes_up() == []
    assert await talk.rows("outbox") == []


async def test_the_question_is_said_again_as_it_is_kept(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("số căn cước 079123456789, mức đóng thấp nhất là bao nhiêu")
    assert "079123456789" not in str(await talk.rows("outbox"))
    talk.clock.forward(hours=1)
    heard = "\n".join(await talk.comes_up())
    assert SORRY in heard
    assert "079123456789" not in heard


async def test_of_a_form_only_the_step_the_person_is_at_comes_late(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("/tinhdong", "500k", "hộ nghèo")
    talk.clock.forward(hours=2)
    (heard,) = await talk.comes_up()
    assert SORRY in heard
    assert "mấy tháng một lần" in heard
    await talk.says("6 tháng")
    assert any("500.000" in each for each in talk.channel.to(ME))


async def test_who_went_on_since_hears_no_step_of_before(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("/tinhdong")
    talk.clock.forward(minutes=11)
    await talk.says("500k")
    (heard,) = await talk.comes_up()
    assert SORRY not in heard
    assert "diện nào" in heard


async def test_a_question_within_a_form_is_answered_late_and_the_form_is_at_its_present_step(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("/tinhdong", "đóng mấy năm thì có lương hưu", "500k")
    talk.clock.forward(hours=1)
    heard = await talk.comes_up()
    assert "«đóng mấy năm thì có lương hưu»" in heard[0]
    assert "15 năm" in heard[0]
    assert [each for each in heard if "định đóng khoảng bao nhiêu" in each] == []
    assert "diện nào" in heard[-1]


async def test_who_is_not_answered_for_a_day_is_told_so_once(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("đóng mấy năm thì có lương hưu", "mức đóng thấp nhất là bao nhiêu")
    talk.clock.forward(hours=24, minutes=1)
    (heard,) = await talk.comes_up()
    assert "nhắn lại giúp tôi" in heard
    talk.clock.forward(hours=25)
    assert await talk.comes_up() == []
    assert await talk.rows("addresses") == []


async def test_for_two_days_at_most_is_an_address_kept_of_who_can_not_be_reached(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("mức đóng thấp nhất là bao nhiêu")
    for _ in range(3):
        talk.clock.forward(hours=24, minutes=1)
        talk.delivery.resume()
        await talk.delivery.settled()
    assert await talk.rows("outbox") == []
    assert await talk.rows("addresses") == []


async def test_what_waits_is_forgotten_with_the_person(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("mức đóng thấp nhất là bao nhiêu", "/xoadulieu")
    await talk.says("forget|yes", kind="press")
    talk.clock.forward(hours=1)
    heard = "\n".join(await talk.comes_up())
    assert "330.000" not in heard
    assert "mức đóng thấp nhất" not in heard


async def test_what_was_taken_at_the_second_try_is_not_said_again(talk: Talk) -> None:
    talk.channel.failures[ME] = [TryLater(1), TryLater(1)]
    await talk.says("mức đóng thấp nhất là bao nhiêu")
    assert len(talk.channel.to(ME)) == 1
    assert await talk.rows("outbox") == []
    assert await talk.comes_up() == []


class OverTelegram(ChannelInMemory):
    """Telegram as it is strict, in the place of the channel."""

    def __init__(self, api: StrictBotApi) -> None:
        super().__init__("telegram")
        bot = make_bot(TelegramConnection(TOKEN), api)
        self._sender = Sender(bot, at_work_on(bot), pictures.make)

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        await self._sender.send(address, reply, replaces)


async def test_a_step_that_may_have_been_taken_and_becomes_late_is_said_twice_at_most(talk: Talk) -> None:
    api = StrictBotApi()
    api.chats[int(ME)] = {}
    talk.delivery.connect(OverTelegram(api))
    api.inject("sendMessage", LostAnswer(), times=9)
    api.inject("getMe", network(), times=99)  # for longer than a sender waits
    await talk.says("tính tiền đóng")
    (once,) = api.heard(int(ME))
    talk.clock.forward(minutes=11)
    api.heal()
    api.inject("sendMessage", LostAnswer(), times=9)
    await talk.comes_up()
    assert [each.plain for each in api.heard(int(ME))] == [once.plain, once.plain]
    assert await talk.rows("outbox") == []


async def test_what_comes_late_and_may_have_been_taken_is_said_again_with_its_excuse(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("mức đóng thấp nhất là bao nhiêu")
    talk.clock.forward(minutes=11)
    api = StrictBotApi()
    api.chats[int(ME)] = {}
    talk.delivery.connect(OverTelegram(api))
    api.inject("sendMessage", LostAnswer(), times=9)
    api.inject("getMe", network(), times=99)
    await talk.comes_up()
    (once,) = api.heard(int(ME))
    assert SORRY in once.plain
    api.heal()
    api.inject("sendMessage", LostAnswer(), times=9)
    await talk.comes_up()
    assert [each.plain for each in api.heard(int(ME))] == [once.plain, once.plain]
    assert await talk.rows("outbox") == []


class FailsToMark(Database):
    """Takes what comes in, and fails when what went out is to be marked, so many times."""

    failing = 0

    async def write(self, work: Any) -> Any:
        if self.failing and "_sent" in repr(work):
            self.failing -= 1
            raise StorageDown("disk full")
        return await super().write(work)


async def test_what_went_out_and_could_not_be_marked_is_not_said_again(
    migrated: Path, tmp_path: Path, resources: Resources, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.base.retry._LONGEST", 0.01)
    database = FailsToMark(f"sqlite+aiosqlite:///{shutil.copytree(migrated, tmp_path / 'data') / FILE}")
    talk = Talk(database, resources, clock)
    database.failing = 2
    await talk.says("mức đóng thấp nhất là bao nhiêu")
    assert database.failing == 0
    assert len(talk.channel.to(ME)) == 1
    assert await talk.rows("outbox") == []
    await database.close()


async def test_one_that_takes_something_again_is_given_the_rest_at_once(talk: Talk) -> None:
    talk.goes_down()
    await talk.says("mức đóng thấp nhất là bao nhiêu")
    talk.channel.failing = {}
    message = Message("text", "of another", talk.clock(), "/trogiup")
    talk.delivery.wake(await talk.desk.take(talk.channel.inbound("8", message)))
    await talk.delivery.settled()
    assert "330.000" in talk.channel.to(ME)[0]


# --- the group of the staff ----------------------------------------------------------------------


@pytest.mark.parametrize("refusal", [Barred(), Unreachable()], ids=["may not write", "is no member"])
async def test_while_the_group_can_not_be_written_to_citizens_know_and_nothing_is_lost(
    talk: Talk, refusal: Exception
) -> None:
    talk.channel.failing = {GROUP: refusal}
    await talk.says("/gapcanbo", "sổ của mẹ tôi ghi sai tên", "gửi")
    (told,) = [each for each in talk.channel.to(ME) if "chưa gửi được tới cán bộ" in each]
    assert told == talk.channel.to(ME)[-1]
    assert f"trong {outbox.KEPT['relay'].days} ngày" in told
    await talk.says("còn ai ở đó không")
    assert len([each for each in talk.channel.to(ME) if "chưa gửi được tới cán bộ" in each]) == 2
    assert not any("✓ Đã gửi" in each for each in talk.channel.to(ME))
    talk.clock.forward(hours=50)
    await talk.comes_up()
    first, second = talk.channel.to(GROUP)
    assert "ghi sai tên" in first
    assert "còn ai ở đó không" in second
    await talk.says("cảm ơn nhiều nhé")
    assert talk.channel.to(ME)[-1].startswith("✓ Đã gửi cán bộ")


@pytest.mark.parametrize(
    ("kind", "text"), [("text", "Bà con mang sổ đến nhé"), ("press", "staff|note|1|để tôi gọi cho xã")]
)
async def test_what_colleagues_do_on_a_page_while_the_group_takes_nothing_is_no_word_of_the_citizen(
    talk: Talk, kind: Literal["text", "press"], text: str
) -> None:
    await talk.says("/gapcanbo", "sổ của mẹ tôi ghi sai tên", "gửi")
    talk.channel.failing = {GROUP: Barred()}
    before = len(talk.channel.to(ME))
    async with talk.database.read() as connection:
        last = await conversations.last_message(connection, 1)
    assert last is not None
    order = Message(kind, "on a page", talk.clock(), text, "page", "#K1", seen=last.number)
    carried = await talk.desk.carry_out(order, "editor", "sign1")
    assert carried.done
    talk.delivery.wake(carried.owed)
    await talk.delivery.settled()
    talk.clock.forward(hours=80)
    await talk.desk.tidy()
    await talk.comes_up()
    said = talk.channel.to(ME)[before:]
    assert not [each for each in said if "tới được cán bộ" in each or "tới cán bộ" in each], said


@pytest.mark.parametrize("restarted", [False, True])
async def test_nothing_is_said_to_be_sent_while_the_group_is_known_to_take_nothing(talk: Talk, restarted: bool) -> None:
    talk.channel.failing = {GROUP: Barred()}
    await talk.says("/gapcanbo", "sổ của mẹ tôi ghi sai tên", "gửi", "/gapcanbo")
    if restarted:
        talk.starts_again()
    before = len(talk.channel.to(ME))
    await talk.says("còn ai ở đó không")
    await talk.says("/gapcanbo", "tôi mất sổ rồi", "gửi", person=OTHER)
    (again,), (_, shown, sent) = talk.channel.to(ME)[before:], talk.channel.to(OTHER)
    for told in (again, shown, sent):
        assert told.startswith("Hiện chưa gửi được tới cán bộ"), told
        assert f"trong {outbox.KEPT['relay'].days} ngày" in told
        assert "đã gửi" not in told.lower()
        assert "đều đọc được" not in told
    assert "mất sổ" in sent


@pytest.mark.parametrize("refusal", [Barred(), TryLater(1)], ids=["may not write", "takes nothing"])
async def test_whose_words_reached_the_staff_never_is_told_so_once(talk: Talk, refusal: Exception) -> None:
    talk.channel.failing = {GROUP: refusal}
    await talk.says("/gapcanbo", "sổ của mẹ tôi ghi sai tên", "gửi", "còn ai ở đó không")
    talk.clock.forward(hours=73)
    heard = [each for each in await talk.comes_up() if "1900 9068" in each]
    (told,) = heard
    assert "cán bộ chưa đọc" in told
    assert f"đã {outbox.KEPT['relay'].days} ngày" in told
    assert talk.channel.to(GROUP) == []
    talk.clock.forward(hours=73)
    assert await talk.comes_up() == []


async def test_who_ended_it_before_is_told_no_more_of_it(talk: Talk) -> None:
    talk.channel.failing = {GROUP: TryLater(1)}
    await talk.says("/gapcanbo", "sổ của mẹ tôi ghi sai tên", "gửi", "Xong rồi")
    talk.clock.forward(hours=73)
    assert not any("cán bộ chưa đọc" in each for each in await talk.comes_up())


async def test_the_staff_are_told_of_a_reply_that_reached_nobody(talk: Talk) -> None:
    await talk.says("/gapcanbo", "sổ của mẹ tôi ghi sai tên", "gửi")
    talk.goes_down()
    replied = Message("text", "s1", talk.clock(), "Bác mang căn cước ra", replied="#K1 · …")
    talk.delivery.wake(await talk.desk.take(talk.channel.inbound("501", replied, GROUP)))
    await talk.delivery.settled()
    talk.clock.forward(hours=73)
    await talk.comes_up()
    assert "không gửi tới được bà con" in talk.channel.to(GROUP)[-1]
    assert "#K1" in talk.channel.to(GROUP)[-1]
