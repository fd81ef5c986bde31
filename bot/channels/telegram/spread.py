"""Requests spread over clients that have one connection each, as many as are needed at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from telegram.request import BaseRequest


class SpreadRequest(BaseRequest):
    """As many requests at once as there are connections, a few of which stay open; who comes then waits in line.

    A request that hangs holds its own connection and no other. One client with several connections looks at each of
    them, and at all who wait for one, several times a request: that took as long as the request itself.
    """

    def __init__(self, make: Callable[[], BaseRequest], stay: int, most: int) -> None:
        """`make` makes a client of one connection: `stay` of them are kept, `most` there are at once."""
        self._make = make
        self._stay = stay
        self._places = asyncio.Semaphore(most)
        self._idle: list[BaseRequest] = [make()]  # the last used is the surest to be connected
        self._read_timeout = self._idle[0].read_timeout

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        for client in self._idle:
            await client.initialize()

    async def shutdown(self) -> None:
        for client in self._idle:
            await client.shutdown()

    async def do_request(self, *request: Any, **options: Any) -> tuple[int, bytes]:
        async with self._places:
            client = await self._client()
            try:
                return await client.do_request(*request, **options)
            finally:
                if len(self._idle) < self._stay:
                    self._idle.append(client)
                else:
                    await client.shutdown()

    async def _client(self) -> BaseRequest:
        if self._idle:
            return self._idle.pop()
        client = self._make()
        await client.initialize()
        return client
