"""A span beside others: which days are compared, what is more than chance, and what is said where there is nothing."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Sequence

import docx
import openpyxl
import pytest

from bot.base.content import Content
from bot.base.settings import Office
from bot.reports import catalogue, comparison, satisfaction
from bot.reports.comparison import Proportion, newcombe
from bot.reports.paper import Request
from bot.reports.records import Records, Topics, read_targets
from bot.reports.spans import Span
from bot.storage import questions, ratings
from bot.storage.database import VIETNAM, Database
from handlers.dialogue.records import Asked, Offered, Rated

D = datetime.date
TODAY = D(2026, 11, 24)


@pytest.fixture
def records(database: Database, content: Content) -> Records:
    return Records(database, Topics.of(content.library, content.texts), read_targets())


async def rated(records: Records, day: D, levels: Sequence[int]) -> None:
    """Ratings of a day, each of another person."""
    at = datetime.datetime.combine(day, datetime.time(12), VIETNAM)
    async with records.database.begin() as connection:
        for number, level in enumerate(levels):
            who, offer = f"{day}-{number}", f"o{day}-{number}"
            await ratings.offer(connection, who, Offered(offer, "answer", "abroad"), at)
            await ratings.rate(connection, who, Rated(offer, level), at)


@pytest.mark.parametrize(
    ("now", "then", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(
    now: tuple[int, int], then: tuple[int, int], low: float, high: float
) -> None:
    assert newcombe(Proportion(*now), Proportion(*then)) == pytest.approx((low, high), abs=5.1e-5)


@pytest.mark.parametrize(
    ("now", "then", "change"),
    [
        ((56, 70), (48, 80), "rose"),
        ((48, 80), (56, 70), "fell"),
        ((90, 100), (85, 100), "chance"),
        ((29, 29), (0, 100), "too_few"),
        ((30, 30), (0, 30), "rose"),
        ((5, 5), (0, 0), "nothing"),
        ((0, 0), (5, 5), "nothing"),
    ],
)
def test_only_what_is_more_than_chance_is_said_to_rise_or_fall(
    now: tuple[int, int], then: tuple[int, int], change: str
) -> None:
    week = Span.of_week(2026, 1)
    found = comparison.ComparedShare("index", "before", week, Proportion(*now), Proportion(*then), 30)
    assert found.change == change


@pytest.mark.parametrize(
    ("span", "others"),
    [
        # what is over is compared whole
        (Span.of_quarter(2026, 3), [("year_before", Span.of_quarter(2025, 3)), ("before", Span.of_quarter(2026, 2))]),
        (Span.of_first_months(2026, 6), [("year_before", Span.of_first_months(2025, 6)),
                                         ("before", Span(D(2025, 7, 1), D(2025, 12, 31)))]),
        # what is under way with as many days
        (Span.of_year(2026), [("year_before", Span(D(2025, 1, 1), D(2025, 11, 24)))]),
        (Span.of_quarter(2026, 4), [("year_before", Span(D(2025, 10, 1), D(2025, 11, 24))),
                                    ("before", Span(D(2026, 7, 1), D(2026, 8, 24)))]),
        (Span.of_week(2026, 48), [("year_before", Span(D(2025, 11, 24), D(2025, 11, 25))),
                                  ("before", Span(D(2026, 11, 16), D(2026, 11, 17)))]),
        # a period of the plan with the one before, and the first with none
        (Span(D(2026, 1, 1), D(2030, 12, 31)), [("before", Span(D(2022, 1, 1), D(2025, 12, 31)))]),
        (Span(D(2018, 1, 1), D(2021, 12, 31)), []),
        # not begun: nothing was counted that could be compared
        (Span.of_quarter(2027, 1), []),
        # longer than a year: no year before, which would be partly the same days
        (Span(D(2025, 1, 1), D(2026, 6, 30)), [("before", Span(D(2023, 7, 1), D(2024, 12, 31)))]),
    ],
)  # fmt: skip
def test_a_span_under_way_is_compared_with_as_many_days(
    records: Records, span: Span, others: list[tuple[str, Span]]
) -> None:
    assert list(comparison.others(records, span, TODAY)) == others


async def test_what_came_after_the_same_day_of_the_year_before_is_not_compared(records: Records) -> None:
    await rated(records, D(2025, 11, 20), [5] * 20 + [1] * 20)
    await rated(records, D(2025, 12, 20), [1] * 50)
    await rated(records, D(2026, 11, 20), [5] * 38 + [1] * 2)
    now = await satisfaction.measure(records, Span.of_year(2026))
    found = await comparison.of_satisfaction(records, now, TODAY)
    (index,) = found.share("index")
    assert (index.then, index.change) == (Proportion(20, 40), "rose")
    assert index.difference == pytest.approx(0.45)
    (counted,) = found.count("ratings")
    assert (counted.now, counted.then, counted.difference, counted.growth) == (40, 40, 0, 0)


async def test_every_format_says_what_is_compared_and_where_there_is_nothing(
    records: Records, content: Content
) -> None:
    await rated(records, D(2025, 10, 20), [5] * 20 + [1] * 20)
    await rated(records, D(2026, 10, 20), [5] * 38 + [1] * 2)
    async with records.database.begin() as connection:
        asked = Asked("x", "answer", ("abroad",), False)
        await questions.add(connection, "a", "1", asked, datetime.datetime(2026, 10, 20, 5, tzinfo=datetime.UTC))
    request = Request(records, content, Office(), Span.of_month(2026, 10), TODAY)
    report = catalogue.REPORTS["annual"]
    text = (await catalogue.write(report, request, "txt")).decode()
    assert (
        "So với cùng kỳ năm trước, tháng 10/2025: 50%; chênh lệch +45 điểm phần trăm "
        "(khoảng tin cậy 95% từ +26,25 đến +60,24): tăng, hơn mức ngẫu nhiên." in text
    )
    assert "So với kỳ trước, tháng 9/2026: không có số liệu để so sánh." in text
    tables = json.loads(await catalogue.write(report, request, "json"))["tables"]
    (year_before, before) = [row for row in tables["compared_shares"] if row["figure"] == "Chỉ số hài lòng"]
    assert (year_before["now"], year_before["then"], year_before["difference"]) == (95.0, 50.0, 45.0)
    assert year_before["change"] == "tăng, hơn mức ngẫu nhiên"
    assert (before["then"], before["difference"], before["change"]) == (None, None, "không có số liệu để so sánh")
    asked_count = next(row for row in tables["compared_use_counts"] if row["figure"] == "Số câu hỏi")
    assert (asked_count["now_count"], asked_count["then_count"]) == (1, None)
    written = list(csv.reader(io.StringIO((await catalogue.write(report, request, "csv")).decode("utf-8-sig"))))
    assert any(row[:2] == ["Chỉ số hài lòng", "95%"] and row[4] == "45" for row in written)


# --- years of the plan, and charts -----------------------------------------------------------------


async def test_the_years_of_the_plan_stand_beside_their_targets_as_table_and_as_chart(
    records: Records, content: Content
) -> None:
    await rated(records, D(2025, 10, 20), [5] * 20 + [1] * 20)
    await rated(records, D(2026, 9, 20), [5] * 38 + [1] * 2)
    await rated(records, D(2026, 10, 20), [5] * 3)
    request = Request(records, content, Office(), Span.of_year(2026), TODAY)
    report = catalogue.REPORTS["annual"]
    years = json.loads(await catalogue.write(report, request, "json"))["tables"]["plan_years"]
    assert [(year["year"], year["target"]) for year in years] == [
        (str(year), 80 if year < 2022 else 85 if year < 2026 else 90) for year in range(2018, 2031)
    ]
    assert [year["index"] for year in years] == [None] * 7 + [50.0, 95.35] + [None] * 4
    book = openpyxl.load_workbook(io.BytesIO(await catalogue.write(report, request, "xlsx")))
    charts = {sheet.title: sheet._charts for sheet in book if sheet._charts}
    assert list(charts) == ["Mức hài lòng theo thời gian", "Các năm của Kế hoạch so với mục"]
    (chart,) = charts["Các năm của Kế hoạch so với mục"]
    sheet = book["Các năm của Kế hoạch so với mục"]
    for series, head in zip(chart.series, ("Chỉ số", "Cận dưới 95%", "Cận trên 95%", "Mục tiêu"), strict=True):
        cells = sheet[series.val.numRef.f.partition("!")[2].replace("$", "")]
        assert sheet.cell(3, cells[0][0].column).value == head
        assert len(cells) == 13
    written = docx.Document(io.BytesIO(await catalogue.write(report, request, "docx")))
    described = [shape._inline.docPr.get("descr") for shape in written.inline_shapes]
    assert described == [
        "Mức hài lòng theo thời gian. Số liệu ở bảng liền trên.",
        "Chỉ số hài lòng các năm của Kế hoạch và mục tiêu 80%, 85%, 90%. Số liệu ở bảng liền trên.",
    ]
    said = [each.text for each in written.paragraphs]
    assert "Hình 1. Mức hài lòng theo thời gian" in said
    assert "Hình 2. Chỉ số hài lòng các năm của Kế hoạch và mục tiêu 80%, 85%, 90%" in said
