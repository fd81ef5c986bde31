"""Months of the calendar, small numbers, and «done already» as people type them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading import CalendarMonth, already, calendar_month, count

TODAY = datetime.date(2026, 11, 1)

MONTHS = [
    ("cuối năm", None),
    ("tháng 5/2027", CalendarMonth(5, 2027)),
    ("5/2027", CalendarMonth(5, 2027)),
    ("05-2027", CalendarMonth(5, 2027)),
    ("2027-05", CalendarMonth(5, 2027)),
    ("5/27", CalendarMonth(5, 2027)),
    ("15/3/2026", CalendarMonth(3, 2026)),
    ("15-3-26", CalendarMonth(3, 2026)),
    ("15.3.2026", CalendarMonth(3, 2026)),
    ("tháng 3 năm 2027", CalendarMonth(3, 2027)),
    ("thang 3 nam 27", CalendarMonth(3, 2027)),
    ("tháng ba sang năm", CalendarMonth(3, 2027)),
    ("thang 8 nam nay", CalendarMonth(8, 2026)),
    ("tháng 12 năm ngoái", CalendarMonth(12, 2025)),
    ("ngày 20 tháng 11 năm 2026", CalendarMonth(11, 2026)),
    ("tháng này", CalendarMonth(11, 2026)),
    ("thang truoc", CalendarMonth(10, 2026)),
    ("tháng sau", CalendarMonth(12, 2026)),
    ("hôm nay", CalendarMonth(11, 2026)),
    ("hôm qua", CalendarMonth(10, 2026)),
    ("dạ em dự sinh khoảng tháng 5 năm sau ạ", CalendarMonth(5, 2027)),
    ("mất hồi tháng 8 năm nay", CalendarMonth(8, 2026)),
    # without a year nothing is guessed
    ("tháng 3", CalendarMonth(3)),
    ("t3", CalendarMonth(3)),
    ("3", CalendarMonth(3)),
    ("tháng tư", CalendarMonth(4)),
    ("20/11", CalendarMonth(11)),
    ("5/11", CalendarMonth(11)),
    # and what is no month of the calendar is none
    ("3 tháng", None),
    ("tháng 13", None),
    ("13/2027", None),
    ("32/5", None),
    ("31/2/2026", None),
    ("3/9999", None),
    ("2027", None),
    ("tháng giêng", None),
    ("tháng 3 âm lịch", None),
    ("tháng 5 hoặc tháng 6", None),
    ("chưa biết", None),
    ("đóng mấy tháng thì được?", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "month"), MONTHS)
def test_months_of_the_calendar(text: str, month: CalendarMonth | None) -> None:
    assert calendar_month(text, TODAY) == month


def test_the_month_before_january_is_in_the_year_before() -> None:
    assert calendar_month("tháng trước", datetime.date(2027, 1, 31)) == CalendarMonth(12, 2026)
    assert calendar_month("tháng sau", datetime.date(2026, 12, 31)) == CalendarMonth(1, 2027)


@given(st.text(max_size=40))
def test_nothing_typed_breaks_a_reader(text: str) -> None:
    found = calendar_month(text, TODAY)
    assert found is None or (1 <= found.month <= 12 and (found.year is None or 1900 <= found.year < 2200))
    number = count(text)
    assert number is None or 0 <= number <= 999
    assert already(text) in (True, False, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("một", 1),
        ("hai con", 2),
        ("2 đứa", 2),
        ("sinh đôi", 2),
        ("sinh doi", 2),
        ("sinh ba", 3),
        ("sinh một con", 1),
        ("mười hai", 12),
        ("0", 0),
        ("100", None),
        ("1 hay 2", None),
        ("sinh con", None),
        ("trai", None),
    ],
)
def test_small_numbers(text: str, number: int | None) -> None:
    assert count(text) == number


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("rồi", True),
        ("rút rồi ạ", True),
        ("đã rút", True),
        ("đang nhận", True),
        ("chưa", False),
        ("chưa rút lần nào", False),
        ("không rút", False),
        ("rút thế nào", None),
        ("1 lần", None),
    ],
)
def test_done_already_or_not(text: str, done: bool | None) -> None:
    assert already(text) == done
