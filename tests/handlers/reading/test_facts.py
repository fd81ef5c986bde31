"""What a text states of a person: what it says is read, of the right person, and nothing it does not say."""

from __future__ import annotations

import datetime

import pytest

from handlers.reading import Facts, stated
from tests.handlers.reading.told_facts import ALL

TODAY = datetime.date(2026, 11, 27)


@pytest.mark.parametrize(("text", "facts"), ALL)
def test_a_text_states_its_facts_and_no_other(text: str, facts: Facts) -> None:
    assert stated(text, TODAY).facts == facts
