"""What is past its date of review is said to be old perhaps, with who confirms it, beside the number."""

from __future__ import annotations

import datetime

import pytest

from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.state import State
from handlers.dialogue.turn import Text
from handlers.router import converse
from tests.conftest import TODAY

LATER = datetime.timedelta(days=400)
SAID = "có thể đã cũ"


def last_words(resources: Resources, at: datetime.datetime, *said: str) -> str:
    state = State()
    html = ""
    for number, text in enumerate(said):
        turn = converse(Message("text", str(number), at, text), Memory(state, offered_at=at), resources)
        state = turn.state
        html = "\n".join(reply.html for reply in turn.replies if isinstance(reply, Text))
    return html


@pytest.mark.parametrize(
    "said",
    [
        ("mức đóng thấp nhất là bao nhiêu",),
        ("/tinhdong", "mức thấp nhất", "khác", "hằng tháng"),
        ("/luonghuu", "nữ", "15/3/1975", "8 năm", "2 triệu", "tất cả", "khác", "3 triệu"),
        ("/luonghuu", "nữ", "15/3/1975", "tự nguyện từ 1/2020 đến nay mức 1tr5", "xong", "khác", "3 triệu"),
        ("/muchuu", "nữ", "5/1990", "chưa đóng", "khác", "2 triệu"),
        ("/tungdong", "chưa rút", "nam", "10/1964", "14 năm", "chưa", "5 triệu", "khác"),
        ("/thaisan", "5/2026", "6 tháng", "một con"),
        ("/tutuat", "8/2026", "không", "60 tháng", "chưa", "không", "2 triệu"),
        ("/trocap", "nữ", "5/1969", "12 tháng", "không", "2 triệu"),
        ("/hutrixahoi", "11/1950", "không", "không"),
        ("/rutmotlan", "ra nước ngoài định cư", "nữ", "5/1985", "5 năm", "không có", "12/2024", "2tr", "khác"),
    ],
    ids=[
        "answer",
        "contribution",
        "pension",
        "history",
        "goal",
        "former worker",
        "maternity",
        "survivors",
        "allowance",
        "social pension",
        "lump sum",
    ],
)
def test_a_number_past_its_review_says_so(resources: Resources, said: tuple[str, ...]) -> None:
    assert SAID not in last_words(resources, TODAY, *said)
    later = last_words(resources, TODAY + LATER, *said)
    assert later.count(SAID) == 1
    assert "1900 9068" in later


def test_two_tables_that_are_over_are_said_to_be_so_in_one_line(resources: Resources) -> None:
    """The wages before 2008 have a table of their own, which people know by the same name."""
    said = ("/luonghuu", "nữ", "15/3/1975", "bắt buộc từ 1/2003 đến 12/2012 lương 2 triệu", "tự nguyện từ 2020 đến nay")
    told = last_words(
        resources, TODAY + datetime.timedelta(days=90), *said, "1tr5", "xong", "khác", "3 triệu", "chi tiết"
    )
    assert "Lưu ý" in told
    assert told.count("Hệ số trượt giá: tôi mới có số đến 31/12/2026") == 1
