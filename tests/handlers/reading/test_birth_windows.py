"""From when is paid and when a child is born: a month read wrongly tells a mother the wrong month to begin in."""

from __future__ import annotations

import datetime

import pytest

from handlers.reading.birth_windows import BirthWindow, birth_window
from law.base.month import Month

TODAY = datetime.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "first", "last", "due"),
    [
        ("đóng từ tháng 5, tháng 12 sinh", (2026, 5), None, (2026, 12)),
        ("dong tu thang 5 thang 9 sinh", (2026, 5), None, (2026, 9)),
        ("Tháng 3 đẻ, tháng 10 này mới đóng", (2026, 10), None, (2027, 3)),
        ("từ tháng 6 em chuyển qua đóng tự nguyện, tháng 12 em sinh", (2026, 6), None, (2026, 12)),
        ("tháng 12 này em bắt đầu đóng, tháng 7 sang năm sinh", (2026, 12), None, (2027, 7)),
        ("vợ em sinh 20/1/2027, em mới vô bảo hiểm tháng 7", (2026, 7), None, (2027, 1)),
        ("đóng từ tháng 1 đến hết tháng 4 rồi nghỉ, tháng 9 sinh", (2026, 1), (2026, 4), (2026, 9)),
        ("đóng từ 8/2026 đến nay, sinh tháng 1/2027", (2026, 8), None, (2027, 1)),
        ("nữ sinh 3/1995 đóng từ 5/2026, dự sinh 2/2027", (2026, 5), None, (2027, 2)),
    ],
)
def test_both_are_read_without_their_years(
    text: str, first: tuple[int, int], last: tuple[int, int] | None, due: tuple[int, int]
) -> None:
    expected = BirthWindow(Month(*due), Month(*first), None if last is None else Month(*last))
    assert birth_window(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "đóng 6 tháng rồi tháng 3 sinh",  # how long, not from when
        "tôi sinh 3/1975 đóng từ tháng 5/2020",  # the payer's own birth
        "dự sinh tháng 6/2027 thì phải đóng từ tháng mấy",
        "nghỉ công ty tháng 5, đóng tự nguyện từ tháng 8, tháng 12 đẻ",  # two times of paying
        "tôi nghỉ việc từ tháng 3, sinh tháng 8",
    ],
)
def test_what_does_not_tell_both_is_not_read(text: str) -> None:
    assert birth_window(text, TODAY) is None
