"""The list of a topic: what it is about comes first, and a phone shows each button whole."""

from __future__ import annotations

import datetime

import pytest

from bot.storage.database import VIETNAM
from faq.library import LONGEST, TOPICS
from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Text
from handlers.router import converse

AT = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)


def listed(resources: Resources, topic: str) -> list[str]:
    (said,) = converse(Message("press", "1", AT, f"topic|{topic}"), Memory(), resources).replies
    assert isinstance(said, Text)
    return [button.label for row in said.buttons for button in row]


@pytest.mark.parametrize("topic", TOPICS["questions"])
def test_every_question_of_a_topic_is_listed_once_and_uncut(resources: Resources, topic: str) -> None:
    labels = listed(resources, topic)
    assert len(set(labels)) == len(labels) == sum(entry.topic == topic for entry in resources.library)
    assert [label for label in labels if len(label) > LONGEST["label"]] == []


def test_joining_begins_with_what_it_is_and_who_may_and_not_with_the_aged(resources: Resources) -> None:
    assert listed(resources, "joining")[:2] == ["BHXH tự nguyện là gì?", "Ai được tham gia BHXH tự nguyện?"]
