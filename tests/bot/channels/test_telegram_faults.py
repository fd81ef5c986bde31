"""Telegram on a bad day: what comes is no update, what answers is no answer, and nobody else goes unheard for it."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.channel import TelegramChannel
from bot.desk.channel import Barred, TryLater, Unreachable
from bot.storage.database import StorageDown
from bot.testing.telegram_api import Garbled, LostAnswer, StrictBotApi, bad, forbidden
from bot.testing.telegram_people import MEDIA
from bot.testing.telegram_rules import ApiRefusal
from handlers.dialogue.turn import Picture, Text
from tests.noting_desk import NotingDesk, all_done, make_channel, serving

SECRET = "079123456789"
ME = {"id": 7, "is_bot": False, "first_name": "Bà con"}
CHAT = {"id": 7, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": ME, "text": SECRET}


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting takes no time: what waits long on purpose is waited for here as well."""
    monkeypatch.setattr("bot.channels.telegram.polling._AT_LEAST_SECONDS", 0.0)
    monkeypatch.setattr("bot.base.retry._LONGEST", 0.01)


# --- updates that are none


BROKEN: list[Any] = [
    {"message": [1, 2]},
    {"message": ""},
    {"message": MESSAGE | {"from": {"id": []}}},
    {"message": MESSAGE | {"from": {"id": {}}}},
    {"message": MESSAGE | {"chat": {"id": [], "type": "private"}}},
    {"message": MESSAGE | {"chat": {"id": "7", "type": "private"}}},
    {"message": MESSAGE | {"chat": {"id": True, "type": "private"}}},
    {"message": MESSAGE | {"chat": {"id": 2**80, "type": "private"}}},
    {"message": MESSAGE | {"from": ME | {"id": -(2**70)}}},
    {"message": MESSAGE | {"chat": "không phải chat"}},
    {"message": MESSAGE | {"chat": [CHAT]}},
    {"message": MESSAGE | {"text": {"a": SECRET}}},
    {"message": MESSAGE | {"text": [SECRET]}},
    {"message": MESSAGE | {"reply_to_message": SECRET}},
    {"edited_message": 5},
    {"edited_message": MESSAGE | {"chat": None}},
    {"callback_query": []},
    {"callback_query": {"id": [], "from": ME, "data": SECRET}},
    {"callback_query": {"id": "1", "from": [], "data": SECRET}},
    {"callback_query": {"id": "1", "from": ME, "data": [SECRET]}},
    {"my_chat_member": SECRET},
    {"my_chat_member": {"chat": CHAT, "from": ME, "date": [], "new_chat_member": 7}},
]


@pytest.mark.parametrize("content", BROKEN)
async def test_what_is_no_update_is_passed_over_and_the_next_is_heard(
    api: StrictBotApi, notes: NotingDesk, caplog: pytest.LogCaptureFixture, content: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    api.arrives_raw({"update_id": 900} | content)
    api.user(8).says("xin chào")
    async with serving(make_channel(api, notes)):
        await api.drained()
        await api.user(8).hears()
    assert notes.texts(8) == ["xin chào"]
    assert SECRET not in caplog.text


async def test_a_date_that_is_none_silences_nobody(api: StrictBotApi, notes: NotingDesk) -> None:
    api.arrives_raw({"update_id": 900, "message": MESSAGE | {"date": [], "text": "đóng bao nhiêu"}})
    async with serving(make_channel(api, notes)):
        await api.drained()
    assert notes.texts(7) == ["đóng bao nhiêu"]


@pytest.mark.parametrize("number", [None, "abc", True, -1, 2**40, 1.5, [], {}])
async def test_a_number_that_can_be_none_confirms_nothing_and_holds_up_nobody(
    api: StrictBotApi, notes: NotingDesk, caplog: pytest.LogCaptureFixture, number: Any
) -> None:
    update = {"message": MESSAGE} | ({} if number is None else {"update_id": number})
    api.arrives_raw(update)
    channel = make_channel(api, notes)
    async with serving(channel):
        for text in ("một", "hai", "ba"):
            api.user(8).says(text)
            await api.user(8).hears()
        assert all(int(call.parameters.get("offset", "0")) < 2**32 for call in api.made("getUpdates"))
        api.taken_back()
        await all_done(api, channel)
    assert notes.texts(8) == ["một", "hai", "ba"]
    assert notes.texts(7) == []
    assert caplog.text.count("passed over") == 1


@pytest.mark.parametrize("element", [5, None, "x", [], True])
async def test_an_element_that_is_no_update_at_all_holds_up_nobody(
    api: StrictBotApi, notes: NotingDesk, element: Any
) -> None:
    api.arrives_raw(element)
    async with serving(make_channel(api, notes)):
        api.user(8).says("một")
        await api.user(8).hears()
        api.taken_back()


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("message_id", "date", "chat", "from", "text", "caption", "media_group_id", "reply_to_message", "entities")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "poll"]),
    st.dictionaries(st.sampled_from([*FIELDS, "id", "data", "message", "new_chat_member"]), ANY_JSON, max_size=5),
    ANY_JSON,
)
def test_nothing_of_any_shape_ends_receiving(kind: str, fields: dict[str, Any], instead: Any) -> None:
    async def take() -> None:
        notes = NotingDesk()
        receiver = make_channel(StrictBotApi(), notes)._receiver
        await receiver.take({"update_id": 1, kind: MESSAGE | {"id": "1", "data": "x"} | fields})
        await receiver.take({"update_id": 2, kind: instead})
        await receiver.take(instead)
        await receiver.settled()

    asyncio.run(take())


