"""The reports: whose rows they count, where a day ends, and what stands in the files that are made of them."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from bot.base.content import Content
from bot.base.settings import Office
from bot.commands.check import unwritten_words
from bot.reports import activity, catalogue, rating_log, satisfaction
from bot.reports.paper import Request
from bot.reports.records import Filter, Records, Topics, read_targets
from bot.reports.spans import BadSpan, Part, Span, read_span, which_part
from bot.reports.words import read_words
from bot.storage import campaigns, estimates, privacy, questions, ratings
from bot.storage.database import VIETNAM, Database
from faq.library import TOPICS
from handlers.calculators.menu import CALCULATION, FORMS
from handlers.dialogue.records import (
    REASONS,
    Asked,
    Chosen,
    Commented,
    Estimated,
    Explained,
    Misanswered,
    Offered,
    Rated,
    Started,
)
from tests.commands import Ended

D = datetime.date


@pytest.fixture
def records(database: Database, content: Content) -> Records:
    return Records(database, Topics.of(content.library, content.texts), read_targets())


def at(day: str, time: str = "12:00") -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=VIETNAM)


async def rated(
    records: Records,
    when: datetime.datetime,
    level: int | None,
    who: str = "a",
    subject: str = "pension_age",
    kind: Literal["answer", "estimate", "person", "service"] = "answer",
    comment: str = "",
    asked_for: bool = False,
) -> str:
    """One offer, answered where a level is given; returns its token."""
    token = f"{who}{when:%Y%m%d%H%M%S}{subject}"
    async with records.database.begin() as connection:
        await ratings.offer(connection, who, Offered(token, kind, subject, asked_for), when)
        if level is not None:
            await ratings.rate(connection, who, Rated(token, level), when)
        if comment:
            await ratings.explain(connection, who, Explained(token, "not_enough"))
            await ratings.comment(connection, who, Commented(token, comment))
    return token


async def forgotten(records: Records, who: str) -> None:
    async with records.database.begin() as connection:
        await privacy.forget(connection, who)


# --- spans ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "written", "since", "until"),
    [
        ("day", "2026-11-26", D(2026, 11, 26), D(2026, 11, 26)),
        ("week", "2026-W48", D(2026, 11, 23), D(2026, 11, 29)),
        ("week", "2026-W53", D(2026, 12, 28), D(2027, 1, 3)),  # 2026 has 53 weeks: it began on a Thursday
        ("week", "2027-W01", D(2027, 1, 4), D(2027, 1, 10)),
        ("month", "2026-02", D(2026, 2, 1), D(2026, 2, 28)),
        ("month", "2028-02", D(2028, 2, 1), D(2028, 2, 29)),
        ("quarter", "2026-Q4", D(2026, 10, 1), D(2026, 12, 31)),
        ("quarter", "2026-q1", D(2026, 1, 1), D(2026, 3, 31)),
        ("year", "2026", D(2026, 1, 1), D(2026, 12, 31)),
    ],
)
def test_a_span_is_read_as_it_is_written(part: Part, written: str, since: D, until: D) -> None:
    assert read_span(part, written) == Span(since, until)
    assert which_part(written) == part
    assert read_span(part, written).part == part


@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("month", "2026-13"),
        ("month", "2026-00"),
        ("month", "11-2026"),
        ("week", "2027-W53"),  # 2027 has 52 weeks
        ("week", "2026-W00"),
        ("quarter", "2026-Q5"),
        ("day", "2026-02-30"),
        ("year", "1999"),
        ("year", "99999"),
        ("day", "hôm nay"),
        ("month", "٢٠٢٦-١١"),
        ("day", ""),
    ],
)
def test_a_span_that_is_none_is_named_with_an_example(part: Part, written: str) -> None:
    with pytest.raises(BadSpan, match="expected one as in"):
        read_span(part, written)


@pytest.mark.parametrize(
    ("span", "name", "short"),
    [
        (Span.of_first_months(2026, 6), "6 tháng đầu năm 2026", "2026-T1-T6"),
        (Span.of_first_months(2026, 9), "9 tháng đầu năm 2026", "2026-T1-T9"),
        (Span.of_first_months(2026, 3), "quý I/2026", "2026-Q1"),
        (Span(D(2026, 7, 1), D(2026, 12, 31)), "6 tháng cuối năm 2026", "2026-T7-T12"),
        (Span(D(2026, 1, 1), D(2030, 12, 31)), "giai đoạn 2026–2030", "2026-01-01_2030-12-31"),
        (Span(D(2026, 1, 1), D(2026, 12, 14)), "từ 01/01/2026 đến 14/12/2026", "2026-01-01_2026-12-14"),
        (Span(D(2026, 2, 1), D(2026, 6, 30)), "từ 01/02/2026 đến 30/06/2026", "2026-T2-T6"),
    ],
)
def test_a_span_is_called_as_reports_call_it(span: Span, name: str, short: str) -> None:
    assert (span.name, span.short) == (name, short)


@pytest.mark.parametrize(
    ("span", "before", "a_year_before"),
    [
        (Span.of_year(2026), Span.of_year(2025), Span.of_year(2025)),
        (Span.of_first_months(2026, 6), Span(D(2025, 7, 1), D(2025, 12, 31)), Span.of_first_months(2025, 6)),
        (Span.of_first_months(2026, 9), Span(D(2025, 4, 1), D(2025, 12, 31)), Span.of_first_months(2025, 9)),
        (Span.of_quarter(2026, 1), Span.of_quarter(2025, 4), Span.of_quarter(2025, 1)),
        (Span.of_month(2028, 2), Span.of_month(2028, 1), Span.of_month(2027, 2)),
        (Span.of_month(2029, 2), Span.of_month(2029, 1), Span.of_month(2028, 2)),  # to the 29th
        (Span.of_week(2026, 53), Span.of_week(2026, 52), Span.of_week(2025, 52)),  # 2025 has no 53rd
        (Span.of_week(2026, 1), Span.of_week(2025, 52), Span.of_week(2025, 1)),
        (Span.of_day(D(2028, 2, 29)), Span.of_day(D(2028, 2, 28)), Span.of_day(D(2027, 2, 28))),
        (Span(D(2026, 1, 1), D(2026, 12, 14)), Span(D(2025, 1, 18), D(2025, 12, 31)),
         Span(D(2025, 1, 1), D(2025, 12, 14))),
    ],
)  # fmt: skip
def test_what_a_span_is_compared_with(span: Span, before: Span, a_year_before: Span) -> None:
    assert (span.before(), span.a_year_before()) == (before, a_year_before)


def test_parts_cover_a_span_once_and_end_with_today() -> None:
    year = Span.of_year(2026)
    weeks = year.parts("week")
    assert (weeks[0], weeks[-1]) == (Span(D(2026, 1, 1), D(2026, 1, 4)), Span(D(2026, 12, 28), D(2026, 12, 31)))
    assert all(later.since - earlier.until == datetime.timedelta(1) for earlier, later in itertools.pairwise(weeks))
    assert [part.since.month for part in year.parts("month", up_to=D(2026, 3, 1))] == [1, 2, 3]


# --- where a day ends ----------------------------------------------------------------------------


async def test_a_day_ends_at_midnight_in_vietnam(records: Records) -> None:
    await rated(records, at("2026-11-26", "23:59"), 5)
    await rated(records, at("2026-11-27", "00:00"), 1, subject="pension_amount")
    for day, index in ((D(2026, 11, 26), 1.0), (D(2026, 11, 27), 0.0)):
        found = await satisfaction.measure(records, Span.of_day(day))
        assert (found.rated, found.index) == (1, index)
    week = await satisfaction.series(records, Span.of_week(2026, 48), "day")
    assert [day.rated for day in week] == [0, 0, 0, 1, 1, 0, 0]


async def test_new_year_in_vietnam_parts_years_quarters_months_and_weeks(records: Records) -> None:
    """At 00:30 on 1 January in Vietnam it is still 17:30 of the old year in UTC."""
    await rated(records, at("2026-12-31", "23:30"), 5)
    await rated(records, at("2027-01-01", "00:30"), 1, subject="pension_amount")
    for old, new in ((Span.of_year(2026), Span.of_year(2027)), (Span.of_quarter(2026, 4), Span.of_quarter(2027, 1)),
                     (Span.of_month(2026, 12), Span.of_month(2027, 1))):  # fmt: skip
        assert [(await satisfaction.measure(records, span)).index for span in (old, new)] == [1.0, 0.0]
    assert (await satisfaction.measure(records, Span.of_week(2026, 53))).rated == 2  # 28 December to 3 January
    both = Span(D(2026, 12, 1), D(2027, 1, 31))
    assert [part.rated for part in await satisfaction.series(records, both, "year")] == [1, 1]


async def test_questions_are_counted_by_the_hour_and_day_in_vietnam(records: Records) -> None:
    async with records.database.begin() as connection:
        for number, when in enumerate(
            (at("2026-11-26", "23:10"), at("2026-11-27", "00:05"), at("2026-11-27", "06:59"))
        ):
            await questions.add(connection, "a", str(number), Asked("x", "unknown", (), False), when)
    assert (await activity.volumes(records, Span.of_day(D(2026, 11, 27)))).unknown == 2
    hours = await activity.busiest_hours(records, Span.of_month(2026, 11))
    assert {hour: n for hour, n in enumerate(hours) if n} == {0: 1, 6: 1, 23: 1}


# --- by person, and people who were forgotten ------------------------------------------------------


async def test_by_person_the_last_rating_in_the_span_counts(records: Records) -> None:
    await rated(records, at("2026-10-01"), 1, "a")
    await rated(records, at("2026-11-01"), 5, "a")
    await rated(records, at("2026-12-01"), 2, "a", subject="pension_amount")
    await rated(records, at("2026-11-01"), 4, "b")
    await rated(records, at("2026-11-02"), None, "b", subject="pension_amount")  # offered, not rated
    await rated(records, at("2026-11-02"), 3, "c")
    november = await satisfaction.measure(records, Span.of_month(2026, 11))
    assert (november.people, november.people_satisfied) == (3, 2)
    year = await satisfaction.measure(records, Span.of_year(2026))
    assert (year.rated, year.people, year.people_satisfied) == (5, 3, 1)


async def test_who_was_forgotten_counts_in_every_span_and_never_as_a_person(records: Records) -> None:
    await rated(records, at("2026-11-17"), 5, "gone")
    for who in "abcd":  # with them five on that day
        await rated(records, at("2026-11-17"), 5, who)
    await rated(records, at("2026-11-18"), 2, "gone", "pension")  # alone
    await forgotten(records, "gone")
    month = await satisfaction.measure(records, Span.of_month(2026, 11))
    assert (month.rated, month.people) == (6, 4)
    for span in (Span.of_year(2026), Span(D(2026, 1, 1), D(2026, 11, 26)), Span(D(2026, 11, 1), D(2026, 11, 26))):
        assert (await satisfaction.measure(records, span)).rated == 6
    days = await satisfaction.series(records, Span.of_month(2026, 11), "day")
    assert {day.since.day: day.rated for day in days if day.rated} == {1: 1, 17: 5}
    for part in ("week", "month", "quarter"):
        parts = await satisfaction.series(records, Span.of_year(2026), part)
        assert sum(each.rated for each in parts) == 6
    lines = (await rating_log.page(records, Span.of_month(2026, 11), sort="oldest")).lines
    assert [line.when for line in lines[:2]] == ["Tháng 11/2026", "Tháng 11/2026"]
    assert lines[2].when == "17/11/2026 12:00"


# --- filters -------------------------------------------------------------------------------------


@pytest.fixture
async def mixed(records: Records) -> Records:
    """Ratings of two topics, a calculation and a service, of people of two campaigns and none."""
    async with records.database.begin() as connection:
        for code, place in (("cho", "xã A"), ("lang", "xã B"), ("htx", "xã A")):
            await campaigns.add(connection, campaigns.Campaign(code, f"Tên {code}", place), at("2026-01-01"))
        await campaigns.started(connection, "a", Started("known", "cho"), at("2026-01-02"))
        await campaigns.started(connection, "b", Started("known", "lang"), at("2026-01-02"))
        await campaigns.started(connection, "a", Started("known", "lang"), at("2026-01-03"))  # the first touch counts
    await rated(records, at("2026-02-01"), 5, "a", "pension_age")
    await rated(records, at("2026-02-02"), 1, "a", "change_level", comment="chữ NHỎ quá, khó hiểu")
    await rated(records, at("2026-02-03"), 4, "b", "pension_age")
    await rated(records, at("2026-02-04"), None, "b", "pension", "estimate")
    await rated(records, at("2026-02-05"), 2, "c", "pension", "estimate", comment="=1+1")
    await rated(records, at("2026-02-06"), 3, "c", "service", "service", asked_for=True)
    return records


@pytest.mark.parametrize(
    ("where", "rated_", "offered"),
    [
        (Filter(), 5, 5),
        (Filter(kind="answer"), 3, 3),
        (Filter(kind="estimate"), 1, 2),
        (Filter(topic="pension"), 2, 2),
        (Filter(topic="calc_pension"), 1, 2),
        (Filter(topic="service"), 1, 0),
        (Filter(topic="pension", kind="estimate"), 0, 0),
        (Filter(topic="other"), 0, 0),
        (Filter(subject="change_level"), 1, 1),
        (Filter(campaign="cho"), 2, 2),
        (Filter(campaign="lang"), 1, 2),
        (Filter(campaign=""), 2, 1),
        (Filter(campaign="htx"), 0, 0),
        (Filter(place="xã A"), 2, 2),
        (Filter(place="xã A", topic="pension"), 1, 1),
        (Filter(campaign="lang", kind="estimate"), 0, 1),
        (Filter(topic="'; DROP TABLE ratings; --"), 0, 0),
    ],
)
async def test_filters_narrow_ratings_and_offers_alike(
    mixed: Records, where: Filter, rated_: int, offered: int
) -> None:
    for span in (Span.of_year(2026), Span(D(2026, 1, 15), D(2026, 3, 3))):  # by month, and by day
        found = await satisfaction.measure(mixed, span, where)
        assert (found.rated, found.offered) == (rated_, offered)


async def test_the_parts_of_a_breakdown_add_up_to_the_whole(mixed: Records) -> None:
    whole = await satisfaction.measure(mixed, Span.of_year(2026))
    for by in ("topic", "subject", "kind", "campaign", "place", "channel", "level"):
        shares = await satisfaction.breakdown(mixed, Span.of_year(2026), by)
        assert sum(share.found.rated for share in shares) == whole.rated, by
    topics = await satisfaction.breakdown(mixed, Span.of_year(2026), "topic")
    assert {share.key: share.found.rated for share in topics} == {
        "pension": 2, "paying": 1, "calc_pension": 1, "service": 1,
    }  # fmt: skip
    places = {
        share.key: share.found.rated for share in await satisfaction.breakdown(mixed, Span.of_year(2026), "place")
    }
    assert places == {"xã A": 2, "xã B": 1, "": 2}


def test_every_topic_calculation_and_reason_has_its_words(content: Content) -> None:
    topics = Topics.of(content.library, content.texts)
    for topic in [*(each for of in TOPICS.values() for each in of), *(f"{CALCULATION}{each}" for each in FORMS)]:
        assert topics.name(topic) != topic
    assert unwritten_words(read_words()) == []
    for missed in ("topic_pension", "kind_person", "level_5", f"reason_{REASONS[0]}"):
        (told,) = unwritten_words(set(read_words()) - {missed})
        assert told == f"bot/reports/texts.yaml: {missed}: is missing; reports say it"


# --- the log -------------------------------------------------------------------------------------


async def test_the_log_is_filtered_searched_sorted_and_paged(mixed: Records) -> None:
    year = Span.of_year(2026)

    async def levels(**given: Any) -> list[int]:
        page = await rating_log.page(mixed, year, **given)
        return [line.logged.level for line in page.lines]

    assert await levels() == [3, 2, 4, 1, 5]
    assert await levels(sort="oldest") == [5, 1, 4, 2, 3]
    assert await levels(sort="lowest") == [1, 2, 3, 4, 5]
    assert await levels(sort="highest") == [5, 4, 3, 2, 1]
    assert await levels(sort="lowest", size=2, number=2) == [3, 4]
    assert await levels(sort="newest", size=2, number=3) == [5]
    assert await levels(size=2, number=99) == [5]
    assert await levels(wanted=rating_log.LogFilter(levels=(1, 2))) == [2, 1]
    assert await levels(wanted=rating_log.LogFilter(reason="not_enough")) == [2, 1]
    assert await levels(wanted=rating_log.LogFilter(search="chu nho")) == [1]
    assert await levels(wanted=rating_log.LogFilter(search="Khó Hiểu")) == [1]
    assert await levels(wanted=rating_log.LogFilter(search="%")) == []
    assert await levels(wanted=rating_log.LogFilter(search="_")) == []
    assert await levels(where=Filter(campaign="cho"), wanted=rating_log.LogFilter(commented=True)) == [1]
    page = await rating_log.page(mixed, year, size=2)
    assert (page.total, page.pages) == (5, 3)
    empty = await rating_log.page(mixed, Span.of_year(2025))
    assert (empty.lines, empty.total, empty.pages, empty.number) == ((), 0, 1, 1)


# --- what was asked ------------------------------------------------------------------------------


async def test_what_became_of_questions_is_counted_with_its_shares(records: Records) -> None:
    when = at("2026-11-20")
    asked = {
        "1": Asked("a", "answer", ("pension_age",), False),
        "2": Asked("b", "choose", ("pension_age", "pension_amount"), False),
        "3": Asked("Gửi tiền được KHÔNG", "choose", ("pension_age",), False),
        "4": Asked("gui tien duoc khong", "unknown", ("pension_age",), False),
        "5": Asked("c", "refer", ("x",), False),
        "6": Asked("chào", "chat", ("hello",), False),
        "7": Asked("bò chết có được đền", "answer", ("pension_age",), False),
    }
    async with records.database.begin() as connection:
        for delivery, question in asked.items():
            await questions.add(connection, "a" if delivery < "4" else "b", delivery, question, when)
        await questions.choose(connection, "a", Chosen("2", "pension_amount"))
        await questions.choose(connection, "a", Chosen("3", None))
        await questions.misanswered(connection, "b", Misanswered("7"))
        await estimates.add(connection, "c", Estimated("pension"), when)
    span = Span.of_month(2026, 11)
    found = await activity.volumes(records, span)
    assert (found.questions, found.answered, found.offered, found.chosen) == (6, 2, 2, 1)
    assert (found.unknown, found.referred, found.chatted) == (1, 1, 1)
    assert found.unanswered == {"wrong": 1, "unknown": 1, "none_picked": 1}
    assert (found.people, found.estimates) == (3, {"pension": 1})
    assert found.unknown_share == pytest.approx(1 / 6)
    top = await activity.top_entries(records, span)
    assert [(entry.id, entry.n) for entry in top] == [("pension_age", 1), ("pension_amount", 1), ("x", 0)][:2]
    first, second = await activity.top_unanswered(records, span)
    assert (first.n, second.n, second.text) == (2, 1, "bò chết có được đền")
    weeks = await activity.volumes_series(records, span, "week")
    assert [week.questions for week in weeks] == [0, 0, 0, 6, 0, 0]


# --- files ---------------------------------------------------------------------------------------

NASTY = (
    '=HYPERLINK("http://x.example";"bấm")',
    "+84 gọi tôi",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "<b>đậm</b> & \u202eđảo chữ\u202c",
    "chuông\x07\x00",
)


@pytest.fixture
async def nasty(records: Records) -> Records:
    async with records.database.begin() as connection:
        for number, words in enumerate(NASTY):
            await campaigns.add(connection, campaigns.Campaign(f"c{number}", words, words), at("2026-01-01"))
    for number, words in enumerate(NASTY):
        async with records.database.begin() as connection:
            await campaigns.started(connection, f"p{number}", Started("known", f"c{number}"), at("2026-05-01"))
        await rated(records, at("2026-05-02"), 1, f"p{number}", comment=words)
    return records


async def written(records: Records, content: Content, name: str, ending: str, office: Office | None = None) -> bytes:
    request = Request(records, content, office or Office(), Span.of_year(2026), D(2026, 11, 26))
    return await catalogue.write(catalogue.REPORTS[name], request, ending)


async def test_no_cell_of_a_csv_is_taken_for_a_formula(nasty: Records, content: Content) -> None:
    raw = await written(nasty, content, "log", "csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(NASTY) + 1
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert not cell.lstrip().startswith("=")
    everything = raw.decode("utf-8-sig")
    assert "<b>đậm</b> & đảo chữ" in everything
    assert not set(everything) & {"\u202e", "\x00", "\x07"}


async def test_no_cell_of_a_workbook_is_a_formula_or_a_link(nasty: Records, content: Content) -> None:
    for name in ("log", "annual"):
        book = openpyxl.load_workbook(io.BytesIO(await written(nasty, content, name, "xlsx")))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
        assert any("HYPERLINK" in str(cell.value) for cell in cells)


async def test_the_workbook_holds_the_tables_and_defines_every_figure(mixed: Records, content: Content) -> None:
    book = openpyxl.load_workbook(io.BytesIO(await written(mixed, content, "annual", "xlsx")))
    assert book.sheetnames[0] == "Tóm tắt"
    assert book.sheetnames[-1] == "Định nghĩa"
    levels = [[cell.value for cell in row] for row in book["Số phiếu theo mức hài lòng"].iter_rows(min_row=3)]
    assert levels[1:] == [
        ["Rất hài lòng", 1, 0.2], ["Hài lòng", 1, 0.2], ["Bình thường", 1, 0.2],
        ["Không hài lòng", 1, 0.2], ["Rất không hài lòng", 1, 0.2], ["Cộng", 5, 1],
    ]  # fmt: skip
    defined = {row[0].value for row in book["Định nghĩa"].iter_rows(min_row=2)}
    assert defined >= {
        "Chỉ số hài lòng",
        "Chỉ số theo người",
        "Tỷ lệ trả lời",
        "So với mục tiêu",
        "Chưa biết",
        "Số người",
    }


OFFICE = Office(
    name="Bảo hiểm xã hội cơ sở Ví Dụ",
    parent="Bảo hiểm xã hội thành phố",
    place="Hải Phòng",
    signer="Nguyễn Văn A",
    signer_title="Giám đốc",
    recipients=("Như trên", "Ban Giám đốc"),
)


def words_of(raw: bytes) -> str:
    """All words of a document, those of its tables too, in order."""
    document = docx.Document(io.BytesIO(raw))
    return "\n".join(
        "".join(node.text or "" for node in p.iter(f"{{{p.nsmap['w']}}}t"))
        for p in document.element.body.iter(f"{{{document.element.nsmap['w']}}}p")
    )


async def test_the_yearly_report_has_the_form_of_an_office(mixed: Records, content: Content) -> None:
    raw = await written(mixed, content, "annual", "docx", OFFICE)
    document = docx.Document(io.BytesIO(raw))
    page = document.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert document.styles["Normal"].font.name == "Times New Roman"
    said = words_of(raw)
    in_order = (
        "BẢO HIỂM XÃ HỘI THÀNH PHỐ", "BẢO HIỂM XÃ HỘI CƠ SỞ VÍ DỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Số:", "Hải Phòng, ngày", "BÁO CÁO", "của người dùng năm 2026", "4107/KH-UBND",
        "I. MỨC HÀI LÒNG", "Chỉ số hài lòng: 40% (2/5", "So với mục tiêu 90%", "chưa đủ phiếu",
        "không thay khảo sát chính thức", "II. HOẠT ĐỘNG", "III. CÂU HỎI CHƯA", "IV. TUYÊN TRUYỀN", "Tên cho",
        "V. VIỆC ĐÃ LÀM", "Nơi nhận:", "Như trên", "GIÁM ĐỐC", "Nguyễn Văn A",
    )  # fmt: skip
    places = [said.find(words) for words in in_order]
    assert -1 not in places, in_order[places.index(-1)]
    assert places == sorted(places)
    assert "hoàn thành chỉ tiêu" not in said
    assert "tính đến lúc lập báo cáo, trong ngày 26/11/2026" in said  # which is not over
    grounds = [each.text[-1] for each in document.paragraphs if each.text.startswith("Căn cứ")]
    assert grounds == [";", "."]
    assert "(Ký" not in said  # which belongs to vouchers
    told = document.core_properties
    assert (told.author, told.language) == ("Bảo hiểm xã hội cơ sở Ví Dụ", "vi-VN")
    assert (told.title[:10], told.comments) == ("Kết quả ho", "")
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {"vi-VN"}


async def test_what_the_office_has_not_set_is_a_dotted_line(records: Records, content: Content) -> None:
    said = words_of(await written(records, content, "annual", "docx"))
    assert "None" not in said
    first = said.split("\n")
    assert set(first[0]) == {"…"}
    assert any(line.startswith("…") and "ngày ….. tháng ….. năm 2026" in line for line in first)


async def test_a_document_takes_any_letters(nasty: Records, content: Content) -> None:
    assert "=HYPERLINK" in words_of(await written(nasty, content, "annual", "docx"))


async def test_the_evidence_pack_holds_what_it_says_and_nobody(mixed: Records, content: Content) -> None:
    async with mixed.database.begin() as connection:
        await questions.add(connection, "a", "1", Asked("số [số điện thoại]", "unknown", (), True), at("2026-03-01"))
    with zipfile.ZipFile(io.BytesIO(await written(mixed, content, "evidence", "zip"))) as pack:
        files = {name: pack.read(name) for name in pack.namelist()}
    assert {"bao-cao-2026.docx", "bao-cao-2026.xlsx", "nhat-ky-danh-gia-2026.csv", "SHA256SUMS"} <= set(files)
    versions = files["phien-ban-noi-dung.csv"].decode("utf-8-sig")
    assert "law/parameters/base_salary.yaml" in versions
    assert "faq/content/questions/pension_age.yaml" in versions
    measured = json.loads(files["ket-qua-thu-cau-hoi.json"])
    assert measured["in_scope"]["n"] > 0
    assert "chữ NHỎ quá" in files["nhat-ky-danh-gia-2026.csv"].decode("utf-8-sig")


# --- the command ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "is no report; known: satisfaction"),
        (("satisfaction", "--month", "2026-13"), "is no month; expected one as in 2026-11"),
        (("satisfaction", "--year", "2026", "--month", "2026-11"), "expected one span"),
        (("satisfaction", "--by", "moon"), "--by: 'moon' is unknown"),
        (("satisfaction", "--kind", "joke"), "--kind: 'joke' is unknown"),
        (("satisfaction", "--topic", "joke"), "--topic: 'joke' is unknown"),
        (("annual", "--topic", "pension"), "is made of everything"),
        (("use", "--by", "week"), "has its own parts"),
        (("log", "--output", "x.docx"), "is written as csv"),
        (("evidence",), "is written as zip"),
        (("annual", "--output", "x.pdf"), "is written as"),
    ],
)
def test_a_report_that_cannot_be_made_is_said_in_one_line(
    bhxh: Callable[..., Ended], words: tuple[str, ...], said: str
) -> None:
    assert said in bhxh("report", *words).complaint


@pytest.mark.parametrize(
    "span", [("--plan-period",), ("--quarter", "2026-Q4"), ("--week", "2026-W48"), ("--day", "2026-11-26")]
)
def test_every_kind_of_span_is_taken(bhxh: Callable[..., Ended], span: tuple[str, ...], outside: Path) -> None:
    said = bhxh("report", "satisfaction", *span, "--by", "topic", "--json").json
    assert said["verdict"] == "chưa đủ phiếu"
    assert said["tables"]["by_topic"] == []


def test_the_ending_of_the_file_says_what_is_written(bhxh: Callable[..., Ended], outside: Path) -> None:
    for ending, begins in (("xlsx", b"PK"), ("docx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")):
        assert bhxh("report", "annual", "--year", "2026", "--output", f"a.{ending}").code == 0
        assert (outside / f"a.{ending}").read_bytes().startswith(begins)
    assert "annual" in bhxh("report", "list").out
