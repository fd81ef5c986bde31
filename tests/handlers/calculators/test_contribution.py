"""The bounds of the income that may be chosen, as a person types them: either side of each."""

from __future__ import annotations

import datetime

from handlers.dialogue.context import Resources, plain
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.state import State
from handlers.dialogue.turn import Text
from handlers.router import converse
from law.base.month import Month
from law.paying.contribution import income_bounds

NOW = datetime.datetime(2026, 11, 24, 9, 0)


def heard(resources: Resources, *said: str) -> str:
    """The last reply to what a person types, as it is read."""
    state, html = State(), ""
    for number, text in enumerate(said):
        turn = converse(Message("text", str(number), NOW, text), Memory(state), resources)
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
