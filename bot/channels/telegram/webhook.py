"""Telegram by webhook: it sends each update, and sends it again until it is told that all it leads to is committed."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from telegram.error import BadRequest, InvalidToken

from bot.base.meters import Meters
from bot.base.tasks import until_stopped
from bot.channels.telegram.api import TelegramBot
from bot.channels.telegram.connection import NAME, WrongToken
from bot.channels.telegram.reaching import reach
from bot.channels.telegram.receiving import ALLOWED_UPDATES, Receiver
from bot.channels.webhook import PushedUpdates, WebhookPlace

log = logging.getLogger(__name__)

TOKEN_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not the token
_LOOK_AGAIN_SECONDS = 300


class Webhook:
    """Listens, tells Telegram where, and hands to the receiver what it sends."""

    name = "webhook"

    def __init__(self, bot: TelegramBot, receiver: Receiver, place: WebhookPlace, meters: Meters) -> None:
        self._bot = bot
        self._place = place
        self.updates = PushedUpdates(place, TOKEN_HEADER, partial(receiver.take, tries=1), meters)

    async def run(self, stop: asyncio.Event) -> None:
        """Take in updates until told to stop; raises Stopped, WrongToken, and CannotGoOn for a port that is taken."""
        place = self._place
        async with place.serving(self.updates, NAME):
            await until_stopped(reach(self._bot, self._set), stop)
            log.info("updates are sent to %s, and arrive at %s, port %d", place.url, place.host, place.port)
            await until_stopped(self._stays_set(), stop)

    async def close(self) -> None:
        """Nothing is left open; Telegram keeps what comes now, and sends it when it is listened to again."""

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


def webhook(place: WebhookPlace, meters: Meters) -> partial[Webhook]:
    """How a channel takes in updates by this webhook."""
    return partial(Webhook, place=place, meters=meters)
