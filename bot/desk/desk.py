"""One delivery in: load → converse → commit state, records and replies in one transaction.

Records happen exactly once, for a delivery is noted in the transaction it leads to. Replies go out at least once,
for they wait in the outbox until a channel took them (`delivery`). One person's messages are in order.
"""

from __future__ import annotations

import dataclasses
import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.base import logs
from bot.base.clock import Clock
from bot.base.keys import Keys
from bot.base.locks import Locks
from bot.base.meters import Meters, UpdateOutcome
from bot.base.retry import again
from bot.desk import handover, late, recording
from bot.desk.channel import Inbound
from bot.desk.noting import noted
from bot.desk.roles import Roles, signature
from bot.desk.staff_group import STAFF, StaffGroup
from bot.storage import (
    addresses,
    announcements,
    audit,
    campaigns,
    conversations,
    outbox,
    payments_told,
    plain_chats,
    postgresql,
    privacy,
    ratings,
    reminders,
    sessions,
    shares,
    shown_pictures,
    states,
    subscriptions,
)
from bot.storage.addresses import Address
from bot.storage.audit import Noting
from bot.storage.database import Connection, Database, StorageDown
from bot.storage.reminders import ReminderDue
from handlers import router, welcome
from handlers.answers import passed_on
from handlers.answers.passed_on import InlineAnswer
from handlers.dialogue import to_staff
from handlers.dialogue.context import Context, Resources, plain
from handlers.dialogue.memory import CampaignLink, Colleague, Memory, Role
from handlers.dialogue.message import Message, Place
from handlers.dialogue.records import Appointed, Asked
from handlers.dialogue.state import State
from handlers.dialogue.turn import Relay, Text, Turn
from handlers.handover import announced, appointing
from handlers.handover.staff_commands import may

log = logging.getLogger(__name__)

_PAGES = "pages"
"""The channel of what is done on the pages of the staff."""
_TIDYING = "tidying"
"""Held by the process that does it."""
_TOGETHER = 500
"""People whose keys one transaction holds: PostgreSQL has room for some thousands of locks, of all transactions."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of something done on a page: whether it was done, what is said to whoever did it, whom to wake."""

    done: bool
    said: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()


