"""Why somebody wants the money out, as people say it; going abroad to work is no settling there."""

from __future__ import annotations

import pytest

from handlers.reading import share_lost, tells_of_cirrhosis, why_withdraw


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
        ("xơ gan mất bù", "serious_illness"),
        ("suy giảm khả năng lao động 85%", "impairment"),
        ("mat suc lao dong tu 81% tro len", "impairment"),
    ],
)
def test_a_reason_is_read(text: str, why: str) -> None:
    assert why_withdraw(text) == why


@pytest.mark.parametrize("text", ["đi nước ngoài làm", "rút được bao nhiêu", "asdf", "cần tiền, ung thư"])
def test_what_is_no_one_reason_is_none(text: str) -> None:
    assert why_withdraw(text) is None


def test_only_decompensated_cirrhosis_is_a_reason() -> None:
    """Luật 41/2024 Điều 102 khoản 1 điểm c names «xơ gan mất bù» alone."""
    assert why_withdraw("xơ gan") is why_withdraw("bi xo gan") is None
    assert tells_of_cirrhosis("tôi bị xơ gan")
    assert tells_of_cirrhosis("xo gan")
    assert not tells_of_cirrhosis("xơ gan mất bù")
    assert not tells_of_cirrhosis("ung thư gan")


@pytest.mark.parametrize(("text", "share"), [("suy giảm 61%", 61), ("mất sức 81 phần trăm", 81), ("mất sức", None)])
def test_the_share_of_the_ability_to_work_is_read(text: str, share: int | None) -> None:
    assert share_lost(text) == share
