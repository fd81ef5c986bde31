"""The bounds of the income that may be chosen, as a person types them: either side of each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest

from handlers.dialogue.context import Resources, plain
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.state import State
from handlers.dialogue.turn import Text
from handlers.router import converse
from law.base.month import Month
from law.paying.contribution import income_bounds

NOW = datetime.datetime(2026, 11, 24, 9, 0)


def heard(resources: Resources, *said: str, at: datetime.datetime = NOW) -> str:
    """The last reply to what a person types, as it is read."""
    state, html = State(), ""
    for number, text in enumerate(said):
        turn = converse(Message("text", str(number), at, text), Memory(state), resources)
        state = turn.state
        html = "\n".join(reply.html for reply in turn.replies if isinstance(reply, Text))
    return plain(html)


def test_the_highest_income_is_taken_and_a_dong_more_is_not(resources: Resources) -> None:
    highest = income_bounds(resources.law, Month.of(NOW.date())).whole("maximum")
    assert "là mức thu nhập" in heard(resources, "/tinhdong", str(highest))
    assert "là mức thu nhập" not in heard(resources, "/tinhdong", str(highest + 1))


def test_the_lowest_income_is_an_income_and_a_dong_less_a_payment(resources: Resources) -> None:
    lowest = income_bounds(resources.law, Month.of(NOW.date())).whole("minimum")
    as_income = heard(resources, "/tinhdong", str(lowest))
    as_payment = heard(resources, "/tinhdong", str(lowest - 1))
    assert "là mức thu nhập" in as_income
    assert "là mức thu nhập" not in as_payment


def told(said: str) -> str:
    """What a result says after what it goes by."""
    return said.split("\n\n", 1)[1]


def test_a_payment_at_once_is_told_as_it_is_paid_now_with_the_one_to_come_beside_it(
    resources: Resources, quoted: Callable[..., str]
) -> None:
    said = heard(resources, "/tinhdong", "mức thấp nhất", "cận nghèo", "6 tháng")
    assert told(said).startswith("Đóng 6 tháng một lần, nộp bây giờ: 1.188.000 đ")
    assert quoted("Nộp từ tháng 1/2027: 1.742.400 đ cho 6 tháng, tính ra {own_min_near_poor_next} một tháng") in said


def test_a_monthly_payment_is_told_by_the_price_that_lasts(resources: Resources, quoted: Callable[..., str]) -> None:
    said = heard(resources, "/tinhdong", "mức thấp nhất", "cận nghèo", "hằng tháng")
    assert told(said).startswith(quoted("Mỗi tháng bà con tự đóng {own_min_near_poor_next}"))
    assert quoted("đóng cho tháng 11/2026 – tháng 12/2026 thì {own_min_near_poor}.") in said


def test_once_the_floor_has_come_nothing_is_said_of_before(resources: Resources, quoted: Callable[..., str]) -> None:
    later = datetime.datetime(2027, 1, 5, 9, 0)
    said = heard(resources, "/tinhdong", "mức thấp nhất", "cận nghèo", "hằng tháng", at=later)
    assert told(said).startswith(quoted("Mỗi tháng bà con tự đóng {own_min_near_poor} (", on=later.date()))
    assert "2026" not in said
    assert "⚠" not in said


@pytest.mark.parametrize("typed", ["300k", "500k", "1 triệu"])
@pytest.mark.parametrize("group", ["khác", "dân tộc thiểu số", "cận nghèo", "nghèo"])
@pytest.mark.parametrize("every", ["hằng tháng", "3 tháng", "6 tháng", "12 tháng"])
def test_a_round_payment_stays_round(resources: Resources, typed: str, group: str, every: str) -> None:
    """What was named is paid, times the months, and no dong more; the level is said in thousands."""
    said = heard(resources, "/tinhdong", typed, group, every)
    now = re.findall(r"(?:nộp bây giờ: |2026 thì )([\d.]+) đ", said)
    (paid,) = now or re.findall(r"Mỗi tháng bà con tự đóng ([\d.]+) đ", said)
    (level,) = re.findall(r"Mức thu nhập tính đóng: khoảng ([\d.]+) đ", said)
    named = {"300k": 300_000, "500k": 500_000, "1 triệu": 1_000_000}[typed]
    months = {"hằng tháng": 1, "3 tháng": 3, "6 tháng": 6, "12 tháng": 12}[every]
    assert int(paid.replace(".", "")) == named * months
    assert level.endswith(".000")
