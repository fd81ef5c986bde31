"""Three thousand messages that waited are all kept and answered, each person's in order, and the memory stays flat."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import hashlib
from collections import defaultdict
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.desk.channel import Inbound
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.storage import schema
from bot.storage.database import Database
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Said, Text
from tests.conftest import Clock

PEOPLE = 300
WRITTEN = (
    "/tinhdong", "500k", "hộ nghèo", "6 tháng", "mấy tuổi được nhận lương hưu",
    "/tinhdong", "300k", "cận nghèo", "3 tháng", "mức đóng thấp nhất là bao nhiêu",
)  # fmt: skip
AT_ONCE = 100
"""As many as Telegram hands over at a time."""


class Heard:
    """A channel that remembers of each person how much they were told, and a fingerprint of it in order."""

    name = "recorder"
    writes_first = True

    def __init__(self) -> None:
        self.told: dict[str, int] = defaultdict(int)
        self.prints: dict[str, str] = defaultdict(str)

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        assert isinstance(reply, Text)
        self.told[address] += 1
        self.prints[address] = hashlib.sha256(f"{self.prints[address]}{reply.html}".encode()).hexdigest()

    def at_work(self, address: str) -> contextlib.AbstractAsyncContextManager[None]:
        return contextlib.nullcontext()


def waiting(clock: Clock) -> Iterator[list[Inbound]]:
    """What Telegram hands over, a hundred at a time: everybody's first message, then their second, and so on."""
    batch: list[Inbound] = []
    for number, text in enumerate(WRITTEN):
        for person in range(PEOPLE):
            message = Message("text", str(number * PEOPLE + person), clock(), text)
            batch.append(Inbound("recorder", str(person), str(person), message))
            if len(batch) == AT_ONCE:
                yield batch
                batch = []


@pytest.mark.slow
async def test_a_backlog_is_kept_and_answered_in_order_and_takes_no_memory(
    desk: Desk, delivery: Delivery, database: Database, clock: Clock
) -> None:
    channel = Heard()
    delivery.connect(channel)
    objects: list[int] = []
    for number, batch in enumerate(waiting(clock), 1):
        for keys in await asyncio.gather(*(desk.take(each) for each in batch)):
            delivery.wake(keys)
        await delivery.settled()
        if number * AT_ONCE % (len(WRITTEN) * PEOPLE // 3) == 0:
            gc.collect()
            objects.append(len(gc.get_objects()))
    async with database.read() as connection:
        taken, left, *kept = [
            (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
            for table in (schema.deliveries, schema.outbox, schema.estimates, schema.questions)
        ]
    assert (taken, left) == (len(WRITTEN) * PEOPLE, 0)
    assert [each % PEOPLE for each in kept] == [0, 0]
    assert min(kept) >= 2 * PEOPLE
    assert len(channel.told) == PEOPLE
    assert len(set(channel.prints.values())) == 1  # all were told the same, in the same order
    assert objects[2] < 1.01 * objects[0], objects
