"""What a running process counts: made by the app, counted into by whoever does the work, read at /metrics.

No label ever carries a person, a text or a key: each has a handful of values that stand in this software.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Collection, Iterator
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

UpdateOutcome = Literal["handled", "repeated", "failed", "not_kept", "unreadable"]
"""What became of an update: carried out; known already; apologised for; not kept and to come again; passed over."""

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60)


class Meters:
    """The counters of one app, in a registry of their own."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self.updates = Counter("bhxh_updates", "Updates by kind and outcome.", ("kind", "outcome"), registry=registry)
        self.decisions = Counter("bhxh_decisions", "Questions by what was decided.", ("decision",), registry=registry)
        self.requests = Counter(
            "bhxh_telegram_requests", "Requests to Telegram by method and code.", ("method", "code"), registry=registry
        )
        self.zalo = Counter(
            "bhxh_zalo_requests", "Calls of Zalo by method and outcome.", ("method", "code"), registry=registry
        )
        self.announced = Counter(
            "bhxh_announcement_messages", "Announcements by what became of them.", ("became",), registry=registry
        )
        self.webhook = Counter(
            "bhxh_webhook_requests",
            "Requests to the webhook by the status of the answer.",
            ("status",),
            registry=registry,
        )
        self.logged = Counter("bhxh_log_records", "Lines of the log by level.", ("level",), registry=registry)
        self.alarms = Gauge(
            "bhxh_alarm_active", "Whether something is wrong that the staff are told of.", ("alarm",), registry=registry
        )
        self._seconds = Histogram(
            "bhxh_handling_seconds", "From an update to its commit.", buckets=_SECONDS, registry=registry
        )
        self._last = Gauge("bhxh_last_update_timestamp_seconds", "When an update was last handled.", registry=registry)
        in_progress = Gauge("bhxh_updates_in_progress", "Updates that are being handled.", registry=registry)
        in_progress.set_function(lambda: len(self._begun))
        oldest = Gauge("bhxh_update_oldest_age_seconds", "How long the oldest of them takes.", registry=registry)
        oldest.set_function(self.longest)
        self._begun: dict[object, float] = {}
        self.last_handled: float | None = None
        """Seconds since 1970; None before the first. What the clock starts is no update."""
        self.last_sent: float | None = None
        """Seconds since 1970, when a messenger last took a message; None before the first."""
        self.keeps_nothing = False
        """Whether the last that was to be kept could not be."""
        self.errors = 0
        """Lines of the log at ERROR and above."""

    @contextlib.contextmanager
    def taking(self) -> Iterator[None]:
        """An update is being handled meanwhile, however often it is tried."""
        one, begun = object(), time.monotonic()
        self._begun[one] = begun
        try:
            yield
        finally:
            del self._begun[one]
            self._seconds.observe(time.monotonic() - begun)

    def passed_over(self) -> None:
        """An update could not be read."""
        unreadable: UpdateOutcome = "unreadable"
        self.updates.labels("unknown", unreadable).inc()

    def took(self, kind: str, outcome: UpdateOutcome, at: float, decisions: Collection[str] = ()) -> None:
        """An update has come to its end, at so many seconds since 1970."""
        self.updates.labels(kind, outcome).inc()
        for decision in decisions:
            self.decisions.labels(decision).inc()
        self.keeps_nothing = outcome == "not_kept"
        if outcome != "not_kept" and kind != "tick":
            self._last.set(at)
            self.last_handled = at

    @property
    def in_progress(self) -> int:
        """How many updates are being handled."""
        return len(self._begun)

    def longest(self) -> float:
        """For how many seconds the oldest of them has been handled; 0 where there is none."""
        begun = next(iter(self._begun.values()), None)  # in the order they came
        return 0.0 if begun is None else time.monotonic() - begun


class CountingHandler(logging.Handler):
    """Counts the lines of a log; writes none."""

    def __init__(self, meters: Meters) -> None:
        super().__init__(logging.WARNING)
        self._meters = meters

    def emit(self, record: logging.LogRecord) -> None:
        """Count it, by its level and nothing of what it says."""
        level = "error" if record.levelno >= logging.ERROR else "warning"
        self._meters.logged.labels(level).inc()
        self._meters.errors += level == "error"
