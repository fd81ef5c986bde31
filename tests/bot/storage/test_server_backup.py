"""A backup of an installation on PostgreSQL: made beside who serves, brought back into an empty database only."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot import app
from bot.base.settings import CannotGoOn, DatabasePlace, Settings
from bot.storage import backup, schema, server_backup, upsert
from bot.storage.backup import BadBackup
from bot.storage.identity import NotTogether
from bot.storage.replica import Replica

NOW = datetime.datetime(2026, 11, 24, 9, 0)
WORDS = "sáu mươi con trâu đen"


def words() -> str:
    return WORDS


def settings_of(folder: Path, url: str, secret: str | None = None) -> Settings:
    place = DatabasePlace(url=SecretStr(url))
    return Settings(data_folder=folder, database=place, secret=None if secret is None else SecretStr(secret))


@pytest.fixture
async def served(tmp_path: Path, on_postgresql: Callable[[str], str]) -> Settings:
    """An installation that serves, with a secret of its own, and something in it."""
    settings = settings_of(tmp_path / "data", on_postgresql("migrated"))
    database, _ = await app.open_own_database(settings)
    async with database.begin() as connection:
        await upsert.put(connection, schema.counters, {"name": "first", "value": 1}, {"name"})
    await Replica(database).join("among")
    await database.close()
    return settings


async def fingerprint_and_counters(settings: Settings) -> tuple[str, list[str]]:
    database, keys = await app.open_own_database(settings)
    async with database.read() as connection:
        found = list((await connection.execute(sa.select(schema.counters.c.name))).scalars())
        assert (await connection.execute(sa.select(schema.leases))).all() == [] or settings.given_secret is None
    await database.close()
    return keys.fingerprint, found


async def test_a_machine_that_lost_everything_is_what_it_was(
    served: Settings, tmp_path: Path, on_postgresql: Callable[[str], str]
) -> None:
    made = await server_backup.make(served, tmp_path, NOW, WORDS)
    assert made.stat().st_mode & 0o077 == 0
    before = await fingerprint_and_counters(served)
    new = settings_of(tmp_path / "new", on_postgresql("template0"))
    assert await server_backup.restore(new, made, NOW, words, only_secret=False) is None
    assert await fingerprint_and_counters(new) == before == (before[0], ["first"])
    with pytest.raises(CannotGoOn, match="is not empty"):
        await server_backup.restore(new, made, NOW, words, only_secret=False)


async def test_a_secret_alone_comes_back_when_it_is_the_right_one(served: Settings, tmp_path: Path) -> None:
    made = await server_backup.make(served, tmp_path / "made.backup", NOW, WORDS)
    (served.data_folder / "secret").unlink()
    with pytest.raises(NotTogether, match="BHXH_SECRET"):
        await app.open_own_database(served)
    await server_backup.restore(served, made, NOW, words, only_secret=True)
    assert (await fingerprint_and_counters(served))[1] == ["first"]


async def test_what_is_of_another_kind_or_another_secret_changes_nothing(
    served: Settings, tmp_path: Path, on_postgresql: Callable[[str], str], migrated: Path
) -> None:
    of_server = await server_backup.make(served, tmp_path / "server.zip", NOW, WORDS)
    of_file = backup.make(migrated, tmp_path / "file.zip", NOW, WORDS)
    url = on_postgresql("template0")
    with pytest.raises(BadBackup, match="--copy-from"):
        await server_backup.restore(settings_of(tmp_path / "new", url), of_file, NOW, words, only_secret=False)
    with pytest.raises(BadBackup, match="another secret"):
        await server_backup.restore(
            settings_of(tmp_path / "new", url, "y" * 64), of_server, NOW, words, only_secret=False
        )
    with pytest.raises(BadBackup, match=r"database\.url"):
        backup.restore(tmp_path / "new", of_server, None, NOW, words)
    assert list((tmp_path / "new").glob("secret")) == []


async def test_without_the_tool_it_says_what_to_install(
    served: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotGoOn, match="postgresql-client"):
        await server_backup.make(served, tmp_path, NOW, WORDS)
    assert [name for name in os.listdir(tmp_path) if name.endswith((".backup", ".zip"))] == []


async def test_the_password_stands_in_no_argument_and_in_no_message(
    tmp_path: Path, on_postgresql: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What tools are told goes by their environment; a tool that lists what it is told stands for the real one."""
    url = on_postgresql("migrated").replace("bhxh@", "bhxh:ve%40ry-secret@")
    settings = settings_of(tmp_path / "data", url)
    await (await app.open_own_database(settings))[0].close()
    tool = tmp_path / "pg_dump"
    tool.write_text(
        '#!/bin/sh\n[ "$PGPASSWORD" = "ve@ry-secret" ] && echo "pg_dump: error: told $* $PGUSER" >&2\nexit 1\n'
    )
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(CannotGoOn, match=r"pg_dump: error: told .* bhxh") as refused:
        await server_backup.make(settings, tmp_path, NOW, WORDS)
    assert "ry-secret" not in str(refused.value)
