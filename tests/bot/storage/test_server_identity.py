"""Processes that come to one PostgreSQL must have its secret and its version, whatever folder and machine they have."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot import app
from bot.base.settings import DatabasePlace, Settings
from bot.storage import addresses, file, postgresql
from bot.storage.addresses import Address
from bot.storage.database import Database, StorageDown
from bot.storage.identity import NotTogether
from bot.storage.replica import Replica, ServedElsewhere

PASSWORD = "ma:t/kh@u rất dài"
QUOTED = "ma%3At%2Fkh%40u%20r%E1%BA%A5t%20d%C3%A0i"


def settings_of(folder: Path, url: str, secret: str | None = None) -> Settings:
    place = DatabasePlace(url=SecretStr(url))
    return Settings(data_folder=folder, database=place, secret=None if secret is None else SecretStr(secret))


async def fingerprint(settings: Settings) -> str:
    database, keys = await app.open_own_database(settings)
    await database.close()
    return keys.fingerprint


async def changed(url: str, statement: str) -> None:
    database = Database(url)
    async with database.engine.begin() as connection:
        await connection.execute(sa.text(statement))
    await database.close()


async def test_another_machine_without_the_secret_or_with_another_one_is_refused(
    tmp_path: Path, on_postgresql: Callable[[str], str]
) -> None:
    url = on_postgresql("template0")
    first = await fingerprint(settings_of(tmp_path / "one", url))
    with pytest.raises(NotTogether, match="BHXH_SECRET") as refused:
        await fingerprint(settings_of(tmp_path / "two", url))
    assert refused.value.code == 4
    assert not (tmp_path / "two" / "secret").exists()
    with pytest.raises(NotTogether, match="another one"):
        await fingerprint(settings_of(tmp_path / "two", url, "y" * 64))
    secret = (tmp_path / "one" / "secret").read_text()
    assert await fingerprint(settings_of(tmp_path / "two", url, secret)) == first


async def test_a_database_that_served_and_is_empty_is_not_made_anew(
    tmp_path: Path, on_postgresql: Callable[[str], str]
) -> None:
    settings = settings_of(tmp_path / "data", on_postgresql("template0"))
    await fingerprint(settings)
    elsewhere = settings.model_copy(update={"database": DatabasePlace(url=SecretStr(on_postgresql("template0")))})
    with pytest.raises(NotTogether, match="is empty"):
        await fingerprint(elsewhere)
    await changed(settings.database.url.get_secret_value(), "DELETE FROM identity")
    with pytest.raises(NotTogether, match="is empty"):
        await fingerprint(settings)


async def test_no_process_changes_the_tables_under_one_of_the_version_before(
    tmp_path: Path, on_postgresql: Callable[[str], str]
) -> None:
    settings = settings_of(tmp_path / "data", on_postgresql("template0"))
    database, _ = await app.open_own_database(settings)
    old = Replica(database)
    await old.join("among")
    await changed(database.url, f"UPDATE alembic_version SET version_num = '{file.versions()[-2]}'")
    with pytest.raises(ServedElsewhere, match="version before"):
        await fingerprint(settings)
    assert await database.version() == file.versions()[-2]
    await old.leave()
    await database.close()


async def test_the_password_is_told_by_no_log_and_no_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody listens there; everything that can be told is told."""
    caplog.set_level(logging.DEBUG)
    settings = settings_of(tmp_path / "data", f"postgresql+asyncpg://bhxh:{QUOTED}@127.0.0.1:9/bhxh")
    assert settings.database.password == PASSWORD
    with pytest.raises(StorageDown) as down:
        await fingerprint(settings)
    logging.getLogger("anything").error("%s", settings.database.url.get_secret_value())
    for said in (str(down.value), caplog.text, repr(settings)):
        assert PASSWORD not in said
        assert QUOTED not in said


async def test_who_is_forgotten_while_they_write_is_forgotten_whole(
    tmp_path: Path, on_postgresql: Callable[[str], str]
) -> None:
    settings = settings_of(tmp_path / "data", on_postgresql("template0"), "s" * 64)
    database, keys = await app.open_own_database(settings)
    key = keys.of("telegram", "7")
    waits = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with database.begin() as connection:
        await postgresql.hold(connection, key)  # as a delivery of theirs does
        await addresses.save(connection, key, Address("telegram", "7"), keys)
        forgetting = asyncio.create_task(app.forget_person(settings, "telegram", "7"))
        while not forgetting.done() and not (await connection.execute(waits)).scalar_one():
            await connection.execute(sa.text("SELECT pg_sleep(0.01)"))
    await forgetting
    async with database.read() as connection:
        assert await addresses.find(connection, key, keys) is None
    await database.close()
