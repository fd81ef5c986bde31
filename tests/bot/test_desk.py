"""The desk: records exactly once, replies at least once, in order per person, and nothing lost at any moment."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime

import pytest
import sqlalchemy as sa
from conftest import Clock, make_desk

from bot.desk.channel import Inbound, TryLater, Unreachable
from bot.desk.desk import Desk
from bot.storage import schema
from bot.storage.database import Database, StorageDown
from bot.storage.fading import NOBODY
from handlers.dialogue import texts as phrases
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Kind, Message
from handlers.dialogue.turn import Picture, Said, Text


class Recorder:
    """A channel that keeps what it is given, and fails as it is told."""

    name = "recorder"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.failures: list[Exception] = []

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((address, reply.html if isinstance(reply, Text) else reply.name))


def inbound(clock: Clock, text: str, delivery: str, kind: Kind = "text", person: str = "7") -> Inbound:
    return Inbound("recorder", person, f"chat-{person}", Message(kind, delivery, clock(), text))


async def rows(database: Database, table: str) -> list[sa.RowMapping]:
    async with database.read() as connection:
        return [row._mapping for row in await connection.execute(sa.select(schema.metadata.tables[table]))]


async def test_a_delivery_brought_twice_records_once_and_is_answered_once(
    desk: Desk, database: Database, clock: Clock
) -> None:
    channel = Recorder()
    for _ in range(2):
        await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "1"))
        await desk.flush(channel, "7")
    assert len(await rows(database, "questions")) == 1
    assert len(await rows(database, "ratings")) == 1
    assert len(channel.sent) == 2  # the answer, and the question how it was


async def test_what_was_committed_and_not_sent_goes_out_when_the_delivery_comes_again(
    desk: Desk, database: Database, resources: Resources, clock: Clock
) -> None:
    await desk.take(inbound(clock, "/tinhdong", "1"))  # and the process dies here
    again, channel = make_desk(database, resources, clock), Recorder()
    await again.take(inbound(clock, "/tinhdong", "1"))
    await again.flush(channel, "7")
    assert [address for address, _ in channel.sent] == ["chat-7"]
    assert await rows(database, "outbox") == []


async def test_at_start_young_replies_are_sent_and_old_ones_dropped(
    desk: Desk, database: Database, resources: Resources, clock: Clock
) -> None:
    await desk.take(inbound(clock, "/tinhdong", "1", person="old"))
    clock.forward(minutes=9)
    await desk.take(inbound(clock, "/tinhdong", "2", person="young"))
    clock.forward(minutes=2)
    channel = Recorder()
    await make_desk(database, resources, clock).flush_all(channel)
    assert [address for address, _ in channel.sent] == ["chat-young"]
    assert await rows(database, "outbox") == []


async def test_the_address_is_kept_only_while_something_is_owed(desk: Desk, database: Database, clock: Clock) -> None:
    channel = Recorder()
    await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "1"))
    assert len(await rows(database, "addresses")) == 1
    await desk.flush(channel, "7")
    assert await rows(database, "addresses") == []
    await desk.take(inbound(clock, "/tinhdong", "2"))
    await desk.flush(channel, "7")
    assert len(await rows(database, "addresses")) == 1  # a form is under way
    await desk.take(inbound(clock, "thôi", "3"))
    await desk.flush(channel, "7")
    assert await rows(database, "addresses") == []


async def test_no_id_of_a_person_stands_in_any_other_table(desk: Desk, database: Database, clock: Clock) -> None:
    channel = Recorder()
    person = "987654321"
    for number, text in enumerate(("/tinhdong", "500k", "khác", "hằng tháng", "mức đóng thấp nhất", "/danhgia")):
        await desk.take(inbound(clock, text, str(number), person=person))
        await desk.flush(channel, person)
    for table in schema.metadata.sorted_tables:
        if table.name != "addresses":
            assert all(person not in str(tuple(row.values())) for row in await rows(database, table.name)), table.name


async def test_a_person_who_blocked_the_assistant_is_forgotten_and_nothing_is_sent(
    desk: Desk, database: Database, clock: Clock
) -> None:
    channel = Recorder()
    channel.failures = [Unreachable()]
    await desk.take(inbound(clock, "/tinhdong", "1"))
    await desk.flush(channel, "7")
    assert await rows(database, "addresses") == []
    assert await rows(database, "outbox") == []
    await desk.take(inbound(clock, "500k", "2"))  # they are back
    await desk.flush(channel, "7")
    assert len(channel.sent) == 1


async def test_a_channel_that_asks_to_wait_is_asked_again_and_the_order_stays(
    desk: Desk, database: Database, clock: Clock
) -> None:
    channel = Recorder()
    channel.failures = [TryLater(30), TryLater(30)]
    await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "1"))
    await desk.take(inbound(clock, "/tinhdong", "2"))
    await desk.flush(channel, "7")
    assert len(channel.sent) == 3
    assert "330.000" in channel.sent[0][1]
    assert "định đóng khoảng bao nhiêu" in channel.sent[2][1]


async def test_one_person_waiting_holds_up_nobody_else(database: Database, resources: Resources, clock: Clock) -> None:
    released = asyncio.Event()

    async def wait(seconds: float) -> None:
        await released.wait()

    desk = make_desk(database, resources, clock, wait=wait)
    slow, quick = Recorder(), Recorder()
    slow.failures = [TryLater(30)]
    await desk.take(inbound(clock, "/tinhdong", "1", person="slow"))
    await desk.take(inbound(clock, "/tinhdong", "2", person="quick"))
    waiting = asyncio.create_task(desk.flush(slow, "slow"))
    await asyncio.sleep(0)
    await desk.flush(quick, "quick")
    assert [address for address, _ in quick.sent] == ["chat-quick"]
    assert slow.sent == []
    released.set()
    await waiting
    assert [address for address, _ in slow.sent] == ["chat-slow"]


async def test_messages_of_one_person_handed_in_together_are_taken_one_after_the_other(
    desk: Desk, database: Database, clock: Clock
) -> None:
    await desk.take(inbound(clock, "/tinhdong", "0"))
    answers = ("500k", "khác", "hằng tháng")
    await asyncio.gather(*(desk.take(inbound(clock, text, str(n))) for n, text in enumerate(answers, 1)))
    assert [row["calculation"] for row in await rows(database, "estimates")] == ["contribution"]


async def test_a_bug_in_a_conversation_apologises_and_loses_nothing_entered(
    desk: Desk, database: Database, resources: Resources, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    channel = Recorder()
    await desk.take(inbound(clock, "/tinhdong", "1"))
    await desk.take(inbound(clock, "500k", "2"))
    texts = {name: resources.texts._templates[name] for name in resources.texts}
    texts["form.not_read"] = "{{ a_figure_nobody_gives }}"
    broken = make_desk(database, dataclasses.replace(resources, texts=phrases.Texts(texts)), clock)
    await broken.take(inbound(clock, "khác, sđt 0912345678", "3"))
    await broken.flush(channel, "7")
    assert "Xin lỗi bà con" in channel.sent[-1][1]
    assert "0912345678" not in caplog.text
    await desk.take(inbound(clock, "khác", "4"))
    await desk.flush(channel, "7")
    assert "mấy tháng một lần" in channel.sent[-1][1]


async def test_a_database_that_cannot_be_written_keeps_nothing_and_says_so(
    desk: Desk, database: Database, clock: Clock
) -> None:
    async with database.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE questions RENAME TO gone"))
    with pytest.raises(StorageDown):
        await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "1"))
    async with database.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE gone RENAME TO questions"))
    assert await rows(database, "deliveries") == []
    await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "1"))
    assert len(await rows(database, "questions")) == 1


async def test_a_state_is_forgotten_after_a_day(desk: Desk, database: Database, clock: Clock) -> None:
    channel = Recorder()
    await desk.take(inbound(clock, "/tinhdong", "1"))
    await desk.flush(channel, "7")
    clock.forward(hours=24, seconds=1)
    await desk.tidy()
    assert await rows(database, "states") == []
    assert await rows(database, "addresses") == []
    assert await rows(database, "deliveries") != []  # known for seven days
    clock.forward(days=7)
    await desk.tidy()
    assert await rows(database, "deliveries") == []


async def test_a_picture_and_a_keyboard_survive_the_outbox(database: Database, clock: Clock) -> None:
    from bot.storage import outbox
    from handlers.dialogue.turn import Button

    said: list[Said] = [
        Text("<b>a</b>", ((Button("x", "y|z"),),), (("menu",),), replaces=True),
        Picture("qr", {"link": "https://t.me/x"}, "caption"),
        Picture("paid_and_received", {"months": ("2026-12", "2041-12"), "paid": (0, 75_380_800), "payback": 77}),
    ]
    async with database.begin() as connection:
        for reply in said:
            await outbox.put(connection, "k", reply, None, clock())
    async with database.read() as connection:
        assert [unsent.reply for unsent in await outbox.unsent(connection, "k")] == said


MEDIA_AND_ODDITIES: list[tuple[Kind, str]] = [
    ("media", ""),
    ("text", ""),
    ("text", "   \n "),
    ("text", "😀" * 4096),
    ("text", "\u202e" + "a" * 4096),
    ("edit", "mức đóng"),
    ("press", ""),
    ("press", "f|contribution"),
    ("press", "f|nothing|1|amount|lowest"),
    ("press", "ask|no_such_entry"),
    ("press", "more|greeting"),
    ("press", "rate|x|9"),
    ("press", "why|x|no_such_reason"),
    ("press", "pick||"),
    ("press", "open|nothing"),
    ("press", "\x00|||||"),
    ("start", "x" * 65),
    ("start", "chợ"),
    ("text", "/khongco"),
    ("text", "{{ 7*7 }} {income_floor} <b>"),
]


@pytest.mark.parametrize("under_way", [False, True], ids=["free", "in a form"])
@pytest.mark.parametrize(("kind", "text"), MEDIA_AND_ODDITIES)
async def test_nothing_a_person_sends_is_an_exception(
    desk: Desk, clock: Clock, caplog: pytest.LogCaptureFixture, kind: Kind, text: str, under_way: bool
) -> None:
    channel = Recorder()
    if under_way:
        await desk.take(inbound(clock, "/tinhdong", "0"))
    await desk.take(inbound(clock, text, "1", kind))
    await desk.flush(channel, "7")
    assert not any("Xin lỗi bà con, tôi vừa gặp lỗi" in html for _, html in channel.sent)
    assert caplog.records == []
    await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "2"))
    await desk.flush(channel, "7")
    assert any("330.000" in html for _, html in channel.sent)


async def test_every_record_module_forgets_a_person(desk: Desk, database: Database, clock: Clock) -> None:
    from bot.base.keys import Keys
    from bot.storage import addresses, campaigns, estimates, outbox, questions, ratings, states

    deliveries = iter(range(100))
    async with database.begin() as connection:
        await campaigns.add(connection, "cho", "Chợ", "Kim Thành", clock())
    for person in ("7", "8"):
        for kind, text in (
            ("start", "cho"),
            ("text", "mức đóng thấp nhất là bao nhiêu"),
            ("text", "/tinhdong"),
            ("text", "500k"),
            ("text", "khác"),
            ("text", "hằng tháng"),
            ("text", "/tinhdong"),
        ):
            await desk.take(inbound(clock, text, str(next(deliveries)), kind, person))  # type: ignore[arg-type]
    key = Keys(b"0" * 32).of("recorder", "7")
    tables = ("states", "addresses", "outbox", "questions", "estimates", "ratings", "starts", "touches")
    before = {table: await rows(database, table) for table in tables}
    assert all({row["key"] for row in before[table]} > {key} for table in tables)
    async with database.begin() as connection:
        for module in (addresses, campaigns, estimates, outbox, questions, ratings, states):
            await module.forget(connection, key)
    for table in tables:
        left = [row for row in await rows(database, table) if row["key"] != NOBODY]
        assert left == [row for row in before[table] if row["key"] != key]


async def test_the_schema_of_the_migrations_is_the_schema_of_the_code(database: Database) -> None:
    def names(connection: sa.Connection) -> dict[str, set[str]]:
        inspector = sa.inspect(connection)
        return {
            table: {column["name"] for column in inspector.get_columns(table)} for table in inspector.get_table_names()
        }

    async with database.engine.connect() as connection:
        found = await connection.run_sync(names)
    found.pop("alembic_version")
    wanted = {table.name: {column.name for column in table.columns} for table in schema.metadata.sorted_tables}
    assert found == wanted


def test_stored_times_come_back_in_vietnams_time() -> None:
    from bot.storage.database import VIETNAM, to_local, to_utc

    at = datetime.datetime(2026, 12, 31, 23, 30, tzinfo=VIETNAM)
    assert to_local(to_utc(at)) == at
    assert to_utc(at) == datetime.datetime(2026, 12, 31, 16, 30)
