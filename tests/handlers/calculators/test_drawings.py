"""The figures of the pictures: what is paid later, with the support that is left, and what was assumed."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.state import State
from handlers.dialogue.turn import Picture, Text
from handlers.router import converse
from law.base.month import Month
from law.figures import figures
from law.paying.contribution import next_floor
from tests.conftest import TODAY


def picture(resources: Resources, label: str, *said: str, at: datetime.datetime = TODAY) -> Picture:
    """The picture behind the button that holds `label`, under the last reply to what was said."""
    state, pressed = State(), ""
    for number, text in enumerate((*said, "")):
        message = Message("text", str(number), at, text) if text else Message("press", str(number), at, pressed)
        turn = converse(message, Memory(state, offered_at=at), resources)
        state = turn.state
        shown = [reply for reply in turn.replies if isinstance(reply, Text)]
        pressed = next((b.data for each in shown for row in each.buttons for b in row if label in b.label), pressed)
    drawn = turn.replies[0]
    assert isinstance(drawn, Picture)
    return drawn


@pytest.mark.parametrize(
    ("history", "ends"),
    [
        # 96 compulsory months have no support, 47 voluntary ones had it: 73 are left, from 2026-12 to 2032-12
        ("công nhân 1/2014 đến 12/2021 lương 5 triệu, tự nguyện từ 1/2023 mức 1,5 triệu", "2033-01"),
        # 107 voluntary months since 2018-01 had support: 13 are left, to 2027-12
        ("tự nguyện 1/2017 đến nay mức 1,5 triệu", "2028-01"),
        ("tự nguyện 1/2014 đến 11/2016 mức 1,5 triệu", "2036-12"),
    ],
)
def test_only_voluntary_months_since_2018_use_up_the_support(resources: Resources, history: str, ends: str) -> None:
    drawn = picture(resources, "Kế hoạch", "/luonghuu", "nam", "3/1980", history, "xong", "khác", "1tr5").figures
    assert drawn["full_price_from"] == ends
    assert drawn["own"] == figures(resources.law, TODAY.date())["own_min_other_next"].value


def test_the_words_of_a_plan_tell_what_is_paid_once_the_support_is_over(
    resources: Resources, quoted: Callable[..., str]
) -> None:
    drawn = picture(resources, "Kế hoạch", "/luonghuu", "nam", "3/1980", "5 năm", "1tr5", "tất cả", "khác", "1tr5")
    assert quoted("mỗi tháng {own_min_other_next}") in drawn.words
    assert quoted("hết hỗ trợ thì {contribution_min_next}") in drawn.words


SEVEN_YEARS = ("/luonghuu", "nữ", "8/1974", "7 năm")


def test_no_bar_changes_what_was_paid_before(resources: Resources) -> None:
    """84 months on 1,5 million stay that: (84 × 1,5 + 96 × 8) / 180 × 45 % = 2.235.000 at the highest bar."""
    drawn = picture(resources, "So các mức", *SEVEN_YEARS, "1tr5", "tất cả", "khác", "3 triệu").figures
    incomes, pensions = drawn["incomes"], drawn["pensions"]
    assert isinstance(incomes, tuple)
    assert isinstance(pensions, tuple)
    assert dict(zip(incomes, pensions, strict=True))[8_000_000] == 2_235_000
    assert "mức 1.500.000 đ." in str(drawn["note"])


def test_what_is_assumed_of_the_past_stands_in_the_pictures(resources: Resources) -> None:
    told = (*SEVEN_YEARS, "không biết", "tất cả", "khác", "3 triệu")
    for label, name in (("So các mức", "note"), ("Kế hoạch", "person")):
        assert "1.300.000 đ (chưa biết nên tạm lấy mức thấp nhất" in str(picture(resources, label, *told).figures[name])


@pytest.mark.parametrize("chosen", ["1tr5", "2 triệu", "5 triệu"])
def test_no_level_is_shown_under_the_coming_floor_and_each_with_the_price_that_lasts(
    resources: Resources, chosen: str
) -> None:
    coming = next_floor(resources.law, Month.of(TODAY.date()))
    assert coming is not None
    drawn = picture(resources, "So các mức", "/luonghuu", "nam", "1/1985", "chưa đóng", "khác", chosen).figures
    incomes, owns = drawn["incomes"], drawn["owns"]
    assert isinstance(incomes, tuple)
    assert isinstance(owns, tuple)
    assert min(incomes) == coming.whole("minimum")
    assert owns[0] == figures(resources.law, TODAY.date())["own_min_other_next"].value
    assert drawn["chosen"] in incomes


@pytest.mark.parametrize(("day", "first"), [(5, "2027-01"), (25, "2027-02")])
def test_plan_and_support_begin_with_the_same_month_and_with_the_price_of_then(
    resources: Resources, day: int, first: str
) -> None:
    later = datetime.datetime(2027, 1, day, 9, 0, tzinfo=TODAY.tzinfo)
    drawn = picture(resources, "Kế hoạch", "/luonghuu", "nam", "1/1985", "chưa đóng", "khác", "2tr2", at=later).figures
    starts = (first, str(Month.parse(first) + 120))
    assert drawn["own_since"] == first
    assert drawn["starts"] == starts
    assert drawn["own"] == figures(resources.law, later.date())["own_min_other"].value
    paid = picture(resources, "hỗ trợ (ảnh)", "/tinhdong", "mức thấp nhất", "khác", "hằng tháng", at=later).figures
    assert paid["starts"] == starts


@pytest.mark.parametrize(("typed", "raised"), [("mức thấp nhất", True), ("5 triệu", False)])
def test_the_coming_floor_is_said_to_raise_only_who_is_under_it(resources: Resources, typed: str, raised: bool) -> None:
    note = str(picture(resources, "hỗ trợ (ảnh)", "/tinhdong", typed, "khác", "hằng tháng").figures["note"])
    assert "Từ tháng 1/2027 mức thu nhập thấp nhất là" in note
    assert ("nên từ đó tính theo mức này" in note) == raised
