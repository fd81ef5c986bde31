"""An installation moves from SQLite to PostgreSQL: every row, whatever breaks it off, and over nothing else."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot import app
from bot.base import folder_lock
from bot.base.folder_lock import AlreadyServed
from bot.base.settings import DatabasePlace, Settings
from bot.desk.channel import Inbound
from bot.storage import copying, outbox, schema
from bot.storage.copying import CannotCopy
from bot.storage.database import Database, to_utc
from bot.storage.identity import NotTogether
from bot.storage.replica import Replica
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Text
from tests.commands import Ended
from tests.conftest import Clock, make_desk

SECRET = "s" * 64
MANY = 12_000
SAID = ("đóng mấy năm thì có\0 lương hưu", "không hài lòng", "/tinhdong", "500k", "khác")


class BrokenOff(Exception):
    pass


@pytest.fixture
def installed(tmp_path: Path, on_postgresql: Callable[[str], str]) -> Settings:
    """The settings of an installation that is told to move to an empty PostgreSQL."""
    url = DatabasePlace(url=SecretStr(on_postgresql("template0")))
    return Settings(data_folder=tmp_path / "data", secret=SecretStr(SECRET), database=url)


@pytest.fixture
async def source(migrated: Path, installed: Settings, resources: Resources, clock: Clock) -> str:
    """What served before: people who asked, rated and are in a form, and many starts."""
    folder = shutil.copytree(migrated, installed.data_folder)
    before = installed.model_copy(update={"database": DatabasePlace()})
    database, _ = await app.open_own_database(before)
    desk = make_desk(database, resources, clock)
    for person in ("7", "8"):
        for number, text in enumerate(SAID):
            clock.forward(seconds=1)
            message = Message("text", f"{person}-{number}", clock(), text)
            await desk.take(Inbound("telegram", person, person, message))
    async with database.begin() as connection:
        row = {"key": "k", "at": to_utc(clock()), "campaign": "none", "code": None}
        await connection.execute(sa.insert(schema.starts), [row] * MANY)
        await outbox.put(connection, "staff", Text("gone"), None, clock())
        await connection.execute(sa.delete(schema.outbox))  # its numbers are not used again all the same
    await database.close()
    return f"sqlite:{folder / 'bhxh.sqlite3'}"


async def all_rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async with database.read() as connection:
        return {
            table.name: sorted(
                tuple(str(value).replace("\0", "") for value in row)
                for row in await connection.execute(sa.select(table))
            )
            for table in schema.metadata.sorted_tables
        }


async def test_every_row_is_there_and_the_bot_goes_on(
    installed: Settings, source: str, resources: Resources, clock: Clock
) -> None:
    told: list[tuple[int, int]] = []
    rows = await app.move(installed, source, lambda done, of: told.append((done, of)))
    assert told[-1] == (rows, rows)
    assert rows > MANY
    before = Database.at(copying.named(source))
    after, _ = await app.open_own_database(installed)
    assert await all_rows(after) == await all_rows(before)
    desk = make_desk(after, resources, clock)
    await desk.take(
        Inbound("telegram", "7", "7", Message("text", "next", clock(), "hằng tháng"))
    )  # goes on in the form
    async with after.read() as connection, before.read() as old:
        assert (await connection.execute(sa.select(sa.func.count()).select_from(schema.estimates))).scalar_one() == 1
        numbers = list((await connection.execute(sa.select(schema.outbox.c.id))).scalars())
        given = (await old.execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'"))).scalar_one()
    assert min(numbers) > given
    await before.close()
    await after.close()


async def test_a_file_that_a_tool_rebuilt_without_its_numbers_is_copied_too(installed: Settings, source: str) -> None:
    path = copying.named(source)
    with contextlib.closing(sqlite3.connect(path)) as before:
        dump = [each.replace("AUTOINCREMENT", "") for each in before.iterdump() if "sqlite_sequence" not in each]
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()
    with contextlib.closing(sqlite3.connect(path)) as rebuilt:
        rebuilt.executescript("\n".join(dump))
    assert await app.move(installed, source, lambda done, of: None) > MANY


async def test_broken_off_it_is_not_served_and_goes_on_where_it_was(installed: Settings, source: str) -> None:
    told: list[int] = []

    def breaks_off(done: int, of: int) -> None:
        told.append(done)
        if done > MANY // 2:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        await app.move(installed, source, breaks_off)
    with pytest.raises(NotTogether, match="--copy-from"):
        await app.open_own_database(installed)
    again: list[int] = []
    rows = await app.move(installed, source, lambda done, of: again.append(done))
    assert again.count(0) <= told.count(0)
    assert again[-1] == rows
    after, _ = await app.open_own_database(installed)
    await after.close()
    with pytest.raises(CannotCopy, match="holds an installation already"):
        await app.move(installed, source, lambda done, of: None)


async def test_a_source_that_went_on_serving_after_a_broken_copy_is_not_mixed_with_it(
    installed: Settings, source: str, resources: Resources, clock: Clock
) -> None:
    def breaks_off(done: int, of: int) -> None:
        if done > MANY // 2:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        await app.move(installed, source, breaks_off)
    database = Database.at(copying.named(source))
    await make_desk(database, resources, clock).take(Inbound("telegram", "9", "9", Message("text", "n", clock(), "hi")))
    await database.close()
    with pytest.raises(CannotCopy, match="changed since"):
        await app.move(installed, source, lambda done, of: None)


async def test_nothing_is_copied_over_something_else_or_from_what_is_in_use(installed: Settings, source: str) -> None:
    path = copying.named(source)
    with folder_lock.held(path.parent), pytest.raises(AlreadyServed):
        await app.move(installed, source, lambda done, of: None)
    target = Database(installed.database.url.get_secret_value())
    async with target.engine.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE wages (amount integer)"))
    with pytest.raises(CannotCopy, match="wages"):
        await app.move(installed, source, lambda done, of: None)
    async with target.engine.begin() as connection:
        await connection.execute(sa.text("DROP TABLE wages"))
    await target.migrate()
    serving = Replica(target)
    await serving.join("among")
    with pytest.raises(CannotCopy, match="in use"):
        await app.move(installed, source, lambda done, of: None)
    await serving.leave()
    await target.close()
    wrong = installed.model_copy(update={"secret": SecretStr("y" * 64)})
    with pytest.raises(NotTogether, match="another one"):
        await app.move(wrong, source, lambda done, of: None)


async def test_an_empty_server_is_not_served_where_a_file_served_before(installed: Settings, source: str) -> None:
    with pytest.raises(NotTogether, match="--copy-from"):
        await app.open_own_database(installed)


async def test_a_file_that_was_moved_is_not_served_because_the_address_was_forgotten(
    installed: Settings, source: str
) -> None:
    await app.move(installed, source, lambda done, of: None)
    with pytest.raises(NotTogether, match="BHXH_DATABASE__URL"):
        await app.open_own_database(installed.model_copy(update={"database": DatabasePlace()}))


def test_it_is_a_command(
    bhxh: Callable[..., Ended], outside: Path, on_postgresql: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bhxh("migrate").code == 0
    assert "expected sqlite:" in bhxh("migrate", "--copy-from", "data/bhxh.sqlite3").err
    assert "database.url" in bhxh("migrate", "--copy-from", "sqlite:data/bhxh.sqlite3").err
    monkeypatch.setenv("BHXH_DATABASE__URL", on_postgresql("template0"))
    ended = bhxh("migrate", "--copy-from", "sqlite:data/bhxh.sqlite3")
    assert (ended.code, ended.out.startswith("copied and counted: 0 rows")) == (0, True), ended
    assert bhxh("report", "satisfaction", "--year", "2026").code == 0
