"""When a message may leave: within the limits of Telegram, and so that slow chats hold up themselves only.

Telegram takes 30 messages a second in all, one a second in a chat, twenty a minute in a group, and a few at once in
each; whoever sends more is refused for a while (429). Messages wait here for their turn, a chat's in order.

Announcements are apart: one leaves only where nobody's answer waits for its turn, and leaves one place free.

A chat whose last message took long, while others' did not, gets a lane of its own with the others like it: however many
they are, the share of connections and of messages a second that they take is small. Where nobody's is quick it is
Telegram or the network that hangs, and no chat is slow.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Coroutine
from typing import Any, Final

from aiolimiter import AsyncLimiter
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.channels.telegram.legible import JsonObject

MESSAGES = frozenset({"sendMessage", "sendPhoto", "sendDocument", "editMessageText"})

ANNOUNCEMENT: Final = "announcement"
"""Said of a message that nobody waits for."""

_AT_ONCE_IN_ALL = 3
_AT_ONCE_IN_A_CHAT = 3
_IN_A_GROUP = (3, 11.0)
"""Three at once, and about seventeen in any minute: together twenty."""
_MANY_CHATS = 2_000
_SLOW_SECONDS = 4.0
_SLOW_AT_ONCE = 96
_LOOK_SECONDS = 0.02
_SPARE_SECONDS = 4.0
"""So long an announcement waits for a turn to spare: who it goes to may end it meanwhile, and is asked for anew."""
_NONE_SPARE_SECONDS = 1
_SLOW_SHARE = 6
"""Chats that are slow get so many times fewer messages a second than there are."""


class Pace(BaseRateLimiter[str]):
    """Lets messages out one after the other, `a_second` at most; whatever is no message passes at once."""

    def __init__(self, a_second: float, among: Callable[[], int] = lambda: 1) -> None:
        """`among`: how many processes send for the same bot now, each of which takes the same share."""

        def share() -> tuple[int, float]:
            """How many this process lets out at once, and how many a second after them."""
            processes = among()
            at_once = max(1, _AT_ONCE_IN_ALL // processes)
            # those at once and those that follow come in one second, from all of them
            return at_once, max(1.0, a_second - at_once * processes) / processes

        self._all = _InOrder(lambda: (share()[0], share()[0] / share()[1]))
        self._slow_ones = _InOrder(lambda: (1, _SLOW_SHARE / share()[1]))
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
        rate_limit_args: str | None,
    ) -> bool | JsonObject | list[JsonObject]:
        """What `callback` gives, called when it is its turn; RetryAfter where none was to spare for an announcement."""
        if endpoint not in MESSAGES:
            return await callback(*args, **kwargs)
        chat: int = data["chat_id"]
        if rate_limit_args == ANNOUNCEMENT:
            if not await self._all.spare_turn(_SPARE_SECONDS):
                raise RetryAfter(_NONE_SPARE_SECONDS)  # as Telegram says it: it was not taken
            await self._of(chat).turn()
            return await self._timed(chat, callback(*args, **kwargs))
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
            allowed = _IN_A_GROUP if chat < 0 else (_AT_ONCE_IN_A_CHAT, _AT_ONCE_IN_A_CHAT)
            found = self._chats[chat] = _InOrder(lambda: allowed)
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

    What is allowed may change meanwhile.
    """

    def __init__(self, allowed: Callable[[], tuple[float, float]]) -> None:
        """`allowed`: so many, in so many seconds."""
        self._allowed, self._now = allowed, allowed()
        self._limit = AsyncLimiter(*self._now)
        self._line = asyncio.Lock()

    @property
    def idle(self) -> bool:
        """Whether nobody waits, and nobody would have to."""
        return not self._line.locked() and self._limit.has_capacity(self._limit.max_rate)

    async def spare_turn(self, within: float) -> bool:
        """A turn that nobody else waits for, and after which one more could have theirs at once; whether there was
        one, in so many seconds.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        while self._line.locked() or not self._limit.has_capacity(min(2.0, self._limit.max_rate)):
            if loop.time() >= until:
                return False
            await asyncio.sleep(_LOOK_SECONDS)
        await self.turn()
        return True

    async def turn(self) -> None:
        async with self._line:
            if self._allowed() != self._now:
                self._now = self._allowed()
                self._limit = AsyncLimiter(*self._now)
            await self._limit.acquire()
