"""What a message leaves to what was said before it: a month, a birth like another's, a question by its place, heads."""

from __future__ import annotations

import pytest

from handlers.reading import (
    asked_shortly,
    asks_of_being_late,
    asks_what_is_left,
    begins_with_a_third,
    born_alike,
    heads,
    illness_not_in_the_law,
    month_of_birth,
    other_month,
    question_meant,
    turned_to,
    turns_aside,
)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("tháng 8, hỏi bao giờ đủ tuổi", 8),
        ("à em sinh tháng 12", 12),
        ("tháng 8 này đóng được không", None),
        ("2 tháng", None),
    ],
)
def test_a_month_without_its_year(text: str, month: int | None) -> None:
    assert month_of_birth(text) == month


@pytest.mark.parametrize(
    ("text", "alike"),
    [("chồng tôi cùng tháng cùng năm thì sao", "month"), ("vợ em bằng tuổi", "year"), ("đóng cùng lúc", None)],
)
def test_a_birth_like_the_others(text: str, alike: str | None) -> None:
    assert born_alike(text) == alike


@pytest.mark.parametrize(
    ("text", "place"),
    [("thế câu 3", 3), ("ý thứ hai thì sao", 2), ("cau hoi dau tien", 1), ("mức 3 triệu", None), ("câu này sai", None)],
)
def test_a_question_by_its_place(text: str, place: int | None) -> None:
    assert question_meant(text) == place


@pytest.mark.parametrize(
    ("text", "number"),
    [("hai người thì", 2), ("ca vo chong het bao nhieu", 2), ("3 mẹ con đóng hết mấy", 3), ("người ta đóng", None)],
)
def test_for_how_many_people(text: str, number: int | None) -> None:
    assert heads(text) == number


def test_what_is_turned_to_by_its_name() -> None:
    assert turned_to("thui hoi cai bao hiem tai nan di") == "bao hiem tai nan"
    assert turned_to("cho em hỏi đóng ở đâu") is None
    assert asked_shortly("Thế lương hưu thì sao?") == "luong huu"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("nếu tháng 5 mới sinh", 5),
        ("còn tháng 6", 6),
        ("tháng 10 thì sao", 10),
        ("thế tháng 12 có kịp không", None),
        ("tháng 8", None),
        ("còn 2 tháng", None),
        ("nếu tháng 5 tôi ngừng đóng thì sao", None),
    ],
)
def test_a_month_in_the_place_of_another(text: str, month: int | None) -> None:
    assert other_month(text) == month


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("khoan, cận nghèo được nhà nước cho mấy phần trăm", True),
        ("khoan cho hỏi cái này có kèm thẻ y tế không", True),
        ("cho em hỏi em sinh 1975 được không", False),
        ("khoản 3 triệu được không", False),
        ("cận nghèo, đóng 6 tháng 1 lần", False),
        ("khoảng 500k", False),
    ],
)
def test_a_question_of_its_own_in_the_middle_of_a_form(text: str, aside: bool) -> None:
    assert turns_aside(text) == aside


@pytest.mark.parametrize(
    ("text", "late", "left"),
    [
        ("lỡ trễ quá hạn thì mất luôn hả", True, False),
        ("hông gấp được, mấy tháng nữa nộp được hông", True, False),
        ("tui được nhận gì hông", False, True),
        ("vậy có tiền mai táng không", False, True),
        ("nộp ở đâu", False, False),
        ("tôi muốn rút một lần được không", False, False),
        ("trẻ có đóng được không", False, False),
    ],
)
def test_what_is_asked_after_a_death_or_a_birth(text: str, late: bool, left: bool) -> None:
    assert (asks_of_being_late(text), asks_what_is_left(text)) == (late, left)


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("còn ảnh", "male"),
        ("bả thì sao", "female"),
        ("nó đóng được không", "any"),
        ("cụ thể là bao nhiêu", None),
        ("thế chỉ đóng 10 năm thì được bao nhiêu", None),
        ("vậy nó tính sao", None),
    ],
)
def test_somebody_told_of_before(text: str, sex: str | None) -> None:
    assert begins_with_a_third(text) == sex


def test_cirrhosis_is_of_the_law_only_where_it_is_decompensated() -> None:
    assert illness_not_in_the_law("còn xơ gan thường thì sao") == "xơ gan thường"
    assert illness_not_in_the_law("xơ gan mất bù") is None
