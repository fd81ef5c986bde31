"""Periods told one at a time: what a sentence fills in, how neighbouring years share, how far the list goes."""

from __future__ import annotations

import datetime

import pytest

from bot.storage import states
from handlers.calculators.history import MOST
from handlers.dialogue.context import Resources, plain
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.state import State
from handlers.dialogue.turn import Text
from handlers.router import converse

NOW = datetime.datetime(2026, 11, 24, 9, 0)


class Talk:
    """A person at the pension form; what is remembered passes through JSON, as it does in the desk."""

    def __init__(self, resources: Resources, *first: str) -> None:
        self.resources = resources
        self.state = State()
        self.buttons: dict[str, str] = {}
        self.heard = ""
        self.number = 1000
        for text in ("/luonghuu", "nữ", "5/1975", *first):
            self.says(text)

    def says(self, text: str) -> str:
        """Type it, or press the button of that name."""
        kind: MessageKind = "press" if text in self.buttons else "text"
        self.number += 1
        message = Message(kind, str(self.number), NOW, self.buttons.get(text, text))
        turn = converse(message, Memory(self.state), self.resources)
        self.state = states.from_json(states.to_json(turn.state))
        said = [reply for reply in turn.replies if isinstance(reply, Text)]
        self.heard = "\n".join(plain(reply.html) for reply in said)
        self.buttons = {button.label: button.data for reply in said for row in reply.buttons for button in row}
        assert all(len(data.encode()) <= 64 for data in self.buttons.values())
        return self.heard

    @property
    def told(self) -> list[str]:
        """The lines of the running summary."""
        return [line for line in self.heard.splitlines() if line[:1].isdigit()]


@pytest.mark.parametrize(
    ("first", "then", "lines"),
    [
        (
            "công ty từ 2013 đến 2018 lương 5 triệu",
            "tự nguyện từ 2018 đến 2020 mức 1 triệu",
            ["tháng 1/2013 – tháng 12/2018 (6 năm", "tháng 1/2019 – tháng 12/2020 (2 năm"],
        ),
        (
            "tự nguyện từ 2018 đến 2020 mức 1 triệu",
            "công ty từ 2013 đến 2018 lương 5 triệu",
            ["tháng 1/2018 – tháng 12/2020 (3 năm", "tháng 1/2013 – tháng 12/2017 (5 năm"],
        ),
        (
            "tự nguyện từ 2018 đến 2020 mức 1 triệu",
            "8 năm công nhân lương 5 triệu nghỉ 2018",
            ["tháng 1/2018 – tháng 12/2020 (3 năm", "tháng 1/2010 – tháng 12/2017 (8 năm"],
        ),
        (
            "công ty từ 2013 đến 2018 lương 5 triệu",
            "tự nguyện từ 2018, 3 năm, mức 1 triệu",
            ["tháng 1/2013 – tháng 12/2018 (6 năm", "tháng 1/2019 – tháng 12/2021 (3 năm"],
        ),
    ],
)
def test_a_year_said_of_two_periods_counts_once_and_a_length_said_is_kept(
    resources: Resources, first: str, then: str, lines: list[str]
) -> None:
    talk = Talk(resources, first, then)
    assert len(talk.told) == 2
    for line, words in zip(talk.told, lines, strict=True):
        assert words in line


def test_a_month_said_is_never_moved(resources: Resources) -> None:
    talk = Talk(resources, "công ty từ 2013 đến 2018 lương 5 triệu", "tự nguyện 6/2018 - 12/2020 mức 1 triệu")
    assert "từ tháng 6/2018 đến tháng 12/2018 vừa bắt buộc vừa tự nguyện" in talk.heard
    assert talk.told == []
    assert talk.says("tự nguyện 1/2019 - 12/2020 mức 1 triệu")
    assert len(talk.told) == 2


def test_what_a_sentence_leaves_out_is_asked(resources: Resources) -> None:
    talk = Talk(resources, "từ 2013 đến 2018 lương 5 triệu, tự nguyện từ 2020")
    assert "Khoảng tháng 1/2013 – tháng 12/2018" in talk.heard
    assert "bắt buộc hay tự nguyện" in talk.heard
    assert "Tự nguyện, tháng 1/2020 – tháng 11/2026" in talk.says("Bắt buộc (công ty, cơ quan)")
    talk.says("1tr5")
    assert [line.rpartition(", ")[2] for line in talk.told] == ["5.000.000 đ", "1.500.000 đ"]


def test_a_payment_named_in_a_sentence_is_no_income_and_asked(resources: Resources) -> None:
    """330.000 is what is paid on the lowest income, never the income itself."""
    talk = Talk(resources, "tự nguyện từ 2023 đến nay mức 330k")
    assert "không phải số tiền đóng" in talk.heard
    assert "1.500.000 đ" in talk.buttons


