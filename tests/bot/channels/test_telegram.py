"""The Telegram channel on the strict Bot API: nothing lost or doubled, nobody held up, no token told."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import markup
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import TelegramConnection, WrongToken, check_online
from bot.channels.telegram.receiving import ALLOWED_UPDATES
from bot.desk.channel import Inbound, Moved, TryLater
from bot.storage import schema
from bot.storage.database import Database, StorageDown
from bot.testing.telegram_api import TOKEN, LostAnswer, StrictBotApi, bad, broken, flood, forbidden, network
from bot.testing.telegram_people import MEDIA, SeenMessage
from bot.testing.telegram_rules import ApiRefusal, plain_text
from handlers.dialogue.turn import Button, PassOn, Picture, Said, Text
from tests.conftest import TODAY, make_delivery, make_desk
from tests.noting_desk import APOLOGY, PNG, NotingDesk, all_done, echo, kill, make_channel, serving

if TYPE_CHECKING:
    from handlers.dialogue.context import Resources


def real_channel(api: StrictBotApi, database: Database, resources: Resources) -> TelegramChannel:
    """A channel of a process just started, with a real desk."""
    desk = make_desk(database, resources, lambda: TODAY)
    return make_channel(api, desk, make_delivery(desk, database, resources, lambda: TODAY))


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    factory = logging.getLogRecordFactory()
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "telegram")}
    yield
    logging.setLogRecordFactory(factory)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


# --- what came in


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        (lambda ba: ba.says("đóng bao nhiêu"), ("text", "đóng bao nhiêu")),
        (lambda ba: ba.forwards("tin chuyển tiếp"), ("text", "tin chuyển tiếp")),
        (lambda ba: ba.starts("XA-01_b"), ("start", "XA-01_b")),
        (lambda ba: ba.starts(), ("start", "")),
        (lambda ba: ba.says("/start@bhxh_test_bot MA1"), ("start", "MA1")),
        (lambda ba: ba.says("/danhgia@bhxh_test_bot"), ("text", "/danhgia")),
        (lambda ba: ba.says("/danhgia"), ("text", "/danhgia")),
        (lambda ba: ba.says("/2 năm thì sao"), ("text", "/2 năm thì sao")),
        (lambda ba: ba.says("😀" * 2048), ("text", "😀" * 2048)),
        (lambda ba: ba.says(""), ("media", "")),
        (lambda ba: ba.says("a\ud83d\x00b"), ("text", "a\ufffdb")),
        *[
            (lambda ba, kind=kind: ba.sends(kind, caption="đóng bao nhiêu"), ("text", "đóng bao nhiêu"))
            for kind in ("voice", "video", "photo", "document")
        ],
        (lambda ba: ba.sends("photo", caption="/start XA-01"), ("start", "XA-01")),
        *[
            (lambda ba, kind=kind: ba.sends(kind), ("media", ""))
            for kind in ("sticker", "location", "contact", "dice", "poll", "something_of_tomorrow")
        ],
        (lambda ba: ba.presses_data("f:contribution:77:back", 5), ("press", "f:contribution:77:back")),
        (lambda ba: ba.presses_data("x", 5, gone=True), ("press", "x")),
        (lambda ba: ba.edits("sửa lại", message_id=3), ("edit", "sửa lại")),
    ],
)
async def test_everything_a_person_does_reaches_the_desk(
    api: StrictBotApi, notes: NotingDesk, do: Callable[[Any], int], expected: tuple[str, str]
) -> None:
    async with serving(make_channel(api, notes)):
        update = do(api.user(7))
        await api.drained()
    (inbound,) = notes.taken
    assert (inbound.message.kind, inbound.message.text) == expected
    assert (inbound.channel, inbound.person, inbound.address) == ("telegram", "7", "7")
    assert (inbound.message.delivery, inbound.message.at) == (str(update), TODAY)


async def test_the_pressed_message_is_named(api: StrictBotApi, notes: NotingDesk) -> None:
    async with serving(make_channel(api, notes)):
        api.user(7).presses_data("x", 41)
        await api.drained()
    assert notes.taken[0].pressed == "41"


@pytest.mark.parametrize(
    "do",
    [
        lambda api: api.user(8, is_bot=True).says("tôi là máy"),
        lambda api: api.user(7).sends("pinned_message"),
        lambda api: api.user(7).says("xin chào cả nhóm", group=-100),
        lambda api: api.user(7).says("/start@bot_khac", group=-100),
        lambda api: api.user(8, is_bot=True).says("/start", group=-100),
        lambda api: api.user(7).unblocks(),
        lambda api: api.arrives_raw({"update_id": 5000}),
        lambda api: api.arrives_raw({"update_id": 5000, "thing_of_tomorrow": {"id": 1}}),
    ],
)
async def test_silence_by_design(api: StrictBotApi, notes: NotingDesk, do: Callable[[StrictBotApi], int]) -> None:
    channel = make_channel(api, notes)
    async with serving(channel):
        do(api)
        await all_done(api, channel)
    assert notes.taken == []
    assert api.made("sendMessage") == []


@pytest.mark.parametrize("text", ["/start", "/start@bhxh_test_bot", "/help@BHXH_test_bot", "/start MA1"])
async def test_a_command_in_a_group_is_answered_in_the_group(api: StrictBotApi, notes: NotingDesk, text: str) -> None:
    channel = make_channel(api, notes)
    async with serving(channel):
        api.user(7).says(text, group=-100)
        await all_done(api, channel)
    (taken,) = notes.taken
    assert (taken.group, taken.person, taken.address) == (True, "7", "-100")
    assert taken.message.kind == "text"
    assert [heard.plain for heard in api.heard(-100)] == [f"nghe: {text.split('@')[0]}"]


async def test_an_update_nobody_can_read_does_not_stand_before_the_others(
    api: StrictBotApi, notes: NotingDesk, caplog: pytest.LogCaptureFixture
) -> None:
    api.arrives_raw({"update_id": 900, "message": {"text": "079123456789", "chat": "không phải chat"}})
    api.user(7).says("xin chào")
    async with serving(make_channel(api, notes)):
        await api.drained()
    assert notes.texts(7) == ["xin chào"]
    assert "079123456789" not in caplog.text


async def test_a_message_the_library_can_not_read_is_still_answered(api: StrictBotApi, notes: NotingDesk) -> None:
    me = {"id": 7, "is_bot": False, "first_name": "Bà con"}
    head = {"message_id": 1, "date": 1_795_500_000, "chat": {"id": 7, "type": "private"}, "from": me}
    api.arrives_raw({"update_id": 900, "message": head | {"sticker": {"of": "tomorrow"}}})
    async with serving(make_channel(api, notes)):
        await api.drained()
    assert [(inbound.person, inbound.message.kind) for inbound in notes.taken] == [("7", "media")]


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ({"message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "a"}}, "text"),
        ({"message": {"date": 1, "chat": {"id": 7, "type": "private"}, "from": {"id": 7}, "text": "a"}}, "text"),
        ({"message": {"message_id": 1, "chat": {"id": 7}, "from": {"id": 7}, "text": "a"}}, "text"),
        ({"message": {"message_id": 1, "chat": {"id": 7}, "voice": {}}}, "media"),
        ({"edited_message": {"message_id": 1, "chat": {"id": 7}, "from": {"id": 7}, "text": "a"}}, "edit"),
        ({"callback_query": {"id": "1", "from": {"id": 7}, "data": "a"}}, "press"),
        ({"callback_query": {"id": "1", "from": {"id": 7}, "data": "a", "message": {"message_id": 3}}}, "press"),
    ],
)
async def test_a_field_that_a_server_leaves_out_silences_nobody(
    api: StrictBotApi, notes: NotingDesk, sent: dict[str, Any], kind: str
) -> None:
    api.arrives_raw({"update_id": 900} | sent)
    api.user(8).says("xin chào")
    async with serving(make_channel(api, notes)):
        await api.drained()
    assert {(inbound.person, inbound.message.kind) for inbound in notes.taken} == {("7", kind), ("8", "text")}


@pytest.mark.parametrize(
    "sent",
    [
        {"message": {"message_id": 1, "chat": {"id": -7}, "from": {"id": 7}, "text": "a"}},
        {"message": {"message_id": 1, "from": {"id": 7}, "text": "a"}},
        {"callback_query": {"id": "1", "from": {"id": 7}, "inline_message_id": "m", "data": "a"}},
    ],
)
async def test_what_is_filled_in_makes_no_private_chat_of_another_place(
    api: StrictBotApi, notes: NotingDesk, sent: dict[str, Any]
) -> None:
    api.arrives_raw({"update_id": 900} | sent)
    async with serving(make_channel(api, notes)):
        await api.drained()
    assert notes.taken == []


async def test_a_place_that_moves_is_silence(api: StrictBotApi, notes: NotingDesk) -> None:
    me = {"id": 7, "is_bot": False, "first_name": "Bà con"}
    head = {"message_id": 1, "date": 1_795_500_000, "chat": {"id": 7, "type": "private"}, "from": me}
    moved = head | {"edit_date": 1_795_500_009, "location": {"latitude": 10.8, "longitude": 106.7}}
    async with serving(make_channel(api, notes)):
        api.arrives("edited_message", moved)
        await api.drained()
    assert notes.taken == []


# --- order, and being confirmed only when committed


async def test_a_slow_chat_keeps_its_order_and_holds_up_no_other(api: StrictBotApi, notes: NotingDesk) -> None:
    notes.waits["một"] = asyncio.Event()
    first = [api.user(1).says(text) for text in ("một", "hai", "ba")]
    api.user(2).says("bốn")
    async with serving(make_channel(api, notes)):
        await api.user(2).hears()
        assert notes.texts(1) == []  # «hai» does not overtake «một»
        assert all(int(call.parameters.get("offset", 0)) <= first[0] for call in api.made("getUpdates"))
        notes.waits["một"].set()
        await api.user(1).hears(3)
    assert notes.texts(1) == ["một", "hai", "ba"]
    assert [heard.plain for heard in api.heard(1)] == ["nghe: một", "nghe: hai", "nghe: ba"]


async def test_sending_that_hangs_holds_up_neither_polling_nor_others(api: StrictBotApi, notes: NotingDesk) -> None:
    channel = make_channel(api, notes)
    async with serving(channel):
        with api.held("sendMessage", chat=1) as gate:
            api.user(1).says("một")
            await gate.reached.wait()
            api.user(2).says("hai")
            await api.user(2).hears()
            api.user(1).says("ba")
            await api.drained()
            assert notes.texts(1) == ["một", "ba"]
            assert api.heard(1) == []
        await api.user(1).hears(2)
    assert [heard.plain for heard in api.heard(1)] == ["nghe: một", "nghe: ba"]


async def test_a_chat_told_to_wait_gets_everything_once_and_in_order(api: StrictBotApi, notes: NotingDesk) -> None:
    api.inject("sendMessage", flood(3), times=4, chat=1)
    async with serving(make_channel(api, notes)):
        for text in ("một", "hai"):
            api.user(1).says(text)
        await api.user(1).hears(2)
    assert [heard.plain for heard in api.heard(1)] == ["nghe: một", "nghe: hai"]


async def test_the_wait_told_by_telegram_reaches_the_desk(api: StrictBotApi, notes: NotingDesk) -> None:
    channel = make_channel(api, notes)
    api.user(1).says("mở")
    api.inject("sendMessage", flood(17))
    with pytest.raises(TryLater) as wait:
        await channel.send("1", Text("chờ"), None)
    assert wait.value.seconds == 17


@pytest.mark.parametrize("error", [network(), broken(500), broken(502)])
async def test_a_broken_network_is_a_reason_to_try_later(api: StrictBotApi, notes: NotingDesk, error: Any) -> None:
    api.user(1).says("mở")
    api.inject("sendMessage", error)
    with pytest.raises(TryLater):
        await make_channel(api, notes).send("1", Text("chờ"), None)


async def test_a_lost_answer_means_twice_said_and_once_recorded(api: StrictBotApi, notes: NotingDesk) -> None:
    api.inject("sendMessage", LostAnswer(), chat=1)
    async with serving(make_channel(api, notes)):
        api.user(1).says("một")
        await api.user(1).hears(2)
    assert notes.texts(1) == ["một"]


async def test_killed_before_confirming_nothing_is_lost_or_doubled(
    api: StrictBotApi, database: Database, resources: Resources
) -> None:
    ba = api.user(1)
    first = real_channel(api, database, resources)
    running = asyncio.create_task(first.run(asyncio.Event()))
    await api.drained()
    api.inject("getUpdates", network(), times=1000)  # what would confirm never arrives
    ba.says("đóng bao nhiêu tiền một tháng")
    await ba.hears()
    await first.settled()
    before = len(ba.heard)
    await kill(running)
    api.heal()
    second = real_channel(api, database, resources)
    async with serving(second):
        await all_done(api, second)
    assert len(ba.heard) == before
    assert await count(database, schema.metadata.tables["questions"]) == 1


async def test_killed_before_sending_the_reply_goes_out_at_the_next_start(
    api: StrictBotApi, database: Database, resources: Resources
) -> None:
    ba = api.user(1)
    ba.starts()
    first = real_channel(api, database, resources)
    api.inject("sendMessage", network(), times=1000)
    running = asyncio.create_task(first.run(asyncio.Event()))
    await all_done(api, first)
    await kill(running)
    assert ba.heard == []
    api.heal()
    second = real_channel(api, database, resources)
    async with serving(second):
        await ba.hears()
        await all_done(api, second)
    assert await count(database, schema.metadata.tables["starts"]) == 1


async def test_the_same_update_brought_twice_is_answered_once(
    api: StrictBotApi, database: Database, resources: Resources
) -> None:
    ba = api.user(1)
    channel = real_channel(api, database, resources)
    async with serving(channel):
        update = ba.says("đóng bao nhiêu tiền một tháng")
        await ba.hears()
        await all_done(api, channel)
        before = len(ba.heard)
        api.redeliver(update)
        await all_done(api, channel)
    assert len(ba.heard) == before
    assert await count(database, schema.metadata.tables["questions"]) == 1


async def count(database: Database, table: sa.Table) -> int:
    async with database.read() as connection:
        return (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()


async def test_a_database_that_is_down_confirms_nothing_until_it_is_back(api: StrictBotApi, notes: NotingDesk) -> None:
    notes.failures.append(StorageDown("disk full"))
    polls_before: list[int] = []

    def answer(inbound: Inbound) -> tuple[Said, ...]:
        polls_before.append(len(api.made("getUpdates")))
        return echo(inbound)

    notes.answer = answer
    api.user(1).says("một")
    async with serving(make_channel(api, notes)):
        assert [heard.plain for heard in await api.user(1).hears()] == ["nghe: một"]
    assert polls_before == [1]


async def test_a_bug_is_apologised_for_and_logged_without_the_words(
    api: StrictBotApi, notes: NotingDesk, caplog: pytest.LogCaptureFixture
) -> None:
    notes.failures.append(RuntimeError("họ nói: căn cước 079123456789"))
    async with serving(make_channel(api, notes)):
        api.user(1).says("căn cước 079123456789")
        assert [heard.plain for heard in await api.user(1).hears()] == [APOLOGY]
        api.user(1).says("hai")
        await api.user(1).hears()
    assert notes.texts(1) == ["hai"]
    assert "RuntimeError" in caplog.text
    assert "079123456789" not in caplog.text


# --- polling and stopping


async def test_every_poll_says_which_updates_it_wants(api: StrictBotApi, notes: NotingDesk) -> None:
    async with serving(make_channel(api, notes)):
        for text in ("một", "hai", "ba"):
            api.user(1).says(text)
            await api.user(1).hears()
    polls = api.made("getUpdates")
    assert len(polls) > 3
    assert all(json.loads(call.parameters["allowed_updates"]) == list(ALLOWED_UPDATES) for call in polls)


@pytest.mark.parametrize("error", [network(), broken(500), broken(502), flood(1)])
async def test_polling_survives_a_failing_network(api: StrictBotApi, notes: NotingDesk, error: Any) -> None:
    api.inject("getUpdates", error)
    api.user(1).says("một")
    async with serving(make_channel(api, notes)):
        await api.user(1).hears()


async def test_starting_survives_a_failing_network(api: StrictBotApi, notes: NotingDesk) -> None:
    api.inject("getMe", network())
    api.inject("setMyCommands", network())
    api.user(1).says("một")
    async with serving(make_channel(api, notes)):
        await api.user(1).hears()
        await api.until(lambda: len(api.commands) == 2, "the commands are set")


async def test_a_forgotten_webhook_is_removed(api: StrictBotApi, notes: NotingDesk) -> None:
    api.webhook = True
    api.user(1).says("một")
    async with serving(make_channel(api, notes)):
        await api.user(1).hears()


async def test_another_poller_is_waited_for(api: StrictBotApi, notes: NotingDesk) -> None:
    api.inject("getUpdates", ApiRefusal(409, "Conflict: terminated by other getUpdates request"))
    api.user(1).says("một")
    async with serving(make_channel(api, notes)):
        await api.user(1).hears()


async def test_told_to_stop_it_finishes_the_batch_and_confirms_it(api: StrictBotApi, notes: NotingDesk) -> None:
    notes.waits["một"] = asyncio.Event()
    update = api.user(1).says("một")
    stop = asyncio.Event()
    running = asyncio.create_task(make_channel(api, notes).run(stop))
    await notes.entered.wait()
    stop.set()
    notes.waits["một"].set()
    await running
    assert [heard.plain for heard in api.heard(1)] == ["nghe: một"]
    assert api.made("getUpdates")[-1].parameters["offset"] == str(update + 1)


async def test_broken_off_before_the_commit_nothing_is_confirmed(api: StrictBotApi, notes: NotingDesk) -> None:
    notes.waits["một"] = asyncio.Event()
    api.user(1).says("một")
    running = asyncio.create_task(make_channel(api, notes).run(asyncio.Event()))
    await notes.entered.wait()
    await kill(running)
    assert notes.taken == []
    notes.waits.clear()
    async with serving(make_channel(api, notes)):
        assert [heard.plain for heard in await api.user(1).hears()] == ["nghe: một"]


async def test_told_to_stop_in_the_middle_of_a_long_poll_it_stops(api: StrictBotApi, notes: NotingDesk) -> None:
    async with serving(make_channel(api, notes)) as running:
        await api.drained()
    assert running.done()
    assert running.exception() is None


async def test_told_to_stop_before_telegram_answers_it_stops(api: StrictBotApi, notes: NotingDesk) -> None:
    with api.held("getMe") as gate:
        async with serving(make_channel(api, notes)):
            await gate.reached.wait()


async def test_a_token_telegram_does_not_know_ends_it_without_telling_the_token(notes: NotingDesk) -> None:
    with pytest.raises(WrongToken) as refused:
        await make_channel(StrictBotApi(token="1:other"), notes).run(asyncio.Event())
    assert TOKEN not in str(refused.value)
    assert refused.value.__suppress_context__


async def test_a_token_revoked_while_running_ends_it(api: StrictBotApi, notes: NotingDesk) -> None:
    running = asyncio.create_task(make_channel(api, notes).run(asyncio.Event()))
    await api.drained()
    api.token = "1:other"
    api.user(1).blocks()
    with pytest.raises(WrongToken):
        await running


async def test_commands_are_for_private_chats(api: StrictBotApi, notes: NotingDesk) -> None:
    channel = make_channel(api, notes)
    async with serving(channel):
        await all_done(api, channel)
    assert api.commands == [
        {"command": "start", "description": "Bắt đầu"},
        {"command": "danhgia", "description": "Đánh giá"},
    ]
    assert json.loads(api.made("setMyCommands")[0].parameters["scope"]) == {"type": "all_private_chats"}


async def test_commands_of_the_staff_are_shown_in_their_chats_only(api: StrictBotApi, notes: NotingDesk) -> None:
    channel = make_channel(api, notes, staff=[("thongke", "Thống kê")], staff_chats=[700, -900])
    async with serving(channel):
        await all_done(api, channel)
    shown = {
        call.parameters["scope"]: [each["command"] for each in json.loads(call.parameters["commands"])]
        for call in api.made("setMyCommands")
    }
    assert list(shown.values()) == [["start", "danhgia"], ["start", "danhgia", "thongke"], ["thongke"]]
    assert [json.loads(scope).get("chat_id") for scope in shown] == [None, 700, -900]


# --- pressing


async def test_a_press_is_acknowledged_before_it_is_handled(api: StrictBotApi, notes: NotingDesk) -> None:
    notes.waits["a"] = asyncio.Event()
    for data in ("a", "b"):
        api.user(1).presses_data(data, 5)
    async with serving(make_channel(api, notes)):
        await api.until(lambda: len(api.made("answerCallbackQuery")) == 2, "both presses are acknowledged")
        assert notes.taken == []
        notes.waits["a"].set()


@pytest.mark.parametrize("error", [None, network(), flood(1), forbidden(), broken()])
async def test_a_press_is_handled_even_if_it_can_not_be_acknowledged(
    api: StrictBotApi, notes: NotingDesk, error: Any
) -> None:
    api.user(1).says("mở")
    api.user(1).presses_data("a", 5)
    if error is None:
        api.forget_queries()
    else:
        api.inject("answerCallbackQuery", error)
    async with serving(make_channel(api, notes)):
        heard = await api.user(1).hears(2)
    assert heard[1].plain == "nghe: a"
    assert APOLOGY not in [one.plain for one in api.heard(1)]


def offering(inbound: Inbound) -> tuple[Said, ...]:
    """Answers a text with a button, and a press by replacing the message."""
    if inbound.message.kind == "press":
        return (Text(inbound.message.text, replaces=True),)
    return (Text("bấm nhé", ((Button("Xem", "đã xem"),),)),)


async def test_a_reply_takes_the_place_of_the_pressed_message(api: StrictBotApi) -> None:
    ba = api.user(1)
    async with serving(make_channel(api, NotingDesk(offering))):
        ba.says("mở")
        await ba.hears()
        ba.presses("Xem")
        await ba.hears()
    assert [one.plain for one in ba.screen] == ["đã xem"]


async def test_an_unchanged_message_is_no_error(api: StrictBotApi, caplog: pytest.LogCaptureFixture) -> None:
    ba = api.user(1)
    channel = make_channel(api, NotingDesk(offering))
    async with serving(channel):
        ba.says("mở")
        (shown,) = await ba.hears()
        for _ in range(2):
            ba.presses_data("đã xem", shown.message_id)
            await all_done(api, channel)
    assert [one.plain for one in ba.screen] == ["đã xem"]
    assert [call.refused for call in api.refusals if "not modified" in (call.refused or "")]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_where_the_pressed_message_can_not_change_a_new_one_is_sent(api: StrictBotApi) -> None:
    ba = api.user(1)
    channel = make_channel(api, NotingDesk(offering))
    async with serving(channel):
        ba.says("mở")
        (shown,) = await ba.hears()
        ba.presses_data("không còn", 999, gone=True)
        assert [one.plain for one in await ba.hears()] == ["không còn"]
        api.frozen.add(shown.message_id)
        ba.presses_data("không sửa được", shown.message_id)
        (new,) = await ba.hears()
        assert not new.edited
        await channel.send("1", Picture("chart", {}), None)
        (picture,) = await ba.hears()
        ba.presses_data("dưới ảnh", picture.message_id)
        assert [one.plain for one in await ba.hears()] == ["dưới ảnh"]


# --- what goes out


@pytest.fixture
async def said(api: StrictBotApi, notes: NotingDesk) -> Callable[..., Any]:
    api.user(1).says("mở")
    channel = make_channel(api, notes)

    async def say(reply: Said, replaces: str | None = None) -> list[SeenMessage]:
        before = len(api.heard(1))
        await channel.send("1", reply, replaces)
        assert [call.refused for call in api.refusals if "not found" not in (call.refused or "")] == []
        return api.heard(1)[before:]

    return say


async def test_buttons_and_menu(said: Callable[..., Any]) -> None:
    rows = ((Button("Có", "y"), Button("Không", "n")), (Button("Quay lại", "b"),))
    (asked,) = await said(Text("<b>Đúng</b> không?", rows))
    assert asked.buttons == ((("Có", "y"), ("Không", "n")), (("Quay lại", "b"),))
    (welcomed,) = await said(Text("Chào bà con", menu=(("Hỏi đáp", "Trợ giúp"), ("Đánh giá",))))
    assert welcomed.menu == (("Hỏi đáp", "Trợ giúp"), ("Đánh giá",))


async def test_words_are_handed_to_another_chat_by_a_button_unless_they_are_too_long_for_it(
    said: Callable[..., Any],
) -> None:
    back = ((Button("Thu hồi", "share|revoke"),),)
    passed = PassOn("Chọn người nhận", "Đóng 15 năm & đủ tuổi\nthì có lương hưu", "https://t.me/bot?start=s-1")
    (shown,) = await said(Text("Tin ở dưới", back, pass_on=passed))
    (((label, address),), *rest) = shown.buttons
    assert (label, rest) == ("Chọn người nhận", [(("Thu hồi", "share|revoke"),)])
    parts = urlsplit(address)
    assert (parts.hostname, parts.path) == ("t.me", "/share/url")
    assert parse_qs(parts.query) == {"url": [passed.link], "text": [passed.words]}
    (long,) = await said(Text("Tin ở dưới", back, pass_on=dataclasses.replace(passed, words="ữ" * 200)))
    assert long.buttons == ((("Thu hồi", "share|revoke"),),)


async def test_the_menu_stays_and_links_are_not_fetched(said: Callable[..., Any], api: StrictBotApi) -> None:
    await said(Text("Chào", menu=(("Hỏi đáp",),)))
    (call,) = api.made("sendMessage")
    keyboard = json.loads(call.parameters["reply_markup"])
    assert (keyboard["is_persistent"], keyboard["resize_keyboard"]) == (True, True)
    assert json.loads(call.parameters["link_preview_options"])["is_disabled"] is True


async def test_a_menu_can_not_come_by_an_edit(said: Callable[..., Any], api: StrictBotApi) -> None:
    (shown,) = await said(Text("một"))
    (menu,) = await said(Text("hai", menu=(("Hỏi đáp",),), replaces=True), str(shown.message_id))
    assert menu.menu == (("Hỏi đáp",),)
    assert api.made("editMessageText") == []


async def test_a_long_text_comes_whole_with_its_buttons_last(said: Callable[..., Any]) -> None:
    paragraphs = [f"Đoạn <b>{number}</b>: " + "người nông dân &amp; hợp tác xã. " * 9 for number in range(40)]
    heard = await said(Text("\n\n".join(paragraphs), ((Button("Chi tiết", "d"),),)))
    assert len(heard) > 2
    assert [one.labels for one in heard] == [()] * (len(heard) - 1) + [("Chi tiết",)]
    words = " ".join(one.plain for one in heard).split()
    assert words == " ".join(paragraphs).replace("<b>", "").replace("</b>", "").replace("&amp;", "&").split()


async def test_a_long_reply_in_place_of_a_message_keeps_its_order(said: Callable[..., Any]) -> None:
    (shown,) = await said(Text("ngắn"))
    text = "\n\n".join(f"{number} " + "chữ " * 500 for number in range(5))
    heard = await said(Text(text, ((Button("Hết", "x"),),), replaces=True), str(shown.message_id))
    assert [one.edited for one in heard] == [True] + [False] * (len(heard) - 1)
    assert heard[0].plain.startswith("0 chữ")
    assert heard[-1].labels == ("Hết",)


@pytest.mark.parametrize("error", [flood(1), network()])
async def test_what_was_already_said_of_a_long_reply_is_not_said_again(
    api: StrictBotApi, notes: NotingDesk, error: Any
) -> None:
    api.user(1).says("mở")
    channel = make_channel(api, notes)
    reply = Text("\n\n".join(f"{number} " + "chữ " * 900 for number in range(3)))
    with api.held("sendMessage") as gate:
        sending = asyncio.create_task(channel.send("1", reply, None))
        await gate.reached.wait()
    with api.held("sendMessage"):
        await api.until(lambda: len(api.made("sendMessage")) == 2, "the second part is on its way")
        api.inject("sendMessage", error, chat=1)
    with pytest.raises(TryLater):
        await sending
    await channel.send("1", reply, None)
    assert [one.plain.split()[0] for one in api.heard(1)] == ["0", "1", "2"]


async def test_broken_html_and_typed_signs_come_out_readable(said: Callable[..., Any]) -> None:
    (shown,) = await said(Text("Lương <10 triệu & <b>đóng <i>đều</b> thôi</i> > 15 năm <x> &#39;ok&#39;"))
    assert shown.plain == "Lương <10 triệu & đóng đều thôi > 15 năm <x> 'ok'"


class NotesFileNames(StrictBotApi):
    names: list[str]

    def _file(self, method: str, files: Any) -> dict[str, Any]:
        self.names = [given[0] for given in files.values()]
        return super()._file(method, files)


async def test_a_picture_is_named_as_one_for_servers_that_go_by_the_name(notes: NotingDesk) -> None:
    api, notes.answer = NotesFileNames(), lambda inbound: (Picture("plan", {}, "Kế hoạch"),)
    channel = make_channel(api, notes)
    async with serving(channel):
        api.user(7).says("ảnh")
        await all_done(api, channel)
    assert api.names == ["plan.png"]


async def test_a_picture_and_its_caption(said: Callable[..., Any]) -> None:
    (shown,) = await said(Picture("chart", {}, "Lương hưu <b>ước tính</b>"))
    assert (shown.photo, shown.plain) == (PNG, "Lương hưu ước tính")
    picture, text = await said(Picture("chart", {}, "dài " * 400))
    assert (picture.photo, picture.plain) == (PNG, "")
    assert text.plain == ("dài " * 400).strip()
    (words,) = await said(Picture("broken", {}, "chỉ còn chữ"))
    assert (words.photo, words.plain) == (None, "chỉ còn chữ")


MESSY = st.lists(
    st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<", ">", "&", "&amp;", "&#39;", "&xyz;", "\n\n", ". ", " ", "😀"])
    | st.text(max_size=40).map(lambda text: text * 30)
).map("".join)


@given(MESSY, st.sampled_from([markup.CAPTION_LIMIT, markup.TEXT_LIMIT]))
def test_whatever_is_written_goes_out_as_telegram_takes_it(text: str, limit: int) -> None:
    whole = "".join(plain_text(piece, "HTML") for piece in markup.pieces(text, 10**9))
    cut = markup.pieces(text, limit)
    for piece in cut:
        assert plain_text(piece, "HTML").strip()
        assert len(piece.encode("utf-16-le")) // 2 <= limit
    assert "".join("".join(plain_text(piece, "HTML") for piece in cut).split()) == "".join(whole.split())


@pytest.mark.parametrize("error", [forbidden(), forbidden("user is deactivated"), bad("chat not found")])
async def test_a_person_who_is_gone_is_told_to_the_desk(api: StrictBotApi, notes: NotingDesk, error: Any) -> None:
    api.inject("sendMessage", error, chat=1)
    channel = make_channel(api, notes)
    async with serving(channel):
        api.user(1).says("một")
        await all_done(api, channel)
    assert notes.gone == ["1"]


async def test_a_person_who_blocks_is_told_to_the_desk(api: StrictBotApi, notes: NotingDesk) -> None:
    async with serving(make_channel(api, notes)):
        api.user(1).blocks()
        await api.drained()
    assert notes.gone == ["1"]


class AnswersOddly(StrictBotApi):
    """Shows every message, and answers with something that is no message."""

    def _show(self, p: Any, seen: SeenMessage) -> Any:
        super()._show(p, seen)
        return True


async def test_a_message_taken_with_an_odd_answer_is_said_once_more_and_no_more(notes: NotingDesk) -> None:
    api = AnswersOddly()
    channel = make_channel(api, notes)
    async with serving(channel):
        api.user(7).says("một")
        api.user(7).says("hai")
        await all_done(api, channel)
    assert [heard.plain for heard in api.heard(7)] == ["nghe: một", "nghe: một", "nghe: hai", "nghe: hai"]
    assert notes.unsent["7"] == []


async def test_what_telegram_refuses_for_good_does_not_come_round_for_ever(
    api: StrictBotApi, notes: NotingDesk, caplog: pytest.LogCaptureFixture
) -> None:
    answers = iter([(Text("x", ((Button("quá dài", "đ" * 33),),)),), (Text("sau"),)])
    notes.answer = lambda inbound: next(answers)
    async with serving(make_channel(api, notes)):
        api.user(1).says("một")
        api.user(1).says("hai")
        assert [one.plain for one in await api.user(1).hears()] == ["sau"]
    assert "refuses" in caplog.text


# --- over HTTP: the address, the logs, being online


@contextlib.asynccontextmanager
async def http_api(status: int, body: dict[str, Any], asked: list[str]) -> AsyncIterator[str]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).decode().split()[1])
        payload = json.dumps(body).encode()
        head = f"HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {len(payload)}\r\n\r\n"
        writer.write(head.encode() + payload)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


ME = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "x", "username": "tro_ly_bot"}}


@pytest.mark.parametrize("path", ["", "/", "/bot", "/bot/"])
async def test_online_over_http_and_the_token_in_no_log(caplog: pytest.LogCaptureFixture, path: str) -> None:
    asked: list[str] = []
    caplog.set_level(logging.DEBUG)
    async with http_api(200, ME, asked) as address:
        await check_online(TelegramConnection(TOKEN, base_url=address + path))
        for name in ("httpx", "httpcore", "telegram"):
            logging.getLogger(name).setLevel(logging.DEBUG)  # as if somebody turned them on again
        online = await check_online(TelegramConnection(TOKEN, base_url=address + path))
    assert (online.reachable, online.username) == (True, "tro_ly_bot")
    assert set(asked) == {f"/bot{TOKEN}/getMe"}
    assert TOKEN not in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


async def test_why_it_is_not_online(unused_port: int) -> None:
    refusal = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    async with http_api(401, refusal, []) as address:
        assert (await check_online(TelegramConnection(TOKEN, base_url=address))).why == "wrong_token"
    async with http_api(502, {"ok": False, "description": "Bad Gateway"}, []) as address:
        assert (await check_online(TelegramConnection(TOKEN, base_url=address))).why == "refused"
    async with http_api(200, {"ok": True, "result": {"id": 1}}, []) as address:
        assert (await check_online(TelegramConnection(TOKEN, base_url=address))).why == "refused"
    nowhere = f"http://127.0.0.1:{unused_port}"
    assert (await check_online(TelegramConnection(TOKEN, base_url=nowhere))).why == "no_connection"
    for proxy in ("ftp://x:1", "socks5://", "http://", "socks5://x:99999"):
        assert (await check_online(TelegramConnection(TOKEN, proxy=proxy))).why == "wrong_proxy", proxy
    assert (await check_online(TelegramConnection("", base_url=nowhere))).why == "wrong_token"


@pytest.fixture
async def unused_port() -> int:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    async with server:
        port: int = server.sockets[0].getsockname()[1]
    return port


async def test_the_proxy_is_used() -> None:
    asked: list[str] = []
    async with http_api(200, ME, asked) as proxy:
        online = await check_online(TelegramConnection(TOKEN, base_url="http://api.example/bot", proxy=proxy))
    assert online.reachable
    assert asked == [f"http://api.example/bot{TOKEN}/getMe"]


VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """One that names no proxy yet."""
    for each in VARIABLES:
        monkeypatch.delenv(each, raising=False)
        monkeypatch.delenv(each.upper(), raising=False)
    return monkeypatch


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("scheme", ["http://", ""])
async def test_the_proxy_of_the_environment_is_used_unless_it_names_the_host(
    environment: pytest.MonkeyPatch, name: str, scheme: str
) -> None:
    asked: list[str] = []
    async with http_api(200, ME, asked) as proxy:
        environment.setenv(name, proxy.replace("http://", scheme))
        assert (await check_online(TelegramConnection(TOKEN, base_url="http://api.example/bot"))).reachable
        environment.setenv("NO_PROXY", "localhost,127.0.0.1")
        assert (await check_online(TelegramConnection(TOKEN, base_url=f"{proxy}/bot"))).reachable
    assert asked == [f"http://api.example/bot{TOKEN}/getMe", f"/bot{TOKEN}/getMe"]


async def test_a_socks_proxy_of_the_environment_is_not_gone_around(
    environment: pytest.MonkeyPatch, unused_port: int
) -> None:
    asked: list[str] = []
    async with http_api(200, ME, asked) as address:
        for name in ("ALL_PROXY", "HTTP_PROXY"):
            environment.setenv(name, f"socks5h://127.0.0.1:{unused_port}")
            online = await check_online(TelegramConnection(TOKEN, base_url=address))
            assert online.why == "no_connection"
            environment.setenv(name, "socks4://127.0.0.1:1")
            assert (await check_online(TelegramConnection(TOKEN, base_url=address))).why == "wrong_proxy"
    assert not asked


def test_a_secret_is_in_no_record(caplog: pytest.LogCaptureFixture, api: StrictBotApi, notes: NotingDesk) -> None:
    make_channel(api, notes)
    log = logging.getLogger("anything")
    log.error("to %s", f"https://api/bot{TOKEN}/getMe")
    log.error("the token is " + TOKEN)
    log.error({"token": TOKEN})
    log.error("wrong arguments %d", TOKEN)
    try:
        raise RuntimeError(f"bot{TOKEN}")
    except RuntimeError:
        log.exception("failed")
    assert len(caplog.records) == 5
    assert TOKEN not in caplog.text
    assert "RuntimeError" in caplog.text


# --- in a group ----------------------------------------------------------------------------------

GROUP = -900


async def in_group(api: StrictBotApi, notes: NotingDesk, do: Callable[[SeenMessage], int]) -> list[Inbound]:
    """What the desk takes of something done in a group in which the bot said «#K1»."""
    api.group(GROUP)
    channel = make_channel(api, notes)
    async with serving(channel):
        await channel.send(str(GROUP), Text("#K1 · hỏi", ((Button("Khép", "staff|close|1"),),)), None)
        do(api.heard(GROUP)[-1])
        await all_done(api, channel)
    return notes.taken


