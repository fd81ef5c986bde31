"""The queue of updates of a bot: handed out by polls or sent to its webhook, and kept until they are confirmed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.testing.telegram_pushes import Pushes, Target
from bot.testing.telegram_rules import ApiRefusal, bad, check_webhook

_BATCH, _LONGEST_POLL = 100, 50
_CONNECTIONS = 40
"""Of a webhook, where the bot does not say how many."""


class UpdateQueue:
    """Updates by number, in order. What a bot does is called while `changed` is held, which is notified of all."""

    def __init__(self, changed: threading.Condition) -> None:
        self._changed = changed
        self._waiting: dict[int, dict[str, Any]] = {}
        self._given: set[int] = set()
        self._number = 1_000
        self._polls = 0
        self._webhook = ""
        self._pushes: Pushes | None = None
        self._deaf = False
        self.arrives_at = 0
        """The port at which what a webhook is sent arrives, whichever host its address names."""
        self.open = True
        """Whether there is a network."""
        self.pushed = 0
        """How often an update was sent to the webhook, those that came again included."""
        self.unheard = 0
        """How often one was confirmed, and it was not heard."""

    def add(self, update: Mapping[str, Any]) -> int:
        """An update as it is, with a number of its own."""
        with self._changed:
            self._number += 1
            self._waiting[self._number] = {**update, "update_id": self._number}
            self._changed.notify_all()
            return self._number

    def confirmed(self, number: int) -> bool:
        """Whether an update never comes again."""
        with self._changed:
            return number not in self._waiting

    def was_given(self, number: int) -> bool:
        """Whether an update was handed out or sent at least once."""
        with self._changed:
            return number in self._given

    def hears_no_confirmation(self, deaf: bool = True) -> None:
        """Whatever is confirmed from now on comes again, as if its answer had been lost."""
        with self._changed:
            self._deaf, self.unheard = deaf, 0

    def close(self) -> None:
        """Nothing is sent any more."""
        self._push_to(None)

    # --- what a bot does

    def poll(self, read: Mapping[str, Any], alive: Callable[[], bool]) -> list[dict[str, Any]]:
        """What waits, as soon as something does; a poll with an offset confirms all before it."""
        offset, seconds = read.get("offset", 0), read.get("timeout", 0)
        if offset < 0 or not 0 <= seconds <= _LONGEST_POLL:
            raise bad("offset ≥ 0, timeout 0 to 50")
        if self._webhook:
            raise ApiRefusal(409, "Conflict: can't use getUpdates method while webhook is active")
        self._polls += 1
        mine = self._polls
        self._confirm(number for number in tuple(self._waiting) if number < offset)
        end = time.monotonic() + seconds
        while not (found := self._from(offset)) and time.monotonic() < end and alive():
            self._changed.wait(0.05)
            if self._polls != mine:
                raise ApiRefusal(409, "Conflict: terminated by other getUpdates request")
        found = found[: read.get("limit", _BATCH)]
        if alive():
            self._given.update(each["update_id"] for each in found)
        return found

    def set_webhook(self, read: Mapping[str, Any]) -> bool:
        """Send updates to an address from now on, or to none."""
        if read.get("url"):
            check_webhook(read)
        self._webhook = read.get("url", "")
        address = f"http://127.0.0.1:{self.arrives_at}{urlsplit(self._webhook).path}"
        place = Target(address, read.get("secret_token", ""), read.get("max_connections", _CONNECTIONS))
        self._push_to(place if self._webhook else None)
        return True

    def webhook_info(self) -> dict[str, Any]:
        return {"url": self._webhook, "has_custom_certificate": False, "pending_update_count": len(self._waiting)}

    def _from(self, offset: int) -> list[dict[str, Any]]:
        return [each for number, each in self._waiting.items() if number >= offset]

    def _confirm(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            if self._deaf:
                self.unheard += 1
            else:
                self._waiting.pop(number, None)
        self._changed.notify_all()

    # --- the webhook

    def _push_to(self, place: Target | None) -> None:
        if self._pushes is not None:
            self._pushes.end()
        self._pushes = None if place is None else Pushes(place, self._changed, self)
        if self._pushes is not None:
            self._pushes.start()

    def to_push(self) -> list[dict[str, Any]]:
        """What is to be sent to the webhook now, in order."""
        return self._from(0) if self.open else []

    def pushing(self, number: int) -> None:
        """An update is being sent."""
        self.pushed += 1
        self._given.add(number)
        self._changed.notify_all()

    def answered(self, number: int, status: int) -> bool:
        """Whether the answer to one that was sent confirmed it; 0 is none."""
        self._confirm([number] if status == 200 else [])
        return number not in self._waiting
