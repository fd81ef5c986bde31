"""Zalo on the strict double: lines to pick, «tiếp», pictures by address; and what goes wrong, told apart."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import httpx
import pytest

from bot.base.keys import Keys
from bot.channels.zalo.api import ZaloConnection, check_online
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.inbound import NobodyToAnswer, read
from bot.charts import pictures
from bot.desk.channel import TryLater
from bot.desk.desk import Desk
from bot.desk.plain_chats import PlainChats
from bot.storage import campaigns, privacy
from bot.storage.database import Database, StorageDown
from bot.testing.zalo_api import ZALO_TOKEN, Lost, Strange, StrictZaloApi
from bot.testing.zalo_driver import ZALO_PLACE, NotingZalo, zalo_channel
from bot.testing.zalo_rules import ZaloSaysNo
from handlers.dialogue.context import Resources
from handlers.dialogue.turn import Button, Document, Picture, Text
from tests.conftest import KEYS, TODAY, Clock, make_delivery, make_desk, rows_of

ME, OTHER = "6ede9afa66b88fe6d6a9", "7a1f0000000000000001"
MORE = "Gõ “tiếp” để đọc nốt."
TOO_MANY, BAD = ZaloSaysNo(429, "too many"), ZaloSaysNo(1044, "nobody knows")
QR = Picture("qr", {"link": "https://tro-ly.example.vn/"}, "Quét <b>mã</b> này")


class Zalo:
    """A channel on a desk of its own, and the people who write to it."""

    def __init__(self, database: Database, resources: Resources, clock: Clock, api: StrictZaloApi) -> None:
        self.api = api
        self.desk: Desk = make_desk(database, resources, clock)
        self.delivery = make_delivery(self.desk, database, resources, clock)
        self.channel: NotingZalo = zalo_channel(self.desk, self.delivery, resources, clock, api)

    async def says(self, text: str, who: str = ME) -> str:
        """What is read after something was typed."""
        before = len(self.api.heard(who))
        self.api.leads_to(cast(Any, self.channel.intake), ZALO_PLACE.token, ZALO_PLACE.url)
        assert await self.api.says(who, text) == 200
        await self.channel.settled()
        return "\n".join(each.text for each in self.api.heard(who)[before:])


@pytest.fixture
def api() -> StrictZaloApi:
    return StrictZaloApi()


@pytest.fixture
def zalo(database: Database, resources: Resources, clock: Clock, api: StrictZaloApi) -> Zalo:
    return Zalo(database, resources, clock, api)


def line(shown: str, label: str) -> str:
    """The mark of a line on the screen."""
    return next(each[1:].partition("] ")[0] for each in shown.splitlines() if each.partition("] ")[2] == label)


# --- talking -------------------------------------------------------------------------------------


async def test_a_farmer_picks_by_number_by_words_and_goes_on_in_free_text(zalo: Zalo) -> None:
    welcome = await zalo.says("/start")
    assert "Gõ số để chọn:\n[1] " in welcome
    asked = await zalo.says(line(welcome, "💰 Tính tiền đóng"))
    assert "định đóng khoảng bao nhiêu" in asked
    assert "Hoặc gõ: «Thôi»" in asked
    group = await zalo.says("muc thap nhat")
    assert "[1] Hộ nghèo" in group
    modes = await zalo.says("chọn số 2")
    assert "mấy tháng một lần" in modes
    answer = await zalo.says("moi thang dong het bao nhieu vay")
    assert answer
    result = await zalo.says(line(modes, "6 tháng"))
    assert "hộ cận nghèo" in result
    assert "đóng 6 tháng một lần" in result


async def test_a_bare_number_that_answers_the_question_is_no_line(zalo: Zalo) -> None:
    await zalo.says("/tinhdong")
    await zalo.says("500k")
    modes = await zalo.says("ho ngheo")
    assert "Gõ chữ cái để chọn" in modes
    assert "[a] Hằng tháng\n[b] 3 tháng\n[c] 6 tháng" in modes
    assert "đóng 3 tháng một lần" in await zalo.says("3")


async def test_what_one_turn_offers_has_no_number_twice_and_the_next_begins_anew(zalo: Zalo) -> None:
    for text in ("dong may nam thi duoc luong huu", "tinh tien dong", "moi thang khoang 300k", "can ngheo"):
        await zalo.says(text)
    result = await zalo.says("c")
    marks = re.findall(r"^\[(\d+)\]", result, re.MULTILINE)
    assert marks == [str(number) for number in range(1, len(marks) + 1)]
    assert len(marks) > 6
    thanks = await zalo.says(line(result, "Rất hài lòng"))
    assert "Rất hài lòng" in thanks


async def test_the_numbers_hold_until_others_are_offered_and_not_for_a_question_without_any(zalo: Zalo) -> None:
    answer = await zalo.says("dong may nam thi duoc luong huu")
    assert "[1] " not in await zalo.says("cam on")
    assert (
        "sinh ngày" in await zalo.says(line(answer, "👵 Tính lương hưu")) or "nam hay nữ" in zalo.api.heard(ME)[-1].text
    )
    await zalo.says("/luonghuu")
    await zalo.says("nu")
    again = await zalo.says("1")
    assert "Bà con ghi năm sinh" in again
    assert "đã cũ" not in again


async def test_a_long_answer_is_read_on_with_a_word_also_in_another_process(
    zalo: Zalo, database: Database, resources: Resources, clock: Clock
) -> None:
    sentences = [f"Câu số {number} của một câu trả lời dài, dài hơn một tin của Zalo." for number in range(90)]
    long = Text(" ".join(sentences), ((Button("Chi tiết", "more|x"),),))
    await zalo.channel.send(ME, long, None)
    (first,) = zalo.api.heard(ME)
    assert first.text.endswith(f"Zalo.\n\n{MORE}\n\nGõ số để chọn:\n[1] Chi tiết")
    another = Zalo(database, resources, clock, zalo.api)
    pages = [first.text]
    for who, word in ((another, "tiếp"), (zalo, "Xem tiep di")):
        assert MORE in pages[-1]
        pages.append(await who.says(word))
    assert MORE not in pages[-1]
    assert " ".join(each.split(MORE)[0].split("Gõ số")[0].strip() for each in pages) == " ".join(sentences)
    assert MORE not in await zalo.says("tiếp")


async def test_a_page_that_is_asked_for_twice_by_the_same_message_comes_once(zalo: Zalo) -> None:
    await zalo.channel.send(ME, Text("Một câu. " * 700), None)
    update = zalo.api.update("message.text.received", ME, text="tiếp")
    for _ in range(2):
        assert await zalo.api.happens(update) == 200
        await zalo.channel.settled()
    assert len(zalo.api.heard(ME)) == 2


async def test_another_process_knows_the_numbers_and_each_person_has_their_own(
    zalo: Zalo, database: Database, resources: Resources, clock: Clock
) -> None:
    shown = await zalo.says("/tinhdong")
    await zalo.says("/luonghuu", OTHER)
    another = Zalo(database, resources, clock, zalo.api)
    assert "thuộc diện nào" in await another.says(line(shown, "Mức thấp nhất"))
    assert "sinh ngày" in await another.says("2", OTHER)


async def test_markup_is_plain_text_and_letters_of_markup_stay(zalo: Zalo) -> None:
    await zalo.channel.send(ME, Text("<b>Đóng</b> &lt; 5 năm &amp; <i>hơn</i>"), None)
    assert [each.text for each in zalo.api.heard(ME)] == ["Đóng < 5 năm & hơn"]


# --- what else comes in --------------------------------------------------------------------------


async def test_media_is_answered_and_who_is_protected_is_never_asked_again(zalo: Zalo) -> None:
    for event in ("image", "sticker", "voice"):
        assert await zalo.api.arrives(f"message.{event}.received", ME) == 200
    await zalo.channel.settled()
    assert {each.text[:25] for each in zalo.api.heard(ME)} == {"Tôi chỉ đọc được chữ, chư"}
    assert await zalo.api.arrives("message.unsupported.received", OTHER) == 200
    await zalo.channel.settled()
    (said,) = zalo.api.heard(OTHER)
    assert "1900 9068" in said.text
    assert "nhắn lại" not in said.text
    assert "gửi lại" not in said.text


async def test_words_under_a_picture_are_read(zalo: Zalo) -> None:
    caption = "đóng mấy năm thì có lương hưu"
    assert await zalo.api.arrives("message.image.received", ME, photo="https://x.vn/a.jpg", caption=caption) == 200
    await zalo.channel.settled()
    assert "15 năm" in zalo.api.heard(ME)[0].text
    assert "chỉ đọc được phần chữ" in zalo.api.heard(ME)[0].text


@pytest.mark.parametrize(
    ("changed", "logged"),
    [
        ({"event_name": "message.reaction.received"}, "message.reaction.received"),
        ({"message": {"chat": {"id": ME, "chat_type": "GROUP"}}}, ""),
        ({"message": {"from": {"id": "900", "is_bot": True}}}, ""),
        ({"message": None}, "can't be read"),
        ({"message": {"chat": {"id": {"a": 1}}}}, "can't be read"),
        ({"message": {"message_id": None}}, "can't be read"),
    ],
)
async def test_what_nobody_need_answer_is_passed_over(
    zalo: Zalo, caplog: pytest.LogCaptureFixture, changed: dict[str, object], logged: str
) -> None:
    update = zalo.api.update("message.text.received", ME, text="xin chào")
    for name, value in changed.items():
        update[name] = update[name] | value if isinstance(value, dict) else value
    assert await zalo.api.happens(update) == 200
    await zalo.channel.settled()
    assert zalo.api.heard(ME) == []
    assert logged in caplog.text


@pytest.mark.parametrize("raw", [None, [], "x", 7, {}, {"ok": True}, {"ok": True, "result": []}, {"event_name": 3}])
def test_anything_can_come(raw: object) -> None:
    assert isinstance(read(raw, TODAY), NobodyToAnswer)


async def test_a_campaign_code_said_with_a_greeting_is_its_link(zalo: Zalo, database: Database, clock: Clock) -> None:
    async with database.begin() as connection:
        await campaigns.add(connection, campaigns.Campaign("kimthanh01", "Chợ Phú Thái", "Kim Thành"), clock())
    assert "Chào bà con" in await zalo.says("Xin chào KIMTHANH01")
    assert [row["first_code"] for row in await rows_of(database, "touches")] == ["kimthanh01"]
    await zalo.says("Xin chào bác", OTHER)
    assert len(await rows_of(database, "starts")) == 1


# --- the webhook ---------------------------------------------------------------------------------


async def test_what_comes_twice_is_answered_once(zalo: Zalo, database: Database) -> None:
    update = zalo.api.update("message.text.received", ME, text="đóng mấy năm thì có lương hưu")
    for _ in range(3):
        assert await zalo.api.happens(update) == 200
    await zalo.channel.settled()
    assert len(await rows_of(database, "questions")) == 1
    assert len(zalo.api.heard(ME)) == 1


async def test_who_does_not_know_the_secret_is_told_nothing(zalo: Zalo, database: Database) -> None:
    update = {"ok": True, "result": zalo.api.update("message.text.received", ME, text="xin chào")}
    for secret in ("", ZALO_PLACE.token[:-1], f"{ZALO_PLACE.token}0"):
        assert await zalo.api.posts(update, secret) == 403
    assert await rows_of(database, "deliveries") == []


async def test_what_can_not_be_kept_is_not_said_to_be(zalo: Zalo, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise StorageDown("no room")

    with monkeypatch.context() as patched:
        patched.setattr(Database, "write", fails)
        update = zalo.api.update("message.text.received", ME, text="đóng mấy năm thì có lương hưu")
        assert await zalo.api.happens(update) == 503
    assert await zalo.api.happens(update) == 200
    await zalo.channel.settled()
    assert len(zalo.api.heard(ME)) == 1


async def test_what_can_not_be_kept_at_first_is_kept_while_zalo_waits(
    zalo: Zalo, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, failed = Database.write, list[int]()

    async def fails_once(*given: Any, **more: Any) -> Any:
        if not failed:
            failed.append(1)
            raise StorageDown("no room")
        return await write(*given, **more)

    monkeypatch.setattr(Database, "write", fails_once)
    assert "15 năm" in await zalo.says("đóng mấy năm thì có lương hưu")
    assert failed


# --- pictures ------------------------------------------------------------------------------------


async def test_a_picture_is_fetched_under_a_name_nobody_guesses_for_a_day(
    zalo: Zalo, database: Database, clock: Clock
) -> None:
    await zalo.channel.send(ME, QR, None)
    (shown,) = zalo.api.heard(ME)
    assert shown.text == "Quét mã này"
    assert shown.photo is not None
    (row,) = await rows_of(database, "shown_pictures")
    assert len(row["name"]) >= 32
    async with httpx.AsyncClient(transport=httpx.ASGITransport(cast(Any, zalo.channel.intake))) as client:
        address = f"{ZALO_PLACE.url}/anh/{row['name']}.png"
        assert (await client.get(address)).content == shown.photo
        assert (await client.get(f"{address[:-5]}x.png")).status_code == 404
        assert (await client.post(address)).status_code == 404
        clock.forward(hours=25)
        assert (await client.get(address)).status_code == 404
    await zalo.desk.tidy()
    assert await rows_of(database, "shown_pictures") == []


async def test_where_there_is_no_address_a_picture_is_told_in_words(
    zalo: Zalo, resources: Resources, clock: Clock
) -> None:
    chats = PlainChats(zalo.desk)
    polled = ZaloChannel(
        *(ZaloConnection(ZALO_TOKEN), chats, zalo.delivery),
        clock=clock, pictures=pictures.make, texts=resources.texts, transport=zalo.api,
    )  # fmt: skip
    await polled.send(ME, QR, None)
    assert [each.photo for each in zalo.api.heard(ME)] == [None]
    assert "Quét mã này" in zalo.api.heard(ME)[0].text
    await polled.send(ME, Document("a.xlsx", b"x"), None)
    assert "chưa gửi được tệp" in zalo.api.heard(ME)[1].text


async def test_a_picture_that_is_refused_or_can_not_be_made_is_told_in_words(zalo: Zalo) -> None:
    zalo.api.inject("sendPhoto", BAD)
    await zalo.channel.send(ME, QR, None)
    await zalo.channel.send(ME, Picture("no such maker", {}, "Hình", "Bằng chữ"), None)
    assert [(each.photo, each.text[:8]) for each in zalo.api.heard(ME)] == [(None, "Chưa gửi")] * 2


# --- what goes wrong on the way out --------------------------------------------------------------


@pytest.mark.parametrize(
    "fault", [TOO_MANY, ZaloSaysNo(0, "", 503), Strange(502, b"<html>"), Lost(done=False), BAD], ids=repr
)
async def test_what_was_not_done_is_tried_again_and_said_once(zalo: Zalo, fault: ZaloSaysNo) -> None:
    zalo.api.inject("sendMessage", fault, times=2)
    shown = await zalo.says("/tinhdong")
    assert shown.count("định đóng khoảng bao nhiêu") == 1
    assert "thuộc diện nào" in await zalo.says(line(shown, "Mức thấp nhất"))


async def test_a_message_whose_answer_is_lost_is_said_once_more_and_no_oftener(zalo: Zalo) -> None:
    zalo.api.inject("sendMessage", Lost(), times=5, chat=ME)
    await zalo.says("đóng mấy năm thì có lương hưu")
    assert len(zalo.api.heard(ME)) == 2


async def test_what_zalo_always_refuses_stands_before_nothing_else(
    zalo: Zalo, caplog: pytest.LogCaptureFixture
) -> None:
    zalo.api.inject("sendMessage", BAD, times=3)
    assert await zalo.says("đóng mấy năm thì có lương hưu") == ""
    assert "refuses a reply, which is dropped: code 1044" in caplog.text
    assert "330.000" in await zalo.says("mức đóng thấp nhất là bao nhiêu")


async def test_what_a_revoked_token_can_not_say_waits_for_the_next_one(
    zalo: Zalo, resources: Resources, clock: Clock, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    revoked = ZaloSaysNo(401, "unauthorized", 401)
    zalo.api.inject("sendMessage", revoked, times=1_000)
    zalo.api.inject("sendPhoto", revoked, times=1_000)
    assert await zalo.says("đóng mấy năm thì có lương hưu") == ""
    with pytest.raises(TryLater):
        await zalo.channel.send(OTHER, QR, None)
    assert "does not know zalo.token" in caplog.text
    assert "refuses" not in caplog.text
    assert len(await rows_of(database, "outbox")) > 0
    renewed = Zalo(database, resources, clock, StrictZaloApi())
    renewed.delivery.resume()
    assert "15 năm" in await renewed.says("xin chào")


async def test_lines_that_surely_did_not_arrive_do_not_hold(zalo: Zalo) -> None:
    shown = await zalo.says("/tinhdong")
    showing = await PlainChats(zalo.desk).shown("zalo", ME, [("Chi tiết", "press", "more|x")], False, None)
    await PlainChats(zalo.desk).taken_back("zalo", ME, showing)
    assert "thuộc diện nào" in await zalo.says(line(shown, "Mức thấp nhất"))


async def test_what_was_read_on_while_a_message_did_not_arrive_is_not_read_again(zalo: Zalo) -> None:
    await zalo.channel.send(ME, Text("Một câu. " * 400), None)
    showing = await PlainChats(zalo.desk).shown("zalo", ME, [("Chi tiết", "press", "more|x")], False, None)
    assert "Một câu." in await zalo.says("tiếp")
    await PlainChats(zalo.desk).taken_back("zalo", ME, showing)
    assert "Một câu." not in await zalo.says("tiếp")


async def test_the_rest_of_an_answer_is_over_once_another_was_given(zalo: Zalo) -> None:
    await zalo.channel.send(ME, Text("Một câu. " * 700), None)
    await zalo.says("đóng mấy năm thì có lương hưu")
    assert "Một câu." not in await zalo.says("tiếp")


async def test_two_messages_to_one_chat_at_the_same_moment_offer_no_number_twice(zalo: Zalo) -> None:
    chats = PlainChats(zalo.desk)
    offered = [("Chi tiết", "press", "more|x")]
    shown = await asyncio.gather(*(chats.shown("zalo", ME, offered, False, None) for _ in range(3)))  # type: ignore[arg-type]
    assert sorted(each.lines[0].mark for each in shown) == ["1", "2", "3"]


async def test_no_token_is_told_whatever_fails(zalo: Zalo, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for fault in (Lost(), Lost(done=False), Strange(200, b"{"), Strange(302, b""), BAD):
        zalo.api.inject("sendMessage", fault, times=3)
        await zalo.says("xin chào")
    assert ZALO_TOKEN not in caplog.text
    assert ZALO_TOKEN.partition(":")[2] not in caplog.text


# --- asking for updates --------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def polling(zalo: Zalo, resources: Resources, clock: Clock) -> AsyncIterator[ZaloChannel]:
    api = StrictZaloApi()
    zalo.api = api
    channel = ZaloChannel(
        *(ZaloConnection(ZALO_TOKEN), PlainChats(zalo.desk), zalo.delivery),
        clock=clock, pictures=pictures.make, texts=resources.texts, transport=api,
    )  # fmt: skip
    stop = asyncio.Event()
    running = asyncio.create_task(channel.run(stop))
    try:
        yield channel
    finally:
        stop.set()
        await running


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(300):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_by_polling_one_update_after_the_other_is_answered(
    zalo: Zalo, resources: Resources, clock: Clock
) -> None:
    async with polling(zalo, resources, clock):
        zalo.api.webhook = "https://left.example.vn/by-another"
        for text in ("đóng mấy năm thì có lương hưu", "mức đóng thấp nhất là bao nhiêu"):
            await zalo.api.happens(zalo.api.update("message.text.received", ME, text=text))
        await until(lambda: len(zalo.api.heard(ME)) >= 2)
    assert "15 năm" in zalo.api.heard(ME)[0].text
    assert "330.000" in zalo.api.heard(ME)[1].text


# --- privacy, and whether it answers -------------------------------------------------------------


async def test_who_is_forgotten_leaves_no_lines_no_rest_and_no_picture(zalo: Zalo, database: Database) -> None:
    await zalo.says("/tinhdong")
    await zalo.channel.send(ME, Text("Một câu. " * 700), None)
    await zalo.channel.send(ME, QR, None)
    keys: Keys = KEYS
    async with database.begin() as connection:
        await privacy.forget(connection, keys.of("zalo", ME))
    assert await rows_of(database, "plain_chats") == []
    assert await rows_of(database, "shown_pictures") == []


async def test_whether_it_answers_and_where_it_sends_to(api: StrictZaloApi) -> None:
    connection = ZaloConnection(ZALO_TOKEN)
    online = await check_online(connection, api)
    assert (online.reachable, online.name, online.webhook) == (True, "bot.trolybhxh", "")
    assert (await check_online(ZaloConnection("1:other"), api)).why == "refused"
    api.inject("getMe", Lost(done=False))
    assert (await check_online(connection, api)).why == "no_connection"
