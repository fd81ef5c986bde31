"""When a message may leave: within the limits of Telegram, and so that slow chats hold up themselves only.

Telegram takes 30 messages a second in all, one a second in a chat, twenty a minute in a group, and a few at once in
each; whoever sends more is refused for a while (429). Messages wait here for their turn, a chat's in order.

A chat whose last message took long, while others' did not, gets a lane of its own with the others like it: however many
they are, the share of connections and of messages a second that they take is small. Where nobody's is quick it is
Telegram or the network that hangs, and no chat is slow.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.ext import BaseRateLimiter

from bot.channels.telegram.legible import JsonObject

MESSAGES = frozenset({"sendMessage", "sendPhoto", "sendDocument", "editMessageText"})

_AT_ONCE_IN_ALL = 3
_AT_ONCE_IN_A_CHAT = 3
_IN_A_GROUP = (3, 11.0)
"""Three at once, and about seventeen in any minute: together twenty."""
_MANY_CHATS = 2_000
_SLOW_SECONDS = 4.0
_SLOW_AT_ONCE = 96
_SLOW_SHARE = 6
"""Chats that are slow get so many times fewer messages a second than there are."""


class Pace(BaseRateLimiter[None]):
    """Lets messages out one after the other, `a_second` at most; whatever is no message passes at once."""

    def __init__(self, a_second: float, among: Callable[[], int] = lambda: 1) -> None:
        """`among`: how many processes send for the same bot now, each of which takes the same share."""
        leaving = max(1.0, a_second - _AT_ONCE_IN_ALL)  # those at once and those that follow come in one second
        self._all = _InOrder(_AT_ONCE_IN_ALL, _AT_ONCE_IN_ALL / leaving, among)
        self._slow_ones = _InOrder(1, _SLOW_SHARE / leaving, among)
        self._slow_lane = asyncio.Semaphore(_SLOW_AT_ONCE)
        self._slow: set[int] = set()
        self._last_quick = -math.inf
        self._chats: dict[int, _InOrder] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | JsonObject | list[JsonObject]]],
        args: Any,
        kwargs: JsonObject,
        endpoint: str,
        data: JsonObject,
        rate_limit_args: None,
    ) -> bool | JsonObject | list[JsonObject]:
        """What `callback` gives, called when it is its turn."""
        if endpoint not in MESSAGES:
            return await callback(*args, **kwargs)
        chat: int = data["chat_id"]
        await self._of(chat).turn()
        if chat not in self._slow:
            await self._all.turn()
            return await self._timed(chat, callback(*args, **kwargs))
        async with self._slow_lane:
            await self._slow_ones.turn()
            await self._all.turn()
            return await self._timed(chat, callback(*args, **kwargs))

    def _of(self, chat: int) -> _InOrder:
        found = self._chats.get(chat)
        if found is None:
            if len(self._chats) >= _MANY_CHATS:
                self._chats = {each: pace for each, pace in self._chats.items() if not pace.idle}
            found = self._chats[chat] = _InOrder(*(_IN_A_GROUP if chat < 0 else (_AT_ONCE_IN_A_CHAT,) * 2))
        return found

    async def _timed(
        self, chat: int, request: Coroutine[Any, Any, bool | JsonObject | list[JsonObject]]
    ) -> bool | JsonObject | list[JsonObject]:
        loop = asyncio.get_running_loop()
        since = loop.time()
        slow = loop.call_later(_SLOW_SECONDS, self._takes_long, chat, since)
        answered = False
        try:
            found = await request
            answered = True
            return found
        finally:
            slow.cancel()
            if loop.time() - since <= _SLOW_SECONDS:
                self._slow.discard(chat)
                if answered:
                    self._last_quick = loop.time()

    def _takes_long(self, chat: int, since: float) -> None:
        """Asked in the middle: when it ends at last, those that were held up with it may be quick again."""
        if self._last_quick > since:
            self._slow.add(chat)


class _InOrder:
    """So many at once, and as many in so many seconds; who comes first goes first.

    Among several it takes so many times as long.
    """

    def __init__(self, at_once: float, seconds: float, among: Callable[[], int] = lambda: 1) -> None:
        self._at_once, self._seconds, self._among = at_once, seconds, among
        self._shared_by = among()
        self._limit = AsyncLimiter(at_once, seconds * self._shared_by)
        self._line = asyncio.Lock()

    @property
    def idle(self) -> bool:
        """Whether nobody waits, and nobody would have to."""
        return not self._line.locked() and self._limit.has_capacity(self._limit.max_rate)

    async def turn(self) -> None:
        async with self._line:
            if self._among() != self._shared_by:
                self._shared_by = self._among()
                self._limit = AsyncLimiter(self._at_once, self._seconds * self._shared_by)
            await self._limit.acquire()
