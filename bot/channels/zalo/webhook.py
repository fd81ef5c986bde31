"""Zalo by webhook: it sends each update to an address, from which it also fetches the pictures it is to show."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from starlette.types import Receive, Scope, Send

from bot.base.meters import Meters
from bot.base.tasks import until_stopped
from bot.channels.webhook import PushedUpdates, WebhookPlace
from bot.channels.zalo.api import NAME, ZaloApi, ZaloFailure, host_of, reach, text_of
from bot.channels.zalo.pictures import PictureShelf
from bot.channels.zalo.receiving import ZaloReceiver

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - its name, not the secret
_LOOK_AGAIN_SECONDS = 300
_TRIES = 3
"""Whether Zalo sends again what was not taken is not told, so a database that fails for a moment loses nothing."""


class ZaloWebhook:
    """Listens, tells Zalo where, and hands to the receiver what it sends."""

    name = "webhook"

    def __init__(
        self, api: ZaloApi, receiver: ZaloReceiver, shelf: PictureShelf, place: WebhookPlace, meters: Meters
    ) -> None:
        self._api = api
        self._place = place
        self._shelf = shelf
        self._updates = PushedUpdates(place, SECRET_HEADER, partial(receiver.take, tries=_TRIES), meters)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application: pictures below the path of the webhook, and updates at it."""
        is_picture = scope["type"] == "http" and self._shelf.holds(scope["path"])
        await (self._shelf if is_picture else self._updates)(scope, receive, send)

    async def run(self, stop: asyncio.Event) -> None:
        """Take in updates until told to stop; raises Stopped, and CannotGoOn for a port that is taken."""
        place = self._place
        async with place.serving(self, NAME):
            await until_stopped(self._set(), stop)
            told = host_of(place.url)
            log.info("updates are sent to %s, and arrive at %s, port %d", told, place.host, place.port)
            await until_stopped(self._stays_set(), stop)

    async def _set(self) -> None:
        await reach(self._api, "setWebhook", {"url": self._place.url, "secret_token": self._place.token})

    async def _stays_set(self) -> None:
        """Look now and then whether it still is; whatever comes of a look, the next one is taken."""
        while True:
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
            try:
                told = await self._api.call("getWebhookInfo", {})
            except ZaloFailure as error:
                log.warning("no answer from Zalo (%s, %s)", type(error).__name__, error)
                continue
            if text_of(told, "url") != self._place.url:
                log.error("the webhook was taken away, and is set again: does another process serve this bot?")
                await self._set()