class Desk:
    """Where every channel hands in what people do."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        resources: Resources,
        clock: Clock,
        roles: Roles,
        staff_group: StaffGroup,
        meters: Meters | None = None,
    ) -> None:
        self._database = database
        self._keys = keys
        self._resources = resources
        self._clock = clock
        self._roles = roles
        self._staff_group = staff_group
        self._meters = meters or Meters()
        self._turns = Locks()
        self._never_first: set[str] = set()
        self._staff_barred: bool | None = None
        """Whether the group of the staff takes nothing now; None before it was looked at."""

    @property
    def database(self) -> Database:
        """Where everything is kept."""
        return self._database

    @property
    def keys(self) -> Keys:
        """By which people are known, and what they are told is sealed."""
        return self._keys

    @property
    def resources(self) -> Resources:
        """What conversations are given now."""
        return self._resources

    def now(self) -> datetime.datetime:
        """The time in Vietnam."""
        return self._clock()

    async def colleagues(self, connection: Connection) -> tuple[Colleague, ...]:
        """Everybody of the staff."""
        return await self._roles.colleagues(connection)

    def heed(self, channel: str, writes_first: bool) -> None:
        """Whether somebody may be written to first on a channel: nobody else is offered to be reminded."""
        (self._never_first.discard if writes_first else self._never_first.add)(channel)

    def use(self, resources: Resources) -> None:
        """Give these to every message from now on."""
        self._resources = resources

    async def take(self, inbound: Inbound, tries: int | None = 1) -> tuple[str, ...]:
        """Carry out one delivery and return, once it is committed, the keys of those something may be sent to now.

        One taken before changes nothing. Where nothing can be kept it is tried again, so many times at most (None:
        without end); then StorageDown is raised, and the delivery must be brought again. A channel does no more than

            delivery.wake(await desk.take(Inbound("letters", person, address, message)))
        """
        with self._meters.taking():
            return await again(partial(self._tried, inbound), StorageDown, tries=tries)

    async def _tried(self, inbound: Inbound) -> tuple[str, ...]:
        try:
            key, place = await self._whose(inbound)
            async with self._turns.of(key):
                return await self._taken_or_apologised(inbound, key, place)
        except StorageDown:
            self._count(inbound.message, "not_kept")
            raise

    async def _taken_or_apologised(self, inbound: Inbound, key: str, place: Place) -> tuple[str, ...]:
        try:
            return await self._taken(inbound, key, place, self._converse)
        except StorageDown:
            raise
        except Exception as error:
            log.error("a conversation failed: %s", logs.told(error))
            if inbound.message.kind == "tick":  # the clock brings it again
                self._count(inbound.message, "failed")
                return ()
            return await self._taken(inbound, key, place, self._apologise, "failed")

    async def offer(self, channel: str, person: str, typed: str) -> tuple[InlineAnswer, ...]:
        """The answers a person may post in another chat for what they type there, with the code of their links.

        Nothing of it is kept, but that there is such a code. Raises StorageDown.
        """
        key, now = self._keys.of(channel, person), self._clock()
        async with self._database.read() as connection:
            code = await shares.code_of(connection, key)
        if code is None:
            code = await self._database.write(lambda connection: shares.made_for(connection, key, now))
        message = Message("text", "", now, typed)
        return passed_on.offered(Context(message, Memory(share_code=code), self._resources))

    async def remind(self, one: ReminderDue) -> tuple[str, ...]:
        """Say what is due and have it go on to its next time, in one transaction; the keys of whom something waits for.

        Nothing where it is not due any more: another process did it, it was ended, or its person began a form.
        """

        async def work(connection: Connection) -> tuple[str, ...]:
            now = self._clock()
            await postgresql.hold(connection, one.key)
            if not await reminders.is_due(connection, one, now):
                return ()
            held = await reminders.of(connection, one.key)
            due = next(each for each in held if (each.kind, each.whom) == (one.kind, one.whom))
            message = Message("tick", f"tick:reminder:{one.kind}:{due.at:%Y-%m-%dT%H:%M}", now)
            book = await payments_told.of(connection, one.key)
            state = await states.load(connection, one.key, now)
            turn = self._converse(message, Memory(state, reminders=held, book=book, due=due))
            if turn.replies:
                await states.save(connection, one.key, turn.state, now)
            return await self._leave(connection, one.key, message, turn, None)

        async with self._turns.of(one.key):
            return await self._database.write(work)

    async def carry_out(self, message: Message, role: Role, colleague: str, note: Noting = audit.unnoted) -> Carried:
        """Do what one of the staff does on a page, as what they do in the group; done again, it was done once.

        What is not done leaves nothing, so it may be tried again. Raises StorageDown.
        """

        async def work(connection: Connection) -> Carried:
            await postgresql.hold(connection, STAFF)
            if await outbox.was_taken(connection, _PAGES, message.delivery):
                return Carried(done=True)
            turn = self._converse(message, await self._memory(connection, STAFF, message, role, colleague))
            said = tuple(plain(each.html) for each in turn.replies if isinstance(each, Text))
            if not turn.records:
                return Carried(done=False, said=said)
            await outbox.take(connection, _PAGES, message.delivery, message.at)
            turn = dataclasses.replace(turn, replies=tuple(each for each in turn.replies if isinstance(each, Relay)))
            owed = await self._leave(connection, STAFF, message, turn, None)
            await note(connection)
            return Carried(True, said, owed)

        async with self._turns.of(STAFF):
            return await self._database.write(work)

    def _count(self, message: Message, outcome: UpdateOutcome, turn: Turn | None = None) -> None:
        decisions = [each.decision for each in turn.records if isinstance(each, Asked)] if turn is not None else ()
        self._meters.took(message.kind, outcome, self._clock().timestamp(), decisions)

    async def _whose(self, inbound: Inbound) -> tuple[str, Place]:
        """The key replies go to, and the place they are said in."""
        if not inbound.group:
            person_key = "" if inbound.message.kind == "tick" else self._keys.of(inbound.channel, inbound.person)
            return person_key, "private"
        if await self.staff_are_in(inbound.channel, inbound.address):
            return STAFF, "staff"
        return self._keys.of(inbound.channel, inbound.address), "group"

    async def _taken(
        self,
        inbound: Inbound,
        key: str,
        place: Place,
        converse: Callable[[Message, Memory], Turn],
        outcome: UpdateOutcome = "handled",
    ) -> tuple[str, ...]:
        message = dataclasses.replace(inbound.message, place=place)
        own = key != STAFF and message.kind != "tick"
        person_key = self._keys.of(inbound.channel, inbound.person)

        async def carry_out(connection: Connection) -> tuple[tuple[str, ...], Turn | None]:
            if key:
                await postgresql.hold(connection, key)  # in order also where another process has the one before
            if not await outbox.take(connection, inbound.channel, message.delivery, message.at):
                return ((key,) if key else ()), None
            member = await self._roles.member(connection, person_key) if inbound.person else None
            role = None if member is None else member.role
            colleague = "" if member is None else signature(person_key)
            memory = await self._memory(connection, key, message, role, colleague)
            memory = dataclasses.replace(memory, can_remind=inbound.channel not in self._never_first)
            turn = converse(message, memory)
            if own and place == "private":
                await states.save(connection, key, turn.state, message.at)
            owed = await self._leave(connection, key, message, turn, inbound.pressed, inbound.channel)
            if member is not None:
                for what, about in noted(turn):
                    await audit.add(connection, member.author, what, message.at, about)
            if own:
                await addresses.save(connection, key, Address(inbound.channel, inbound.address), self._keys)
                if all(isinstance(reply, Relay) for reply in turn.replies):  # else it is settled once they went out
                    await addresses.settle(connection, key)
            return owed, turn

        owed, turn = await self._database.write(carry_out)
        self._count(message, "repeated" if turn is None else outcome, turn)
        return owed

    async def _leave(
        self,
        connection: Connection,
        key: str,
        message: Message,
        turn: Turn,
        pressed: str | None,
        channel: str | None = None,
    ) -> tuple[str, ...]:
        """Keep the records and replies of a turn; whom something may be sent to now."""
        for record in turn.records:
            if isinstance(record, Appointed):
                appointed = self._roles.key_of(record.person)
                await self._roles.appoint(connection, appointed, record.role, record.name, message.at)
            else:
                await recording.keep(connection, key, message, record, channel)
        owed = dict.fromkeys((key,) if key else ())
        for reply in turn.replies:
            if isinstance(reply, Relay):
                if reply.to == "staff" and not self._staff_group.is_set:
                    continue  # their pages show what the records say
                to = await handover.receiver(connection, reply)
                if to is not None:
                    said, number, kind = reply.text, reply.conversation, late.kind_of_relay(reply)
                    await outbox.put(connection, to, said, None, message.at, number, kind, told=reply.told)
                    owed[to] = None
            else:
                replaces = pressed if isinstance(reply, Text) and reply.replaces else None
                kind = late.kind_of(reply, turn, message)
                await outbox.put(connection, key, reply, replaces, message.at, None, kind, message.delivery)
        return tuple(owed)

    async def _memory(
        self, connection: Connection, key: str, message: Message, role: Role | None = None, colleague: str = ""
    ) -> Memory:
        state = State()
        if message.place == "private" and key:
            state = await states.load(connection, key, message.at)
        if self._staff_barred is None or self._database.shared:  # another process may have found it otherwise since
            self._staff_barred = await outbox.is_known_to_wait(connection, STAFF)
        memory = Memory(state, role=role, colleague=colleague, staff_barred=self._staff_barred)
        if message.place in ("staff", "page"):
            memory = dataclasses.replace(memory, colleagues=await self._roles.colleagues(connection))
        wanted = router.needs(message, state)
        if "campaign" in wanted:
            code = welcome.code(message)
            found = await campaigns.find(connection, code) if welcome.well_formed(code) else None
            touch = welcome.touch(code, None if found is None else found.touch(message.today))
            if touch == "unknown" and await shares.exists(connection, code):
                touch = "shared"
            link = None if found is None else CampaignLink(found.code, found.greeting or "", found.opens or "")
            memory = dataclasses.replace(memory, campaign=touch, link=link)
        if "offers" in wanted:
            subjects, offered_at = await ratings.offered_before(connection, key)
            memory = dataclasses.replace(memory, offered_subjects=subjects, offered_at=offered_at)
        if "share_code" in wanted:
            memory = dataclasses.replace(memory, share_code=await shares.made_for(connection, key, message.at))
        if "reminders" in wanted:
            memory = dataclasses.replace(
                memory,
                reminders=await reminders.of(connection, key),
                book=await payments_told.of(connection, key),
                subscribed=await subscriptions.of(connection, key),
            )
        if "announcements" in wanted and may(role, "admin"):
            number = announced.number_asked(message)
            memory = dataclasses.replace(memory, announcements=await announcements.shown(connection, number))
        order = appointing.wanted(message) if "appointment" in wanted and may(role, "admin") else None
        if order is not None:
            why_not = await self._roles.why_not_added(connection, order)
            memory = dataclasses.replace(memory, cannot_appoint=why_not)
        return await handover.remember(connection, key, message, memory, wanted)

    def _converse(self, message: Message, memory: Memory) -> Turn:
        return router.converse(message, memory, self._resources)

    def _apologise(self, message: Message, memory: Memory) -> Turn:
        return Turn((Text(self._resources.texts.say("welcome.broken")),), memory.state)

    async def staff_are_in(self, channel: str, group: str) -> bool:
        """Whether this group of a channel is that of the staff; raises StorageDown."""
        async with self._database.read() as connection:
            return await self._staff_group.where(connection) == Address(channel, group)

    async def moved(self, channel: str, old: str, new: str) -> None:
        """A group of a channel has another address now."""
        await self._database.write(lambda connection: self._staff_group.moved(connection, channel, old, new))

    async def unreachable(self, channel: str, person: str) -> tuple[str, ...]:
        """The person blocked the assistant; as `lost`."""
        return await self.lost(self._keys.of(channel, person))

    async def lost(self, key: str) -> tuple[str, ...]:
        """Who has this key can't be written to: their address and what was to be said are forgotten.

        Returns the keys of those who must be told.
        """
        if key == STAFF:  # what citizens asked stays, for when the assistant is a member again
            return await self.barred(key)
        return await self._database.write(partial(self._forget_lost, key))

    async def barred(self, key: str) -> tuple[str, ...]:
        """It may not be written there now: what is to be said waits until it may.

        Returns the keys of those who must be told: each citizen whose words wait for the staff, once.
        """
        if key != STAFF:
            return ()
        self._staff_barred = True
        said = Text(self._resources.texts.say("late.not_with_staff", days=to_staff.KEPT.days))

        async def tell(connection: Connection) -> tuple[str, ...]:
            await postgresql.hold(connection, key)  # while it changes rows, nobody could claim them
            return await handover.tell_who_waits(connection, said, self._clock())

        told = await self._database.write(tell)
        if told:
            log.error("the group of the staff can't be written to: is the assistant a member that may write there?")
        return told

    def staff_reached(self) -> None:
        """The group of the staff took something."""
        self._staff_barred = False

    async def _forget_lost(self, key: str, connection: Connection) -> tuple[str, ...]:
        await postgresql.hold(connection, key)
        await outbox.forget(connection, key)
        await reminders.stop(connection, key)  # who blocks the assistant wants to hear of nothing
        await subscriptions.stop(connection, key)
        await addresses.forget(connection, key)
        held = await conversations.of_person(connection, key)
        if held is None or held.closed_at is not None:
            return ()
        message = to_staff.gone_message(held.id, self._clock())
        turn = self._converse(message, await self._memory(connection, "", message))
        return await self._leave(connection, "", message, turn, None)

    async def tidy(self) -> None:
        """Drop what is too old to be owed or kept: replies, deliveries, states, words of people, addresses.

        Who was not answered for a day is told so, once; and so is whose words to the staff, or theirs, went nowhere.
        Where another process does it just now, nothing is done.
        """
        now = self._clock()
        while await self._drop_unsent(now):
            pass
        async with self._database.begin() as connection:
            if not await postgresql.held(connection, _TIDYING):
                return
            for each in (states, plain_chats, shown_pictures, sessions):
                await each.expire(connection, now)
            await privacy.expire(connection, now, self._resources.manner.kept)
            await addresses.settle(connection)

    async def _drop_unsent(self, now: datetime.datetime) -> bool:
        """Drop replies that are too old, of so many people at most as are told of it; whether there may be more."""
        texts = self._resources.texts
        async with self._database.begin() as connection:
            if not await postgresql.held(connection, _TIDYING):
                return False
            keys = await outbox.unanswered(connection, now, _TOGETHER)
            for key in keys:  # before a row is touched: who holds the key may be waiting for its rows
                await postgresql.hold(connection, key)
            expired = await outbox.expire(connection, now, keys)
            for key in expired.unanswered:
                await outbox.put(connection, key, Text(texts.say("late.unanswered")), None, now, kind="notice")
            await handover.tell_of_undelivered(connection, expired.relays, texts, now)
        return len(keys) == _TOGETHER
