"""What comes in: one thing a person did, as every channel reports it.

A conversation is a function `(Message, Memory, Resources) -> Turn`. It fetches nothing and does nothing:
the desk reads the memory before and carries out the turn after, both in one transaction.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

MessageKind = Literal["text", "press", "start", "media", "edit", "posted", "withheld", "tick"]
"""text: typed, or a caption; press: a button, its data; start: a link, its payload; media: no text; edit: a changed
message; posted: an answer was posted in another chat, its entry and what was typed for it; withheld: the channel keeps
what it says to itself; tick: nobody did anything, it is time for something, named in its text."""


Place = Literal["private", "staff", "group", "page"]
"""Where it was done: in the private chat of a person, in the group of the staff, in some other group, on a page of the
staff."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person did, as every channel reports it. `at` is in Asia/Ho_Chi_Minh."""

    kind: MessageKind
    delivery: str
    at: datetime.datetime
    text: str = ""
    place: Place = "private"
    replied: str = ""
    """In a group: the text of the message of the assistant that this one is a reply to."""
    with_media: bool = False
    """Whether the text stood under a picture, a film or a file, which can't be read."""
    seen: int | None = None
    """On a page: the number of the last message of the conversation that it showed."""

    @property
    def today(self) -> datetime.date:
        return self.at.date()
