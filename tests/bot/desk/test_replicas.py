"""Several processes on one database: who may serve, who leads, and each chat hears everything once and in order."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from collections.abc import AsyncIterator, Callable

import pytest
import sqlalchemy as sa

from bot.base.settings import Staff
from bot.desk.channel import Barred, TryLater
from bot.desk.resources import staff_hours
from bot.storage import addresses, claims, conversations, outbox, postgresql, replica, schema
from bot.storage.addresses import Address
from bot.storage.database import Database, to_utc
from bot.storage.replica import Replica, ServedElsewhere
from bot.testing.channel import ChannelInMemory
from handlers.dialogue import to_staff
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Said, Text
from tests.conftest import KEYS, NOBODY, Clock, make_delivery, make_desk

CHAT = "7"
GROUP = "-900"
TEAM = Staff(editors=(501,), group=int(GROUP), office_days=(1, 2, 3, 4, 5), office_hours=("07:30-17:00",))


class Waits(ChannelInMemory):
    """Takes nothing before it is let go."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.reached, self.go = asyncio.Event(), asyncio.Event()

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        self.reached.set()
        await self.go.wait()
        await super().send(address, reply, replaces)


class Process:
    """What one process has: its connections, its desk, its way out."""

    def __init__(self, url: str, resources: Resources, clock: Clock, channel: ChannelInMemory, staff: Staff) -> None:
        self.database, self.channel, self.clock = Database(url, 4), channel, clock
        self.replica = Replica(self.database)
        self.desk = make_desk(self.database, resources, clock, staff)
        self.delivery = make_delivery(self.desk, self.database, resources, clock, staff, replica=self.replica)
        self.delivery.connect(channel)

    async def takes(self, number: int, text: str, person: str = CHAT) -> None:
        message = Message("text", str(number), self.clock(), text)
        self.delivery.wake(await self.desk.take(self.channel.inbound(person, message)))

    async def is_gone(self) -> None:
        """Killed, and not heard of for so long that it is known."""
        async with self.database.begin() as connection:
            mine = {"holder": self.replica.id}
            await connection.execute(
                sa.text("UPDATE leases SET until = until - interval '1 min' WHERE holder = :holder"), mine
            )


Start = Callable[..., Process]


@pytest.fixture
async def starts(on_postgresql: Callable[[str], str], resources: Resources, clock: Clock) -> AsyncIterator[Start]:
    """Makes processes on one database of PostgreSQL."""
    url, made = on_postgresql("migrated"), list[Process]()

    def start(channel: ChannelInMemory, staff: Staff = NOBODY) -> Process:
        given = resources
        if staff.group is not None:
            given = dataclasses.replace(
                resources, manner=dataclasses.replace(resources.manner, staff=staff_hours(staff))
            )
        made.append(Process(url, given, clock, channel, staff))
        return made[-1]

    yield start
    for each in made:
        await each.delivery.close()
        await each.replica.leave()
        await each.database.close()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica, "_LOOK_SECONDS", 0.05)


async def test_what_comes_to_another_process_meanwhile_is_said_afterwards_and_once(starts: Start) -> None:
    first, second = starts(Waits("letters")), starts(ChannelInMemory("letters"))
    await first.replica.join("among")
    await second.replica.join("among")
    assert (first.replica.count, second.replica.count) == (1, 2)
    assert isinstance(first.channel, Waits)
    await first.takes(1, "đóng mấy năm thì có lương hưu")
    await first.channel.reached.wait()
    await second.takes(2, "/tinhdong")
    await second.delivery.settled()
    assert second.channel.sent == []
    first.channel.go.set()
    await first.delivery.settled()
    said = first.channel.to(CHAT)
    assert "15 năm" in said[0]
    assert "Mỗi tháng bà con định đóng" in said[-1]
    assert len(set(said)) == len(said)
    await second.delivery.take_over()
    await second.delivery.settled()
    assert second.channel.sent == []


async def test_what_a_process_was_sending_when_it_was_killed_is_sent_by_another(starts: Start, clock: Clock) -> None:
    first, second = starts(Waits("letters")), starts(ChannelInMemory("letters"))
    await first.replica.join("among")
    await second.replica.join("among")
    assert isinstance(first.channel, Waits)
    await first.takes(1, "đóng mấy năm thì có lương hưu")
    await first.channel.reached.wait()
    await second.delivery.take_over()
    await second.delivery.settled()
    assert second.channel.sent == []  # it is alive
    await first.is_gone()
    await second.delivery.take_over()
    await second.delivery.settled()
    assert "15 năm" in second.channel.to(CHAT)[0]


