"""The present: the one place where a process asks what time it is in Vietnam."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

Clock = Callable[[], datetime.datetime]


def now_in_vietnam() -> datetime.datetime:
    """The present, in Asia/Ho_Chi_Minh."""
    return datetime.datetime.now(VIETNAM)
