"""A channel in memory, to have conversations carried out without any network.

channel = ChannelInMemory("letters")
delivery.connect(channel)
await delivery.send(await desk.take(channel.inbound("7", message)))
assert channel.to("7") == ["Chào bà con …"]
"""

from __future__ import annotations

import contextlib

from bot.desk.channel import Inbound
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Said, Text


class ChannelInMemory:
    """Keeps what it is given by address, and fails for an address as it is told."""

    def __init__(self, name: str, writes_first: bool = True) -> None:
        self.name = name
        self.writes_first = writes_first
        self.sent: list[tuple[str, Said]] = []
        self.failures: dict[str, list[Exception]] = {}
        """What the next sendings to an address raise, the first of them first."""

    def inbound(self, person: str, message: Message, group: str | None = None) -> Inbound:
        """What a person does in their own chat, whose number is theirs, or in a group."""
        return Inbound(self.name, person, group or person, message, group=group is not None)

    def to(self, address: str) -> list[str]:
        """What an address was sent: texts as HTML, anything else by name."""
        return [said.html if isinstance(said, Text) else type(said).__name__ for at, said in self.sent if at == address]

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        if self.failures.get(address):
            raise self.failures[address].pop(0)
        self.sent.append((address, reply))

    def at_work(self, address: str) -> contextlib.AbstractAsyncContextManager[None]:
        return contextlib.nullcontext()
