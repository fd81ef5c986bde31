"""What is asked of going on to pay is read with its end; what was paid already, or is missing, is not that."""

from __future__ import annotations

import pytest

from handlers.reading import PayingOn, paying_on


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("đóng tiếp cho đủ 20 năm thì lương hưu bao nhiêu", PayingOn(total=240)),
        ("dong them cho tron 20 nam thi duoc them bao nhieu", PayingOn(total=240)),
        ("thế đóng đến 22 năm thì sao", PayingOn(total=264)),
        ("đóng thêm 1 năm nữa thì sao", PayingOn(more=12)),
        ("dong tiep hai nam nua co loi khong", PayingOn(more=24)),
        ("nộp thêm 13 tháng thì được thêm bao nhiêu", PayingOn(more=13)),
        ("đã đủ điều kiện, đóng tiếp thì được thêm bao nhiêu", PayingOn()),
        ("du tuoi roi dong them co loi hon khong", PayingOn()),
    ],
)
def test_how_long_somebody_would_go_on_is_read(text: str, wish: PayingOn) -> None:
    assert paying_on(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "đã đóng được 18 năm 11 tháng",
        "đã đóng đến 20 năm rồi",
        "đóng đến 2028",
        "còn phải đóng thêm mấy năm nữa",
        "đóng 300k một tháng",
        "đóng tiếp ở đâu",
    ],
)
def test_what_asks_nothing_of_going_on_is_left_to_others(text: str) -> None:
    assert paying_on(text) is None
