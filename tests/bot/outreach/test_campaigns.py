"""A campaign as staff give it: what is read, and what is refused with a sentence that says what would be right."""

from __future__ import annotations

import datetime

import pytest

from bot.base.content import Content
from bot.outreach.campaigns import BadCampaign, proposed_code, read, written
from bot.storage.campaigns import Campaign

D = datetime.date
GIVEN = {"code": "Cho-Phu", "name": " Chợ  Phủ\u200b ", "place": "xã Thanh Hà"}


def test_everything_that_is_given_is_read_as_it_is_meant(content: Content) -> None:
    found = read(
        {
            **GIVEN,
            "place_kind": "market",
            "collaborator": "CTV 03",
            "begins": "01/12/2026",
            "ends": "2026-12-31",
            "greeting": "Chào bà con đi chợ Phủ!",
            "opens": "calc_pension",
            "cost": "1.500.000 đ",
        },
        content.library,
    )
    assert found == Campaign(
        "cho-phu",
        "Chợ Phủ",
        "xã Thanh Hà",
        "market",
        "CTV 03",
        D(2026, 12, 1),
        D(2026, 12, 31),
        "Chào bà con đi chợ Phủ!",
        "calc_pension",
        1_500_000,
    )
    assert read(written(found), content.library) == found


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("code", "chợ", "A-Z a-z 0-9 _ -"),
        ("name", " \u200b ", "Chưa có tên"),
        ("name", "x" * 81, "dài quá 80"),
        ("place", "", "Chưa có địa bàn"),
        ("place_kind", "river", "commune, village, market, cooperative"),
        ("collaborator", "chị Nguyễn Thị Hoa", "CTV 03"),
        ("collaborator", "0912345678", "CTV 03"),
        ("collaborator", "x" * 41, "dài quá 40"),
        ("begins", "31/02/2026", "28/11/2026"),
        ("ends", "30/11/2026", "trước ngày bắt đầu"),
        ("greeting", "Nhà nước giúp 20% tiền đóng!", "20%"),
        ("greeting", "Hỏi anh Trần Văn Bảy, số 0912345678", "của một người"),
        ("greeting", "x" * 301, "dài quá 300"),
        ("opens", "calc_pensoin", "calc_pension"),
        ("opens", "pension_min_year", "pension_min_years"),
        ("cost", "một triệu", "1.500.000"),
        ("cost", "1.5", "1.500.000"),
        ("cost", "-5", "1.500.000"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(content: Content, field: str, given: str, said: str) -> None:
    with pytest.raises(BadCampaign) as refused:
        read({**GIVEN, "begins": "2026-12-01", field: given}, content.library)
    assert list(refused.value.problems) == [field]
    assert said in refused.value.problems[field]


@pytest.mark.parametrize(
    "label", ["CTV 03", "Hội Phụ nữ xã", "Đại lý thu bưu điện", "Tổ 7", "HTX Thanh Hà", "Thôn An Lương"]
)
def test_labels_that_name_nobody_are_taken(content: Content, label: str) -> None:
    assert read({**GIVEN, "collaborator": label}, content.library).collaborator == label


def test_all_problems_are_told_at_once(content: Content) -> None:
    with pytest.raises(BadCampaign) as refused:
        read({"code": "", "name": "", "place": "", "cost": "x"}, content.library)
    assert set(refused.value.problems) == {"code", "name", "place", "cost"}


def test_a_code_is_made_of_a_name_and_of_no_other_campaigns() -> None:
    assert proposed_code("Chợ Phủ, xã Thanh Hà", set[str]().__contains__) == "cho-phu-xa-thanh-ha"
    assert proposed_code("Chợ Phủ", {"cho-phu", "cho-phu-2"}.__contains__) == "cho-phu-3"
    assert proposed_code("☺", set[str]().__contains__) == "chien-dich"
    assert len(proposed_code("rất dài " * 20, set[str]().__contains__)) <= 40