async def test_what_a_process_did_not_begin_to_send_before_it_was_killed_is_sent_by_another(starts: Start) -> None:
    """Killed between the commit and the first look at what is owed; the clock of the tests is years behind."""
    first, second = starts(ChannelInMemory("letters")), starts(ChannelInMemory("letters"))
    await second.replica.join("among")
    message = Message("text", "1", first.clock(), "đóng mấy năm thì có lương hưu")
    await first.desk.take(first.channel.inbound(CHAT, message))
    await second.delivery.take_over()
    await second.delivery.settled()
    assert "15 năm" in second.channel.to(CHAT)[0]


async def test_what_came_after_a_claim_is_not_sent_with_it(starts: Start) -> None:
    """Nothing says whose it is: the process that put it there claims it, and would send it a second time."""
    first, second = starts(ChannelInMemory("letters")), starts(ChannelInMemory("letters"))
    await first.replica.join("among")
    key = KEYS.of("letters", CHAT)
    async with first.database.begin() as connection:
        assert await claims.claim(connection, key, first.replica.id)
        async with second.database.begin() as another:
            await outbox.put(another, key, Text("của cán bộ"), None, second.clock(), kind="relay")
        assert await outbox.unsent(connection, key, first.replica.id) == []
    async with first.database.begin() as connection:
        assert await claims.claim(connection, key, first.replica.id)
        assert [each.reply for each in await outbox.unsent(connection, key, first.replica.id)] == [Text("của cán bộ")]


async def test_what_a_channel_did_not_take_is_left_to_whoever_writes_there_next(starts: Start) -> None:
    first, second = starts(ChannelInMemory("letters")), starts(ChannelInMemory("letters"))
    await first.replica.join("among")
    await second.replica.join("among")
    first.channel.failures[CHAT] = [TryLater(900.0)]
    await first.takes(1, "đóng mấy năm thì có lương hưu")
    await first.delivery.settled()
    await second.delivery.take_over()  # which leaves it alone
    await second.delivery.settled()
    assert (first.channel.sent, second.channel.sent) == ([], [])
    await second.takes(2, "/tinhdong")
    await second.delivery.settled()
    said = second.channel.to(CHAT)
    assert "15 năm" in said[0]
    assert "Mỗi tháng bà con định đóng" in said[-1]


async def test_whether_the_staff_can_be_reached_is_told_as_any_process_found_it_last(
    starts: Start, resources: Resources
) -> None:
    first, second = (starts(ChannelInMemory("telegram"), TEAM) for _ in range(2))
    truth = resources.texts.say("late.not_with_staff", days=to_staff.KEPT.days)

    async def hears(process: Process, *texts: str, person: str) -> str:
        for text in texts:
            await process.takes(next(numbers), text, person)
            await process.delivery.settled()
        return "\n".join(process.channel.to(person))

    numbers = itertools.count(1)
    for each in (first, second):
        await each.replica.join("among")
        await hears(each, "/gapcanbo", person="8")
    second.channel.failures[GROUP] = [Barred()]
    assert truth in await hears(second, "/gapcanbo", "sổ của mẹ tôi ghi sai tên", "gửi", person="7")
    assert truth in await hears(first, "/gapcanbo", "tôi mất sổ", person="9")
    assert truth not in first.channel.to("8")[-1]
    await hears(first, "gửi", person="9")  # now the group takes it, and what waited
    assert len(first.channel.to(GROUP)) == 2
    second.channel.sent.clear()
    assert truth not in await hears(second, "/gapcanbo", "tôi đóng rồi mà chưa thấy", "gửi", person="10")


async def test_a_delivery_brought_to_two_at_once_is_carried_out_once(starts: Start) -> None:
    processes = [starts(ChannelInMemory("letters")) for _ in range(2)]
    for each in processes:
        await each.replica.join("among")
    await asyncio.gather(*(each.takes(1, "/tinhdong") for each in processes for _ in range(3)))
    for each in processes:
        await each.delivery.settled()
    assert sum(len(each.channel.to(CHAT)) for each in processes) == 1


