"""What a message leaves to what was said before it: a month, a birth like another's, a question by its place, heads."""

from __future__ import annotations

import pytest

from handlers.reading import asked_shortly, born_alike, heads, month_of_birth, question_meant, turned_to


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
