"""What comes from Zalo, whichever way it was fetched: a raw update to the desk, and back when it is kept."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from bot.base import logs
from bot.base.locks import Locks
from bot.base.meters import Meters
from bot.base.tasks import Errands
from bot.channels.at_work import AtWork
from bot.channels.zalo.inbound import NobodyToAnswer, read
from bot.desk.channel import Inbound
from bot.desk.delivery import Delivery
from bot.desk.plain_chats import PlainChats
from bot.storage.database import StorageDown

log = logging.getLogger(__name__)


class ZaloReceiver:
    """Takes updates as Zalo sends them, and hands to the desk what people did; those of one chat in order."""

    def __init__(
        self,
        at_work: AtWork,
        chats: PlainChats,
        delivery: Delivery,
        clock: Callable[[], datetime.datetime],
        apologise: Callable[[str], Coroutine[Any, Any, None]],
        meters: Meters,
    ) -> None:
        """`apologise` tells a chat that something of theirs failed."""
        self._at_work = at_work
        self._chats = chats
        self._delivery = delivery
        self._clock = clock
        self._apologise = apologise
        self._meters = meters
        self._locks = Locks()
        self._errands = Errands()

    async def take(self, raw: object, tries: int | None = None) -> None:
        """Return once all that an update leads to is committed, or it is known that nothing ever will be.

        While the database fails it is tried again, or so many times at most: then StorageDown is raised, nothing is
        kept, and the update must come again.
        """
        inbound = read(raw, self._clock())
        if isinstance(inbound, NobodyToAnswer):
            self._passed_over(inbound)
            return
        async with self._locks.of(inbound.address):
            try:
                await self._hand_in(inbound, tries)
            except StorageDown:
                raise
            except Exception as error:
                log.error("an update failed: %s", logs.told(error))
                self._errands.run(self._apologise(inbound.address))

    async def settled(self) -> None:
        """Return when nobody is being told sorry any more."""
        await self._errands.settled()

    async def end(self, grace: float) -> None:
        """Give what is under way beside `grace` seconds, and break off the rest."""
        await self._errands.end(grace)

    async def _hand_in(self, inbound: Inbound, tries: int | None) -> None:
        async with self._at_work.shown(inbound.address):
            self._delivery.wake(await self._chats.take(inbound, tries))

    def _passed_over(self, of: NobodyToAnswer) -> None:
        if of.why == "unreadable":
            log.error("an update can't be read, and is passed over")
            self._meters.passed_over()
        elif of.why == "unknown":
            log.warning("an update of a kind that is not known is passed over: %s", of.event or "its name is no name")
