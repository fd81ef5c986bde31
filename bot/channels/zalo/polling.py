"""Asking for updates, to try the bot out without an address of one's own.

Zalo hands each out once and never again: what was handed out and is not kept when the process is killed, is lost.
"""

from __future__ import annotations

import asyncio
import logging

from bot.base.tasks import Stopped, until_stopped
from bot.channels.zalo.api import ZaloApi, ZaloBusy, ZaloFailure, ZaloUnreached
from bot.channels.zalo.receiving import ZaloReceiver

log = logging.getLogger(__name__)

_AT_LEAST_SECONDS = 1.0
_LONGEST_PAUSE = 30.0
_KEEPING_GRACE = 10.0


class ZaloPolling:
    """Asks for one update after the other, and has each kept before it asks for the next."""

    name = "polling, which loses what is under way when it is killed"

    def __init__(self, api: ZaloApi, receiver: ZaloReceiver, seconds: int) -> None:
        """`seconds`: how long Zalo waits for an update before it answers that there is none."""
        self._api = api
        self._receiver = receiver
        self._seconds = seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop; raises Stopped then."""
        now = asyncio.get_running_loop().time
        await until_stopped(self._without_webhook(), stop)
        pause = _AT_LEAST_SECONDS
        while not stop.is_set():
            since = now()
            try:
                update = await until_stopped(self._next(), stop)
            except ZaloFailure as error:
                pause = min(2 * pause, _LONGEST_PAUSE) if isinstance(error, ZaloBusy | ZaloUnreached) else pause
                log.warning("no update from Zalo (%s, %s)", type(error).__name__, error)
                update = None
            else:
                pause = _AT_LEAST_SECONDS
            if update is not None:
                await until_stopped(self._receiver.take(update), stop, _KEEPING_GRACE)
            else:  # a server that doesn't wait is asked once a second
                await until_stopped(asyncio.sleep(since + pause - now()), stop)
        raise Stopped

    async def _without_webhook(self) -> None:
        """Zalo hands out nothing while one is set; whether it refuses where there is none, is not told."""
        try:
            await self._api.call("deleteWebhook", {})
        except ZaloFailure as error:
            log.warning("no webhook was deleted at Zalo (%s, %s)", type(error).__name__, error)

    async def _next(self) -> object:
        """The next update; None where there was none while it was waited for."""
        result = await self._api.call("getUpdates", {"timeout": self._seconds}, more_seconds=self._seconds)
        return result or None
