"""The strict Bot API itself: each thing Telegram refuses is refused, and polling is Telegram's polling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.testing.telegram_api import TOKEN, LostAnswer, StrictBotApi, broken, flood, network

pytestmark = pytest.mark.filterwarnings("ignore:Please use")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def api() -> StrictBotApi:
    made = StrictBotApi()
    made.user(1).says("mở")
    return made


@pytest.fixture
async def bot(api: StrictBotApi) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, request=api, get_updates_request=api) as made:
        yield made


def button(label: str = "Xem", **action: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, **(action or {"callback_data": "x"}))]])


def raw(method: str, **parameters: Any) -> Callable[[Bot], Any]:
    return lambda bot: bot.do_api_request(method, parameters)


# --- what is sent


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<b>Đóng</b> <i>đều</i>", "Đóng đều"),
        ("<b><i>lồng</i></b>", "lồng"),
        ("10 &lt; 15 &amp; &#39;x&#39; &gt; &quot;y&quot;", "10 < 15 & 'x' > \"y\""),
        ('<a href="https://x.vn">x</a>', "x"),
        ("đ" * 4096, "đ" * 4096),
        ("😀" * 2048, "😀" * 2048),
        ("<b>" + "a" * 4096 + "</b>", "a" * 4096),
    ],
)
async def test_what_telegram_takes_is_shown(api: StrictBotApi, bot: Bot, text: str, plain: str) -> None:
    await bot.send_message(1, text, parse_mode="HTML")
    assert [heard.plain for heard in api.heard(1)] == [plain]
    assert api.refusals == []


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "<b></b>", "a" * 4097, "😀" * 2049,
        "lương < 10 triệu", "a > b", "a & b", "&nbsp;", "<b>mở", "mở</b>", "<b><i>chéo</b></i>",
        "<script>x</script>", "<br>", "<p>x</p>", "<B>x</B>", '<b class="x">x</b>', "<ul><li>x</li></ul>",
    ],
)  # fmt: skip
async def test_a_text_telegram_refuses(api: StrictBotApi, bot: Bot, text: str) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(1, text, parse_mode="HTML")
    assert api.heard(1) == []
    assert len(api.refusals) == 1


@pytest.mark.parametrize(
    "markup",
    [
        button(callback_data="x" * 65),
        button(callback_data="đ" * 33),
        button(""),
        button(" "),
        InlineKeyboardMarkup([[]]),
        InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")] * 9]),
        InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")]] * 101),
        ReplyKeyboardMarkup([]),
        ReplyKeyboardMarkup([[""]]),
    ],
)
async def test_a_keyboard_telegram_refuses(api: StrictBotApi, bot: Bot, markup: Any) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(1, "x", reply_markup=markup)
    assert api.heard(1) == []


@pytest.mark.parametrize("data", ["x" * 64, "đ" * 32])
async def test_64_bytes_of_data_are_taken_and_come_back(api: StrictBotApi, bot: Bot, data: str) -> None:
    await bot.send_message(1, "x", reply_markup=button(callback_data=data))
    api.user(1).presses("Xem")
    updates = await bot.get_updates()
    assert updates[-1].callback_query is not None
    assert updates[-1].callback_query.data == data


async def test_pictures_and_documents(api: StrictBotApi, bot: Bot) -> None:
    await bot.send_photo(1, PNG, caption="a" * 1024)
    await bot.send_document(1, b"noi dung", caption="báo cáo", filename="a.xlsx")
    photo, document = api.heard(1)
    assert (photo.photo, document.document) == (PNG, b"noi dung")
    for caption, image in (("a" * 1025, PNG), ("<b>", PNG), ("x", b"no image"), ("x", b"")):
        with pytest.raises(BadRequest):
            await bot.send_photo(1, image, caption=caption, parse_mode="HTML")
    assert len(api.heard(1)) == 2


@pytest.mark.parametrize(
    "call",
    [
        raw("send_message", chat_id=1),
        raw("send_message", text="x"),
        raw("send_message", chat_id=1, text="x", colour="red"),
        raw("send_message", chat_id="một", text="x"),
        raw("send_message", chat_id=1, text="x", reply_markup="{"),
        raw("send_message", chat_id=1, text="x", parse_mode="Markdown"),
        raw("send_message", chat_id=2, text="x"),
        raw("get_updates", offset=-1),
        raw("get_updates", limit=0),
        raw("get_updates", limit=101),
        raw("get_updates", timeout=51),
        raw("get_updates", allowed_updates=["messages"]),
    ],
)
async def test_a_request_telegram_refuses(api: StrictBotApi, bot: Bot, call: Callable[[Bot], Any]) -> None:
    with pytest.raises(BadRequest):
        await call(bot)


async def test_unknown_methods_and_tokens(api: StrictBotApi, bot: Bot) -> None:
    with pytest.raises(InvalidToken):
        await bot.get_my_star_balance()
    with pytest.raises(InvalidToken):
        await Bot(TOKEN + "x", request=api).get_me()


# --- changing messages


async def test_editing(api: StrictBotApi, bot: Bot) -> None:
    sent = await bot.send_message(1, "một", reply_markup=button())
    await bot.edit_message_text("hai", 1, sent.message_id)
    assert [(heard.plain, heard.labels, heard.edited) for heard in api.heard(1)] == [
        ("một", ("Xem",), False),
        ("hai", (), True),
    ]
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("hai", 1, sent.message_id)
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_text("ba", 1, 999)
    with pytest.raises(BadRequest, match=r"(?i)inline keyboard expected"):
        await raw(
            "edit_message_text",
            chat_id=1,
            message_id=sent.message_id,
            text="ba",
            reply_markup={"keyboard": [["x"]]},
        )(bot)
    await bot.edit_message_reply_markup(1, sent.message_id, reply_markup=button())
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(1, sent.message_id, reply_markup=button())


async def test_what_can_not_be_edited(api: StrictBotApi, bot: Bot) -> None:
    menu = await bot.send_message(1, "x", reply_markup=ReplyKeyboardMarkup([["Hỏi đáp"]]))
    photo = await bot.send_photo(1, PNG)
    old = await bot.send_message(1, "x")
    gone = await bot.send_message(1, "x")
    api.frozen.add(old.message_id)
    await bot.delete_message(1, gone.message_id)
    for message in (menu, photo, old, gone):
        with pytest.raises(BadRequest):
            await bot.edit_message_text("y", 1, message.message_id)


async def test_a_press_is_answered_once_and_in_time(api: StrictBotApi, bot: Bot) -> None:
    for _ in range(3):
        api.user(1).presses_data("x", 5)
    first, second, third = [u.callback_query for u in await bot.get_updates() if u.callback_query]
    with pytest.raises(BadRequest):
        await first.answer("x" * 201)
    await first.answer("x" * 200)
    for query in (first, second):
        api.forget_queries()
        with pytest.raises(BadRequest, match=r"[Qq]uery is too old"):
            await query.answer()
    with pytest.raises(BadRequest):
        await bot.answer_callback_query("unknown")
    assert third.data == "x"


# --- people


async def test_who_blocked_the_bot_can_not_be_written_to(api: StrictBotApi, bot: Bot) -> None:
    api.user(1).blocks()
    with pytest.raises(Forbidden):
        await bot.send_message(1, "x")
    change = (await bot.get_updates())[-1].my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "kicked"
    api.user(1).starts()
    await bot.send_message(1, "x")
    assert len(api.heard(1)) == 1


def test_what_no_client_can_do(api: StrictBotApi) -> None:
    ba = api.user(1)
    for payload in ("x" * 65, "xã", "a b", "a=1"):
        with pytest.raises(ValueError, match="start link"):
            ba.starts(payload)
    with pytest.raises(ValueError, match="4096"):
        ba.says("x" * 4097)
    with pytest.raises(LookupError):
        ba.presses("nút không có")


async def test_only_the_newest_button_of_that_name_is_pressed(api: StrictBotApi, bot: Bot) -> None:
    for data in ("cũ", "mới"):
        await bot.send_message(1, "x", reply_markup=button(callback_data=data))
    api.user(1).presses("Xem")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.data == "mới"


@pytest.mark.parametrize(
    "commands",
    [
        [BotCommand("Start", "x")],
        [BotCommand("đánh_giá", "x")],
        [BotCommand("a" * 33, "x")],
        [BotCommand("start", "")],
        [BotCommand("start", "x" * 257)],
        [BotCommand("start", "x")] * 101,
    ],
)
async def test_commands_telegram_refuses(api: StrictBotApi, bot: Bot, commands: list[BotCommand]) -> None:
    with pytest.raises(BadRequest):
        await bot.set_my_commands(commands)
    assert api.commands == []
    await bot.set_my_commands([BotCommand("start", "Bắt đầu")], scope=BotCommandScopeAllPrivateChats())
    assert api.commands == [{"command": "start", "description": "Bắt đầu"}]


# --- polling


async def test_an_offset_confirms_what_is_before_it_and_nothing_else(api: StrictBotApi, bot: Bot) -> None:
    numbers = [api.user(1).says(text) for text in ("hai", "ba")]
    assert len(await bot.get_updates(limit=1)) == 1
    assert len(await bot.get_updates()) == 3
    assert [u.update_id for u in await bot.get_updates(offset=numbers[0])] == numbers
    assert [u.update_id for u in await bot.get_updates()] == numbers
    assert await bot.get_updates(offset=numbers[-1] + 1) == ()
    api.redeliver(numbers[0])
    assert [u.update_id for u in await bot.get_updates(offset=numbers[-1] + 1)] == numbers[:1]


async def test_a_long_poll_waits_for_news(api: StrictBotApi, bot: Bot) -> None:
    seen = (await bot.get_updates())[-1].update_id
    poll = asyncio.create_task(bot.get_updates(offset=seen + 1, timeout=50))
    await api.drained()
    assert not poll.done()
    api.user(1).says("hai")
    assert len(await poll) == 1


async def test_the_older_of_two_polls_meets_a_conflict(api: StrictBotApi, bot: Bot) -> None:
    seen = (await bot.get_updates())[-1].update_id
    older = asyncio.create_task(bot.get_updates(offset=seen + 1, timeout=50))
    await api.drained()
    newer = asyncio.create_task(bot.get_updates(offset=seen + 1, timeout=50))
    with pytest.raises(Conflict):
        await older
    api.user(1).says("hai")
    assert len(await newer) == 1


async def test_the_wanted_kinds_are_remembered(api: StrictBotApi, bot: Bot) -> None:
    seen = (await bot.get_updates(allowed_updates=[Update.MESSAGE]))[-1].update_id
    api.user(1).presses_data("x", 5)
    assert await bot.get_updates(offset=seen + 1) == ()
    await bot.get_updates(allowed_updates=[])
    api.user(1).presses_data("x", 5)
    assert len(await bot.get_updates(offset=seen + 1)) == 1


async def test_a_webhook_and_polling_exclude_each_other(api: StrictBotApi, bot: Bot) -> None:
    api.webhook = True
    with pytest.raises(Conflict, match="webhook"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1


# --- errors on demand


async def test_errors_meet_the_calls_they_are_for(api: StrictBotApi, bot: Bot) -> None:
    api.user(2).says("mở")
    api.inject("sendMessage", flood(7), times=2, chat=1)
    await bot.send_message(2, "x")
    for _ in range(2):
        with pytest.raises(RetryAfter):
            await bot.send_message(1, "x")
    await bot.send_message(1, "x")
    for error in (network(), broken(500), broken(502)):
        api.inject("sendMessage", error)
        with pytest.raises(NetworkError):
            await bot.send_message(1, "y")
    assert [heard.plain for heard in api.heard(1)] == ["x"]
    api.inject("sendMessage", LostAnswer())
    with pytest.raises(NetworkError):
        await bot.send_message(1, "đã tới")
    assert api.heard(1)[-1].plain == "đã tới"


async def test_held_calls_wait_and_others_go_on(api: StrictBotApi, bot: Bot) -> None:
    api.user(2).says("mở")
    with api.held("sendMessage", chat=1) as gate:
        held = asyncio.create_task(bot.send_message(1, "x"))
        await gate.reached.wait()
        await bot.send_message(2, "y")
        assert api.heard(1) == []
    await held
    assert len(api.heard(1)) == 1


async def test_waiting_for_words_that_never_come_fails(api: StrictBotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.testing.telegram_api._PATIENCE", 0)
    with pytest.raises(AssertionError, match="waited in vain"):
        await api.user(1).hears()


# --- inline mode


def article(id_: str = "a", title: str = "Tiêu đề", text: str = "<b>Trả lời</b>") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(id_, title, InputTextMessageContent(text, "HTML"))


async def asked_inline(api: StrictBotApi, bot: Bot) -> str:
    typing = asyncio.create_task(api.user(1).types_inline("rút một lần"))
    await asyncio.sleep(0)
    updates = await bot.get_updates()
    typing.cancel()
    query = updates[-1].inline_query
    assert query is not None
    assert (query.query, query.from_user.id) == ("rút một lần", 1)
    return query.id


async def test_a_list_is_shown_for_what_is_typed_and_answered_once(api: StrictBotApi, bot: Bot) -> None:
    query = await asked_inline(api, bot)
    assert await bot.answer_inline_query(query, [article()], cache_time=0, is_personal=True)
    assert [each["id"] for each in api.listed[query]["results"]] == ["a"]
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_inline_query(query, [])


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([article("a"), article("a")], "DUPLICATE"),
        ([article("á" * 33)], "RESULT_ID_INVALID"),
        ([article(title=" ")], "TITLE_EMPTY"),
        ([article(text=" ")], "MESSAGE_EMPTY"),
        ([article(text="<b>Trả lời")], "can't parse entities"),
        ([article(text="a" * 4097)], "MESSAGE_TOO_LONG"),
        ([article(str(number)) for number in range(51)], "TOO_MUCH"),
    ],
)
async def test_a_list_that_telegram_would_not_show_is_refused(
    api: StrictBotApi, bot: Bot, results: list[InlineQueryResultArticle], words: str
) -> None:
    query = await asked_inline(api, bot)
    given = [each.to_dict() for each in results]
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.do_api_request("answerInlineQuery", {"inline_query_id": query, "results": given})


async def test_what_is_posted_is_told(api: StrictBotApi, bot: Bot) -> None:
    api.user(1).posts({"id": "a"}, "rút")
    chosen = (await bot.get_updates())[-1].chosen_inline_result
    assert chosen is not None
    assert (chosen.result_id, chosen.query, chosen.from_user.id) == ("a", "rút", 1)