async def test_two_conversations_that_begin_at_once_get_two_numbers(starts: Start) -> None:
    processes = [starts(ChannelInMemory("letters")) for _ in range(2)]
    numbers = await asyncio.gather(*(each.database.write(conversations.next_number) for each in processes * 5))
    assert sorted(numbers) == list(range(1, 11))


async def test_only_one_asks_for_what_comes_in_and_another_takes_its_place_when_it_is_gone(starts: Start) -> None:
    first, second = starts(ChannelInMemory("letters")), starts(ChannelInMemory("letters"))
    await first.replica.join("alone")

    async def lives() -> None:
        while True:
            await first.replica.beat()
            await asyncio.sleep(0.05)

    living = asyncio.create_task(lives())
    for way in ("alone", "among"):
        with pytest.raises(ServedElsewhere, match="webhook") as refused:
            await second.replica.join(way)
        assert refused.value.code == 5
    await second.replica.join("beside")  # who only talks in a terminal
    living.cancel()
    await asyncio.gather(living, return_exceptions=True)
    joining = asyncio.create_task(second.replica.join("alone"))
    await asyncio.sleep(0.3)
    assert not joining.done()  # it may be alive
    await first.is_gone()
    await joining
    with pytest.raises(ServedElsewhere, match="away too long"):
        await first.replica.beat()


async def test_by_webhook_many_serve_and_one_leads(starts: Start) -> None:
    processes = [starts(ChannelInMemory("letters")) for _ in range(3)]
    for each in processes:
        await each.replica.join("among")
    leaders = [each for each in processes if each.replica.leads]
    assert leaders == processes[:1]
    await leaders[0].replica.leave()
    for each in processes[1:]:
        await each.replica.beat()
    assert [each.replica.leads for each in processes[1:]] == [True, False]
    assert processes[1].replica.count == 2


async def test_of_those_that_were_killed_nothing_is_kept_for_ever(starts: Start) -> None:
    old = "INSERT INTO leases (name, holder, told, until) VALUES ('among/x', 'x', 'x', now() - interval '1 day')"
    process = starts(ChannelInMemory("letters"))
    async with process.database.begin() as connection:
        await connection.execute(sa.text(old))
    await process.replica.join("among")
    async with process.database.read() as connection:
        holders = set((await connection.execute(sa.select(schema.leases.c.holder))).scalars())
    assert holders == {process.replica.id}


async def test_errors_of_all_are_counted_together(starts: Start) -> None:
    one = starts(ChannelInMemory("letters"))
    noisy, other = Replica(one.database, lambda: 5), Replica(one.database, lambda: 2)
    for each in (noisy, other, noisy):
        await each.join("among")
    assert (noisy.errors_of_others, other.errors_of_others) == (2, 5)
    await noisy.leave()
    await other.leave()


async def test_who_was_not_answered_is_told_so_once_though_all_look_at_once(starts: Start, clock: Clock) -> None:
    processes = [starts(ChannelInMemory("letters")) for _ in range(3)]
    message = Message("text", "1", clock(), "đóng mấy năm thì có lương hưu")
    await processes[0].desk.take(processes[0].channel.inbound(CHAT, message))
    clock.forward(hours=25)
    await asyncio.gather(*(each.desk.tidy() for each in processes for _ in range(2)))
    async with processes[0].database.read() as connection:
        kinds = list((await connection.execute(sa.select(schema.outbox.c.kind))).scalars())
    assert kinds == ["notice"]


