"""What the group of the staff is told of how it goes: each Monday three lines, each day what is rated worse of late,
and whoever waits for them too long. Each once, also over a restart: it is known by its delivery.
"""

from __future__ import annotations

import datetime
import json

from bot.app import App
from bot.reports import comparison, falls, satisfaction
from bot.reports.rounding import said
from bot.reports.spans import Span
from bot.reports.words import say
from bot.storage import conversations
from bot.watch.telling import last_told, tell
from handlers.handover.ticks import FELL, WAITS, WEEK

_MORNING = datetime.time(8)
_NAMED = 3
"""So many of what fell are named in the three lines; the rest are counted."""
_HOUR = datetime.timedelta(hours=1)


class Summary:
    """Looks at what is due and not told yet."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._weekly: Span | None = None
        self._daily: datetime.date | None = None
        self._waits: set[str] = set()

    async def look(self, now: datetime.datetime) -> None:
        """Tell what is due at a moment; raises StorageDown. Without a group nothing is."""
        if self._app.settings.staff.group is None:
            return
        await self._who_waits(now)
        if self._daily != now.date() and now.time() >= _MORNING:
            await self._what_fell(now)
            self._daily = now.date()
        week = Span.around(now.date(), "week")
        if self._weekly != week and now >= datetime.datetime.combine(week.since, _MORNING, now.tzinfo):
            await self._week(week, now)
            self._weekly = week

    # --- each Monday, or later in the week where the process was down ------------------------------

    async def _week(self, week: Span, now: datetime.datetime) -> None:
        delivery = f"tick:{WEEK}:{week.short}"
        if await last_told(self._app, delivery) is not None:
            return
        await tell(self._app, delivery, f"{WEEK}|{json.dumps(await self._lines(week, now), ensure_ascii=False)}", now)

    async def _lines(self, week: Span, now: datetime.datetime) -> dict[str, object]:
        """The index of the week before with its interval, what fell, who waits."""
        app, last = self._app, week.before()
        found = await satisfaction.measure(app.records, last)
        compared = await comparison.of_satisfaction(app.records, found, now.date())
        (before,) = (each for each in compared.share("index") if each.other == "before")
        low, high = found.interval or (None, None)
        fell = await falls.fallen(app.records, now.date())
        async with app.database.read() as connection:
            waiting = await conversations.waiting_before(connection, now)
        return {
            "week": last.since.isocalendar().week,
            "since": last.since.isoformat(),
            "until": last.until.isoformat(),
            "rated": found.rated,
            "index": said(found.index),
            "low": said(low),
            "high": said(high),
            "target": found.target,
            "before": said(before.then.share),
            "change": say(f"change_{before.change}", least=before.least),
            "fell": [(each.name, said(each.now.share), said(each.then.share)) for each in fell[:_NAMED]],
            "more": max(0, len(fell) - _NAMED),
            "waiting": len(waiting),
            "longest": waiting[0].mark if waiting else "",
            "hours": int((now - (waiting[0].waiting_since or now)) / _HOUR) if waiting else 0,
        }

    # --- each day ----------------------------------------------------------------------------------

    async def _what_fell(self, now: datetime.datetime) -> None:
        """A fall is told once in the weeks over which it is counted."""
        for each in await falls.fallen(self._app.records, now.date()):
            beginning = f"tick:{FELL}:{each.subject}:"
            last = await last_told(self._app, beginning)
            if last is None or datetime.date.fromisoformat(last) <= now.date() - falls.LATELY:
                shares = said(each.now.share), each.now.of, said(each.then.share), each.then.of
                text = f"{FELL}|{json.dumps([each.name, *shares], ensure_ascii=False)}"
                await tell(self._app, f"{beginning}{now.date()}", text, now)

    # --- each minute -------------------------------------------------------------------------------

    async def _who_waits(self, now: datetime.datetime) -> None:
        """Who waits so long is told once; one who is answered and waits again is told again."""
        hours = self._app.settings.watch.conversation_hours
        if not hours:
            return
        async with self._app.database.read() as connection:
            found = await conversations.waiting_before(connection, now - hours * _HOUR)
        for each in found:
            delivery = f"tick:{WAITS}:{each.id}:{each.waiting_since:%Y-%m-%dT%H:%M:%S}"
            if delivery not in self._waits:
                waited = int((now - (each.waiting_since or now)) / _HOUR)
                await tell(self._app, delivery, f"{WAITS}|{each.id}|{waited}", now)
                self._waits.add(delivery)
