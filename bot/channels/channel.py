"""What a channel is to the desk: it hands in deliveries, and carries replies out.

Undelivered
├── Unreachable   the person can't be written to any more (blocked the bot, chat gone)
└── TryLater      the channel asks to wait, or the network failed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from handlers.talk import Message, Said


class Undelivered(Exception):
    """A reply did not go out."""


class Unreachable(Undelivered):
    """The person can't be written to any more: their address is forgotten, the reply dropped."""


class TryLater(Undelivered):
    """The reply may go out after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Inbound:
    """One delivery of a channel. `person` is the channel's id of the person, `address` where to reply."""

    channel: str
    person: str
    address: str
    message: Message
    pressed: str | None = None
    """The channel's id of the message whose button was pressed, which a reply may replace."""


class Channel(Protocol):
    """The way out."""

    name: str

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        """Send one reply, in the place of message `replaces` where asked and possible; raises `Undelivered`."""
