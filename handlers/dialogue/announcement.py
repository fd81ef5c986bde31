"""What the office tells people who agreed to hear of it: the topics they choose among."""

from __future__ import annotations

from typing import Literal, get_args

from handlers.dialogue.texts import OneOf

AnnouncementTopic = Literal["policy", "payment", "events", "scams"]
"""policy: the law and what is paid change; payment: when and where to pay; events: meetings and advice at a place;
scams: frauds that go about."""
ANNOUNCEMENT_TOPICS: tuple[AnnouncementTopic, ...] = get_args(AnnouncementTopic)
TOPIC_LABEL = OneOf("announcements.topic_{}", ANNOUNCEMENT_TOPICS)
"""The text that names each."""
