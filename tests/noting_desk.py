"""A desk in memory for the tests of Telegram: it keeps what a channel hands in, and owes what it is told to."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from functools import partial
from typing import Any

from bot.base.locks import Locks
from bot.base.retry import again
from bot.base.tasks import Errands
from bot.channels.telegram.announcing import Commands
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import TelegramConnection
from bot.desk.channel import Barred, Channel, Inbound, TryLater, Unreachable
from bot.storage.database import StorageDown
from bot.testing.telegram_api import TOKEN, StrictBotApi
from handlers.dialogue.turn import Picture, Said, Text
from tests.conftest import TODAY

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
APOLOGY = "Xin lỗi bà con, trợ lý đang trục trặc."
Answer = Callable[[Inbound], tuple[Said, ...]]


def echo(inbound: Inbound) -> tuple[Said, ...]:
    return (Text(f"nghe: {inbound.message.text}"),)


class NotingDesk:
    """A desk and its delivery in memory by the same contract: known ids change nothing, replies wait until sent."""

    def __init__(self, answer: Answer = echo) -> None:
        self.answer = answer
        self.taken: list[Inbound] = []
        self.unsent: dict[str, list[tuple[Inbound, Said]]] = {}
        self.gone: list[str] = []
        self.staff = "-900"
        self.moves: list[tuple[str, str]] = []
        self.failures: list[Exception] = []
        self.waits: dict[str, asyncio.Event] = {}
        self.entered = asyncio.Event()
        self._locks = Locks()
        self._errands = Errands()

    def texts(self, person: int) -> list[str]:
        return [inbound.message.text for inbound in self.taken if inbound.person == str(person)]

    async def take(self, inbound: Inbound, tries: int | None = 1) -> tuple[str, ...]:
        return await again(partial(self._taken, inbound), StorageDown, tries=tries)

    async def _taken(self, inbound: Inbound) -> tuple[str, ...]:
        self.entered.set()
        if inbound.message.text in self.waits:
            await self.waits[inbound.message.text].wait()
        if self.failures:
            raise self.failures.pop(0)
        if any(known.message.delivery == inbound.message.delivery for known in self.taken):
            return (inbound.person,)
        self.taken.append(inbound)
        owed = self.unsent.setdefault(inbound.person, [])
        owed += [(inbound, reply) for reply in self.answer(inbound)]
        return (inbound.person,)

    async def unreachable(self, channel: str, person: str) -> tuple[str, ...]:
        self.gone.append(person)
        return ()

    async def staff_are_in(self, channel: str, group: str) -> bool:
        return group == self.staff

    async def moved(self, channel: str, old: str, new: str) -> None:
        self.moves.append((old, new))

    @contextlib.asynccontextmanager
    async def over(self, channel: Channel) -> AsyncIterator[None]:
        self.channel = channel
        self.wake(self.unsent)
        try:
            yield
        finally:
            await self._errands.end(5)

    def wake(self, people: Iterable[str]) -> None:
        for person in people:
            self._errands.run(self._flush(person))

    def resume(self) -> None:
        self.wake(self.unsent)

    async def settled(self) -> None:
        await self._errands.settled()

    async def _flush(self, person: str) -> None:
        async with self._locks.of(person):
            owed = self.unsent.get(person, [])
            for inbound, reply in tuple(owed):  # what was owed when it looked, as the real one
                replaced = isinstance(reply, Text) and reply.replaces
                try:
                    await patiently(self.channel, inbound.address, reply, inbound.pressed if replaced else None)
                except Barred:
                    return
                except Unreachable:
                    self.gone.append(person)
                    owed.clear()
                    return
                owed.remove((inbound, reply))


async def patiently(channel: Channel, address: str, reply: Said, replaces: str | None) -> None:
    while True:
        try:
            return await channel.send(address, reply, replaces)
        except TryLater:
            await asyncio.sleep(0)


async def draw(picture: Picture) -> bytes:
    if picture.name == "broken":
        raise RuntimeError("no such picture")
    return PNG


PEOPLE_S = (("start", "Bắt đầu"), ("danhgia", "Đánh giá"))


def make_channel(
    api: StrictBotApi,
    desk: Any,
    delivery: Any = None,
    staff: Sequence[tuple[str, str]] = (),
    staff_chats: Sequence[int] = (),
) -> TelegramChannel:
    return TelegramChannel(
        TelegramConnection(TOKEN, messages_a_second=0),
        desk,
        delivery or desk,
        clock=lambda: TODAY,
        pictures=draw,
        commands=Commands(PEOPLE_S, staff, staff_chats),
        apology=APOLOGY,
        request=api,
    )


@contextlib.asynccontextmanager
async def serving(channel: TelegramChannel) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(stop))
    try:
        yield task
    finally:
        stop.set()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def all_done(api: StrictBotApi, channel: TelegramChannel) -> None:
    await api.drained()
    await channel.settled()


async def kill(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
