"""What a channel is to the desk: it hands in deliveries, and carries replies out.

Undelivered
├── Unreachable   the person can't be written to any more (blocked the bot, chat gone)
├── Barred        it may not be written there now: nothing is lost, somebody must give the right
├── Moved         the group is another one now
├── NeverTaken    it will never be taken as it is
└── TryLater      the channel asks to wait, or the network failed
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from handlers.dialogue.message import Message
from handlers.dialogue.turn import Said, Text


class Undelivered(Exception):
    """A reply did not go out."""


class Unreachable(Undelivered):
    """The person can't be written to any more: their address is forgotten, the reply dropped."""


class Barred(Undelivered):
    """It may not be written there until somebody gives the right to: the reply waits."""


class Moved(Undelivered):
    """The group has the address `to` now: the reply goes there."""

    def __init__(self, to: str) -> None:
        super().__init__("the group is another one now")
        self.to = to


class NeverTaken(Undelivered):
    """The channel will never take it as it is."""


class TryLater(Undelivered):
    """The reply may go out after `seconds`; `perhaps_taken`: it may have gone out already."""

    def __init__(self, seconds: float, *, perhaps_taken: bool = False) -> None:
        super().__init__(f"try again in {seconds} s")
        self.seconds = seconds
        self.perhaps_taken = perhaps_taken


@dataclass(frozen=True, slots=True)
class Inbound:
    """One delivery of a channel. `person` is the channel's id of the person, `address` where to reply.

    In a group (`group`) the address is the group's.
    """

    channel: str
    person: str
    address: str
    message: Message
    pressed: str | None = None
    """The channel's id of the message whose button was pressed, which a reply may replace."""
    group: bool = False


class Channel(Protocol):
    """The way out to the people of a channel, who are told apart by its name and their numbers there."""

    name: str
    writes_first: bool
    """Whether a person may be written to who did not write just before; where not, nothing of the kind is promised."""

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        """Send one reply, in the place of message `replaces` where asked and possible; raises `Undelivered`."""

    def at_work(self, address: str) -> contextlib.AbstractAsyncContextManager[None]:
        """Have the person see meanwhile that something is being made for them, where the channel can show it."""


@runtime_checkable
class Announces(Protocol):
    """A channel on which announcements leave apart, so that no answer waits behind them."""

    async def announce(self, address: str, message: Text) -> None:
        """Send one message, once, when nobody's answer waits for its turn; raises `Undelivered`."""


class ServedChannel(Channel, Protocol):
    """A channel that is there as long as the process serves it."""

    async def run(self, stop: asyncio.Event) -> None:
        """Hand in what people do and send what they are owed, until told to stop."""
