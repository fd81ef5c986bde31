"""The questions of a span that nobody could answer, those alike put together."""

from __future__ import annotations

from bot.reports.records import Records
from bot.reports.spans import Span
from bot.storage import unanswered
from bot.storage.unanswered import Alike

__all__ = ["Alike", "most_frequent"]


async def most_frequent(records: Records, span: Span, most: int = 10) -> tuple[Alike, ...]:
    """The questions asked most often in the same words (accents aside), masked as they were kept."""
    async with records.database.read() as connection:
        return tuple(await unanswered.alike(connection, span.days(), most))
