"""Updates sent to a webhook as Telegram sends them: each by POST with the token, and again until it is answered by 200.

Those of one chat go in order, the next once the one before was taken; chats go side by side, over no more connections
than the bot asked for. A bot that is not there, or answers anything else, is sent the same again after a moment.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

TOKEN_HEADER = "X-Telegram-Bot-Api-Secret-Token"

_AGAIN_SECONDS = 0.3
_ANSWER_SECONDS = 60.0

Update = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a bot has its updates sent to: the address on this machine that the world's one is passed on to."""

    address: str
    token: str
    connections: int


class Queue(Protocol):
    """Where updates wait; `telegram_queue` has one. All is called while its condition is held."""

    def to_push(self) -> Sequence[Update]: ...
    def pushing(self, number: int) -> None: ...
    def answered(self, number: int, status: int) -> bool: ...


class Pushes:
    """The sending, beside, from `start` to `end`."""

    def __init__(self, place: Target, changed: threading.Condition, queue: Queue) -> None:
        self._place = place
        self._changed = changed
        self._queue = queue
        self._under_way: set[object] = set()
        self._rests_until: dict[object, float] = {}
        self._ended = False

    def start(self) -> None:
        threading.Thread(target=self._run, daemon=True).start()

    def end(self) -> None:
        """Begin no more; what is under way is answered or not."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _run(self) -> None:
        connections = self._place.connections
        limits = httpx.Limits(max_connections=connections)
        with (
            httpx.Client(limits=limits, timeout=_ANSWER_SECONDS, trust_env=False) as client,
            ThreadPoolExecutor(connections) as threads,
            self._changed,
        ):
            while not self._ended:
                if len(self._under_way) < connections and (found := self._next()) is not None:
                    chat, update = found
                    self._under_way.add(chat)
                    self._queue.pushing(update["update_id"])
                    threads.submit(self._send, client, chat, update)
                else:
                    self._changed.wait(0.05)

    def _next(self) -> tuple[object, Update] | None:
        """The first update whose chat is not being sent one, and does not rest."""
        passed, now = set(self._under_way), time.monotonic()
        for update in self._queue.to_push():
            chat = _chat_of(update)
            if chat not in passed and self._rests_until.get(chat, 0.0) <= now:
                return chat, update
            passed.add(chat)
        return None

    def _send(self, client: httpx.Client, chat: object, update: Update) -> None:
        headers = {TOKEN_HEADER: self._place.token}
        try:
            status = client.post(self._place.address, json=update, headers=headers).status_code
        except httpx.HTTPError:
            status = 0
        with self._changed:
            self._under_way.discard(chat)
            if not self._queue.answered(update["update_id"], status):
                self._rests_until[chat] = time.monotonic() + _AGAIN_SECONDS


def _chat_of(update: Update) -> object:
    """Whose order an update is in; one that tells no chat is in an order of its own."""
    content = next((value for name, value in update.items() if name != "update_id" and isinstance(value, dict)), {})
    for told in (content.get("chat"), (content.get("message") or {}).get("chat"), content.get("from")):
        if isinstance(told, dict) and "id" in told:
            return told["id"]
    return ("update", update["update_id"])
