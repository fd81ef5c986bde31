"""Every figure of every page and format, counted a second way from the raw rows (`tests/recount.py`)."""

from __future__ import annotations

import asyncio
import csv
import dataclasses
import datetime
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import docx
import openpyxl
import pytest
import sqlalchemy as sa

from bot.base.content import Content
from bot.base.settings import Office
from bot.reports import catalogue, overview
from bot.reports.paper import Paper, Request
from bot.reports.records import Filter
from bot.reports.spans import Span
from bot.storage import campaigns, schema
from bot.storage.database import Database
from tests import many_people, recount
from tests.bot.web.test_pages import shown
from tests.conftest import Clock
from tests.recount import Rows, of, said
from tests.web_house import House

D = datetime.date
YEAR = Span.of_year(2026)
ODD = Span(D(2026, 10, 7), D(2026, 11, 20))
SPANS = (YEAR, ODD, Span(D(2026, 1, 1), D(2026, 12, 14)), Span.of_month(2026, 10), Span.of_week(2026, 46))
TABLES = ("questions", "estimates", "reminders_set", "ratings", "starts", "touches")
PLACES = {code: place for code, _, place in many_people.LINKS}
NAMES = {code: name for code, name, _ in many_people.LINKS}
NO_LINK = NO_CAMPAIGN = "Không qua liên kết nào"
LEVELS = {5: "Rất hài lòng", 4: "Hài lòng", 3: "Bình thường", 2: "Không hài lòng", 1: "Rất không hài lòng"}
CHANNELS = {"telegram": "Telegram", "web": "Trang chat", "": "Không rõ kênh"}
KINDS = {"answer": "Câu trả lời", "estimate": "Phép tính", "person": "Cán bộ trả lời", "service": "Trợ lý nói chung"}


@pytest.fixture
async def raw(database: Database, clock: Clock) -> Mapping[str, list[Mapping[str, Any]]]:
    await many_people.fill(database, clock())
    async with database.read() as connection:
        return {
            name: [dict(row._mapping) for row in await connection.execute(sa.select(schema.metadata.tables[name]))]
            for name in TABLES
        }


def rows_of(raw: Mapping[str, list[Mapping[str, Any]]], span: Span) -> Rows:
    return Rows.of(raw, span.since, span.until)


def request_of(house: House, content: Content, clock: Clock, span: Span, by: str | None = None) -> Request:
    return Request(house.app.records, content, Office(), span, clock().date(), by=by)


async def tables_of(name: str, request: Request) -> dict[str, list[tuple[Any, ...]]]:
    """The tables of a report, from its JSON."""
    written = json.loads(await catalogue.write(catalogue.REPORTS[name], request, "json"))
    return {key: [tuple(row.values()) for row in rows] for key, rows in written["tables"].items()}


def test_the_two_ways_to_round_agree() -> None:
    assert [recount.percent(each) for each in (0.8999999, 0.9, 0.12345, 0.99999)] == [89.99, 90.0, 12.35, 99.99]
    assert recount.wilson(45, 50) == (78.64, 95.65)