async def test_of_a_failing_database_whoever_asked_to_know_is_told(api: StrictBotApi, notes: NotingDesk) -> None:
    receiver = make_channel(api, notes)._receiver
    notes.failures = [StorageDown("disk full")]
    with pytest.raises(StorageDown):
        await receiver.take({"update_id": 5, "message": MESSAGE}, tries=1)
    await receiver.take({"update_id": 5, "message": MESSAGE}, tries=1)
    assert len(notes.taken) == 1


# --- answers that are none


BODIES = [
    b"",
    b"<html><body>Welcome to the hotel</body></html>",
    b"{}",
    b"[]",
    b"null",
    b'{"ok": true}',
    b'{"ok": true, "result": null}',
    b'{"ok": true, "result": "x"}',
    b'{"ok": true, "result": {"id": "x"}}',
    b'{"ok": true, "result": [[',
    b"\xff\xfe\x00",
]
METHODS = ["getMe", "getUpdates", "setMyCommands", "answerCallbackQuery", "sendMessage", "sendPhoto"]


@pytest.mark.parametrize("body", BODIES)
async def test_an_answer_that_is_none_loses_nothing_whatever_was_asked(
    api: StrictBotApi, notes: NotingDesk, body: bytes
) -> None:
    for method in METHODS:
        api.inject(method, Garbled(body), times=1)
    notes.answer = lambda inbound: (Text(f"nghe: {inbound.message.text}"), Picture("chart", {}, "ảnh"))
    channel = make_channel(api, notes)
    async with serving(channel) as running:
        api.user(7).says("một")
        api.user(7).presses_data("hai", 5)
        await all_done(api, channel)
        await api.until(lambda: len(api.commands) == 2, "the commands are set")
        assert not running.done()
    assert [heard.plain for heard in api.heard(7)] == ["nghe: một", "ảnh", "nghe: hai", "ảnh"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 502])
async def test_a_refusal_that_is_not_telegrams_is_none(notes: NotingDesk, status: int) -> None:
    """A proxy or a hotel says no in its own words: the token is not wrong, and nobody blocked the bot."""
    api = InBetween(status)
    channel = make_channel(api, notes)
    async with serving(channel) as running:
        api.user(7).says("một")
        await all_done(api, channel)
        assert not running.done()
    assert [heard.plain for heard in api.heard(7)] == ["nghe: một"]
    assert notes.gone == []


