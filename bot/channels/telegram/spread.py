"""Requests spread over clients that have one connection each; one that is slow gives its place to another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from telegram.request import BaseRequest

_SLOW_SECONDS = 0.5


class SpreadRequest(BaseRequest):
    """As many requests at once as there are places, and more where some take long: those hold up no other.

    One client with several connections looks at each of them, and at all who wait for one, several times a request:
    that took as long as the request itself.
    """

    def __init__(self, make: Callable[[], BaseRequest], places: int, most: int) -> None:
        """`make` makes a client of one connection; there are `most` at once, however many are slow."""
        self._make = make
        self._slow_at_most = most - places
        self._slow = 0
        self._idle: asyncio.LifoQueue[BaseRequest] = asyncio.LifoQueue()  # the last used is the surest to be connected
        clients = [make() for _ in range(places)]
        for client in clients:
            self._idle.put_nowait(client)
        self._read_timeout = clients[0].read_timeout

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        """Clients are ready to be used when they are made."""

    async def shutdown(self) -> None:
        while not self._idle.empty():
            await self._idle.get_nowait().shutdown()

    async def do_request(self, *request: Any, **options: Any) -> tuple[int, bytes]:
        client, slow = await self._idle.get(), False

        def give_place() -> None:
            nonlocal slow
            if self._slow < self._slow_at_most:
                slow = True
                self._slow += 1
                self._idle.put_nowait(self._make())

        timer = asyncio.get_running_loop().call_later(_SLOW_SECONDS, give_place)
        try:
            return await client.do_request(*request, **options)
        finally:
            timer.cancel()
            if slow:
                self._slow -= 1
                await client.shutdown()
            else:
                self._idle.put_nowait(client)
