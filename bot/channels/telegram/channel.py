"""A bot on Telegram: updates to the desk however they come, replies out beside, so that one chat holds up nobody."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from telegram.request import BaseRequest

from bot.base import logs
from bot.base.meters import Meters
from bot.base.tasks import Errands, Stopped, until_stopped
from bot.channels.telegram.announcing import Commands, announce
from bot.channels.telegram.api import TelegramBot
from bot.channels.telegram.connection import NAME, TelegramConnection, at_work_on, make_bot
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.reaching import reach
from bot.channels.telegram.receiving import Receiver
from bot.channels.telegram.sending import Sender
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from handlers.dialogue.turn import Picture, Said, Text

log = logging.getLogger(__name__)

_GRACE_SECONDS = 5.0


class Intake(Protocol):
    """How updates come to the receiver: by asking for them, or by being sent; `name` is told at start."""

    name: str

    async def run(self, stop: asyncio.Event) -> None:
        """Have updates received until told to stop; may raise Stopped, and raises WrongToken."""

    async def close(self) -> None:
        """Let go of what was opened; called once, also where it never ran."""


class TelegramChannel:
    """A bot on Telegram: `run` until told to stop; the delivery sends through `send`."""

    name = NAME
    writes_first = True

    def __init__(
        self,
        connection: TelegramConnection,
        desk: Desk,
        delivery: Delivery,
        *,
        clock: Callable[[], datetime.datetime],
        pictures: Callable[[Picture], Awaitable[bytes]],
        commands: Commands,
        apology: str,
        request: BaseRequest | None = None,
        intake: Callable[[TelegramBot, Receiver], Intake] | None = None,
        meters: Meters | None = None,
    ) -> None:
        """`apology` may hold <b> and <i>; `request` replaces the network, `intake` long polling."""
        logs.guard(connection.token)
        self._delivery = delivery
        self._commands = commands
        self._bot = make_bot(connection, request, meters)
        self._at_work = at_work_on(self._bot)
        self._sender = Sender(self._bot, self._at_work, pictures)
        apologise = partial(self._sender.remark, text=apology)
        self._receiver = Receiver(self._bot, self._at_work, desk, delivery, clock, apologise, meters)
        polling = partial(Polling, seconds=connection.poll_seconds)
        self._intake = (intake or polling)(self._bot, self._receiver)
        self._errands = Errands()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; raises WrongToken."""
        try:
            await until_stopped(reach(self._bot, self._bot.initialize), stop)
            log.info("serving @%s on Telegram by %s", self._bot.username, self._intake.name)
            self._errands.run(announce(self._bot, self._commands))
            async with self._delivery.over(self):
                await self._intake.run(stop)
        except Stopped:
            log.info("told to stop")
        finally:
            await self._errands.end(_GRACE_SECONDS)
            await self._receiver.end(_GRACE_SECONDS)
            await self._intake.close()
            await self._bot.shutdown()

    async def settled(self) -> None:
        """Return when nothing is being sent any more."""
        await self._delivery.settled()
        await self._errands.settled()
        await self._receiver.settled()

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        """As `Sender.send`."""
        await self._sender.send(address, reply, replaces)

    async def announce(self, address: str, message: Text) -> None:
        """As `Sender.announce`."""
        await self._sender.announce(address, message)

    def at_work(self, address: str) -> contextlib.AbstractAsyncContextManager[None]:
        """«đang soạn…» in the chat, where it takes longer than a moment."""
        return self._at_work.shown(address)