class InBetween(StrictBotApi):
    """Somebody between the bot and Telegram refuses the first request of each method with a page of their own."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status, self.refused = status, set[str]()

    async def do_request(self, url: str, *given: Any, **more: Any) -> tuple[int, bytes]:
        method = url.rpartition("/")[2]
        if method not in self.refused:
            self.refused.add(method)
            return self.status, b"<html>Access denied</html>"
        return await super().do_request(url, *given, **more)


@pytest.mark.parametrize("failure", [LostAnswer(), Garbled(b"", done=True), Garbled(b"[]", done=True)])
async def test_what_may_have_been_taken_is_said_once_more_and_no_more(
    api: StrictBotApi, notes: NotingDesk, failure: Any
) -> None:
    api.inject("sendMessage", failure, times=9, chat=7)
    api.user(7).says("một")
    channel = make_channel(api, notes)
    async with serving(channel):
        await all_done(api, channel)
        api.heal()
        api.user(7).says("hai")
        await all_done(api, channel)
    assert [heard.plain for heard in api.heard(7)] == ["nghe: một", "nghe: một", "nghe: hai"]


async def test_a_page_in_place_of_answers_loses_nothing_however_often_it_comes(
    api: StrictBotApi, notes: NotingDesk
) -> None:
    """Who stands in between answers for Telegram: nothing was taken, so it is said until it is."""
    api.inject("sendMessage", Garbled(b"<html>"), times=5, chat=7)
    api.user(7).says("một")
    channel = make_channel(api, notes)
    async with serving(channel):
        await all_done(api, channel)
    assert [heard.plain for heard in api.heard(7)] == ["nghe: một"]
    assert notes.unsent["7"] == []


async def test_a_press_on_a_message_without_a_number_is_answered(api: StrictBotApi, notes: NotingDesk) -> None:
    notes.answer = lambda inbound: (Text("mở ra", replaces=True),)
    pressed = {"id": "1", "from": ME, "chat_instance": "", "data": "x", "message": MESSAGE | {"message_id": "abc"}}
    api.user(7).says("mở")
    api.arrives_raw({"update_id": 900, "callback_query": pressed})
    channel = make_channel(api, notes)
    async with serving(channel):
        await all_done(api, channel)
    assert [heard.plain for heard in api.heard(7)] == ["mở ra", "mở ra"]


async def test_what_may_have_been_taken_waits_longer_than_an_answer_takes(api: StrictBotApi, notes: NotingDesk) -> None:
    api.user(7).says("mở")
    api.inject("sendMessage", LostAnswer(), chat=7)
    with pytest.raises(TryLater) as later:
        await make_channel(api, notes).send("7", Text("chờ"), None)
    assert later.value.seconds > 15


async def test_while_telegram_answers_nothing_that_is_an_answer_nothing_counts_as_taken(
    api: StrictBotApi, notes: NotingDesk
) -> None:
    api.user(7).says("mở")
    channel = make_channel(api, notes)
    api.inject("sendMessage", Garbled(b"<html>"), chat=7)
    api.inject("getMe", Garbled(b"<html>"), times=5)
    for _ in range(6):
        with pytest.raises(TryLater):
            await channel.send("7", Text("chờ"), None)
    await channel.send("7", Text("chờ"), None)
    assert [heard.plain for heard in api.heard(7)] == ["chờ"]


# --- where the bot may not write


@pytest.mark.parametrize(
    "refusal",
    [
        bad("not enough rights to send text messages to the chat"),
        bad("have no rights to send a message"),
        bad("CHAT_WRITE_FORBIDDEN"),
        bad("TOPIC_CLOSED"),
        bad("message thread not found"),
        forbidden("CHAT_WRITE_FORBIDDEN"),
    ],
)
async def test_a_right_that_is_missing_is_no_refusal_for_good(
    api: StrictBotApi, notes: NotingDesk, refusal: ApiRefusal
) -> None:
    api.group(-900)
    channel = make_channel(api, notes)
    api.inject("sendMessage", refusal, times=2, chat=-900)
    for _ in range(2):
        with pytest.raises(Barred):
            await channel.send("-900", Text("#K1 · hỏi"), None)
    await channel.send("-900", Text("#K1 · hỏi"), None)
    assert [heard.plain for heard in api.heard(-900)] == ["#K1 · hỏi"]


@pytest.mark.parametrize("of_staff", [True, False])
async def test_given_the_right_again_by_the_staff_the_bot_says_at_once_what_waits(
    api: StrictBotApi, notes: NotingDesk, of_staff: bool
) -> None:
    """Whoever else adds it to a group, or takes it out, has nothing looked through."""
    notes.staff = "-900" if of_staff else "-901"
    api.group(-900)
    api.inject("sendMessage", bad("not enough rights to send text messages to the chat"), chat=-900)
    bot = {"id": 123456789, "is_bot": True, "first_name": "x"}
    group = {"id": -900, "type": "supergroup", "title": "Cán bộ"}
    change = {"chat": group, "from": ME, "date": 1}
    change |= {"old_chat_member": {"user": bot, "status": "left"}, "new_chat_member": {"user": bot, "status": "member"}}
    channel = make_channel(api, notes)
    async with serving(channel):
        api.user(7).says("/start", group=-900)
        await all_done(api, channel)
        assert api.heard(-900) == []
        api.arrives("my_chat_member", change)
        await all_done(api, channel)
    assert [heard.plain for heard in api.heard(-900)] == ["nghe: /start"] * of_staff


@pytest.mark.parametrize("words", ["bot was kicked from the supergroup chat", "bot is not a member of the chat"])
async def test_who_is_no_member_is_unreachable(api: StrictBotApi, notes: NotingDesk, words: str) -> None:
    api.group(-900)
    api.inject("sendMessage", forbidden(words), chat=-900)
    with pytest.raises(Unreachable):
        await make_channel(api, notes).send("-900", Text("#K1 · hỏi"), None)


# --- pictures, albums, what takes a while


async def test_a_picture_that_is_refused_comes_in_words_and_the_log_says_so(
    api: StrictBotApi, notes: NotingDesk, caplog: pytest.LogCaptureFixture
) -> None:
    api.user(7).says("mở")
    api.inject("sendPhoto", bad("IMAGE_PROCESS_FAILED"), chat=7)
    await make_channel(api, notes).send("7", Picture("plan", {}, "Xem ảnh này", "Đóng 300.000 đ một tháng"), None)
    assert [heard.plain for heard in api.heard(7)] == ["Đóng 300.000 đ một tháng"]
    assert "refuses the picture plan" in caplog.text


async def test_an_album_is_answered_once_and_its_words_are_read(api: StrictBotApi, notes: NotingDesk) -> None:
    channel = make_channel(api, notes)
    async with serving(channel):
        for caption in ({"caption": "đóng bao nhiêu"}, {}, {}):
            first = api.user(7).sends("photo", media_group_id="a", **caption)
        for _ in range(3):
            api.user(8).sends("photo", media_group_id="b")
        await all_done(api, channel)
        api.redeliver(first)
        await all_done(api, channel)
    assert [(each.person, each.message.kind, each.message.text) for each in notes.taken] == [
        ("7", "text", "đóng bao nhiêu"),
        ("8", "media", ""),
    ]


async def test_an_album_that_comes_to_several_processes_is_answered_once(api: StrictBotApi, notes: NotingDesk) -> None:
    for number in range(3):
        one_process = make_channel(api, notes)._receiver
        await one_process.take(
            {"update_id": number, "message": MESSAGE | {"text": None, "media_group_id": "a", "photo": MEDIA["photo"]}}
        )
    assert [each.message.kind for each in notes.taken] == ["media"]


async def test_a_caption_that_was_changed_is_a_change(api: StrictBotApi, notes: NotingDesk) -> None:
    head = {"message_id": 1, "date": 1, "chat": CHAT, "from": ME, "photo": MEDIA["photo"], "caption": "sửa"}
    channel = make_channel(api, notes)
    async with serving(channel):
        await api.drained()
        api.arrives("edited_message", head)
        await all_done(api, channel)
    assert [(each.message.kind, each.message.text) for each in notes.taken] == [("edit", "sửa")]


@pytest.mark.parametrize("refused", [False, True])
async def test_what_takes_long_is_shown_to_be_under_way(
    api: StrictBotApi, notes: NotingDesk, monkeypatch: pytest.MonkeyPatch, refused: bool
) -> None:
    monkeypatch.setattr("bot.channels.at_work._A_MOMENT", 0.0)
    if refused:
        api.inject("sendChatAction", forbidden(), times=99)
    notes.waits["lâu"] = asyncio.Event()
    channel = make_channel(api, notes)
    async with serving(channel):
        api.user(7).says("lâu")
        await api.until(lambda: bool(api.made("sendChatAction")), "it is shown")
        notes.waits["lâu"].set()
        await all_done(api, channel)
    assert [heard.plain for heard in api.heard(7)] == ["nghe: lâu"]
    assert len(api.made("sendChatAction")) == 1


async def test_what_takes_a_moment_is_not_shown(api: StrictBotApi, notes: NotingDesk) -> None:
    channel = make_channel(api, notes)
    async with serving(channel):
        api.user(7).says("nhanh")
        await all_done(api, channel)
    assert api.made("sendChatAction") == []


# --- at start, and in the long run


async def test_it_says_at_start_whom_it_serves(
    api: StrictBotApi, notes: NotingDesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with serving(make_channel(api, notes)):
        await api.drained()
    assert "serving @bhxh_test_bot on Telegram by long polling" in caplog.text


class DoesNotWait(StrictBotApi):
    """Answers at once that there is nothing."""

    async def _get_updates(self, p: dict[str, Any]) -> list[Any]:
        await asyncio.sleep(0)
        return await super()._get_updates(p | {"timeout": 0})


async def test_a_server_that_does_not_wait_is_not_asked_again_and_again(
    notes: NotingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.polling._AT_LEAST_SECONDS", 10_000.0)
    api = DoesNotWait()
    async with serving(make_channel(api, notes)):
        await api.until(lambda: bool(api.made("getUpdates")), "it was asked")
        for _ in range(200):
            await asyncio.sleep(0)
        assert len(api.made("getUpdates")) == 1


@pytest.mark.slow
async def test_three_thousand_that_wait_are_all_answered_in_order(api: StrictBotApi, notes: NotingDesk) -> None:
    for number in range(3_000):
        api.user(number % 300 + 1).says(str(number))
    channel: TelegramChannel = make_channel(api, notes)
    async with serving(channel):
        await all_done(api, channel)
    for person in range(1, 301):
        said = [f"nghe: {number}" for number in range(person - 1, 3_000, 300)]
        assert [heard.plain for heard in api.heard(person)] == said
