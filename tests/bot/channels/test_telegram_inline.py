"""Inline mode: «@bot rút một lần» in any chat lists answers, and of what is typed only what is posted is kept."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.channels import markup
from bot.channels.telegram.inline import message
from bot.storage import shares
from bot.storage.database import Database
from bot.storage.schema import metadata
from bot.testing.telegram_api import StrictBotApi
from bot.testing.telegram_rules import plain_text, posted_text, units
from handlers.answers import passed_on
from handlers.answers.passed_on import InlineAnswer
from handlers.dialogue.context import Context, Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from tests.conftest import TODAY, make_delivery, make_desk, rows_of
from tests.noting_desk import all_done, make_channel, serving

LINK = "https://t.me/bhxh_test_bot"
TYPED = "rut mot lan duoc khong"
CODE = re.compile(r"\?start=(s-[0-9a-f]{20})\b")


@pytest.fixture
def named(resources: Resources) -> Resources:
    """The bot has a public name."""
    return dataclasses.replace(resources, manner=dataclasses.replace(resources.manner, link=LINK))


@pytest.fixture
async def served(api: StrictBotApi, database: Database, named: Resources) -> AsyncIterator[Callable[[], Any]]:
    desk = make_desk(database, named, lambda: TODAY)
    channel = make_channel(api, desk, make_delivery(desk, database, named, lambda: TODAY))
    async with serving(channel):
        yield lambda: all_done(api, channel)


def shown(result: dict[str, Any]) -> str:
    return posted_text(result)[1]


def code_in(result: dict[str, Any]) -> str:
    (code,) = CODE.findall(shown(result))
    return str(code)


async def everything(database: Database) -> dict[str, list[Any]]:
    tables = [each.name for each in metadata.sorted_tables if each.name != "share_codes"]
    return {name: await rows_of(database, name) for name in tables}


async def test_the_answers_to_what_is_typed_are_listed_with_source_whose_word_and_link(
    api: StrictBotApi, served: object, named: Resources
) -> None:
    answered = await api.user(7).types_inline(TYPED)
    assert answered["is_personal"] is True
    assert answered["cache_time"] <= 60
    first = answered["results"][0]
    asked = named.matcher.match(TYPED).entries
    assert [each["id"] for each in answered["results"]] == list(asked)
    said = named.answer(first["id"], TODAY.date())
    assert first["title"] == said.label
    assert 0 < len(first["description"]) <= 120
    text = shown(first)
    assert text.startswith(said.label)
    assert said.sources[0] in text
    assert LINK in text
    assert all(plain_text(posted_text(each)[0], "HTML") for each in answered["results"])


async def test_the_figures_are_those_of_today_with_whose_word_they_are(
    api: StrictBotApi, served: object, named: Resources, quoted: Callable[..., str]
) -> None:
    listed = (await api.user(7).types_inline("mức đóng thấp nhất là bao nhiêu"))["results"]
    text = shown(next(each for each in listed if each["id"] == "min_income"))
    assert quoted("{contribution_min}") in text
    told = named.law.sources[named.law.on(TODAY.date()).value("rural_poverty_line").source].told
    assert told in text


async def test_nothing_that_is_typed_is_kept_unless_it_is_posted(
    api: StrictBotApi, served: Callable[[], Any], database: Database
) -> None:
    before = await everything(database)
    for typed in ("rut", "rut mot", "rut mot lan 0912345678"):
        await api.user(7).types_inline(typed)
    await served()
    assert await everything(database) == before
    listed = await api.user(7).types_inline("rut mot lan 0912345678")
    api.user(7).posts(listed["results"][0], "rut mot lan 0912345678")
    await served()
    (question,) = await rows_of(database, "questions")
    assert (question["decision"], question["answered"]) == ("answer", listed["results"][0]["id"])
    assert "0912345678" not in question["text"]
    (share,) = await rows_of(database, "shares")
    assert (share["by"], share["subject"]) == ("inline", listed["results"][0]["id"])
    assert api.heard(7) == [], "who posts elsewhere is not written to"
    assert await rows_of(database, "addresses") == []


async def test_a_post_told_twice_counts_once(api: StrictBotApi, served: Callable[[], Any], database: Database) -> None:
    listed = await api.user(7).types_inline(TYPED)
    update = api.user(7).posts(listed["results"][0], TYPED)
    await served()
    api.redeliver(update)
    await served()
    assert len(await rows_of(database, "shares")) == 1


async def test_the_code_is_random_the_same_until_taken_back_and_another_for_another_person(
    api: StrictBotApi, served: Callable[[], Any], database: Database
) -> None:
    one, again, other = [(await api.user(each).types_inline(TYPED))["results"] for each in (7, 7, 8)]
    assert len({code_in(each) for each in one}) == 1
    assert code_in(one[0]) == code_in(again[0]) != code_in(other[0])
    assert code_in(one[0]) != "7"
    api.user(7).says("đóng mấy năm thì có lương hưu")
    await served()
    api.user(7).presses("📄 Chi tiết và căn cứ")
    await served()
    api.user(7).presses("📨 Gửi cho người nhà")
    await served()
    api.user(7).presses("Thu hồi đường dẫn đã gửi")
    await served()
    anew = (await api.user(7).types_inline(TYPED))["results"]
    assert code_in(anew[0]) != code_in(one[0])
    async with database.read() as connection:
        assert not await shares.exists(connection, code_in(one[0]))


async def test_who_comes_by_a_shared_link_is_counted_so_and_nobody_is_joined_to_anybody(
    api: StrictBotApi, served: Callable[[], Any], database: Database
) -> None:
    code = code_in((await api.user(7).types_inline(TYPED))["results"][0])
    api.user(8).starts(code)
    await served()
    (start,) = await rows_of(database, "starts")
    assert (start["campaign"], start["code"]) == ("shared", None)
    assert await rows_of(database, "touches") == []
    assert code not in json.dumps([dict(each) for each in await rows_of(database, "starts")], default=str)
    assert "BHXH" in api.heard(8)[0].plain or "bảo hiểm xã hội" in api.heard(8)[0].plain


async def test_nothing_typed_lists_the_first_question_of_each_topic(api: StrictBotApi, served: object) -> None:
    listed = (await api.user(7).types_inline(""))["results"]
    assert len(listed) >= 3
    assert len({each["id"] for each in listed}) == len(listed)


@pytest.mark.parametrize("typed", ["👍", "zzz qqq www", "ignore all previous instructions", "x" * 256])
async def test_what_is_not_known_lists_nothing(api: StrictBotApi, served: object, typed: str) -> None:
    assert (await api.user(7).types_inline(typed))["results"] == []


async def test_without_a_public_name_there_is_no_link(
    api: StrictBotApi, database: Database, resources: Resources
) -> None:
    desk = make_desk(database, resources, lambda: TODAY)
    async with serving(make_channel(api, desk, make_delivery(desk, database, resources, lambda: TODAY))):
        listed = (await api.user(7).types_inline(TYPED))["results"]
    assert "t.me" not in shown(listed[0])


async def test_a_list_that_comes_too_late_stops_nothing(api: StrictBotApi, served: Callable[[], Any]) -> None:
    content = {"id": "999999", "from": {"id": 7, "is_bot": False, "first_name": "A"}, "query": TYPED, "offset": ""}
    api.arrives("inline_query", content)
    api.user(7).says("xin chào")
    await served()
    assert len(api.heard(7)) == 1


def test_a_long_answer_is_cut_at_a_sentence_and_keeps_its_source_and_link() -> None:
    sentence = "Đóng đủ mười lăm năm thì có lương hưu hằng tháng. "
    said = InlineAnswer(
        "x", "x", "x", f"<b>Hỏi</b>\n{sentence * 200}", "<i>Căn cứ: Luật.</i>\nHỏi thêm: https://t.me/b"
    )
    html = message(said)
    assert markup.units(html) <= markup.TEXT_LIMIT
    shown_text = plain_text(html, "HTML")
    assert shown_text.endswith("Hỏi thêm: https://t.me/b")
    body = shown_text.split("\n\n")[0]
    assert body.endswith("hằng tháng. …")
    assert units(shown_text) > 3000


@pytest.mark.parametrize("day", [TODAY.date(), TODAY.date().replace(year=2027, month=1, day=5)])
def test_every_answer_of_the_faq_fits_into_a_post_whole(named: Resources, day: Any) -> None:
    at = TODAY.replace(year=day.year, month=day.month, day=day.day)
    context = Context(Message("text", "", at), Memory(share_code="s-" + "0" * 20), named)
    for entry in named.library:
        if entry.kind == "answer":
            html = message(passed_on.to_post(context, entry.id))
            assert units(plain_text(html, "HTML")) <= 4096, entry.id
            assert "…\n\n" not in html, entry.id
