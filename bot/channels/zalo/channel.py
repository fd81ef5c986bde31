"""A bot on Zalo: updates to the desk however they come, replies out beside."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

import httpx

from bot.base.meters import Meters
from bot.base.tasks import Stopped, until_stopped
from bot.channels.at_work import AtWork
from bot.channels.webhook import WebhookPlace
from bot.channels.zalo.api import NAME, ZaloApi, ZaloConnection, ZaloFailure, reach, text_of
from bot.channels.zalo.pictures import PictureShelf
from bot.channels.zalo.polling import ZaloPolling
from bot.channels.zalo.receiving import ZaloReceiver
from bot.channels.zalo.sending import ZaloSender
from bot.channels.zalo.webhook import ZaloWebhook
from bot.desk.delivery import Delivery
from bot.desk.plain_chats import PlainChats
from handlers.dialogue.texts import Texts
from handlers.dialogue.turn import Picture, Said

log = logging.getLogger(__name__)

_GRACE_SECONDS = 5.0


class ZaloIntake(Protocol):
    """How updates come to the receiver: by asking for them, or by being sent; `name` is told at start."""

    name: str

    async def run(self, stop: asyncio.Event) -> None:
        """Have updates received until told to stop; may raise Stopped."""


class ZaloChannel:
    """A bot on Zalo: `run` until told to stop; the delivery sends through `send`."""

    name = NAME
    writes_first = False
    """Of two sources one says that a bot may write at any time to who wrote to it once; nothing is promised."""

    def __init__(
        self,
        connection: ZaloConnection,
        chats: PlainChats,
        delivery: Delivery,
        *,
        clock: Callable[[], datetime.datetime],
        pictures: Callable[[Picture], Awaitable[bytes]],
        texts: Texts,
        place: WebhookPlace | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        meters: Meters | None = None,
    ) -> None:
        """`place`: of a webhook; None for polling, where no picture is fetched. `transport` replaces the network."""
        meters = meters or Meters()
        self._delivery = delivery
        self._api = api = ZaloApi(connection, transport, meters)
        self._at_work = AtWork(
            lambda chat, action: api.call("sendChatAction", {"chat_id": chat, "action": action}), ZaloFailure
        )
        shelf = None if place is None else PictureShelf(place, chats, pictures)
        self._sender = ZaloSender(api, chats, shelf, texts)
        apologise = partial(self._sender.remark, text=texts.say("welcome.broken"))
        self._receiver = ZaloReceiver(self._at_work, chats, delivery, clock, apologise, meters)
        self.intake: ZaloIntake = (
            ZaloPolling(api, self._receiver, connection.poll_seconds)
            if place is None or shelf is None
            else ZaloWebhook(api, self._receiver, shelf, place, meters)
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set."""
        try:
            me = await until_stopped(reach(self._api, "getMe", {}), stop)
            log.info("serving %s on Zalo by %s", text_of(me, "account_name") or "a bot", self.intake.name)
            async with self._delivery.over(self):
                await self.intake.run(stop)
        except Stopped:
            log.info("told to stop")
        finally:
            await self._receiver.end(_GRACE_SECONDS)
            await self._api.close()

    async def settled(self) -> None:
        """Return when nothing is being sent any more."""
        await self._delivery.settled()
        await self._receiver.settled()

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        """As `ZaloSender.send`; nothing can be replaced on Zalo, so what replaces is said anew."""
        await self._sender.send(address, reply)

    def at_work(self, address: str) -> contextlib.AbstractAsyncContextManager[None]:
        """«đang soạn…» in the chat, where it takes longer than a moment."""
        return self._at_work.shown(address)
