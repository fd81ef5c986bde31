"""Dates of birth and months of the year as people type them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading import Birth, birth, month_of_year, stated, strange_age

TODAY = datetime.date(2026, 11, 24)

BIRTHS = [
    ("1975 tháng 3", Birth(1975, 3)),
    ("sinh năm 75 tháng 3", Birth(1975, 3)),
    ("t3.1975", Birth(1975, 3)),
    ("150375", Birth(1975, 3, 15)),
    ("031975", Birth(1975, 3)),
    ("311375", None),
    ("sn 75", Birth(1975)),
    ("em sn 75", Birth(1975)),
    ("sinh năm 1975", Birth(1975)),
    ("75", Birth(1975)),
    ("1975", Birth(1975)),
    ("15/3/1975", Birth(1975, 3, 15)),
    ("15-3-75", Birth(1975, 3, 15)),
    ("15.03.1975", Birth(1975, 3, 15)),
    ("3/1975", Birth(1975, 3)),
    ("tháng 3 năm 1975", Birth(1975, 3)),
    ("thang 3 nam 75", Birth(1975, 3)),
    ("ngày 15 tháng 3 năm 1975", Birth(1975, 3, 15)),
    ("15 tháng 3 1975", Birth(1975, 3, 15)),
    ("mùng 5 tháng giêng năm 70", Birth(1970)),
    ("mùng 5 tháng chạp năm 70", Birth(1970, approximate=True)),
    ("tuổi Mão", None),
    ("50 tuổi", Birth(1976, approximate=True)),
    ("em 50 tuổi ạ", Birth(1976, approximate=True)),
    ("31/2/1975", None),
    ("13/13/1975", None),
    ("1875", None),
    ("05", Birth(2005)),
    ("sn 05", Birth(2005)),
    ("58", None),
    ("sn 58", Birth(1958)),
    ("sinh năm 58", Birth(1958)),
    ("năm 58", Birth(1958)),
    ("nam 58", Birth(1958)),
    ("2030", None),
    ("2026", None),
    ("15 3 1975", Birth(1975, 3, 15)),
    ("1975-03-15", Birth(1975, 3, 15)),
    ("15031975", Birth(1975, 3, 15)),
    ("3/75", Birth(1975, 3)),
    ("3/05", None),
    ("15/3", None),
    ("t3/1975", Birth(1975, 3)),
    ("t3 năm 75", Birth(1975, 3)),
    ("tháng ba năm bảy lăm", Birth(1975, 3)),
    ("năm bảy lăm", Birth(1975)),
    ("một chín bảy lăm", Birth(1975)),
    ("mot chin bay lam", Birth(1975)),
    ("một nghìn chín trăm bảy mươi lăm", Birth(1975)),
    ("hai nghìn lẻ năm", Birth(2005)),
    ("bảy mươi lăm", Birth(1975)),
    ("sinh năm bảy mươi", Birth(1970)),
    ("khoảng 1975", Birth(1975, approximate=True)),
    ("chắc tầm năm 75", Birth(1975, approximate=True)),
    ("1975 (51 tuổi)", Birth(1975)),
    ("năm nay 50 tuổi", Birth(1976, approximate=True)),
    ("tuổi 50", Birth(1976, approximate=True)),
    ("50", None),
    ("50t", Birth(1976, approximate=True)),
    ("dạ em sinh 15/3/1975 ạ", Birth(1975, 3, 15)),
    ("nữ 1975", Birth(1975)),
    ("nữ sn 75", Birth(1975)),
    ("1.975", None),
    ("ngày 15/3/1975", Birth(1975, 3, 15)),
    ("sinh ngày 5 tháng 12 năm 1980", Birth(1980, 12, 5)),
    ("5/12/80", Birth(1980, 12, 5)),
    ("5/12/2027", None),
    ("24/11/2016", Birth(2016, 11, 24)),
    ("15 tháng 3", None),
    ("1975?", Birth(1975)),
    ("sinh nam 1975", Birth(1975)),
    ("sn75", Birth(1975)),
    ("sn1975", Birth(1975)),
    ("s.n 75", None),
    ("sinh năm 1975 âm lịch", Birth(1975)),
    ("15/8/1975 âm lịch", Birth(1975)),
    ("15/11/1975 âm", Birth(1975, approximate=True)),
    ("29/2/1975", None),
    ("29/2/1976", Birth(1976, 2, 29)),
    ("đóng bao nhiêu năm", None),
    ("sinh năm 1975 thì bao giờ được nghỉ", None),
    ("75 tuổi", Birth(1951, approximate=True)),
    ("nam 1975", Birth(1975)),
    ("nawm 1975", Birth(1975)),
    ("sinh nawm 75", Birth(1975)),
    ("năm mươi tuổi", Birth(1976, approximate=True)),
    ("mot chin sau tam", Birth(1968)),
    ("7/1980", Birth(1980, 7)),
    ("cuối năm 1975", Birth(1975)),
    ("1975 1980", None),
    ("75-80", None),
    ("0", None),
    ("5", None),
    ("đẻ năm 75", Birth(1975)),
    ("tháng giêng năm 1975", Birth(1975)),
    ("10/10/1010", None),
    ("00", Birth(2000)),
    ("99", Birth(1999)),
    ("1900", None),
    ("1930", Birth(1930)),
    ("năm sinh 1975", Birth(1975)),
    ("ngày sinh: 15/3/1975", Birth(1975, 3, 15)),
    ("sinh ngày 15-03-1975", Birth(1975, 3, 15)),
    ("15 / 3 / 1975", Birth(1975, 3, 15)),
    ("03/1975", Birth(1975, 3)),
    ("ngày 5 tháng 4 năm 1969", Birth(1969, 4, 5)),
    ("tháng tư năm 69", Birth(1969, 4)),
    ("1975 nữ", Birth(1975)),
    ("sinh 75", Birth(1975)),
    ("1tr5", None),
    ("8 năm", None),
    ("75 năm", None),
    ("500k", None),
    ("15/3 năm 75", Birth(1975, 3, 15)),
    ("sáu tám", Birth(1968)),
    ("sinh năm sáu tám", Birth(1968)),
    ("sinh năm năm tám", Birth(1958)),
    ("bảy năm", None),
    ("0/1/1975", None),
    ("mùng 5 tết năm 70", None),
    ("gần 50 tuổi", None),
    ("mười lăm tháng ba năm một chín bảy lăm", Birth(1975, 3, 15)),
    ("51 tuổi ta", Birth(1976, approximate=True)),
]
BIRTHS_IN_A_SENTENCE = [
    ("nữ sinh 1975 đóng được 8 năm", Birth(1975)),
    ("tôi 52 tuổi muốn đóng", Birth(1974, approximate=True)),
    ("Mới 52 tuổi mà đóng đủ 20 năm rồi", None),
    ("Đàn ông giờ phải tới 62 tuổi mới có lương hưu thiệt hả?", None),
    ("nu sinh nam 1970 bao nhieu tuoi duoc huong luong huu", Birth(1970)),
    ("Đàn bà sinh năm 1972 thì mấy tuổi", Birth(1972)),
    ("chào cháu, bác năm nay 64 tuổi", Birth(1962, approximate=True)),
    ("vợ sinh con năm 2026 được trợ cấp gì", None),
    ("vợ sinh năm 2026 được gì", None),
    ("em 45 tuổi, mẹ em 70 tuổi", Birth(1981, approximate=True)),
    ("nữ 1975 đóng 8 năm", Birth(1975)),
    ("sn 75 đóng 8 năm", Birth(1975)),
    ("từ 1/7/2025 luật mới", None),
    ("em sinh ngày 15/3/1975 thì sao", Birth(1975, 3, 15)),
    ("bà nội 78t k có lương hưu", Birth(1948, approximate=True)),
    ("giờ 45 tuổi nghĩ lại thấy tiếc", None),
    ("luật năm 1975", None),
    ("đóng từ năm 2018", None),
    ("duoi 18 tuoi co tham gia duoc khong", None),
    ("nam sinh nam 68 dong duoc 10 nam", Birth(1968)),
    ("chồng tôi sinh 1970, tôi sinh 1975", Birth(1970)),
    ("sinh 2 con", None),
    ("sinh tháng 12/2025", None),
    ("năm sinh 1975 đóng 2 triệu", Birth(1975)),
]
MONTHS = [
    ("cuối năm", None),
    ("cuoi nam", None),
    ("tháng năm", 5),
    ("năm", 5),
    ("tháng 3", 3),
    ("thang ba", 3),
    ("3", 3),
    ("t3", 3),
    ("tháng giêng", 1),
    ("giêng", 1),
    ("chạp", 12),
    ("tháng mười hai", 12),
    ("tháng 13", None),
    ("0", None),
    ("tháng tư", 4),
    ("tu", 4),
    ("ba", 3),
    ("12", 12),
    ("thang 03", 3),
    ("3 tháng", None),
    ("tháng 3 ạ", 3),
    ("tháng 10", 10),
    ("thang muoi", 10),
    ("tháng mấy", None),
    ("3/1975", None),
    ("năm", 5),
    ("tháng năm", 5),
    ("thang nam", 5),
    ("tháng một", 1),
    ("thang bay", 7),
    ("T12", 12),
    ("tháng 3 hoặc 4", None),
]


@pytest.mark.parametrize(("text", "expected"), BIRTHS)
def test_a_message_is_read_as_a_birth(text: str, expected: Birth | None) -> None:
    assert birth(text, TODAY) == expected


@pytest.mark.parametrize(("text", "expected"), BIRTHS_IN_A_SENTENCE)
def test_a_birth_is_found_in_a_sentence(text: str, expected: Birth | None) -> None:
    assert stated(text, TODAY).facts.birth == expected


@pytest.mark.parametrize(("text", "expected"), MONTHS)
def test_a_message_is_read_as_a_month(text: str, expected: int | None) -> None:
    assert month_of_year(text) == expected


def test_two_digits_follow_the_calendar() -> None:
    assert birth("sn 20", TODAY) is None
    assert birth("sn 20", datetime.date(2036, 1, 1)) == Birth(2020)


@given(st.dates(datetime.date(1930, 1, 1), datetime.date(2010, 12, 31)))
def test_a_date_is_read_back_in_every_way_of_writing(day: datetime.date) -> None:
    expected = Birth(day.year, day.month, day.day)
    for text in (
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"sinh ngày {day.day} tháng {day.month} năm {day.year}",
        f"sinh ngay {day.day} thang {day.month} nam {day.year} a",
        day.isoformat(),
    ):
        assert birth(text, TODAY) == expected


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1800, 2100))
def test_no_impossible_date_is_read(day: int, month: int, year: int) -> None:
    read = birth(f"{day}/{month}/{year}", TODAY)
    if read is not None:
        assert (read.day, read.month, read.year) == (day, month, year)
        assert datetime.date(year, month, day) <= TODAY


@given(st.text(), st.dates(datetime.date(2025, 1, 1), datetime.date(2060, 1, 1)))
def test_nothing_typed_breaks_the_reading(text: str, today: datetime.date) -> None:
    for read in (birth(text, today), stated(text, today).facts.birth):
        assert read is None or today.year - 110 <= read.year <= today.year
    month = month_of_year(text)
    assert month is None or 1 <= month <= 12


@given(
    st.lists(
        st.sampled_from(
            [
                "sinh",
                "sn",
                "năm",
                "nam",
                "tháng",
                "t",
                "ngày",
                "mùng",
                "75",
                "1975",
                "15",
                "3",
                "/",
                "-",
                ".",
                "giêng",
                "chạp",
                "âm",
                "lịch",
                "tuổi",
                "một",
                "chín",
            ]
        )
    )
)
def test_no_order_of_date_words_breaks_the_reading(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        for read in (birth(text, TODAY), stated(text, TODAY).facts.birth):
            assert read is None or 1916 <= read.year <= 2016


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("15/3/2029", -3),
        ("sinh năm 2029", -3),
        ("1886", 140),
        ("em sinh 15-3-1886 ạ", 140),
        ("140 tuổi", 140),
        ("-3 tuoi", -3),
        ("sn 2020", 6),
        ("15/3/1975", None),
        ("1975", None),
        ("51 tuổi", None),
        ("đóng từ năm 2029 thì mức bao nhiêu", None),
        ("từ 2018 đến 2029", None),
        ("0912345678", None),
    ],
)
def test_an_age_nobody_has_is_named_and_a_question_is_none(text: str, age: int | None) -> None:
    assert strange_age(text, TODAY) == age
