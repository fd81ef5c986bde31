"""Hands everything that is due to the desk: by the calendar, and conversations that were silent for 72 hours."""

from __future__ import annotations

import datetime

from bot.desk import calendar
from bot.desk.channel import Inbound
from bot.desk.desk import Desk
from bot.storage import conversations
from bot.storage.database import Database
from bot.storage.outbox import CLOCK
from handlers.dialogue.message import Message
from handlers.handover.ticks import SILENCE, SILENT


async def run_due(desk: Desk, database: Database, now: datetime.datetime, with_staff: bool) -> None:
    """Have all that is due at `now` taken by the desk; done twice, it is done once.

    What is for the staff waits while no group of theirs is configured. Raises StorageDown.
    """
    ticks = [*await _silent(database, now), *(calendar.due(now) if with_staff else ())]
    for delivery, text in ticks:
        await desk.take(Inbound(CLOCK, "", "", Message("tick", delivery, now, text)))


async def _silent(database: Database, now: datetime.datetime) -> list[calendar.Tick]:
    """Each known by its last message: one that somebody wrote in meanwhile may fall silent again."""
    async with database.read() as connection:
        found = await conversations.silent(connection, now - SILENT)
    return [(f"tick:{SILENCE}:{each.id}:{each.last_at:%Y-%m-%dT%H:%M:%S}", f"{SILENCE}|{each.id}") for each in found]
