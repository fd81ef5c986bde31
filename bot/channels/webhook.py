"""What a messenger sends to an address of ours: taken in from who knows the secret, and answered once it is committed.

Whatever else than 200 is answered, it must be sent again: so a crash, a full queue and a database that keeps nothing
lose none, where the messenger does so. To who does not know the secret every address and method looks the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.base import logs
from bot.base.listening import Limits, bound, listening
from bot.base.meters import Meters
from bot.base.settings import CannotGoOn
from bot.storage.database import StorageDown

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WebhookPlace:
    """Where the messenger sends to, where that arrives on this machine, and how much of it is let in."""

    url: str
    host: str
    port: int
    token: str = field(repr=False)
    connections: int = 20
    """How many it is to open at once, where it can be told; 1 to 100."""
    body_bytes: int = 1_000_000
    body_seconds: float = 10.0
    at_once: int = 100
    """How many updates may be under way; who sends more is told to come again."""

    @property
    def path(self) -> str:
        """As it arrives: what is percent-encoded in the address is read."""
        return unquote(urlsplit(self.url).path) or "/"

    @contextlib.asynccontextmanager
    async def serving(self, application: Any, section: str) -> AsyncIterator[None]:
        """Serve an application there meanwhile; raises CannotGoOn, by the section of the settings, where it can't."""
        try:
            listener = bound(self.host, self.port)
        except OSError as error:
            raise CannotGoOn(
                f"{section}.webhook_host, {section}.webhook_port: {self.host}, port {self.port} can't be used: "
                f"{error.strerror}"
            ) from None
        most = 2 * self.at_once  # a reverse proxy, or the messenger itself, comes from one address
        async with listening(listener, application, limits=Limits(connections=most, of_one_peer=most)):
            yield


class PushedUpdates:
    """The ASGI application at the place of a webhook."""

    def __init__(
        self, place: WebhookPlace, header: str, take: Callable[[object], Awaitable[None]], meters: Meters
    ) -> None:
        """`header` holds the secret; `take` returns once all that an update leads to is kept, or raises StorageDown."""
        self._place = place
        self._header = header
        self._take = take
        self._meters = meters
        self._token = place.token.encode()
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        try:
            status = await self._answer(request)
        except ClientDisconnect:  # nobody hears an answer
            status = 499
        except asyncio.CancelledError:  # told to stop: it comes again
            status = 503
        except Exception as error:  # the server would log what it says, which may quote people
            log.error("an update failed, and must come again: %s", logs.told(error))
            status = 500
        self._meters.webhook.labels(str(status)).inc()
        # what of the body was not read is not waited for
        headers = {} if status == 200 else {"Connection": "close"}
        if status == 405:
            headers["Allow"] = "POST"
        await Response(status_code=status, headers=headers)(scope, receive, send)

    async def _answer(self, request: Request) -> int:
        """The status; 200 only when all that the update leads to is committed, or it is known that nothing will be."""
        refused = self._refused(request)
        if refused:
            return refused
        if self._under_way >= self._place.at_once:
            log.warning("%d updates are under way: the next must come again", self._under_way)
            return 503
        self._under_way += 1
        try:
            return await self._taken(request)
        finally:
            self._under_way -= 1

    def _refused(self, request: Request) -> int:
        """The status of who does not know the token, or sends what is no update; 0: it may be one."""
        given = request.headers.getlist(self._header)
        if len(given) != 1 or not hmac.compare_digest(given[0].encode("latin-1"), self._token):
            return 403
        if request.scope["path"] != self._place.path:
            return 404
        if request.method != "POST":
            return 405
        if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            return 415
        length = request.headers.get("Content-Length", "")
        return 413 if length.isdecimal() and int(length) > self._place.body_bytes else 0

    async def _taken(self, request: Request) -> int:
        body = bytearray()
        try:
            async with asyncio.timeout(self._place.body_seconds):
                async for piece in request.stream():
                    body += piece
                    if len(body) > self._place.body_bytes:
                        return 413
        except TimeoutError:
            return 408
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        return await self._kept(update)

    async def _kept(self, update: object) -> int:
        try:
            await self._take(update)
        except StorageDown as error:
            log.warning("an update can't be kept, and must come again: %s", error)
            return 503
        return 200