def test_voluntary_is_not_offered_where_it_can_not_have_been(resources: Resources) -> None:
    talk = Talk(resources, "từ 2001 đến 2005")
    assert "Tự nguyện" not in talk.buttons
    assert "Năm 2001" in talk.says("tự nguyện")
    assert "Lương đóng BHXH" in talk.says("bắt buộc")


def test_a_length_until_now_is_one_press(resources: Resources) -> None:
    talk = Talk(resources, "📋 Kể từng khoảng đã đóng", "tự nguyện", "3 năm")
    assert "3 năm đó đến khi nào?" in talk.heard
    assert "tháng 12/2023 – tháng 11/2026 (3 năm, ước theo năm)" in talk.says("Đóng đến tháng này")


def test_a_length_longer_than_a_life_has_no_such_button(resources: Resources) -> None:
    talk = Talk(resources, "📋 Kể từng khoảng đã đóng", "bắt buộc", "45 năm")
    assert "Đóng đến tháng này" not in talk.buttons
    assert "45 năm đó đến khi nào?" in talk.heard


def test_the_lowest_income_of_a_period_may_be_said(resources: Resources) -> None:
    talk = Talk(resources, "tự nguyện 1/2022 - 12/2024", "mức thấp nhất")
    assert talk.told == ["1. Tự nguyện, tháng 1/2022 – tháng 12/2024 (3 năm), 1.500.000 đ"]
    early = Talk(resources, "tự nguyện 1/2010 - 12/2012", "mức thấp nhất")
    assert "chưa đọc được" in early.heard, "the lowest income of before 2016 was not read"


def test_a_payment_that_buys_nothing_is_answered_with_the_lowest_income(resources: Resources) -> None:
    talk = Talk(resources, "tự nguyện 1/2022 - 12/2024", "100k")
    assert "thấp nhất lúc đó là 1.500.000 đ" in talk.heard
    talk.says("1.500.000 đ")
    assert talk.told == ["1. Tự nguyện, tháng 1/2022 – tháng 12/2024 (3 năm), 1.500.000 đ"]


def test_a_wage_of_before_the_known_law_is_taken_as_it_is(resources: Resources) -> None:
    talk = Talk(resources, "công ty 1/1995 - 12/1999", "300 nghìn")
    assert talk.told == ["1. Bắt buộc, tháng 1/1995 – tháng 12/1999 (5 năm), 300.000 đ"]


def test_the_list_ends_at_its_last_place(resources: Resources) -> None:
    """Twelve periods; the thirteenth is refused kindly, however it comes, and nothing told is lost."""
    years = range(2001, 2001 + MOST - 1)
    talk = Talk(resources, ", ".join(f"công ty 1/{year} - 6/{year} lương 3 triệu" for year in years))
    assert len(talk.told) == MOST - 1
    two_more = "công ty 1/2013 - 6/2013 lương 3 triệu, công ty 1/2014 - 6/2014 lương 3 triệu"
    assert "nhiều nhất 12 khoảng" in talk.says(two_more)
    talk.says("công ty 1/2013 - 6/2013 lương 3 triệu")
    assert len(talk.told) == MOST
    assert "➕ Thêm khoảng" not in talk.buttons
    assert "nhiều nhất 12 khoảng" in talk.says("công ty 1/2014 - 6/2014 lương 3 triệu")
    assert "chưa đọc được" in talk.says("thêm")
    talk.says("🗑 Xoá khoảng cuối")
    assert len(talk.told) == MOST - 1
    assert "mức thu nhập để tính đóng" in talk.says("✔ Xong")


def test_taking_the_only_period_back_begins_again(resources: Resources) -> None:
    talk = Talk(resources, "công ty 1/2010 - 12/2012 lương 3 triệu")
    assert "Khoảng đầu tiên" in talk.says("🗑 Xoá khoảng cuối")
    assert "bao lâu" in talk.says("quay lại")
    assert "mức thu nhập" in talk.says("10 năm"), "the quick way stands open again"


def test_going_back_through_two_rounds_comes_the_way_it_went(resources: Resources) -> None:
    talk = Talk(resources, "📋 Kể từng khoảng đã đóng", "bắt buộc", "1/2010 - 12/2012", "3 triệu", "thêm", "tự nguyện")
    assert "Khoảng thứ 2" in talk.says("quay lại")
    talk.says("quay lại")
    assert len(talk.told) == 1
    assert "Lương đóng BHXH" in talk.says("quay lại")
    assert "từ khi nào" in talk.says("quay lại")
    assert "Khoảng đầu tiên" in talk.says("quay lại")


def test_a_sentence_typed_again_replaces_the_one_before(resources: Resources) -> None:
    talk = Talk(resources, "từ 2013 đến 2018")
    assert "bắt buộc hay tự nguyện" in talk.heard
    talk.says("công ty từ 2014 đến 2018 lương 4 triệu")
    assert talk.told == ["1. Bắt buộc, tháng 1/2014 – tháng 12/2018 (5 năm, ước theo năm), 4.000.000 đ"]
