"""Announcements, sent by a lane of their own: so slowly that nobody waits for an answer, and to each once at most.

Whose turn comes is claimed and committed before the call, and marked after it, together with the claim of the next.
What was claimed by a process that was killed counts as «unknown». What a channel asks to wait for (429) holds up this
lane alone, and who was refused so waits for their turn again; where answers are lost it tries one after the other, at
longer and longer intervals. Nobody is written to in the quiet hours and on holidays.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict
from functools import partial
from typing import Any, Final, Literal, TypeVar

from aiolimiter import AsyncLimiter

from bot.base import logs
from bot.base.meters import Meters
from bot.base.retry import again
from bot.base.tasks import Errands
from bot.desk.channel import Announces, Channel, Inbound, TryLater, Undelivered, Unreachable
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.storage import announcements, postgresql, recipients
from bot.storage.announcements import Announcement, RecipientState
from bot.storage.database import Connection, Damaged, StorageDown
from bot.storage.outbox import CLOCK
from bot.storage.recipients import Recipient
from handlers.dialogue.announcement import AnnouncementProgress
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Text
from handlers.handover.ticks import ANNOUNCEMENT
from handlers.reminders.announcements import said

log = logging.getLogger(__name__)

T = TypeVar("T")
Marks = dict[int, RecipientState]

A_SECOND: Final = 25
"""Messages, of all processes; Telegram takes thirty, those to who asked something included."""
_AT_ONCE = 8
_LOOK_SECONDS = 2.0
_AFTER_AN_ERROR_SECONDS = 60.0
_SAME_CHAT_SECONDS = 1.0
"""Between two announcements, for they may go to the same chat."""
_LOST_MOST_SECONDS = 900.0
"""The longest pause while one answer after the other is lost."""
_GRACE_SECONDS = 5.0
_ENDING = "announcements"
"""Held by who looks whether one is over."""


class AnnouncementLane:
    """The one way out of announcements; `run` it beside the channels."""

    def __init__(
        self,
        desk: Desk,
        delivery: Delivery,
        meters: Meters,
        office: str | None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        a_second: float = A_SECOND,
    ) -> None:
        """`office`: whose announcements they are, None where the settings don't say."""
        self._database = desk.database
        self._desk = desk
        self._delivery = delivery
        self._meters = meters
        self._office = office
        self._sleep = sleep
        self._me: Final = delivery.replica.id or secrets.token_hex(8)
        self._errands = Errands()
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._done: Marks = {}
        """What became of recipients, and is not marked yet."""
        self._under_way: set[int] = set()
        """The recipients to whom it is being sent."""
        self._pause = 0.0
        """Seconds that the next is to wait beside its pace."""
        self._lost, self._lost_pause = False, 0.0
        """Whether an answer was lost and none has been clear since, and the seconds of the last pause for it."""
        self._a_second = a_second
        self._processes, self._pace = 1, AsyncLimiter(1, 1 / a_second)
        self._told: set[int] = set()
        self._refused: set[int] = set()
        """Announcements of which it was said why a channel does not take them."""

    async def run(self) -> None:
        """Look for what is to be sent, and send it, until cancelled; what is under way then is waited for."""
        try:
            while True:
                try:
                    await self.send_all()
                except StorageDown:  # which the database has told
                    pass
                except Exception as error:
                    log.error("announcements could not be sent, which is tried again: %s", logs.told(error))
                    await self._sleep(_AFTER_AN_ERROR_SECONDS)
                await self._sleep(_LOOK_SECONDS)
        finally:
            await self._errands.end(_GRACE_SECONDS)
            if self._done:
                with contextlib.suppress(StorageDown):
                    await self._marking(self._mark)

    async def send_all(self) -> None:
        """Send all that is to be sent to whom can be written to now, where somebody can be. Raises StorageDown."""
        async with self._database.read() as connection:
            under_way = await announcements.under_way(connection)
        if not under_way:
            return
        since = self._desk.resources.manner.quiet.before(self._desk.now(), announcements.GIVEN_UP)
        old = {one.id for one in under_way if one.begun_at is not None and one.begun_at < since}
        if old:
            await self._database.write(lambda connection: announcements.stop_old(connection, since))
        for one in under_way:
            waits = one.state == "sending" and one.id not in old and not self._done
            if waits and not self._may_send():
                continue
            if not await self._end(one):
                # of one that is stopped, or was just now, nobody is claimed any more
                if one.state == "sending" and self._may_send():
                    await self._carry_out(one)
                await self._end(one)

    # --- one after the other

    async def _carry_out(self, one: Announcement) -> None:
        await self._tell_begun(one)
        message = said(self._desk.resources.texts, one.id, self._office, one.audience.topics, one.text)
        after, more = 0, True
        while more and self._may_send():
            await self._places.acquire()
            recipient = None
            try:
                await self._turn()
                if not self._may_send():  # the quiet hours may have begun since, or the channel be gone
                    break
                recipient, after = await self._marking(partial(self._next, one.id, after))
                more = recipient is not None or after > 0
            finally:
                if recipient is None:
                    self._places.release()
            if recipient is not None:
                self._under_way.add(recipient.id)
                self._errands.run(self._say(recipient, message))
        await self._errands.settled()
        self._pause = max(self._pause, _SAME_CHAT_SECONDS)

    def _may_send(self) -> bool:
        quiet = self._desk.resources.manner.quiet.holds(self._desk.now())
        return not quiet and self._delivery.replica.sure and bool(self._delivery.connected)

    async def _turn(self) -> None:
        """Return when the next may leave; while answers are lost, which may be so for each, one after the other."""
        if self._pause or self._lost:
            await self._errands.settled()
        if self._pause:
            pause, self._pause = self._pause, 0.0
            self._lost_pause = pause if self._lost else 0.0
            await self._sleep(pause)
        processes = self._delivery.replica.count
        if processes != self._processes:
            self._processes, self._pace = processes, AsyncLimiter(1, processes / self._a_second)
        await self._pace.acquire()

    async def _next(
        self, number: int, after: int, marks: Marks, connection: Connection
    ) -> tuple[Recipient | None, int]:
        await recipients.mark(connection, marks, self._me)
        channels = self._delivery.connected
        return await recipients.claim(connection, number, self._me, channels, after, self._desk.keys)

    async def _marking(self, work: Callable[[Marks, Connection], Coroutine[Any, Any, T]]) -> T:
        """The result of a transaction that marks what is not marked yet."""
        marks = dict(self._done)
        result = await self._database.write(partial(work, marks))
        for each in marks:
            self._done.pop(each, None)
        return result

    async def _mark(self, marks: Marks, connection: Connection) -> None:
        await recipients.mark(connection, marks, self._me)

    async def _end(self, one: Announcement) -> bool:
        """Whether it is over; what was left by processes that ended is known to be unknown from now on, and so is what
        was claimed here by a commit whose answer was lost.
        """
        mine = {*self._under_way, *self._done}

        async def work(marks: Marks, connection: Connection) -> AnnouncementProgress | None:
            await postgresql.hold(connection, _ENDING)
            await recipients.mark(connection, marks, self._me)
            await recipients.give_up(connection, one.id, self._me, mine)
            return await announcements.end(connection, one.id, self._desk.now())

        ended = await self._marking(work)
        if ended is None:
            return False
        await self._tell(ended, "ended")
        return True

    # --- to one person

    async def _say(self, recipient: Recipient, message: Text) -> None:
        became: RecipientState = "unknown"  # also where it is broken off
        try:
            became = await self._became(recipient, message)
        finally:
            self._done[recipient.id] = became
            self._under_way.discard(recipient.id)
            self._meters.announced.labels("put_off" if became == "waiting" else became).inc()
            self._places.release()
        if became == "gone":
            self._delivery.wake(await again(partial(self._desk.lost, recipient.key), StorageDown, never=Damaged))

    async def _became(self, recipient: Recipient, message: Text) -> RecipientState:
        with self._delivery.using(recipient.address.channel) as channel:
            if channel is None:
                return "waiting"
            try:
                await _announce(channel, recipient.address.chat, message)
            except Unreachable:
                became: RecipientState = "gone"
            except TryLater as error:
                return self._later(error, channel.name)
            except Undelivered as error:
                if recipient.announcement not in self._refused:
                    self._refused.add(recipient.announcement)
                    log.error("%s refuses announcement %d: %s", channel.name, recipient.announcement, error)
                became = "failed"
            except StorageDown:
                return "unknown"
            except Exception as error:
                log.error("an announcement was not sent: %s", logs.told(error))
                return self._later(TryLater(_AFTER_AN_ERROR_SECONDS, perhaps_taken=True), channel.name)
            else:
                became = "sent"
        self._lost = False
        return became

    def _later(self, error: TryLater, channel: str) -> RecipientState:
        """The next one waits as long as was asked for, and twice as long each time while answers are lost."""
        seconds = error.seconds
        if error.perhaps_taken:
            self._lost = True
            seconds = max(seconds, min(2 * self._lost_pause, _LOST_MOST_SECONDS))
        took = "may have taken" if error.perhaps_taken else "did not take"
        log.warning("announcements wait for %g s: %s %s one", seconds, channel, took)
        self._pause = max(self._pause, seconds)
        return "unknown" if error.perhaps_taken else "waiting"

    # --- to the group of the staff

    async def _tell_begun(self, one: Announcement) -> None:
        if one.id in self._told:
            return
        async with self._database.read() as connection:
            progress = await announcements.progress(connection, one.id)
        if progress is not None:
            await self._tell(progress, "begun")
        self._told.add(one.id)

    async def _tell(self, progress: AnnouncementProgress, moment: Literal["begun", "ended"]) -> None:
        """Once, whatever is started again in between: the tick is known by its name."""
        delivery = f"tick:{ANNOUNCEMENT}:{progress.number}:{moment}"
        text = f"{ANNOUNCEMENT}|{moment}|{json.dumps(asdict(progress))}"
        tick = Message("tick", delivery, self._desk.now(), text)
        self._delivery.wake(await self._desk.take(Inbound(CLOCK, "", "", tick)))


async def _announce(channel: Channel, chat: str, message: Text) -> None:
    if isinstance(channel, Announces):
        await channel.announce(chat, message)
    else:
        await channel.send(chat, message, None)
