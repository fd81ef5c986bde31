"""One list of unanswered questions: the chat, the pages, the reports and the command line show the same."""

from __future__ import annotations

import asyncio
import html
import json
import re
from pathlib import Path

from bot.base.content import Content
from bot.base.settings import Office
from bot.reports import catalogue
from bot.reports.chat import Reporter
from bot.reports.paper import Request
from bot.reports.spans import Span
from bot.storage import privacy, questions, ratings, verdicts
from bot.storage.database import Connection, Database
from faq.engine import likeness
from handlers.dialogue.records import Asked, Chosen, Explained, Misanswered, Offered, Rated
from handlers.dialogue.turn import ReportWanted, Text
from tests.commands import spawned
from tests.conftest import Clock
from tests.web_house import House

UNKNOWN = "có bán phân bón trả góp không"
NONE_OF_THEM = "thẻ atm mất thì lương hưu lãnh kiểu gì"
NOBODY_PICKED = "đóng cho con đang ở tù được không"
BUTTON = "bán bò lấy tiền mua bảo hiểm cho vợ"
BUTTON_THEN_PICKED = "nuôi tôm thua lỗ có được hoãn đóng"
RATED = "heo chết thì tính sao"
AGAIN = "máy cày hư thì ai đền"
UNANSWERED = {UNKNOWN: 2, NONE_OF_THEM: 1, NOBODY_PICKED: 1, BUTTON: 1, BUTTON_THEN_PICKED: 1, RATED: 1, AGAIN: 1}


async def _every_kind(connection: Connection, clock: Clock) -> None:
    """A question of every kind there can be, of people called by what became of it."""

    async def ask(delivery: str, text: str, decision: str, entries: tuple[str, ...] = ("tax", "refund")) -> None:
        clock.forward(seconds=1)
        await questions.add(connection, delivery, delivery, Asked(text, decision, entries, False), clock())

    async def rate(delivery: str, text: str, reason: str) -> None:
        await ask(delivery, text, "answer")
        await ratings.offer(connection, delivery, Offered(delivery, "answer", "tax"), clock())
        await ratings.rate(connection, delivery, Rated(delivery, 1), clock())
        await ratings.explain(connection, delivery, Explained(delivery, reason))

    async def settle(text: str, verdict: verdicts.Decided, phrasing: int | None = None) -> None:
        clock.forward(seconds=1)
        await verdicts.add(connection, [likeness.words(text)], verdict, "lan", clock(), phrasing)

    await ask("unknown", UNKNOWN, "unknown")
    await ask("unknown-again", "Co ban phan bon tra gop ko ạ?", "unknown")
    await ask("none", NONE_OF_THEM, "choose")
    await questions.choose(connection, "none", Chosen("none", None))
    await ask("left", NOBODY_PICKED, "choose")
    await ask("button", BUTTON, "answer")
    await questions.misanswered(connection, "button", Misanswered("button"))
    await ask("instead", BUTTON_THEN_PICKED, "answer")
    await questions.misanswered(connection, "instead", Misanswered("instead"))
    await questions.choose(connection, "instead", Chosen("instead", "refund"))
    await rate("rated", RATED, "not_my_question")

    await ask("answered", "mức đóng thấp nhất là bao nhiêu", "answer")
    await ask("picked", "tiền đóng trả lại sao", "choose")
    await questions.choose(connection, "picked", Chosen("picked", "refund"))
    await rate("hard", "gà chết thì tính sao đây", "hard_to_understand")
    await ask("referred", "thẻ bảo hiểm y tế mất làm lại ở đâu", "refer")
    await ask("chat", "xin chào", "chat")
    await ask("foreign", "what is the minimum contribution", "unknown", ())
    await ask("only-signs", "...", "unknown")
    await ask("gone", "vay vốn ngân hàng xây chuồng heo", "unknown")
    await privacy.forget(connection, "gone")

    await ask("scope", "giá vàng hôm nay bao nhiêu", "unknown")
    await settle("giá vàng hôm nay bao nhiêu", "out_of_scope")
    await ask("scope-again", "giá vàng hôm nay bao nhiêu vậy", "unknown")
    await ask("drafted", "trồng điều có được trợ cấp rét hại", "unknown")
    await settle("trồng điều có được trợ cấp rét hại", "drafted")
    await ask("assigned", AGAIN, "unknown")
    await settle(AGAIN, "assigned", 1)
    await ask("in vain", AGAIN, "unknown")


async def test_chat_pages_reports_and_command_line_list_the_same_questions(
    house: House, database: Database, content: Content, clock: Clock, tmp_path: Path
) -> None:
    async with database.begin() as connection:
        await _every_kind(connection, clock)
    records, today = house.app.records, clock().date()

    said = await Reporter(records, content, Office(), clock).make(ReportWanted("unanswered", today.isoformat(), "text"))
    assert isinstance(said, Text)
    assert {text: int(n) for n, text in re.findall(r"(\d+) lần: (.+)", said.html)} == UNANSWERED

    page = (await (await house.inside("viewer")).get("/cau-hoi")).text
    groups = re.findall(r'class="card group">\s*<h2>(.*?)</h2>\s*<p>(\d+) lượt', page)
    assert {html.unescape(re.sub("<[^>]+>|[«»]", "", text)): int(n) for text, n in groups} == UNANSWERED

    for span in (Span.of_year(today.year), Span.of_day(today)):  # counted by month, and by day
        written = await catalogue.write(
            catalogue.REPORTS["use"], Request(records, content, Office(), span, today), "json"
        )
        listed = json.loads(written)["tables"]["unanswered"]
        assert {row["question"]: row["times"] for row in listed} == UNANSWERED

    done = await asyncio.to_thread(spawned, tmp_path, "questions", "unanswered", "--json")
    assert {group["sample"]: group["count"] for group in done.json} == UNANSWERED
