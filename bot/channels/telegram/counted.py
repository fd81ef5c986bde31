"""Requests to the Bot API, counted by method and by the code of the answer."""

from __future__ import annotations

from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

from bot.base.meters import Meters


class CountedRequest(BaseRequest):
    """Carries out requests as the one within does; one without an answer counts as `timed_out` or `no_connection`."""

    def __init__(self, request: BaseRequest, meters: Meters) -> None:
        self._request = request
        self._meters = meters

    @property
    def read_timeout(self) -> float | None:
        return self._request.read_timeout

    async def initialize(self) -> None:
        await self._request.initialize()

    async def shutdown(self) -> None:
        await self._request.shutdown()

    async def do_request(self, url: str, *request: Any, **options: Any) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        method = name if name.isalpha() else "file"  # the address holds the token, and of a file its name
        try:
            status, body = await self._request.do_request(url, *request, **options)
        except TimedOut:
            self._count(method, "timed_out")
            raise
        except NetworkError:
            self._count(method, "no_connection")
            raise
        self._count(method, str(status))
        return status, body

    def _count(self, method: str, code: str) -> None:
        self._meters.requests.labels(method, code).inc()
