"""What is due on a day of the calendar, each known by its period, so that a restart repeats nothing.

Times are of Asia/Ho_Chi_Minh. What was missed while the process was down is made up for within its period.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from handlers.handover.ticks import ANNUAL, FRESHNESS

_MORNING = datetime.time(8)
_REMINDED = (12, 1)
_REPORT_DUE = (12, 15)
"""The yearly report is due before 15 December (plan 4107/KH-UBND, IV.7)."""

Tick = tuple[str, str]
"""The delivery that names the period, and the text that says what is to be done."""


def due(now: datetime.datetime) -> Iterator[Tick]:
    """Every tick whose time has come in the period under way; those done before are known by their delivery."""
    monday = now.date() - datetime.timedelta(days=now.weekday())
    if now >= _at(monday, now):
        year, week, _ = now.isocalendar()
        yield f"tick:{FRESHNESS}:{year}-W{week:02}", FRESHNESS
    reminded, report_due = (datetime.date(now.year, *day) for day in (_REMINDED, _REPORT_DUE))
    if _at(reminded, now) <= now and now.date() < report_due:
        yield f"tick:{ANNUAL}:{now.year}", f"{ANNUAL}|{now.year}"


def _at(day: datetime.date, now: datetime.datetime) -> datetime.datetime:
    return datetime.datetime.combine(day, _MORNING, now.tzinfo)