async def test_a_reply_to_the_bot_is_handed_in_with_what_it_replies_to(api: StrictBotApi, notes: NotingDesk) -> None:
    (taken,) = await in_group(api, notes, lambda bots: api.user(7).replies("trả lời", bots, group=GROUP))
    assert (taken.person, taken.address, taken.group) == ("7", str(GROUP), True)
    assert (taken.message.kind, taken.message.text, taken.message.replied) == ("text", "trả lời", "#K1 · hỏi")


async def test_a_press_and_a_picture_in_a_group_are_handed_in(api: StrictBotApi, notes: NotingDesk) -> None:
    (taken,) = await in_group(api, notes, lambda bots: api.user(7).presses_in(GROUP, "Khép", bots))
    assert (taken.message.kind, taken.message.text, taken.group) == ("press", "staff|close|1", True)
    photo = {"photo": MEDIA["photo"]}
    *_, taken = await in_group(api, notes, lambda bots: api.user(7).replies("", bots, group=GROUP, **photo))
    assert (taken.message.kind, taken.message.text, taken.message.replied) == ("media", "", "#K1 · hỏi")
    photo["caption"] = "xem ảnh này"
    *_, taken = await in_group(api, notes, lambda bots: api.user(7).replies("", bots, group=GROUP, **photo))
    assert (taken.message.kind, taken.message.text, taken.message.with_media) == ("text", "xem ảnh này", True)


