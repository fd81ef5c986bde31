"""PostgreSQL fails under the desk, and nothing is kept, said sorry for, or lost: after it all are answered.

Each fault is made at the server; nothing is started anew in the process that uses it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager

import pytest
import sqlalchemy as sa

from bot.desk.channel import Inbound
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.storage import postgresql, schema, upsert
from bot.storage.database import Connection, Damaged, Database, StorageDown
from bot.testing.channel import ChannelInMemory
from bot.testing.postgresql_server import PostgresqlServer
from handlers.dialogue.message import Message
from tests.conftest import Clock

ONLY_SQLITE = True
"""As far as tests choose their database: these have a server of their own."""

Fault = Callable[[PostgresqlServer], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def server(postgresql: PostgresqlServer) -> Iterator[PostgresqlServer]:
    """One that may be stopped, with few connections."""
    with PostgresqlServer(max_connections="12", superuser_reserved_connections="2") as made:
        made.make("plain")
        database = Database(made.url("plain"))
        asyncio.run(_migrated(database))
        made.execute("CREATE ROLE assistant LOGIN")
        made.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO assistant", "plain")
        made.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO assistant", "plain")
        yield made


async def _migrated(database: Database) -> None:
    await database.migrate()
    await database.close()


@pytest.fixture
async def database(server: PostgresqlServer) -> AsyncIterator[Database]:
    """As one that is no administrator of the server comes to it."""
    server.make("served", like="plain")
    made = Database(server.url("served").replace("bhxh@", "assistant@"), connections=4)
    pool = made.engine.sync_engine.pool
    assert isinstance(pool, sa.pool.QueuePool)
    pool._timeout = 0.5  # for a connection that another cannot open either
    yield made
    await made.close()
    server.drop("served")


@pytest.fixture
def channel(delivery: Delivery) -> ChannelInMemory:
    made = ChannelInMemory("recorder")
    delivery.connect(made)
    return made


def question(clock: Clock, number: int) -> Inbound:
    return Inbound("recorder", str(number), f"chat-{number}", Message("text", str(number), clock(), "/tinhdong"))


@contextlib.contextmanager
def gone(server: PostgresqlServer) -> Iterator[None]:
    server.stop("immediate")
    try:
        yield
    finally:
        server.start()


@contextlib.contextmanager
def read_only(server: PostgresqlServer) -> Iterator[None]:
    """As a standby is, or a server whose keeper closed it to writing."""
    server.execute("ALTER DATABASE served SET default_transaction_read_only = on")
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'served'")
    try:
        yield
    finally:
        server.execute("ALTER DATABASE served RESET default_transaction_read_only")


@contextlib.contextmanager
def full(server: PostgresqlServer) -> Iterator[None]:
    """What the server says where its disk is full."""
    server.execute(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
        "'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$",
        "served",
    )
    server.execute("CREATE TRIGGER full_disk BEFORE INSERT ON deliveries EXECUTE FUNCTION full_disk()", "served")
    try:
        yield
    finally:
        server.execute("DROP FUNCTION full_disk CASCADE", "served")


@contextlib.contextmanager
def crowded(server: PostgresqlServer) -> Iterator[None]:
    """Others hold all the connections there are, but for those of administrators."""
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'served'")
    server.execute("ALTER ROLE assistant CONNECTION LIMIT 0")
    try:
        yield
    finally:
        server.execute("ALTER ROLE assistant CONNECTION LIMIT -1")


@contextlib.contextmanager
def refused(server: PostgresqlServer) -> Iterator[None]:
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'served'")
    server.execute("ALTER ROLE assistant NOLOGIN")
    try:
        yield
    finally:
        server.execute("ALTER ROLE assistant LOGIN")


@pytest.mark.parametrize("fault", [gone, read_only, full, crowded, refused])
async def test_what_cannot_be_kept_comes_again_and_is_answered_once_the_cause_is_gone(
    fault: Fault,
    server: PostgresqlServer,
    desk: Desk,
    delivery: Delivery,
    channel: ChannelInMemory,
    database: Database,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    people = range(1, 9)
    await delivery.send(await desk.take(question(clock, 0)))
    with fault(server):
        for _ in range(2):
            results = await asyncio.gather(
                *(desk.take(question(clock, each)) for each in people), return_exceptions=True
            )
            assert {type(each) for each in results} == {StorageDown}, results
    assert [text for text in channel.sent if "Xin lỗi" in str(text)] == []
    for each in people:
        await delivery.send(await desk.take(question(clock, each)))
    await desk.tidy()
    for each in people:
        assert len(channel.to(f"chat-{each}")) == 1
    assert database.writing.cause is None
    assert "assistant@" not in caplog.text


async def test_a_restart_of_the_server_costs_nobody_an_answer(
    server: PostgresqlServer, desk: Desk, delivery: Delivery, channel: ChannelInMemory, clock: Clock
) -> None:
    await delivery.send(await desk.take(question(clock, 1)))
    server.restart()
    await delivery.send(await desk.take(question(clock, 2)))
    assert len(channel.to("chat-2")) == 1


async def test_pages_that_are_not_whole_and_tables_that_are_missing_are_damage(
    server: PostgresqlServer, desk: Desk, clock: Clock, database: Database
) -> None:
    await desk.take(question(clock, 1))
    server.execute("CHECKPOINT")
    (path,) = server.execute("SELECT pg_relation_filepath('deliveries')", "served")
    server.stop()
    with (server.data / path).open("r+b") as page:
        page.seek(2_000)
        page.write(b"\x5a" * 4_000)
    server.start()
    with pytest.raises(Damaged, match="bhxh restore"):
        async with database.read() as connection:
            await connection.execute(sa.select(schema.deliveries))
    server.execute("DROP TABLE states", "served")
    with pytest.raises(Damaged):
        await desk.take(question(clock, 2))
    async with asyncio.timeout(60):
        assert "bhxh restore" in str(await database.damage())


async def test_two_that_stand_in_each_others_way_are_both_carried_out(database: Database) -> None:
    """Each holds what the other wants: the server breaks one off, and it is done again."""
    both = asyncio.Barrier(2)
    tried: list[str] = []

    async def crossing(first: str, second: str, connection: Connection) -> None:
        tried.append(first)
        await upsert.put(connection, schema.group_moves, {"old": first, "new": "x"}, {"old"})
        if len(tried) <= 2:
            await both.wait()
        await upsert.put(connection, schema.group_moves, {"old": second, "new": "x"}, {"old"})

    async with asyncio.timeout(120):
        await asyncio.gather(
            database.write(lambda connection: crossing("a", "b", connection)),
            database.write(lambda connection: crossing("b", "a", connection)),
        )
    assert len(tried) == 3
    assert database.writing.cause is None


async def test_who_holds_a_name_is_waited_for(database: Database) -> None:
    order: list[str] = []
    holds = asyncio.Event()

    async def first(connection: Connection) -> None:
        await postgresql.hold(connection, "7")
        holds.set()
        await connection.execute(sa.text("SELECT pg_sleep(0.3)"))
        order.append("first")

    async def second(connection: Connection) -> None:
        await postgresql.hold(connection, "7")
        order.append("second")

    beginning = asyncio.create_task(database.write(first))
    await holds.wait()
    await database.write(second)
    await beginning
    assert order == ["first", "second"]


async def test_a_character_that_the_server_takes_in_no_text_is_left_out(desk: Desk, clock: Clock) -> None:
    await desk.take(Inbound("recorder", "1", "chat-1", Message("text", "1", clock(), "đóng\0 mấy năm\0")))