async def test_however_many_were_not_answered_each_is_told_so_once(
    starts: Start, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk.desk._TOGETHER", 2)
    process = starts(ChannelInMemory("letters"))
    for number in range(5):
        message = Message("text", str(number), clock(), "đóng mấy năm thì có lương hưu")
        await process.desk.take(process.channel.inbound(f"{number}", message))
    clock.forward(hours=25)
    await process.desk.tidy()
    async with process.database.read() as connection:
        rows = await connection.execute(sa.select(schema.outbox.c.key, schema.outbox.c.kind))
        told = [(row.key, row.kind) for row in rows]
    assert sorted(told) == sorted((KEYS.of("letters", str(number)), "notice") for number in range(5))


async def test_dropping_what_is_too_old_stands_in_nobodys_way(starts: Start, clock: Clock) -> None:
    """Who marks what went out holds the key and then touches the rows: the other order would be a deadlock."""
    process = starts(ChannelInMemory("letters"))
    message = Message("text", "1", clock(), "đóng mấy năm thì có lương hưu")
    await process.desk.take(process.channel.inbound(CHAT, message))
    clock.forward(hours=25)
    key = KEYS.of("letters", CHAT)
    waits = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with process.database.begin() as connection:
        await postgresql.hold(connection, key)
        tidying = asyncio.create_task(process.desk.tidy())
        while not (await connection.execute(waits)).scalar_one():
            await connection.execute(sa.text("SELECT pg_sleep(0.01)"))
        (row,) = await outbox.unsent(connection, key)
        await outbox.sent(connection, [row.id])
    await tidying
    async with process.database.read() as connection:
        assert await outbox.unsent(connection, key) == []  # it went out after all


async def test_what_is_written_while_another_process_closes_the_conversation_is_not_put_into_it(starts: Start) -> None:
    first, second = (starts(ChannelInMemory("telegram"), TEAM) for _ in range(2))
    for number, text in enumerate(("/gapcanbo", "sổ của mẹ tôi ghi sai tên", "gửi")):
        await first.takes(number, text)
    await first.delivery.settled()
    waits = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with first.database.begin() as connection:
        await conversations.close(connection, 1, "staff", first.clock())
        writing = asyncio.create_task(second.takes(9, "còn ai ở đó không"))
        while not writing.done() and not (await connection.execute(waits)).scalar_one():
            await connection.execute(sa.text("SELECT pg_sleep(0.01)"))
    await writing
    async with first.database.read() as connection:
        found = await conversations.exchange(connection, 1)
    assert found is not None
    assert [each.text for each in found[1]] == ["sổ của mẹ tôi ghi sai tên"]
    assert found[0].waiting_since is None


async def test_of_two_who_answer_at_once_on_pages_of_two_processes_one_is_told_to_read_first(starts: Start) -> None:
    processes = [starts(ChannelInMemory("telegram"), TEAM) for _ in range(2)]
    for number, text in enumerate(("/gapcanbo", "sổ của mẹ tôi ghi sai tên", "gửi")):
        await processes[0].takes(number, text)
    await processes[0].delivery.settled()
    async with processes[0].database.read() as connection:
        found = await conversations.exchange(connection, 1)
    assert found is not None
    seen = found[1][-1].number
    for tried in range(5):
        now = processes[0].clock()
        orders = [
            Message("text", f"{tried}-{each}", now, f"Bác ra xã {tried}-{each}", "page", "#K1", seen=seen)
            for each in range(2)
        ]
        done = await asyncio.gather(
            *(
                each.desk.carry_out(order, "editor", f"sign{n}")
                for n, (each, order) in enumerate(zip(processes, orders, strict=True))
            )
        )
        assert sorted(each.done for each in done) == [False, True]
        async with processes[0].database.read() as connection:
            found = await conversations.exchange(connection, 1)
        assert found is not None
        assert len(found[1]) == tried + 2
        assert (found[1][-1].by == "sign0") == done[0].done
        seen = found[1][-1].number


async def test_what_a_newer_version_left_is_not_thrown_away_by_an_older_one(starts: Start) -> None:
    """While processes are exchanged one by one; in its time it is sent by one that can read it."""
    older = starts(ChannelInMemory("letters"))
    await older.replica.join("among")
    await older.takes(1, "đóng mấy năm thì có lương hưu")
    await older.delivery.settled()
    newer = {"key": KEYS.of("letters", CHAT), "reply": '{"type": "Film"}', "at": to_utc(older.clock())}
    async with older.database.begin() as connection:
        await connection.execute(sa.insert(schema.outbox).values(newer))
        await addresses.save(connection, KEYS.of("letters", CHAT), Address("letters", CHAT), KEYS)
    await older.takes(2, "/tinhdong")
    await older.delivery.settled()
    assert "Mỗi tháng bà con định đóng" in older.channel.to(CHAT)[-1]
    async with older.database.read() as connection:
        waiting = (await connection.execute(sa.select(schema.outbox.c.reply))).scalars().all()
    assert list(waiting) == [newer["reply"]]