async def test_an_admin_who_stays_unknown_is_no_person_with_a_role(api: StrictBotApi, notes: NotingDesk) -> None:
    """Telegram writes a bot's name for them, and the group as the sender."""
    chat = {"id": GROUP, "type": "supergroup", "title": "Cán bộ"}
    anonymous = api.user(1087968824, is_bot=True)
    (taken,) = await in_group(
        api, notes, lambda bots: anonymous.replies("tôi trả lời", bots, group=GROUP, sender_chat=chat)
    )
    assert taken.person == str(GROUP)


@pytest.mark.parametrize(
    "reply",
    [
        lambda api, bots: api.user(8, is_bot=True).replies("tôi là máy", bots, group=GROUP),
        lambda api, bots: api.user(7).says("#K1 không phải trả lời", group=GROUP),
        lambda api, bots: api.user(7).says(
            "trả lời bạn",
            group=GROUP,
            reply_to_message={
                "message_id": 1, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}, "text": "#K1 · giả",
                "from": {"id": 9, "is_bot": False, "first_name": "Ai đó"},
            },
        ),
    ],
)  # fmt: skip
async def test_only_replies_of_people_to_the_bot_itself_count(
    api: StrictBotApi, notes: NotingDesk, reply: Callable[[StrictBotApi, SeenMessage], int]
) -> None:
    assert await in_group(api, notes, lambda bots: reply(api, bots)) == []


