"""What the office tells people who agreed to hear of it: the topics they choose among, and how far one is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from handlers.dialogue.texts import OneOf

AnnouncementTopic = Literal["policy", "payment", "events", "scams"]
"""policy: the law and what is paid change; payment: when and where to pay; events: meetings and advice at a place;
scams: frauds that go about."""
ANNOUNCEMENT_TOPICS: tuple[AnnouncementTopic, ...] = get_args(AnnouncementTopic)
TOPIC_LABEL = OneOf("announcements.topic_{}", ANNOUNCEMENT_TOPICS)
"""The text that names each."""

AnnouncementState = Literal["draft", "sending", "stopping", "done", "stopped"]
"""stopping: somebody stopped it, and the last that were under way are waited for."""
_BAR = 10
"""Squares of a bar."""


@dataclass(frozen=True, slots=True)
class AnnouncementProgress:
    """How far an announcement is sent, in people.

    gone: they blocked the assistant; failed: never to be delivered; unknown: nobody knows, and it is not tried again;
    left: they ended it before their turn; waiting: their turn has not come, or will not where it was stopped.
    """

    number: int
    state: AnnouncementState
    sent: int = 0
    gone: int = 0
    failed: int = 0
    unknown: int = 0
    left: int = 0
    waiting: int = 0

    @property
    def people(self) -> int:
        """All it goes to."""
        return self.done + self.waiting

    @property
    def done(self) -> int:
        """Those of whom it is known what became of it, or that it never will be."""
        return self.sent + self.gone + self.failed + self.unknown + self.left

    @property
    def under_way(self) -> bool:
        """Whether it is not over yet."""
        return self.state in ("sending", "stopping")

    @property
    def bar(self) -> str:
        """How far it is, as a row of squares."""
        full = _BAR * self.done // self.people if self.people else _BAR
        return "■" * full + "□" * (_BAR - full)


@dataclass(frozen=True, slots=True)
class ShownAnnouncement:
    """An announcement as one of the staff sees it in chat: how far it is, and its text."""

    progress: AnnouncementProgress
    text: str
