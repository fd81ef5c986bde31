"""So many requests at once as are enough, and more where some take long: one chat that hangs holds up no other."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram.request import BaseRequest

_SLOW_SECONDS = 0.5


class SpreadRequest(BaseRequest):
    """As many requests at once as there are places; one that takes long gives its place to another.

    So a thousand messages that leave at once are sent over a few connections, which stay open.
    """

    def __init__(self, request: BaseRequest, places: int, most: int) -> None:
        """`request` carries out `most` requests at once, however many are slow."""
        self._request = request
        self._free = asyncio.Semaphore(places)
        self._slow_at_most = most - places
        self._slow = 0

    @property
    def read_timeout(self) -> float | None:
        return self._request.read_timeout

    async def initialize(self) -> None:
        await self._request.initialize()

    async def shutdown(self) -> None:
        await self._request.shutdown()

    async def do_request(self, *request: Any, **options: Any) -> tuple[int, bytes]:
        await self._free.acquire()
        slow = False

        def give_place() -> None:
            nonlocal slow
            if self._slow < self._slow_at_most:
                slow = True
                self._slow += 1
                self._free.release()

        timer = asyncio.get_running_loop().call_later(_SLOW_SECONDS, give_place)
        try:
            return await self._request.do_request(*request, **options)
        finally:
            timer.cancel()
            if slow:
                self._slow -= 1
            else:
                self._free.release()
