"""What /metrics tells beside the counters: measured when it is asked for, the dear part of it every five minutes."""

from __future__ import annotations

import datetime
from importlib import metadata

from prometheus_client import Gauge, Info, ProcessCollector, generate_latest

from bot.app import App
from bot.base.clock import Clock
from bot.reports import satisfaction
from bot.reports.spans import Span
from bot.storage import announcements
from bot.storage.database import StorageDown
from bot.watch.state import looked_at
from law.base import freshness

_SELDOM = datetime.timedelta(minutes=5)
_UNKNOWN = float("nan")
_PACKAGE = "bhxh-tu-nguyen"


class Gauges:
    """Puts gauges beside the counters of an app, and tells all of them."""

    def __init__(self, app: App, clock: Clock) -> None:
        self._app, self._clock = app, clock
        self._measured: datetime.datetime | None = None
        registry = app.meters.registry
        Info("bhxh_build", "The version that runs.", registry=registry).info({"version": metadata.version(_PACKAGE)})
        ProcessCollector(registry=registry)

        def gauge(name: str, said: str, *labels: str) -> Gauge:
            return Gauge(f"bhxh_{name}", said, labels, registry=registry)

        self._database = gauge("database_up", "Whether the database answers and keeps.")
        self._replies = gauge("outbox_replies", "Replies not sent yet.", "to")
        self._age = gauge(
            "outbox_oldest_age_seconds", "How long the oldest waits, but in a chat that alone takes none.", "to"
        )
        self._free = gauge("disk_free_bytes", "What is left on the disk of the database.")
        self._announced = gauge("announcement_waiting", "People an announcement is to go to, outside the quiet hours.")
        self._index = gauge("satisfaction_ratio", "The satisfaction index of the plan's present period.")
        self._target = gauge("satisfaction_target_ratio", "Its target.")
        self._ratings = gauge("satisfaction_ratings", "The ratings it is made of.")
        self._overdue = gauge("law_values_overdue", "Numbers of the law past their review.")
        self._to_enter = gauge("law_values_to_enter", "Values that are to be entered or confirmed.")
        self._answers = gauge("answers_overdue", "Answers past their review.")

    async def told(self) -> bytes:
        """Everything, in the text format of Prometheus."""
        now = self._clock()
        health = await looked_at(self._app, now)
        self._database.set(health.database)
        for to, waits, age in (
            ("people", health.people, health.unsent),
            ("staff", health.staff, health.staff.age(now)),
        ):
            self._replies.labels(to).set(waits.replies)
            self._age.labels(to).set(age.total_seconds())
        self._free.set(health.free)
        self._announced.set(await self._waiting(now))
        if self._measured is None or not datetime.timedelta() <= now - self._measured < _SELDOM:
            await self._measure(now.date())
            self._measured = now
        return generate_latest(self._app.meters.registry)

    async def _waiting(self, now: datetime.datetime) -> float:
        if self._app.desk.resources.manner.quiet.holds(now):
            return 0
        try:
            async with self._app.database.read() as connection:
                return await announcements.waiting(connection)
        except StorageDown:
            return _UNKNOWN

    async def _measure(self, today: datetime.date) -> None:
        records, resources = self._app.records, self._app.desk.resources
        self._overdue.set(len(freshness.due(resources.law, today)))
        self._to_enter.set(len(freshness.to_enter(resources.law, today)))
        self._answers.set(sum(each.review_by is not None and each.review_by < today for each in resources.library))
        period = records.targets.period(today) or Span.around(today, "year")
        try:
            found = await satisfaction.measure(records, period)
        except StorageDown:
            self._index.set(_UNKNOWN)
            return
        self._index.set(_UNKNOWN if found.index is None else found.index)
        self._target.set(_UNKNOWN if found.target is None else found.target / 100)
        self._ratings.set(found.rated)
