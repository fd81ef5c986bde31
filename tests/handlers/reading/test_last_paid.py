"""When somebody stopped paying, as people say it; what says no such thing is None."""

from __future__ import annotations

import datetime

import pytest

from handlers.reading import LastPaid, last_paid

TODAY = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vẫn đang đóng", LastPaid(2026, 11)),
        ("dang dong", LastPaid(2026, 11)),
        ("chưa ngừng", LastPaid(2026, 11)),
        ("5/2024", LastPaid(2024, 5)),
        ("nghi tu thang 5/2024", LastPaid(2024, 5)),
        ("tháng 5", LastPaid(2026, 5)),
        ("tháng 12", LastPaid(2025, 12)),
        ("2021", LastPaid(2021)),
        ("nghỉ năm 2021", LastPaid(2021)),
        ("nghỉ từ năm ngoái", LastPaid(2025)),
        ("năm kia", LastPaid(2024)),
        # two full years without payment: 2024-11 … 2026-10
        ("ngừng 2 năm rồi", LastPaid(2024, 10)),
        ("6 thang", LastPaid(2026, 4)),
    ],
)
def test_a_stop_is_read(text: str, said: LastPaid) -> None:
    assert last_paid(text, TODAY) == said


@pytest.mark.parametrize("text", ["asdf", "7", "chưa", "rút được không", "đóng bao nhiêu", "3050"])
def test_what_names_no_stop_is_none(text: str) -> None:
    assert last_paid(text, TODAY) is None