@pytest.mark.parametrize("span", SPANS, ids=lambda span: f"{span.since}_{span.until}")
async def test_the_index_and_its_parts(
    house: House, content: Content, clock: Clock, raw: Mapping[str, list[Any]], span: Span
) -> None:
    rows = rows_of(raw, span)
    rated, _, index, low, high, offered, answered, response = rows.satisfaction()
    assert rated > 5
    said_of = json.loads(
        await catalogue.write(catalogue.REPORTS["satisfaction"], request_of(house, content, clock, span), "json")
    )
    people, satisfied = rows.by_person()
    assert said_of["ratings"] == rated
    assert (said_of["index"], said_of["interval"], said_of["response_rate"]) == (index, [low, high], response)
    assert (said_of["offered"], said_of["answered"]) == (offered, answered)
    assert (said_of["people"], said_of["index_by_person"]) == (people, of(satisfied, people))
    levels = rows.levels()
    assert said_of["levels"] == {str(level): levels.get(level, 0) for level in LEVELS}
    library = content.library
    topics = house.app.records.topics

    def topic(row: Mapping[str, Any]) -> str:
        if row["kind"] == "answer":
            entry = library[row["subject"]]
            return topics.name(entry.topic or entry.kind)
        return topics.calculations[row["subject"]] if row["kind"] == "estimate" else KINDS[row["kind"]]

    def subject(row: Mapping[str, Any]) -> str:
        return library[row["subject"]].question or "" if row["kind"] == "answer" else topic(row)

    parts = {
        "topic": topic,
        "subject": subject,
        "kind": lambda row: KINDS[row["kind"]],
        "campaign": lambda row: NAMES.get(row["campaign"] or "", NO_LINK),
        "place": lambda row: PLACES.get(row["campaign"] or "", NO_LINK),
        "channel": lambda row: CHANNELS[row["channel"] or ""],
    }
    for by, key in parts.items():
        found = (await tables_of("satisfaction", request_of(house, content, clock, span, by)))[f"by_{by}"]
        assert {row[0]: row[1:] for row in found} == rows.by(key), by
        assert sum(row[1] for row in found) == rated
    begins = {
        "day": lambda day: day,
        "week": lambda day: day - datetime.timedelta(days=day.weekday()),
        "month": lambda day: day.replace(day=1),
        "quarter": lambda day: D(day.year, 3 * ((day.month - 1) // 3) + 1, 1),
    }
    for by, begin in begins.items():
        found = (await tables_of("satisfaction", request_of(house, content, clock, span, by)))["over_time"]
        expected = [part.satisfaction() for part in rows.parts(begin).values() if part.ratings]
        assert [row[1:9] for row in found if row[1] or row[6]] == expected, by
        assert sum(row[1] for row in found) == rated, by


@pytest.mark.parametrize("span", SPANS, ids=lambda span: f"{span.since}_{span.until}")
async def test_what_was_asked_and_what_links_brought(
    house: House, content: Content, clock: Clock, raw: Mapping[str, list[Any]], span: Span
) -> None:
    rows, topics = rows_of(raw, span), house.app.records.topics
    made = await tables_of("use", request_of(house, content, clock, span))
    asked, became = len(rows.asked), rows.became()
    assert [row[1] for row in made["decisions"]] == [*became, asked]
    assert [row[2] for row in made["decisions"]] == [*(of(n, asked) for n in became), 100.0]
    months = rows.parts(lambda day: day.replace(day=1)).values()
    assert [row[1:] for row in made["use_over_time"]] == [
        (len(part.asked), *part.became(), of(part.became()[3], len(part.asked)), len(part.estimates))
        for part in months
        if part.asked or part.estimates
    ]
    of_channels = {CHANNELS[name]: figures for name, figures in rows.on_channels().items()}
    assert {row[0]: row[1:] for row in made["use_by_channel"]} == of_channels
    annual = await tables_of("annual", request_of(house, content, clock, span))
    assert annual["use_by_channel"] == made["use_by_channel"]
    assert {row[0]: row[1:] for row in annual["by_channel"]} == rows.by(lambda row: CHANNELS[row["channel"] or ""])
    assert dict(made["calculations"]) == {topics.calculations[name]: n for name, n in rows.calculations().items()}
    assert {row[0]: row[2] for row in made["top_entries"]} == {
        content.library[name].question: n for name, n in rows.entries().items()
    }
    assert [row[1] for row in made["hours"]] == [rows.hours().get(hour, 0) for hour in range(24)]
    assert dict(made["unanswered"]) == rows.waiting()
    worst = {name: found for name, found in rows.by(lambda row: row["subject"]).items() if found[0] >= 5}
    answers = {each: worst[each] for each in worst if each in many_people.ENTRIES}
    assert {row[0]: row[1:] for row in made["by_subject"]} == {
        content.library[name].question: found for name, found in answers.items()
    }
    of_links = rows.by(lambda row: row["campaign"] or "")
    assert made["campaigns"] == [
        (name, place, *rows.of_link(code), *of_links.get(code, (0, 0, None))[:3:2])
        for code, name, place in many_people.LINKS
    ]
    text = (await catalogue.write(catalogue.REPORTS["use"], request_of(house, content, clock, span), "txt")).decode()
    left = rows.unanswered()
    total = sum(left.values())
    assert f"Chưa trả lời được: {total} câu hỏi ({said(of(total, asked))} số câu hỏi)" in text
    for why, words in (("unknown", "nói chưa biết"), ("none_picked", "đưa ra chọn"), ("wrong", "câu bị báo")):
        assert re.search(rf"{left.get(why, 0)} câu [^,]*{words.removeprefix('câu ')}", text), why
    assert f"Số người hỏi hoặc tính: {rows.people()}." in text


async def test_the_total_of_a_year_is_that_of_its_days_whoever_was_forgotten(
    house: House, content: Content, clock: Clock, raw: Mapping[str, list[Any]]
) -> None:
    assert sum(row["key"] == "" for row in raw["ratings"]) > 30
    whole, until = (rows_of(raw, span) for span in (YEAR, Span(D(2026, 1, 1), clock().date())))
    assert whole.satisfaction() == until.satisfaction()
    assert len(whole.asked) == len(until.asked)


async def test_the_pages(house: House, clock: Clock, raw: Mapping[str, list[Any]], content: Content) -> None:
    browser = await house.inside("viewer")
    for span in (YEAR, ODD):
        rows = rows_of(raw, span)
        page = (await browser.get(f"/?ky=khac&tu={span.since}&den={span.until}")).text
        text = shown(page)
        rated, _, index, low, high, offered, answered, response = rows.satisfaction()
        people, satisfied = rows.by_person()
        asked, became = len(rows.asked), rows.became()
        for words in (
            f"Khoảng tin cậy 95%: từ {said(low)} đến {said(high)}",
            f"Số phiếu {rated}",
            f"Tỷ lệ trả lời {said(response)} {answered} / {offered} lượt mời",
            f"Chỉ số theo người {said(of(satisfied, people))} {satisfied} / {people} người",
            f"Câu hỏi {asked} ",
            f"Phép tính {len(rows.estimates)} ",
            f"Người {rows.people()} ",
            f"Chưa trả lời được: {sum(rows.unanswered().values())} câu",
            f"trong đó {rows.unanswered()['wrong']} câu bị báo trả lời sai",
        ):
            assert words in text, words
        assert f'<p class="huge">{said(index)}</p>' in page
        cells = [shown(row) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
        for level, n in rows.levels().items():
            assert f"{LEVELS[level]} {n} {said(of(n, rated))}" in cells
        for words, n in zip(("Trả lời ngay", "Gợi ý vài câu", "Chỉ nơi giải quyết", "Chưa biết"), became, strict=True):
            assert any(cell.startswith(words) and cell.endswith(f" {n} {said(of(n, asked))}") for cell in cells), words
        for hour, n in rows.hours().items():
            assert f"{hour} giờ {n}" in cells
        for name, found in rows.by(lambda row: NAMES.get(row["campaign"] or "", NO_LINK)).items():
            figures = (said(found[2]), f"{said(found[3])}–{said(found[4])}", str(found[0]), said(found[7]))
            assert " ".join((name, *figures)) in cells
        for name, found in rows.by(lambda row: CHANNELS[row["channel"] or ""]).items():
            figures = (said(found[2]), f"{said(found[3])}–{said(found[4])}", str(found[0]), said(found[7]))
            assert " ".join((name, *figures)) in cells
        for name, found in rows.on_channels().items():
            assert " ".join((CHANNELS[name], *map(str, (found[0], *found[6:])))) in cells
        for name, n in rows.entries().items():
            words = content.library[name].question or "?"
            assert any(cell.startswith(words) and cell.endswith(f" {n}") for cell in cells)
        reasons = re.findall(r'lydo=(\w+)">[^<]+</a>: (\d+) phiếu', page)
        assert {name: int(n) for name, n in reasons} == rows.low_by_reason()
        for query, which in (
            ("", lambda row: True),
            ("&muc=low", lambda row: row["level"] <= 2),
            ("&loai=answer", lambda row: row["kind"] == "answer"),
            ("&chiendich=cho", lambda row: row["campaign"] == "cho"),
            ("&chiendich=-", lambda row: row["campaign"] is None),
            ("&kenh=web", lambda row: row["channel"] == "web"),
            ("&kenh=-&muc=low", lambda row: row["channel"] is None and row["level"] <= 2),
            ("&diaban=x%C3%A3+A", lambda row: PLACES.get(row["campaign"] or "") == "xã A"),
            ("&ctv=CTV+1", lambda row: many_people.COLLABORATORS.get(row["campaign"] or "") == "CTV 1"),
        ):
            log = shown((await browser.get(f"/danh-gia?ky=khac&tu={span.since}&den={span.until}{query}")).text)
            n = sum(which(row) for row in rows.ratings if row["level"] is not None)
            assert f" {n} phiếu." in log, (query, n)
    last = Span(clock().date() - datetime.timedelta(days=6), clock().date())
    lately = sum(rows_of(raw, last).waiting().values())
    assert f"7 ngày qua: {lately} câu chưa trả lời được" in shown((await browser.get("/")).text)
    assert f"{lately} lượt hỏi" in shown((await browser.get("/cau-hoi?ky=7")).text)


async def test_the_chat_and_the_list_of_campaigns(
    house: House, database: Database, clock: Clock, raw: Mapping[str, list[Any]]
) -> None:
    today = clock().date()
    told = await overview.lines(house.app.records, today)
    week = Span.around(today, "week")
    month, period = Span.around(today, "month"), Span(D(2026, 1, 1), D(2030, 12, 31))
    for span in (Span.of_day(today), week, month, period):
        rows = rows_of(raw, span)
        rated, _, index, low, high, *_ = rows.satisfaction()
        asked, left = len(rows.asked), sum(rows.unanswered().values())
        assert f"Hài lòng {said(index)} ({rated} phiếu, khoảng tin cậy {said(low)}–{said(high)})" in told or not rated
        share = said(of(left, asked))
        assert f"Câu hỏi {asked} (chưa trả lời được {left}, {share}), phép tính {len(rows.estimates)}, " in told
        assert f"người {rows.people()}" in told
    rows = rows_of(raw, Span(D(2000, 1, 1), D(2099, 12, 31)))
    async with database.read() as connection:
        listed = await campaigns.list_all(connection)
    for each in listed:
        code = each.campaign.code
        assert (each.starts, each.people) == rows.of_link(code)
        assert (each.people_answered, each.estimates, each.reminders, each.ratings) == rows.after_the_link(code)
        assert each.ratings == sum(row["campaign"] == code and row["level"] is not None for row in rows.ratings)
        assert each.outside == sum(row["code"] == code and row["campaign"] != "known" for row in rows.starts)


STEPS = ("Bắt đầu", "Được trả lời", "Tính xong", "Đặt lời nhắc", "Đánh giá")


@pytest.mark.parametrize("span", SPANS, ids=lambda span: f"{span.since}_{span.until}")
async def test_how_far_new_people_came(
    house: House, content: Content, clock: Clock, raw: Mapping[str, list[Any]], span: Span
) -> None:
    people, rows = recount.newcomers(raw, span.since, span.until), rows_of(raw, span)
    assert len(people) > 1
    some_by_none = any(person.code not in NAMES for person in people)
    made = await tables_of("campaigns", request_of(house, content, clock, span))
    ever = {code: sum(row["code"] == code and row["campaign"] == "known" for row in raw["starts"]) for code in NAMES}
    whole = {code for code in NAMES if rows.of_link(code)[0] == ever[code]}

    def cost(codes: set[str]) -> int | None:
        return sum(many_people.COSTS[code] for code in codes) if codes and codes <= whole else None

    def expected(key: Callable[[recount.Newcomer], str], cost_of: Callable[[str], int | None]) -> dict[str, list[Any]]:
        names = {key(person) for person in people}
        return {name: recount.steps([each for each in people if key(each) == name], cost_of(name)) for name in names}

    def told(table: str) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for name, step, *figures in made[table]:
            found.setdefault(name, []).append(tuple(figures))
            assert step == STEPS[len(found[name]) - 1]
        return {name: steps for name, steps in found.items() if steps[0][0]}

    assert [row[1:] for row in made["funnel_all"]] == recount.steps(people, None if some_by_none else cost(set(NAMES)))
    labels = {code: f"{name} ({code})" for code, name in NAMES.items()}
    by_label = {label: {code} for code, label in labels.items()}
    assert told("funnel_campaign") == expected(
        lambda person: labels.get(person.code, NO_CAMPAIGN), lambda name: cost(by_label.get(name, set()))
    )
    of_place = {place: {code for code in NAMES if PLACES[code] == place} for place in PLACES.values()}
    for place, codes in of_place.items():
        alone = dataclasses.replace(request_of(house, content, clock, span), where=Filter(place=place))
        (_, *figures), *_ = (await tables_of("campaigns", alone))["funnel_all"]
        brought = [person for person in people if person.code in codes]
        assert tuple(figures) == recount.steps(brought, cost(codes))[0]
        assert figures[-1] is not None or span != YEAR
    of_one = dataclasses.replace(request_of(house, content, clock, span), where=Filter(collaborator="CTV 1"))
    (_, *figures), *_ = (await tables_of("campaigns", of_one))["funnel_all"]
    assert figures[0] == sum(many_people.COLLABORATORS.get(person.code) == "CTV 1" for person in people)
    assert some_by_none or span != YEAR
    assert any(person.reminded for person in people) or span != YEAR
    assert told("funnel_place") == expected(
        lambda person: PLACES.get(person.code, NO_CAMPAIGN), lambda name: cost(of_place.get(name, set()))
    )
    labelled = {code: many_people.COLLABORATORS.get(code, "Không ghi cộng tác viên") for code in NAMES}
    of_label = {label: {code for code in NAMES if labelled[code] == label} for label in labelled.values()}
    assert told("funnel_collaborator") == expected(
        lambda person: labelled.get(person.code, NO_CAMPAIGN), lambda name: cost(of_label.get(name, set()))
    )
    assert told("funnel_channel") == expected(lambda person: CHANNELS[person.channel], lambda name: None)
    weeks = [person.day.isocalendar()[:2] for person in people]
    assert {name: rows[0][0] for name, rows in told("funnel_week").items()} == {
        f"tuần {week}/{year}": weeks.count((year, week)) for year, week in weeks
    }
    others = [row["campaign"] for row in rows.starts if row["campaign"] != "known"]
    assert [row[1] for row in made["starts"]] == [
        sum(row["campaign"] == "known" for row in rows.starts),
        *(others.count(why) for why in sorted(set(others))),
    ]
    page = shown(
        (await (await house.inside("viewer")).get(f"/chien-dich?ky=khac&tu={span.since}&den={span.until}")).text
    )
    for code, name in NAMES.items():
        (counts,) = recount.steps([each for each in people if each.code == code])[:1]
        assert re.search(rf"{name} {code}.*?{PLACES[code]} {rows.of_link(code)[0]} {counts[0]} ", page), name


async def test_what_is_asked_at_a_place(
    house: House, content: Content, clock: Clock, raw: Mapping[str, list[Any]]
) -> None:
    rows = rows_of(raw, YEAR)
    first = {row["key"]: row for row in raw["touches"]}
    made = await tables_of("campaigns", request_of(house, content, clock, YEAR))

    def of_place(row: Mapping[str, Any], place: str) -> bool:
        touch = first.get(row["key"])
        return touch is not None and PLACES[touch["first_code"]] == place and row["at"] >= touch["first_at"]

    for place in set(PLACES.values()):
        asked = dataclasses.replace(rows, questions=[row for row in rows.questions if of_place(row, place)])
        assert {row[1]: row[2] for row in made["place_asked"] if row[0] == place} == {
            content.library[name].question: n for name, n in asked.entries().items()
        }
        assert {row[1]: row[2] for row in made["place_unanswered"] if row[0] == place} == asked.waiting()


# --- the formats hold the same -------------------------------------------------------------------


def cell(value: Any, kind: str, thousands: str = ".") -> str:
    """How people read a cell."""
    if value is None:
        return "–" if kind in ("share", "points") else ""
    if kind == "share":
        return said(recount.percent(value))
    return f"{value:,}".replace(",", thousands) if kind == "count" else str(value)


def wanted(paper: Paper, thousands: str = ".") -> list[list[tuple[int, str]]]:
    """Of every row of every table, its cells of known kinds: (place, words)."""
    return [
        [(place, cell(row[place], column.kind, thousands)) for place, column in enumerate(table.columns)
         if column.kind in ("text", "count", "share")]
        for table in paper.tables for row in table.rows
    ]  # fmt: skip


def holds(rows: list[list[str]], paper: Paper, thousands: str = ".") -> bool:
    """Whether the rows are those of the paper, in order."""
    each = iter(rows)
    return all(
        any(all(row[place] == words for place, words in cells) for row in each) for cells in wanted(paper, thousands)
    )


def read_whole(paper: Paper) -> Paper:
    """With rows that are all read: those of the log are, as they are needed, by the loop."""
    sections = [
        dataclasses.replace(
            section, tables=tuple(dataclasses.replace(each, rows=tuple(each.rows)) for each in section.tables)
        )
        for section in paper.sections
    ]
    return dataclasses.replace(paper, sections=tuple(sections))


@pytest.mark.parametrize("name", ["satisfaction", "use", "campaigns", "annual", "log"])
async def test_every_format_holds_the_same_figures(
    house: House, content: Content, clock: Clock, raw: Mapping[str, list[Any]], name: str
) -> None:
    request = request_of(house, content, clock, ODD)
    report = catalogue.REPORTS[name]
    paper = await asyncio.to_thread(read_whole, await catalogue.paper(report, request))
    files = {ending: await catalogue.write(report, request, ending) for ending in report.formats}
    assert len(wanted(paper)) > 20
    widest = max(len(table.columns) for table in paper.tables)

    def filled(row: list[str]) -> list[str]:
        return [*row, *[""] * (widest - len(row))]

    of_csv = csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"), newline=""))
    assert holds([filled(row) for row in of_csv], paper, thousands="")
    lines = [re.split(r"\s{2,}", line.strip()) for line in files["txt"].decode().splitlines()]
    assert name == "log" or all(
        any({words for _, words in cells if words} <= set(line) for line in lines) for cells in wanted(paper)
    )
    if "docx" in files:
        document = docx.Document(io.BytesIO(files["docx"]))
        found = [filled([each.text for each in row.cells]) for table in document.tables for row in table.rows]
        assert holds(found, paper)
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    for table, sheet in zip(paper.tables, book.worksheets[1:], strict=False):
        values = [[each.value for each in row] for row in sheet.iter_rows(min_row=4, max_col=len(table.columns))]
        for row, value in zip(table.rows, values, strict=False):
            for column, here, there in zip(table.columns, row, value, strict=True):
                if column.kind == "share" and isinstance(here, float):
                    assert there * 100 == pytest.approx(recount.percent(here), abs=1e-9)
                elif column.kind == "count":
                    assert there == here
