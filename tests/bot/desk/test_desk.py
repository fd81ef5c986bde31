"""The desk: records exactly once, replies at least once, in order per person, and nothing lost at any moment."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime

import pytest
import sqlalchemy as sa

from bot.desk.channel import Inbound, TryLater, Unreachable
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.storage import campaigns, privacy, schema
from bot.storage.database import Database, StorageDown
from bot.storage.fading import NOBODY
from bot.testing.channel import ChannelInMemory
from handlers.dialogue import texts as phrases
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.turn import Picture, Text, Waiting
from tests.conftest import KEYS, Clock, make_delivery, make_desk, rows_of


def inbound(clock: Clock, text: str, delivery: str, kind: MessageKind = "text", person: str = "7") -> Inbound:
    return Inbound("recorder", person, f"chat-{person}", Message(kind, delivery, clock(), text))


@pytest.fixture
def channel(delivery: Delivery) -> ChannelInMemory:
    """A channel that is there."""
    made = ChannelInMemory("recorder")
    delivery.connect(made)
    return made


async def test_a_delivery_brought_twice_records_once_and_is_answered_once(
    desk: Desk, delivery: Delivery, channel: ChannelInMemory, database: Database, clock: Clock
) -> None:
    await delivery.send(await desk.take(inbound(clock, "đóng mấy năm thì có lương hưu", "1")))
    for _ in range(2):
        await delivery.send(await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "2")))
    assert len(await rows_of(database, "questions")) == 2
    assert len(await rows_of(database, "ratings")) == 1
    assert len(channel.sent) == 3  # the two answers, and the question how it was


async def test_what_is_recorded_knows_its_channel_until_its_person_is_forgotten(
    desk: Desk, delivery: Delivery, channel: ChannelInMemory, database: Database, clock: Clock
) -> None:
    tables = ("questions", "estimates", "ratings")
    said = ("đóng mấy năm thì có lương hưu", "đóng 300k hộ cận nghèo 6 tháng một lần")
    for number, text in enumerate(said):
        await delivery.send(await desk.take(inbound(clock, text, str(number))))
    for table in tables:
        assert {row["channel"] for row in await rows_of(database, table)} == {"recorder"}, table
    async with database.begin() as connection:
        await privacy.forget(connection, KEYS.of("recorder", "7"))
    for table in tables:
        assert {row["channel"] for row in await rows_of(database, table)} == {None}, table


async def test_what_was_committed_and_not_sent_goes_out_when_the_delivery_comes_again(
    desk: Desk, database: Database, resources: Resources, clock: Clock
) -> None:
    await desk.take(inbound(clock, "/tinhdong", "1"))  # and the process dies here
    again, channel = make_desk(database, resources, clock), ChannelInMemory("recorder")
    delivery = make_delivery(again, database, resources, clock)
    delivery.connect(channel)
    await delivery.send(await again.take(inbound(clock, "/tinhdong", "1")))
    assert [address for address, _ in channel.sent] == ["chat-7"]
    assert await rows_of(database, "outbox") == []


async def test_the_address_is_kept_only_while_something_is_owed(
    desk: Desk, delivery: Delivery, channel: ChannelInMemory, database: Database, clock: Clock
) -> None:
    await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "1"))
    assert len(await rows_of(database, "addresses")) == 1
    await delivery.send([KEYS.of("recorder", "7")])
    assert await rows_of(database, "addresses") == []
    await delivery.send(await desk.take(inbound(clock, "/tinhdong", "2")))
    assert len(await rows_of(database, "addresses")) == 1  # a form is under way
    await delivery.send(await desk.take(inbound(clock, "thôi", "3")))
    assert await rows_of(database, "addresses") == []


async def test_no_id_of_a_person_stands_in_the_database(
    desk: Desk, channel: ChannelInMemory, delivery: Delivery, database: Database, clock: Clock
) -> None:
    person = "987654321"
    for number, text in enumerate(("/tinhdong", "500k", "khác", "hằng tháng", "mức đóng thấp nhất", "/danhgia")):
        await delivery.send(await desk.take(inbound(clock, text, str(number), person=person)))
    for table in schema.metadata.sorted_tables:
        assert all(person not in str(tuple(row.values())) for row in await rows_of(database, table.name)), table.name


async def test_a_person_who_blocked_the_assistant_is_forgotten_and_nothing_is_sent(
    desk: Desk, delivery: Delivery, channel: ChannelInMemory, database: Database, clock: Clock
) -> None:
    channel.failures["chat-7"] = [Unreachable()]
    await delivery.send(await desk.take(inbound(clock, "/tinhdong", "1")))
    assert await rows_of(database, "addresses") == []
    assert await rows_of(database, "outbox") == []
    await delivery.send(await desk.take(inbound(clock, "500k", "2")))  # they are back
    assert len(channel.sent) == 1


async def test_a_channel_that_asks_to_wait_is_asked_again_and_the_order_stays(
    desk: Desk, channel: ChannelInMemory, delivery: Delivery, database: Database, clock: Clock
) -> None:
    await desk.take(inbound(clock, "đóng mấy năm thì có lương hưu", "0"))
    channel.failures["chat-7"] = [TryLater(30), TryLater(30)]
    await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "1"))
    await delivery.send(await desk.take(inbound(clock, "/tinhdong", "2")))
    assert len(channel.sent) == 4
    assert "330.000" in channel.to("chat-7")[1]
    assert "định đóng khoảng bao nhiêu" in channel.to("chat-7")[3]


async def test_one_person_waiting_holds_up_nobody_else(database: Database, resources: Resources, clock: Clock) -> None:
    released = asyncio.Event()

    async def wait(seconds: float) -> None:
        await released.wait()

    desk, channel = make_desk(database, resources, clock), ChannelInMemory("recorder")
    delivery = make_delivery(desk, database, resources, clock, wait=wait)
    delivery.connect(channel)
    channel.failures["chat-slow"] = [TryLater(30)]
    delivery.wake(await desk.take(inbound(clock, "/tinhdong", "1", person="slow")))
    await delivery.send(await desk.take(inbound(clock, "/tinhdong", "2", person="quick")))
    assert [address for address, _ in channel.sent] == ["chat-quick"]
    released.set()
    await delivery.settled()
    assert [address for address, _ in channel.sent] == ["chat-quick", "chat-slow"]


async def test_messages_of_one_person_handed_in_together_are_taken_one_after_the_other(
    desk: Desk, database: Database, clock: Clock
) -> None:
    await desk.take(inbound(clock, "/tinhdong", "0"))
    answers = ("500k", "khác", "hằng tháng")
    await asyncio.gather(*(desk.take(inbound(clock, text, str(n))) for n, text in enumerate(answers, 1)))
    assert [row["calculation"] for row in await rows_of(database, "estimates")] == ["contribution"]


async def test_a_bug_in_a_conversation_apologises_and_loses_nothing_entered(
    desk: Desk,
    delivery: Delivery,
    channel: ChannelInMemory,
    database: Database,
    resources: Resources,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await desk.take(inbound(clock, "/tinhdong", "1"))
    await desk.take(inbound(clock, "500k", "2"))
    texts = {name: resources.texts._templates[name] for name in resources.texts}
    texts["form.not_read"] = "{{ a_figure_nobody_gives }}"
    broken = make_desk(database, dataclasses.replace(resources, texts=phrases.Texts(texts)), clock)
    await delivery.send(await broken.take(inbound(clock, "khác, sđt 0912345678", "3")))
    assert "Xin lỗi bà con" in channel.to("chat-7")[-1]
    assert "0912345678" not in caplog.text
    await delivery.send(await desk.take(inbound(clock, "khác", "4")))
    assert "mấy tháng một lần" in channel.to("chat-7")[-1]


async def test_a_database_that_cannot_be_written_keeps_nothing_and_says_so(
    desk: Desk, database: Database, clock: Clock
) -> None:
    async with database.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE questions RENAME TO gone"))
    with pytest.raises(StorageDown):
        await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "1"))
    async with database.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE gone RENAME TO questions"))
    assert await rows_of(database, "deliveries") == []
    await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "1"))
    assert len(await rows_of(database, "questions")) == 1


async def test_a_state_is_forgotten_after_a_day(
    desk: Desk, channel: ChannelInMemory, delivery: Delivery, database: Database, clock: Clock
) -> None:
    await delivery.send(await desk.take(inbound(clock, "/tinhdong", "1")))
    clock.forward(hours=24, seconds=1)
    await desk.tidy()
    assert await rows_of(database, "states") == []
    assert await rows_of(database, "addresses") == []
    assert await rows_of(database, "deliveries") != []  # known for seven days
    clock.forward(days=7)
    await desk.tidy()
    assert await rows_of(database, "deliveries") == []


async def test_a_picture_and_a_keyboard_survive_the_outbox(database: Database, clock: Clock) -> None:
    from bot.storage import outbox
    from handlers.dialogue.turn import Button

    said: list[Waiting] = [
        Text("<b>a</b>", ((Button("x", "y|z"),),), (("menu",),), replaces=True),
        Picture("qr", {"link": "https://t.me/x"}, "caption"),
        Picture("paid_and_received", {"months": ("2026-12", "2041-12"), "paid": (0, 75_380_800), "payback": 77}),
    ]
    async with database.begin() as connection:
        for reply in said:
            await outbox.put(connection, "k", reply, None, clock())
    async with database.read() as connection:
        assert [unsent.reply for unsent in await outbox.unsent(connection, "k")] == said


MEDIA_AND_ODDITIES: list[tuple[MessageKind, str]] = [
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
    desk: Desk,
    delivery: Delivery,
    channel: ChannelInMemory,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    kind: MessageKind,
    text: str,
    under_way: bool,
) -> None:
    if under_way:
        await desk.take(inbound(clock, "/tinhdong", "0"))
    await delivery.send(await desk.take(inbound(clock, text, "1", kind)))
    assert not any("Xin lỗi bà con, tôi vừa gặp lỗi" in html for html in channel.to("chat-7"))
    assert caplog.records == []
    await delivery.send(await desk.take(inbound(clock, "mức đóng thấp nhất là bao nhiêu", "2")))
    assert any("330.000" in html for html in channel.to("chat-7"))


async def test_a_group_that_adds_the_assistant_by_a_campaigns_link_is_a_start_of_nobody(
    database: Database, resources: Resources, clock: Clock
) -> None:
    """Its members come by the same code when they follow the link they are shown."""
    manner = dataclasses.replace(resources.manner, link="https://t.me/bhxh_hai_duong_bot")
    desk = make_desk(database, dataclasses.replace(resources, manner=manner), clock)
    async with database.begin() as connection:
        await campaigns.add(connection, campaigns.Campaign("cho", "Chợ", "Kim Thành"), clock())
    for number, text in enumerate(("/start CHO", "/start khong-co", "/start", "/startcho", "cho")):
        message = Message("text", f"g{number}", clock(), text)
        await desk.take(Inbound("recorder", "7", "-100", message, group=True))
    await desk.take(inbound(clock, "cho", "p", "start", "8"))
    found = [(row["key"], row["campaign"], row["code"], row["channel"]) for row in await rows_of(database, "starts")]
    member = KEYS.of("recorder", "8")
    assert found == [
        (NOBODY, "known", "cho", "recorder"),
        (NOBODY, "unknown", None, "recorder"),
        (member, "known", "cho", "recorder"),
    ]
    assert [row["key"] for row in await rows_of(database, "touches")] == [member]
    (invited, *_) = [row["reply"] for row in await rows_of(database, "outbox")]
    assert "https://t.me/bhxh_hai_duong_bot?start=cho" in str(invited)


async def test_every_record_module_forgets_a_person(desk: Desk, database: Database, clock: Clock) -> None:
    from bot.base.keys import Keys
    from bot.storage import addresses, estimates, outbox, questions, ratings, states

    deliveries = iter(range(100))
    async with database.begin() as connection:
        await campaigns.add(connection, campaigns.Campaign("cho", "Chợ", "Kim Thành"), clock())
    for person in ("7", "8"):
        await desk.take(inbound(clock, "cho", str(next(deliveries)), "start", person))
        for text in ("mức đóng thấp nhất là bao nhiêu", "/tinhdong", "500k", "khác", "hằng tháng", "/tinhdong"):
            await desk.take(inbound(clock, text, str(next(deliveries)), "text", person))
    key = Keys(b"0" * 32).of("recorder", "7")
    tables = ("states", "addresses", "outbox", "questions", "estimates", "ratings", "starts", "touches")
    before = {table: await rows_of(database, table) for table in tables}
    assert all({row["key"] for row in before[table]} > {key} for table in tables)
    async with database.begin() as connection:
        for module in (addresses, campaigns, estimates, outbox, questions, ratings, states):
            await module.forget(connection, key)
    for table in tables:
        left = [row for row in await rows_of(database, table) if row["key"] != NOBODY]
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
