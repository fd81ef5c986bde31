"""Words of speakers who take l and n for one are read as they are written; nobody else's are touched."""

from __future__ import annotations

import pytest

from bot.base.content import Content
from vietnamese.l_and_n import with_l_and_n


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("em là lữ, thế 20 lăm cơ", "em là nữ, thế 20 năm cơ"),
        ("Nương hưu được bao nhiêu", "Lương hưu được bao nhiêu"),
        ("chưa đóng đồng lào, phải lộp bao nhiêu", "chưa đóng đồng nào, phải nộp bao nhiêu"),
        (
            "em la lu sinh 1980, dong 20 lam thi linh nuong bao nhieu",
            "em la nu sinh 1980, dong 20 nam thi linh luong bao nhieu",
        ),
    ],
)
def test_the_words_are_read_as_they_are_written(typed: str, meant: str) -> None:
    assert with_l_and_n(typed) == meant


@pytest.mark.parametrize("text", ["đóng được hai mươi lăm năm", "người Lào", "làm mướn 1 năm, nên nghỉ", "mấy năm nay"])
def test_other_words_stay(text: str) -> None:
    assert with_l_and_n(text) == text


def test_no_answer_and_no_heading_is_touched(content: Content) -> None:
    said = [text for entry in content.library for _, text in entry.texts()]
    assert said
    assert [text for text in said if with_l_and_n(text) != text] == []
