"""A pension wished for is told from what is paid for it, and from a pension somebody has."""

from __future__ import annotations

import pytest

from handlers.reading import wanted_pension


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("muon luong huu 3 trieu thi dong bao nhieu", 3_000_000),
        ("đóng bao nhiêu để có lương hưu 4 triệu", 4_000_000),
        ("muốn lĩnh 3 triệu lương hưu thì đóng mức nào", 3_000_000),
        ("để về già có 3 triệu mỗi tháng thì đóng sao", 3_000_000),
        ("toi muon co luong huu thi dong 500k duoc khong", None),
        ("muốn đóng 800k để có lương hưu", None),
        ("thu nhập 3 triệu muốn có lương hưu thì đóng bao nhiêu", None),
        ("đang lĩnh lương hưu 3 triệu muốn đóng thêm", None),
        ("lương hưu 3 triệu có phải đóng thuế không", None),
    ],
)
def test_only_the_pension_wished_for_is_read(text: str, wanted: int | None) -> None:
    assert wanted_pension(text) == wanted
