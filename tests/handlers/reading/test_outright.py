"""What is asked in words that leave no other meaning, and what only looks like it."""

from __future__ import annotations

import pytest

from handlers.reading import asked_outright, asks_how_long_to_the_age, asks_what_is_missing, corrected, tells_of_a_death


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hai vo chong em ai nghi truoc", "first_of_two"),
        ("vợ với chồng người nào lãnh trước", "first_of_two"),
        ("phần nhà nước hỗ trợ có được lấy luôn không", "support_taken_out"),
        ("giam dinh mat 65% suc lao dong rut dc k", "ability"),
        ("mệ tui 78 tuổi có được đồng mô không", "any_money"),
        ("luong huu tu nguyen co muc san khong", "floor"),
        ("lương hưu có được bảo đảm ít nhất bằng lương cơ sở không", "floor"),
        ("ba em muon co luong huu phai lam sao", "towards_a_pension"),
        ("ko dong thi ve gia co duoc gi ko", "without_paying"),
        ("ba dai ly cam 3 trieu roi tat may luon", "collector"),
    ],
)
def test_what_leaves_no_other_meaning(text: str, kind: str) -> None:
    assert kind in asked_outright(text)


@pytest.mark.parametrize(
    "text",
    [
        "đóng ở đâu trước",
        "nhà nước hỗ trợ mấy năm",
        "đóng mức thấp nhất thì lương hưu bao nhiêu",
        "mức sàn để đóng là bao nhiêu",
        "muốn lãnh lương hưu cần giấy tờ gì",
        "đại lý thu ở chỗ nào",
        "nữ sinh 1974 đóng 7 năm mức 1tr5",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert asked_outright(text) <= {"taken_out_of_the_dead"}


def test_who_asks_to_join_asks_for_no_money() -> None:
    assert asked_outright("mẹ tôi 78 tuổi có đóng được không") == {"may_join"}


@pytest.mark.parametrize("text", ["ba em mất rồi", "chong toi moi mat thang truoc", "bố tôi qua đời"])
def test_somebody_has_died(text: str) -> None:
    assert tells_of_a_death(text)


@pytest.mark.parametrize("text", ["sổ mất rồi", "em bị mất việc", "lỡ chồng tôi mất rồi thì sao", "da mat so bhxh"])
def test_nobody_has_died(text: str) -> None:
    assert not tells_of_a_death(text)


def test_how_long_it_is_until_the_age_is_not_how_much_is_missing() -> None:
    assert asks_how_long_to_the_age("Rứa từ chừ tới khi tui đủ tuổi còn mấy năm nữa hè")
    assert asks_how_long_to_the_age("bao lau nua thi em ve huu")
    assert not asks_how_long_to_the_age("còn thiếu mấy năm nữa mới đủ lãnh lương hưu")
    assert asks_what_is_missing("còn thiếu mấy năm nữa mới đủ lãnh lương hưu")
    assert not asks_what_is_missing("may nam nua thi toi du tuoi")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Í lộn, hông phải 74, nó sanh 71 lận", "sanh 71"),
        ("à nhớ nhầm, không phải 8/2025 mà là 8/2023", "8/2023"),
        ("em coi lon giay, khong phai can ngheo, ho ngheo moi dung", "ho ngheo"),
        ("5tr cang qua k kham noi, ha xuong 2tr5", "2tr5"),
        ("nâng lên 4 triệu", "4 triệu"),
        ("tang len 5 trieu thi sao", None),
        ("luong huu tang len 3 trieu duoc khong", None),
        ("từ năm sau mức sàn tăng lên 2 triệu 2", None),
    ],
)
def test_what_is_put_in_the_place_of_what_was_said(text: str, meant: str | None) -> None:
    assert corrected(text) == meant
