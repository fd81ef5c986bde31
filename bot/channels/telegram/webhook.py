"""Telegram by webhook: it sends each update, and is told that it arrived once all it leads to is committed.

Whatever else is answered, it sends the update again: so a crash, a full queue and a database that keeps nothing lose
none. An answer comes only to who knows the token; to others every address and method looks the same.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote, urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from telegram.error import BadRequest, InvalidToken

from bot.base import logs
from bot.base.listening import Limits, bound, listening
from bot.base.meters import Meters
from bot.base.settings import CannotGoOn
from bot.base.tasks import until_stopped
from bot.channels.telegram.api import TelegramBot
from bot.channels.telegram.connection import WrongToken
from bot.channels.telegram.reaching import reach
from bot.channels.telegram.receiving import ALLOWED_UPDATES, Receiver
from bot.storage.database import StorageDown

log = logging.getLogger(__name__)

TOKEN_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not the token
_LOOK_AGAIN_SECONDS = 300


@dataclass(frozen=True, slots=True)
class WebhookPlace:
    """Where Telegram sends to, where that arrives on this machine, and how much of it is let in."""

    url: str
    host: str
    port: int
    token: str = field(repr=False)
    connections: int = 20
    """How many Telegram opens at once; 1 to 100."""
    body_bytes: int = 1_000_000
    body_seconds: float = 10.0
    at_once: int = 100
    """How many updates may be under way; who sends more is told to come again."""

    @property
    def path(self) -> str:
        """As it arrives: what is percent-encoded in the address is read."""
        return unquote(urlsplit(self.url).path) or "/"


class Webhook:
    """Listens, tells Telegram where, and hands to the receiver what it sends."""

    name = "webhook"

    def __init__(self, bot: TelegramBot, receiver: Receiver, place: WebhookPlace, meters: Meters) -> None:
        self._bot = bot
        self._receiver = receiver
        self._place = place
        self._meters = meters
        self._token = place.token.encode()
        self._under_way = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Take in updates until told to stop; raises Stopped, WrongToken, and CannotGoOn for a port that is taken."""
        place = self._place
        try:
            listener = bound(place.host, place.port)
        except OSError as error:
            raise CannotGoOn(
                f"telegram.webhook_host, telegram.webhook_port: {place.host}, port {place.port} can't be used: "
                f"{error.strerror}"
            ) from None
        most = 2 * place.at_once  # a reverse proxy, or Telegram itself, comes from one address
        async with listening(listener, self, limits=Limits(connections=most, of_one_peer=most)):
            await until_stopped(reach(self._bot, self._set), stop)
            log.info("updates are sent to %s, and arrive at %s, port %d", place.url, place.host, place.port)
            await until_stopped(self._stays_set(), stop)

    async def close(self) -> None:
        """Nothing is left open; Telegram keeps what comes now, and sends it when it is listened to again."""

    # --- telling Telegram

    async def _set(self) -> None:
        place = self._place
        try:
            await self._bot.set_webhook(
                place.url,
                max_connections=place.connections,
                allowed_updates=ALLOWED_UPDATES,
                secret_token=place.token,
            )
        except BadRequest as refused:
            log.error("Telegram refuses telegram.webhook_url: %s", refused.message)
            raise

    async def _stays_set(self) -> None:
        """Look now and then whether it still is, for who polled meanwhile took it away; it would be silent for ever.

        Raises WrongToken; whatever else comes of a look, the next one is taken.
        """
        while True:
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
            try:
                await self._look()
            except (InvalidToken, WrongToken):
                raise WrongToken from None
            except Exception as error:  # no answer, or one that is none
                log.warning("no answer from Telegram (%s)", type(error).__name__)

    async def _look(self) -> None:
        info = await self._bot.get_webhook_info()
        if info.url != self._place.url:
            log.error("the webhook was taken away, and is set again: does another process serve this bot?")
            await reach(self._bot, self._set)
        elif info.last_error_message and info.pending_update_count:
            log.warning("%s updates wait at Telegram: %s", info.pending_update_count, info.last_error_message)

    # --- what it sends

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
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
            return await self._take(request)
        finally:
            self._under_way -= 1

    def _refused(self, request: Request) -> int:
        """The status of who does not know the token, or sends what is no update; 0: it may be one."""
        given = request.headers.getlist(TOKEN_HEADER)
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

    async def _take(self, request: Request) -> int:
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
            await self._receiver.take(update, tries=1)
        except StorageDown as error:
            log.warning("an update can't be kept, and must come again: %s", error)
            return 503
        return 200


def webhook(place: WebhookPlace, meters: Meters) -> partial[Webhook]:
    """How a channel takes in updates by this webhook."""
    return partial(Webhook, place=place, meters=meters)
