"""A text under a picture: it is read as a text, and the person knows that only the text was."""

from __future__ import annotations

import dataclasses

import pytest

from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Text
from handlers.router import converse
from tests.conftest import TODAY

ONLY = "Tôi chỉ đọc được phần chữ"


@pytest.mark.parametrize("said", ["mức đóng thấp nhất là bao nhiêu", "/tinhdong", "/trogiup"])
def test_what_is_written_under_a_picture_is_answered_and_the_picture_is_said_to_be_unread(
    resources: Resources, said: str
) -> None:
    message = Message("text", "1", TODAY, said)
    plain = converse(message, Memory(), resources)
    under_a_picture = converse(dataclasses.replace(message, with_media=True), Memory(), resources)
    first, *_ = under_a_picture.replies
    assert isinstance(first, Text)
    assert isinstance(plain.replies[0], Text)
    assert ONLY in first.html
    assert plain.replies[0].html in first.html
    assert (first.buttons, first.menu) == (plain.replies[0].buttons, plain.replies[0].menu)
    assert under_a_picture.records == plain.records
