"""What tests share: the real content, read once; a clock that moves when told; a desk on a database of its own."""

from __future__ import annotations

import asyncio
import datetime
import functools
import itertools
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa

from bot.base.content import Content, read_content
from bot.base.keys import Keys
from bot.base.meters import Meters
from bot.base.settings import Office, Settings, Staff
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.desk.rendering import Renderer
from bot.desk.resources import resources_of
from bot.desk.roles import Member, Roles
from bot.desk.staff_group import StaffGroup
from bot.reports.catalogue import listed
from bot.reports.chat import Reporter
from bot.reports.records import Records, Topics, read_targets
from bot.storage import file, schema
from bot.storage.database import VIETNAM, Connection, Database
from bot.storage.replica import Replica
from bot.testing.postgresql_server import PostgresqlServer, programs
from bot.testing.quotes import Quotes
from faq.engine.match import Match
from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Role
from vietnamese.masking import mask

hypothesis.settings.register_profile("untimed", deadline=None)  # a slow machine is no failure
hypothesis.settings.load_profile("untimed")

TODAY = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests run in CI, and skip elsewhere."""
    if os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: set CI=1 to run it"))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime.datetime = TODAY) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += datetime.timedelta(**span)


@pytest.fixture(scope="session")
def content() -> Content:
    return read_content()


@pytest.fixture(scope="session")
def resources(content: Content) -> Resources:
    return resources_of(content, Settings(), listed())


@pytest.fixture(scope="session")
def asked(content: Content) -> Callable[[str], Match]:
    """What the matcher makes of a text, as the assistant hears it: masked; of the same text worked out once."""
    return functools.cache(lambda text: content.matcher.match(mask(text)[0]))


@pytest.fixture(scope="session")
def quoted(content: Content) -> Callable[..., str]:
    """A text with the figures it quotes, of today or of another day: `quoted("{contribution_min}", on=…)`."""
    return lambda text, on=None: Quotes(content.law, on or TODAY.date()).said(text)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with nothing in it: migrated once, and copied for each test."""
    folder = tmp_path_factory.mktemp("migrated") / "data"

    async def made() -> None:
        database = Database.in_folder(folder)
        await database.migrate()
        await database.close()

    asyncio.run(made())
    return folder


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A server of this session with «migrated», a database of this version with nothing in it."""
    if programs() is None and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed")
    with PostgresqlServer() as server:
        server.make("migrated")

        async def made() -> None:
            database = Database(server.url("migrated"))
            await database.migrate()
            await database.close()

        asyncio.run(made())
        yield server


@pytest.fixture
def on_postgresql(postgresql: PostgresqlServer) -> Iterator[Callable[[str], str]]:
    """Makes databases of PostgreSQL like another one, and tells where each is: `on_postgresql("migrated")`."""
    made: list[str] = []

    def make(like: str = "template0") -> str:
        made.append(f"t{next(_NUMBERS)}")
        postgresql.make(made[-1], like)
        return postgresql.url(made[-1])

    yield make
    for each in made:
        postgresql.drop(each)


_NUMBERS = itertools.count(1)


@pytest.fixture
def database_kind() -> str:
    """The database that tests are on: `DATABASE=postgresql` puts all of them there."""
    return os.environ.get("DATABASE", "sqlite")


@pytest.fixture
def url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database of this version with nothing in it is."""
    if database_kind == "postgresql":
        return str(request.getfixturevalue("on_postgresql")("migrated"))
    return sqlite_url(shutil.copytree(request.getfixturevalue("migrated"), tmp_path / "data"))


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A database of this version with nothing in it."""
    made = Database(url)
    yield made
    await made.close()


@pytest.fixture
def empty_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database without tables is, or may be made."""
    if database_kind == "postgresql":
        return str(request.getfixturevalue("on_postgresql")())
    return sqlite_url(tmp_path)


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    """A database without tables."""
    made = Database(empty_url)
    yield made
    await made.close()


def sqlite_url(folder: Path) -> str:
    """Where the database of a data folder is."""
    return f"sqlite+aiosqlite:///{folder / file.FILE}"


async def rows_of(database: Database, table: str) -> list[sa.RowMapping]:
    """All that stands in a table."""
    async with database.read() as connection:
        return [row._mapping for row in await connection.execute(sa.select(schema.metadata.tables[table]))]


async def no_wait(seconds: float) -> None:
    """Waiting takes no time in tests."""


@pytest.fixture
def desk(database: Database, resources: Resources, clock: Clock) -> Desk:
    return make_desk(database, resources, clock)


@pytest.fixture
def delivery(desk: Desk, database: Database, resources: Resources, clock: Clock) -> Delivery:
    return make_delivery(desk, database, resources, clock)


NOBODY = Staff()
KEYS = Keys(b"0" * 32)


def make_desk(
    database: Database,
    resources: Resources,
    clock: Callable[[], datetime.datetime],
    staff: Staff = NOBODY,
    role: Role | None = None,
    meters: Meters | None = None,
) -> Desk:
    """A desk as the app makes it, with a secret of its own; `staff` says who has which role, or all have `role`."""
    roles = Roles(staff, KEYS) if role is None else Everyone(role, KEYS)
    return Desk(database, KEYS, resources, clock, roles, StaffGroup(staff, KEYS), meters)


def make_delivery(
    desk: Desk,
    database: Database,
    resources: Resources,
    clock: Callable[[], datetime.datetime],
    staff: Staff = NOBODY,
    wait: Callable[[float], Awaitable[None]] = no_wait,
    replica: Replica | None = None,
) -> Delivery:
    """A delivery as the app makes it, for this desk; it is told to wait with `wait`, and alone unless it is given."""
    content = Content(resources.law, resources.library, resources.texts, learnt=resources.matcher)
    records = Records(database, Topics.of(content.library, content.texts), read_targets())
    renderer = Renderer(resources.texts, Reporter(records, content, Office(), clock).make)
    return Delivery(database, KEYS, desk, StaffGroup(staff, KEYS), renderer, wait, replica)


class Everyone(Roles):
    """All people have the same role: whoever writes by the terminal or by Telegram."""

    def __init__(self, role: Role, keys: Keys) -> None:
        super().__init__(NOBODY, keys)
        self._role = role

    async def member(self, connection: Connection, key: str) -> Member | None:
        return Member(key, self._role, key[:8])
