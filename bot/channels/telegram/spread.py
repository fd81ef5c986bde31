"""Requests spread over clients that have one connection each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from telegram.request import BaseRequest


class SpreadRequest(BaseRequest):
    """As many requests at once as there are clients; whoever comes then waits in line.

    One client with several connections looks at each of them, and at all who wait for one, several times a request:
    that took as long as the request itself.
    """

    def __init__(self, clients: Sequence[BaseRequest]) -> None:
        self._clients = clients
        self._idle: asyncio.LifoQueue[BaseRequest] = asyncio.LifoQueue()  # the last used is the surest to be connected
        for client in reversed(clients):
            self._idle.put_nowait(client)

    @property
    def read_timeout(self) -> float | None:
        return self._clients[0].read_timeout

    async def initialize(self) -> None:
        for client in self._clients:
            await client.initialize()

    async def shutdown(self) -> None:
        for client in self._clients:
            await client.shutdown()

    async def do_request(self, *request: Any, **options: Any) -> tuple[int, bytes]:
        client = await self._idle.get()
        try:
            return await client.do_request(*request, **options)
        finally:
            self._idle.put_nowait(client)
