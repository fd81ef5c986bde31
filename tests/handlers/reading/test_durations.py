"""Lengths of time as people type them, in months."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading import duration_months, stated

TODAY = datetime.date(2026, 11, 27)


def _found(text: str) -> int | None:
    """Months paid, or to be paid in all."""
    facts = stated(text, TODAY).facts
    return next((one for one in (facts.own, facts.firm, facts.paid, facts.total) if one is not None), None)


WHOLE = [
    ("7 rưỡi", 90),
    ("7n6", 90),
    ("90t", 90),
    ("chua dong gi het", 0),
    ("chưa, mới định đóng", 0),
    ("7 năm rưỡi", 90),
    ("7 nam 6 thang", 90),
    ("7n6t", 90),
    ("90 tháng", 90),
    ("chưa đóng", 0),
    ("chua dong", 0),
    ("chưa", 0),
    ("0", 0),
    ("chưa tham gia", 0),
    ("7 năm", 84),
    ("bảy năm", 84),
    ("mười lăm năm", 180),
    ("5,5 năm", 66),
    ("7", None),
    ("nửa năm", 6),
    ("năm rưỡi", 18),
    ("gần 8 năm", 96),
    ("hơn 8 năm", 96),
    ("từ 2018 tới nay", None),
    ("năm năm", 60),
    ("nam nam", 60),
    ("mười năm", 120),
    ("muoi lam nam", 180),
    ("muoi nam", 120),
    ("mười năm năm", 180),
    ("muoi nam nam", 180),
    ("hai mươi năm", 240),
    ("hai năm rưỡi", 30),
    ("7 năm mấy tháng", None),
    ("7-8 năm", None),
    ("7 8 năm", None),
    ("bảy tám năm", None),
    ("không nhớ", None),
    ("không biết", None),
    ("chưa biết", None),
    ("chưa rõ", None),
    ("chưa đủ 15 năm", None),
    ("chưa được 8 năm", None),
    ("chưa đóng năm nào", 0),
    ("chưa đóng tháng nào cả", None),
    ("chưa đóng ngày nào", 0),
    ("dạ chưa ạ", 0),
    ("em chưa tham gia bao giờ", 0),
    ("0 năm", 0),
    ("không", 0),
    ("không đóng", 0),
    ("chưa đóng hết", None),
    ("chưa được năm", None),
    ("chưa đóng được một năm", None),
    ("được 8 năm rồi ạ", 96),
    ("7 năm lẻ 6 tháng", 90),
    ("7 năm và 6 tháng", 90),
    ("5,3 năm", None),
    ("5.5 năm", 66),
    ("15n", 180),
    ("18 tháng", 18),
    ("sau nam", 72),
    ("tám năm", 96),
    ("tầm 8 năm", 96),
    ("tam 8 nam", 96),
    ("7 nawm", 84),
    ("7 năm 6", None),
    ("tháng 5 năm 2020", None),
    ("năm 2018", None),
    ("100 năm", None),
    ("8 năm thì được bao nhiêu", None),
    ("đóng 8 năm", 96),
    ("một năm", 12),
    ("mot nam ruoi", 18),
    ("chưa có gì", 0),
    ("chưa bao giờ", 0),
    ("lần đầu tham gia", 0),
    ("500k", None),
    ("2 triệu", None),
    ("hai mươi tháng", 20),
    ("một trăm linh năm tháng", 105),
    ("8 năm 4 tháng", 100),
    ("8nam 4thang", 100),
    ("12 năm 11 tháng", 155),
    ("không phải 8 năm", None),
    ("1 năm 18 tháng", None),
    ("chua dong bhxh", 0),
    ("k đóng", 0),
    ("8 năm ạ", 96),
    ("đã đóng 8 năm", 96),
    ("chưa từng đóng", 0),
    ("50 tuổi", None),
    ("hơn chục năm", None),
    ("chục năm", 120),
    ("khoảng chục năm", 120),
    ("1 chục năm", 120),
    ("7 năm nửa", 90),
    ("nửa", None),
    ("bảy năm sáu tháng", 90),
    ("bay nam sau thang", 90),
    ("năm tháng", 5),
    ("7 nam ruoi", 90),
    ("10 nam", 120),
]
IN_A_SENTENCE = [
    ("nữ sinh 1975 đóng được 8 năm", 96),
    ("dong muc 2 trieu trong 20 nam thi luong huu duoc bao nhieu", 240),
    ("đóng 15 năm thì được bao nhiêu", 180),
    ("tháng 5 năm 2020", None),
    ("sinh nam 75 nam", None),
    ("hỗ trợ 5 năm nữa đóng 8 năm", 96),
    ("thiếu 3 năm", None),
    ("nam sinh nam 68 dong duoc 10 nam", 120),
    ("đóng được 7 năm 6 tháng rồi nghỉ", 90),
    ("7-8 năm thì sao", None),
    ("đóng 5 năm và 8 năm khác gì", None),
    ("sau nam 2025 the nao", None),
    ("dong duoc bay nam", 84),
    ("mười lăm năm thì lương hưu bao nhiêu", None),
    ("12 năm 4 tháng, tôi có tiền", 148),
    ("tôi sinh năm 1975", None),
    ("năm tháng trôi qua", None),
    ("đóng hai mươi năm", 240),
    ("đóng 90 tháng", 90),
    ("sinh 75, đóng 8 năm rưỡi", 102),
    ("được năm năm rồi", 60),
    ("đóng được năm năm rồi", 60),
    ("bao nhiêu một tháng thì đóng được", None),
    ("đi bộ đội 3 năm có được cộng không", None),
    ("Nam 55 tuổi, 21 năm đóng BHXH", 252),
    ("đóng chưa đủ 15 năm thì sao", None),
    ("còn thiếu có 3 năm đóng một cục", None),
    ("mỗi tháng đóng 500k", None),
    ("đóng được 1 năm rồi", 12),
]


@pytest.mark.parametrize(("text", "months"), WHOLE)
def test_a_message_is_read_as_a_length_of_time(text: str, months: int | None) -> None:
    assert duration_months(text) == months


@pytest.mark.parametrize(("text", "months"), IN_A_SENTENCE)
def test_a_length_of_time_is_found_in_a_sentence(text: str, months: int | None) -> None:
    assert _found(text) == months


@given(st.integers(1, 40), st.integers(1, 11))
def test_years_and_months_are_read_back(years: int, months: int) -> None:
    for text in (
        f"{years} năm {months} tháng",
        f"{years}n{months}t",
        f"{years}nam {months}thang",
        f"da {years} nam le {months} thang a",
    ):
        assert duration_months(text) == years * 12 + months
    assert _found(f"đã đóng được {years} năm {months} tháng thì lương hưu sao") == years * 12 + months


@given(st.text())
def test_nothing_typed_breaks_the_reading(text: str) -> None:
    for months in (duration_months(text), _found(text)):
        assert months is None or 0 <= months <= 720


@given(
    st.lists(
        st.sampled_from(
            [
                "năm",
                "nam",
                "tháng",
                "rưỡi",
                "nửa",
                "bảy",
                "mười",
                "lăm",
                "7",
                "6",
                "5,5",
                "n",
                "t",
                "và",
                "lẻ",
                "chưa",
                "đóng",
                "không",
                "2018",
                "-",
                "nữa",
            ]
        )
    )
)
def test_no_order_of_time_words_breaks_the_reading(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        for months in (duration_months(text), _found(text)):
            assert months is None or 0 <= months <= 720
