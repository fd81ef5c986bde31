"""The figures of «Kế hoạch của tôi»: what is paid later, with the State's support that is left."""

from __future__ import annotations

import pytest

from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.state import State
from handlers.dialogue.turn import Picture, Text
from handlers.router import converse
from law.figures import figures
from tests.conftest import TODAY


def plan_of(resources: Resources, *said: str) -> Picture:
    state = State()
    pressed = ""
    for number, text in enumerate((*said, "")):
        message = Message("text", str(number), TODAY, text) if text else Message("press", str(number), TODAY, pressed)
        turn = converse(message, Memory(state, offered_at=TODAY), resources)
        state = turn.state
        shown = [reply for reply in turn.replies if isinstance(reply, Text)]
        found = [button.data for each in shown for row in each.buttons for button in row if "Kế hoạch" in button.label]
        pressed = found[0] if found else pressed
    picture = turn.replies[0]
    assert isinstance(picture, Picture)
    return picture


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
    drawn = plan_of(resources, "/luonghuu", "nam", "3/1980", history, "xong", "1tr5").figures
    assert drawn["full_price_from"] == ends
    assert drawn["next_own"] == figures(resources.law, TODAY.date())["own_min_other_next"].value