async def test_a_group_that_moved_is_told_by_the_service_message_and_by_the_refusal(
    api: StrictBotApi, notes: NotingDesk
) -> None:
    api.group(GROUP)
    channel = make_channel(api, notes)
    async with serving(channel):
        api.migrates(GROUP, -1000900)
        await all_done(api, channel)
        with pytest.raises(Moved) as moved:
            await channel.send(str(GROUP), Text("#K1 · hỏi"), None)
    assert notes.moves == [(str(GROUP), "-1000900")]
    assert moved.value.to == "-1000900"
    assert notes.taken == []


async def test_the_commands_of_a_group_that_moved_are_shown_where_it_is(api: StrictBotApi, notes: NotingDesk) -> None:
    api.group(GROUP)
    api.migrates(GROUP, -1000900)
    channel = make_channel(api, notes, staff=[("thongke", "Thống kê")], staff_chats=[GROUP])
    async with serving(channel):
        await all_done(api, channel)
    asked = [json.loads(call.parameters["scope"]).get("chat_id") for call in api.made("setMyCommands")]
    assert asked == [None, GROUP, -1000900]


async def test_a_quiet_message_comes_without_a_sound(api: StrictBotApi, notes: NotingDesk) -> None:
    api.user(7).starts()
    channel = make_channel(api, notes)
    async with serving(channel):
        await all_done(api, channel)
        await channel.send("7", Text("lặng lẽ", quiet=True), None)
        await channel.send("7", Text("có tiếng"), None)
    flags = [call.parameters.get("disable_notification") for call in api.made("sendMessage")]
    assert flags[-2:] == ["true", None]
