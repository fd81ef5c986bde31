"""The state of the service at one moment, and what is wrong with it.

health = await looked_at(app, now)
health.problems == ("outbox",)      # a reply waits for longer than the settings allow
"""

from __future__ import annotations

import asyncio
import datetime
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from bot.app import App
from bot.base.clock import VIETNAM
from bot.desk.staff_group import STAFF
from bot.storage import backlog, file
from bot.storage.backlog import Backlog
from bot.storage.database import StorageDown, UnknownVersion

Problem = Literal["database", "updates", "outbox"]
_PATIENCE = 5.0
"""Seconds in which a database that works answers."""
_NOTHING = Backlog(0, None)
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Health:
    """What was found at `at`: whether the database answers and keeps, what waits, and the bytes left on its disk."""

    at: datetime.datetime
    database: bool
    last_update: datetime.datetime | None
    in_progress: int
    oldest_update: float
    """Seconds."""
    people: Backlog
    staff: Backlog
    last_sent: datetime.datetime | None
    free: int
    allowed: datetime.timedelta | None
    """How long a reply or an update may wait; None where the settings don't say."""

    @property
    def waiting(self) -> datetime.timedelta:
        """How long somebody has waited for an answer."""
        return max(self.unsent, datetime.timedelta(seconds=self.oldest_update))

    @property
    def unsent(self) -> datetime.timedelta:
        """How long a reply to people has waited; one chat alone that takes nothing does not count."""
        return self.people.held_up(self.at, self.last_sent)

    @property
    def free_megabytes(self) -> int:
        return self.free // _MEGABYTE

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong; empty when all is well."""
        allowed = datetime.timedelta.max if self.allowed is None else self.allowed
        wrong: dict[Problem, bool] = {
            "database": not self.database,
            "updates": datetime.timedelta(seconds=self.oldest_update) > allowed,
            "outbox": self.unsent > allowed,
        }
        return tuple(each for each, is_wrong in wrong.items() if is_wrong)

    def as_json(self) -> dict[str, object]:
        """For machines and for who looks from the server: no person in it."""
        return {
            "status": "failing" if self.problems else "ok",
            "problems": list(self.problems),
            "database": self.database,
            "last_update": None if self.last_update is None else self.last_update.isoformat(timespec="seconds"),
            "updates": {"in_progress": self.in_progress, "oldest_seconds": round(self.oldest_update, 1)},
            "outbox": self._outbox(self.people),
            "outbox_staff": self._outbox(self.staff),
            "free_megabytes": self.free_megabytes,
        }

    def _outbox(self, waits: Backlog) -> dict[str, object]:
        return {"replies": waits.replies, "oldest_seconds": round(waits.age(self.at).total_seconds(), 1)}


async def looked_at(app: App, now: datetime.datetime) -> Health:
    """The state now; a database that does not answer within five seconds is one that is not there."""
    meters, minutes = app.meters, app.settings.watch.waiting_minutes
    answers, people, staff = True, _NOTHING, _NOTHING
    try:
        async with asyncio.timeout(_PATIENCE), app.database.read() as connection:
            people = await backlog.of_people(connection, app.delivery.connected)
            staff = await backlog.of_key(connection, STAFF)
    except (StorageDown, TimeoutError):
        answers = False
    return Health(
        now,
        answers and not meters.keeps_nothing,
        _moment(meters.last_handled),
        meters.in_progress,
        meters.longest(),
        people,
        staff,
        _moment(meters.last_sent),
        shutil.disk_usage(app.settings.data_folder).free,
        datetime.timedelta(minutes=minutes) if minutes else None,
    )


def _moment(seconds: float | None) -> datetime.datetime | None:
    return None if seconds is None else datetime.datetime.fromtimestamp(seconds, VIETNAM)


async def readiness(app: App, channels: Collection[str]) -> dict[str, bool]:
    """Whether all that serving needs is there: the content, the database of this version, the channels."""
    try:
        version = await app.database.version()
    except (StorageDown, UnknownVersion):
        version = None
    return {
        "content": len(list(app.desk.resources.library)) > 0,
        "database": version == file.versions()[-1],
        **{f"channel_{each}": each in app.delivery.connected for each in channels},
    }
