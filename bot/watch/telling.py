"""How what the watch found is told to the group of the staff: once, by the name of its delivery."""

from __future__ import annotations

import datetime

from bot.app import App
from bot.desk.channel import Inbound
from bot.storage import ticks
from bot.storage.outbox import CLOCK
from handlers.dialogue.message import Message


async def tell(app: App, delivery: str, text: str, now: datetime.datetime) -> None:
    """Have the desk take a tick; one whose delivery is known says nothing. Raises StorageDown."""
    app.delivery.wake(await app.desk.take(Inbound(CLOCK, "", "", Message("tick", delivery, now, text))))


async def last_told(app: App, beginning: str) -> str | None:
    """The rest of the name of the delivery told last of those that begin so; None where none was."""
    async with app.database.read() as connection:
        found = await ticks.last(connection, beginning)
    return None if found is None else found.removeprefix(beginning)
