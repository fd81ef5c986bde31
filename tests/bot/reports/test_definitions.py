"""A figure means one thing: the pages, the chat, the command line and the reports count it alike."""

from __future__ import annotations

import asyncio
import datetime
import json
import re
from pathlib import Path

import pytest

from bot.base.content import Content
from bot.base.settings import Office
from bot.reports import activity, catalogue, overview, satisfaction
from bot.reports.definitions import defined, last_days, read_definitions
from bot.reports.paper import Request
from bot.reports.records import Filter
from bot.reports.spans import Span
from bot.storage import campaigns, estimates, questions, ratings
from bot.storage.database import Database
from handlers.dialogue.records import Asked, Chosen, Estimated, Explained, Misanswered, Offered, Rated, Started
from tests.bot.web.test_pages import shown
from tests.commands import spawned
from tests.conftest import Clock
from tests.web_house import House

UNKNOWN = "có bán phân bón trả góp không"


def test_every_figure_has_its_sentence_with_the_numbers_that_are_set_elsewhere() -> None:
    told = dict(defined())
    assert len(told) == len(read_definitions().figures)
    assert "dưới 30 phiếu" in told["So với mục tiêu"]
    assert "80% (2018–2021), 85% (2022–2025), 90% (2026–2030)" in told["Mục tiêu"]
    assert "Hôm nay và 6 ngày trước đó" in told["7 ngày qua"]
    assert not re.search(r"[{}]", " ".join([*told, *told.values()]))


async def ask(database: Database, who: str, number: int, at: datetime.datetime, decision: str, text: str) -> None:
    async with database.begin() as connection:
        await questions.add(connection, who, f"{who}{number}", Asked(text, decision, ("tax",), False), at)


async def test_seven_days_are_seven_days_wherever_they_are_said(
    house: House, database: Database, clock: Clock, tmp_path: Path
) -> None:
    for days in range(10):  # one a day, the eighth day before today among them
        await ask(database, f"p{days}", days, clock() - datetime.timedelta(days=days), "unknown", UNKNOWN)
    midnight = clock().replace(hour=0, minute=0)
    await ask(database, "early", 0, midnight - datetime.timedelta(days=6), "unknown", UNKNOWN)  # a whole day counts
    browser = await house.inside("viewer")
    assert "7 ngày qua: 8 câu chưa trả lời được" in shown((await browser.get("/")).text)
    assert "8 lượt hỏi" in shown((await browser.get("/cau-hoi?ky=7")).text)
    week = last_days(clock().date(), 7)
    assert (week.until - week.since).days + 1 == 7
    assert (await activity.volumes(house.app.records, week)).left_unanswered == 8
    done = await asyncio.to_thread(
        spawned, tmp_path, "questions", "unanswered", "--since", week.since.isoformat(), "--json"
    )
    assert sum(group["count"] for group in done.json) == 8


async def test_a_greeting_is_no_question_by_hour_and_who_only_greets_is_nobody_who_asked(
    house: House, database: Database, clock: Clock
) -> None:
    await ask(database, "a", 1, clock(), "answer", "mức đóng thấp nhất")
    await ask(database, "a", 2, clock(), "chat", "xin chào")
    await ask(database, "b", 3, clock(), "chat", "xin chào")
    records, span = house.app.records, Span.of_day(clock().date())
    for each in (span, Span.of_year(span.since.year)):
        assert sum(await activity.busiest_hours(records, each)) == 1
        found = await activity.volumes(records, each)
        assert (found.questions, found.people) == (1, 1)
    assert "Câu hỏi 1 (chưa trả lời được 0, 0%), phép tính 0, người 1" in await overview.lines(records, span.since)
    page = shown((await (await house.inside("viewer")).get("/?ky=tuan")).text)
    assert re.findall(r"Câu hỏi (\d+) Phép tính (\d+) Người (\d+)", page) == [("1", "0", "1")]


