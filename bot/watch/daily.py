"""What the day before was: a line of the log every day, and «tôi còn sống» for the staff where that is wanted."""

from __future__ import annotations

import datetime
import logging

from bot.app import App
from bot.reports import activity
from bot.reports.activity import Volumes
from bot.reports.spans import Span
from bot.watch.state import Health
from bot.watch.telling import tell
from handlers.handover.ticks import ALIVE

log = logging.getLogger(__name__)

_ONE = datetime.timedelta(days=1)


class Daily:
    """Tells each thing once a day; the staff also over a restart."""

    def __init__(self, app: App) -> None:
        self._app = app
        at = app.settings.watch.alive_at
        self._alive_at = None if at is None else datetime.time.fromisoformat(at)
        self._logged: datetime.date | None = None
        self._told: datetime.date | None = None

    async def look(self, health: Health) -> None:
        """Tell what is due at the moment of what was found; raises StorageDown."""
        today = health.at.date()
        if self._logged != today:
            log.info("%s", _line(await self._of(today - _ONE), health))
            self._logged = today
        wanted = self._alive_at is not None and self._app.settings.staff.group is not None
        if self._alive_at is None or not wanted or self._told == today or health.at.time() < self._alive_at:
            return
        use = await self._of(today - _ONE)
        figures = (
            use.questions,
            use.answered,
            use.unknown,
            use.estimated,
            health.people.replies,
            health.free_megabytes,
        )
        text = "|".join((ALIVE, use.span.since.isoformat(), *map(str, figures)))
        await tell(self._app, f"tick:{ALIVE}:{today}", text, health.at)
        self._told = today

    async def _of(self, day: datetime.date) -> Volumes:
        return await activity.volumes(self._app.records, Span.of_day(day))


def _line(use: Volumes, health: Health) -> str:
    return (
        f"on {use.span.since}: {use.questions} questions, {use.answered} answered at once, {use.unknown} unknown; "
        f"{use.estimated} estimates; now {health.people.replies} replies wait, {health.free_megabytes} MB are free"
    )
