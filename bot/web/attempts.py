"""Counts failures to come in by the address they come from: after too many, nothing is tried for a while."""

from __future__ import annotations

import datetime
from collections import OrderedDict, deque

MOST = 10
WITHIN = datetime.timedelta(minutes=10)
_REMEMBERED = 10_000


class Attempts:
    """Failures of the last ten minutes, in memory only; the addresses are told to nobody."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, deque[datetime.datetime]] = OrderedDict()

    def failed(self, address: str, now: datetime.datetime) -> None:
        """Note a failure; the address that failed longest ago is forgotten when there are very many."""
        self._failures.setdefault(address, deque(maxlen=MOST)).append(now)
        self._failures.move_to_end(address)
        if len(self._failures) > _REMEMBERED:
            self._failures.popitem(last=False)

    def too_many(self, address: str, now: datetime.datetime) -> bool:
        """Whether an address failed too often to be heard now."""
        failures = self._failures.get(address)
        return failures is not None and len(failures) == MOST and now - failures[0] < WITHIN
