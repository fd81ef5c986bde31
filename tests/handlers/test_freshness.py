"""What is past its date of review is said to be under review, beside the number."""

from __future__ import annotations

import datetime

import pytest
from conftest import TODAY

from handlers.exchange import Resources
from handlers.route import converse
from handlers.talk import Memory, Message, State, Text

LATER = datetime.timedelta(days=120)
SAID = "đang được cập nhật"


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
        ("/luonghuu", "nữ", "15/3/1975", "8 năm", "3 triệu"),
    ],
    ids=["answer", "contribution", "pension"],
)
def test_a_number_past_its_review_says_so(resources: Resources, said: tuple[str, ...]) -> None:
    assert SAID not in last_words(resources, TODAY, *said)
    assert SAID in last_words(resources, TODAY + LATER, *said)