async def test_what_came_before_the_link_is_not_counted_to_its_campaign(
    house: House, database: Database, clock: Clock, tmp_path: Path
) -> None:
    before, followed, after = (clock() - datetime.timedelta(hours=hours) for hours in (3, 2, 1))
    async with database.begin() as connection:
        await campaigns.add(connection, campaigns.Campaign("cho", "Chợ Phủ", "xã A"), before)
        for number, at in enumerate((before, after)):
            await questions.add(connection, "a", f"q{number}", Asked("x", "answer", ("tax",), False), at)
            await estimates.add(connection, "a", Estimated("pension"), at)
            if at == after:
                await campaigns.started(connection, "a", Started("known", "cho"), followed)
            await ratings.offer(connection, "a", Offered(f"q{number}", "answer", f"tax{number}"), at)
            await ratings.rate(connection, "a", Rated(f"q{number}", 5), at)
        await questions.add(connection, "late", "l", Asked("x", "answer", ("tax",), False), before)
        await campaigns.started(connection, "late", Started("known", "cho"), after)
    done = await asyncio.to_thread(spawned, tmp_path, "campaign", "list", "--json")
    (listed,) = done.json["campaigns"]
    assert (listed["people"], listed["people_answered"], listed["estimates"], listed["ratings"]) == (2, 1, 1, 1)
    assert "Phiếu của liên kết" in done.json["definitions"]
    found = await satisfaction.measure(house.app.records, Span.of_year(clock().year), Filter(campaign="cho"))
    assert found.rated == listed["ratings"]


@pytest.fixture
async def left(database: Database, clock: Clock) -> int:
    """Questions left unanswered for every reason, one for two of them; returns how many. One is decided about."""
    for number, (decision, text) in enumerate(
        (
            ("unknown", UNKNOWN),
            ("choose", "bò"),
            ("choose", "gà"),
            ("answer", "lợn"),
            ("answer", "vịt"),
            ("answer", "x"),
        )
    ):
        await ask(database, "a", number, clock(), decision, text)
    async with database.begin() as connection:
        await questions.choose(connection, "a", Chosen("a1", None))
        await questions.misanswered(connection, "a", Misanswered("a2"))  # offered, none picked, and told to be wrong
        await questions.misanswered(connection, "a", Misanswered("a3"))
        await ratings.offer(connection, "a", Offered("a4", "answer", "tax"), clock())
        await ratings.rate(connection, "a", Rated("a4", 1), clock())
        await ratings.explain(connection, "a", Explained("a4", "not_my_question"))
        await questions.add(connection, "a", "f", Asked("what is it", "unknown", (), False), clock())  # for nobody
    return 5


async def test_unanswered_is_counted_once_by_why_and_alike_everywhere(
    house: House, content: Content, clock: Clock, left: int
) -> None:
    records, span = house.app.records, Span.of_year(clock().year)
    found = await activity.volumes(records, span)
    assert found.unanswered == {"wrong": 3, "unknown": 1, "none_picked": 1}
    assert (found.left_unanswered, found.questions, found.unknown) == (left, 7, 2)
    said = "Chưa trả lời được: 5 câu hỏi (71,43% số câu hỏi)"
    for name in ("use", "annual"):
        request = Request(records, content, Office(), span, clock().date())
        assert said in (await catalogue.write(catalogue.REPORTS[name], request, "txt")).decode()
        assert "Chưa trả lời được" in dict((await catalogue.paper(catalogue.REPORTS[name], request)).definitions)
    assert "(chưa trả lời được 5, 71,43%)" in await overview.lines(records, clock().date())
    text = shown((await (await house.inside("viewer")).get("/")).text)
    assert "Chưa trả lời được: 5 câu (71,43%), trong đó 3 câu bị báo trả lời sai" in text


async def test_questions_alike_stand_in_one_group_in_reports_and_on_the_page(
    house: House, database: Database, content: Content, clock: Clock
) -> None:
    typed = ("bò chết thì có được đền bù không", "bò chết thì có đền bù không", "Bò chết có được đền bù không ạ")
    for number, text in enumerate((*typed, *typed[:1], UNKNOWN)):
        await ask(database, "a", number, clock(), "unknown", text)
    page = (await (await house.inside("viewer")).get("/cau-hoi")).text
    of_page = [int(n) for n in re.findall(r'class="card group">\s*<h2>.*?</h2>\s*<p>(\d+) lượt', page)]
    request = Request(house.app.records, content, Office(), Span.of_year(clock().year), clock().date())
    written = json.loads(await catalogue.write(catalogue.REPORTS["use"], request, "json"))
    assert [row["times"] for row in written["tables"]["unanswered"]] == of_page == [4, 1]
