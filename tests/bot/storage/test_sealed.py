"""Chat ids stand in no database and no file of one, and others on the machine read neither."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot import app
from bot.base.keys import Keys
from bot.base.settings import DatabasePlace, Settings, Staff
from bot.desk.sealing import seal_what_is_plain
from bot.desk.staff_group import StaffGroup
from bot.storage import addresses, schema
from bot.storage.addresses import Address
from bot.storage.database import Database
from bot.storage.upgrade import upgrade
from tests.conftest import KEYS

ONLY_SQLITE = True
PERSON, GROUP, SUPERGROUP = "987654321", "-4455667788", "-1009988776655"
ENDS = ("", "-wal", "-shm")


def of_kind(kind: str, folder: Path, on_postgresql: Callable[[str], str]) -> Settings:
    url = "" if kind == "sqlite" else on_postgresql("template0")
    return Settings(data_folder=folder, database=DatabasePlace(url=SecretStr(url)), staff=Staff(group=int(GROUP)))


async def plain_rows(database: Database, keys: Keys) -> None:
    """What a version before left."""
    async with database.begin() as connection:
        row = {"key": keys.of("telegram", PERSON), "channel": "telegram", "address": PERSON}
        await connection.execute(sa.insert(schema.addresses).values(row))
        await connection.execute(sa.insert(schema.group_moves).values(old=GROUP, new=SUPERGROUP))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_what_a_version_before_kept_is_sealed_at_the_next_start_and_still_found(
    tmp_path: Path, kind: str, on_postgresql: Callable[[str], str]
) -> None:
    settings = of_kind(kind, tmp_path / "data", on_postgresql)
    database, keys = await app.open_own_database(settings)
    await plain_rows(database, keys)
    await database.close()
    database, keys = await app.open_own_database(settings)
    async with database.read() as connection:
        for table in (schema.addresses, schema.group_moves):
            kept = str((await connection.execute(sa.select(table))).all())
            assert not [each for each in (PERSON, GROUP, SUPERGROUP) if each in kept]
        found = await addresses.find(connection, keys.of("telegram", PERSON), keys)
        group = await StaffGroup(settings.staff, keys).where(connection)
    assert found == Address("telegram", PERSON)
    assert group == Address("telegram", SUPERGROUP)
    for each in (tmp_path / "data").iterdir():  # while it is open
        assert not [id for id in (PERSON, GROUP, SUPERGROUP) if id.encode() in each.read_bytes()], each
    await database.close()


async def test_bringing_a_database_to_this_version_seals_them_too(tmp_path: Path) -> None:
    """`bhxh migrate` opens it without making keys, where the secret is there."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "secret").write_text("s" * 64)
    keys = Keys(b"s" * 64)
    old = Database.in_folder(folder)
    async with old.engine.connect() as connection:
        await connection.run_sync(upgrade, "0016")
        await connection.commit()
    await plain_rows(old, keys)
    await old.close()
    database = await app.open_database(Settings(data_folder=folder, staff=Staff(group=int(GROUP))))
    async with database.read() as connection:
        found = await addresses.find(connection, keys.of("telegram", PERSON), keys)
    await database.close()
    assert found == Address("telegram", PERSON)
    assert PERSON.encode() not in (folder / "bhxh.sqlite3").read_bytes()


async def test_a_row_of_somebody_else_opens_nothing(tmp_path: Path) -> None:
    """Whoever writes in the database can't have what is meant for one sent to another."""
    database = Database.in_folder(tmp_path)
    await database.migrate()
    one, other = KEYS.of("telegram", "1"), KEYS.of("telegram", "2")
    async with database.begin() as connection:
        await addresses.save(connection, one, Address("telegram", "1"), KEYS)
        await addresses.save(connection, other, Address("telegram", "2"), KEYS)
        sealed = sa.select(schema.addresses.c.address).where(schema.addresses.c.key == one).scalar_subquery()
        await connection.execute(sa.update(schema.addresses).values(address=sealed))
    async with database.read() as connection:
        assert await addresses.find(connection, one, KEYS) == Address("telegram", "1")
        assert await addresses.find(connection, other, KEYS) is None
        assert await addresses.find(connection, one, Keys(b"1" * 32)) is None
    await database.close()


async def test_nothing_is_written_where_all_is_sealed(tmp_path: Path) -> None:
    database = Database.in_folder(tmp_path)
    await database.migrate()
    async with database.begin() as connection:
        await addresses.save(connection, KEYS.of("telegram", "1"), Address("telegram", "1"), KEYS)
    async with database.read() as connection:
        before = (await connection.execute(sa.select(schema.addresses))).all()
    await seal_what_is_plain(database, KEYS, StaffGroup(Staff(), KEYS))
    async with database.read() as connection:
        assert (await connection.execute(sa.select(schema.addresses))).all() == before
    await database.close()


@pytest.mark.parametrize("old", [False, True])
async def test_the_database_and_what_goes_with_it_are_their_owners_only(tmp_path: Path, old: bool) -> None:
    folder = tmp_path / "data"
    if old:
        await app_opened(folder)
        (folder / "bhxh.sqlite3").chmod(0o644)
    database = await app_opened(folder, close=False)
    await plain_rows(database, KEYS)
    for end in ENDS:
        assert stat.S_IMODE((folder / f"bhxh.sqlite3{end}").stat().st_mode) == 0o600, end
    await database.close()


async def app_opened(folder: Path, *, close: bool = True) -> Database:
    database, _ = await app.open_own_database(Settings(data_folder=folder))
    if close:
        await database.close()
    return database


async def test_more_than_postgresql_has_locks_for_are_sealed(on_postgresql: Callable[[str], str]) -> None:
    """Everybody to whom something is owed where a city is served: else no process would start after an upgrade."""
    database = Database(on_postgresql("migrated"))
    people = [str(900_000_000 + number) for number in range(20_000)]
    rows = [{"key": KEYS.of("telegram", each), "channel": "telegram", "address": each} for each in people]
    async with database.begin() as connection:
        await connection.execute(sa.insert(schema.addresses), rows)
    await seal_what_is_plain(database, KEYS, StaffGroup(Staff(), KEYS))
    async with database.read() as connection:
        assert await addresses.plain(connection) == []
        last = await addresses.find(connection, KEYS.of("telegram", people[-1]), KEYS)
    assert last == Address("telegram", people[-1])
    await database.close()


async def test_what_was_written_or_forgotten_while_others_were_sealed_stays_so(database: Database) -> None:
    moved, gone = KEYS.of("telegram", "1"), KEYS.of("telegram", "2")
    async with database.begin() as connection:
        await addresses.save(connection, moved, Address("telegram", "1"), KEYS)
        for key, chat in ((moved, "old"), (gone, "2")):
            await addresses.seal(connection, key, Address("telegram", chat), KEYS)
        assert await addresses.find(connection, moved, KEYS) == Address("telegram", "1")
        assert await addresses.find(connection, gone, KEYS) is None
