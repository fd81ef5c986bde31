"""Why somebody wants the money out, as people say it; going abroad to work is no settling there."""

from __future__ import annotations

import pytest

from handlers.reading import why_withdraw


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("cần tiền", "need"),
        ("dang can tien qua", "need"),
        ("không muốn đóng nữa", "need"),
        ("ra nước ngoài định cư", "settling_abroad"),
        ("dinh cu", "settling_abroad"),
        ("bị ung thư", "serious_illness"),
        ("benh nang", "serious_illness"),
        ("khuyết tật đặc biệt nặng", "severe_disability"),
    ],
)
def test_a_reason_is_read(text: str, why: str) -> None:
    assert why_withdraw(text) == why


@pytest.mark.parametrize("text", ["đi nước ngoài làm", "rút được bao nhiêu", "asdf", "cần tiền, ung thư"])
def test_what_is_no_one_reason_is_none(text: str) -> None:
    assert why_withdraw(text) is None
