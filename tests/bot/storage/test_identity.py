"""A secret or a database that is gone, or is another one, is noticed before anybody becomes a stranger."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import app
from bot.base import folder_lock
from bot.base.folder_lock import AlreadyServed
from bot.base.keys import Keys
from bot.base.settings import CannotGoOn, Settings
from bot.storage import identity
from bot.storage.identity import NotTogether
from bot.storage.schema import metadata

Damage = Callable[[Path], None]


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data folder that served: a secret, a database, and what remembers it."""
    made = tmp_path / "data"
    await opened(made)
    return made


async def opened(folder: Path, secret: str | None = None) -> str:
    """Open the database as whoever talks to people does; the fingerprint it was opened with."""
    settings = Settings(data_folder=folder, secret=None if secret is None else SecretStr(secret))
    database, keys = await app.open_own_database(settings)
    await database.close()
    return keys.fingerprint


def without_file(folder: Path) -> None:
    (folder / "bhxh.sqlite3").unlink()


def of_no_bytes(folder: Path) -> None:
    (folder / "bhxh.sqlite3").write_bytes(b"")


def without_tables(folder: Path) -> None:
    without_file(folder)
    connection = sqlite3.connect(folder / "bhxh.sqlite3")
    connection.execute("VACUUM")
    connection.close()


def without_rows(folder: Path) -> None:
    with sqlite3.connect(folder / "bhxh.sqlite3") as connection:
        for table in metadata.sorted_tables:
            connection.execute(f"DELETE FROM {table.name}")
    connection.close()


@pytest.mark.parametrize("damage", [without_file, of_no_bytes, without_tables, without_rows])
@pytest.mark.parametrize("given", [False, True], ids=["file", "environment"])
async def test_a_database_that_served_and_is_gone_is_not_made_anew(tmp_path: Path, given: bool, damage: Damage) -> None:
    folder, secret = tmp_path / "data", "x" * 32 if given else None
    await opened(folder, secret)
    damage(folder)
    before = {each: each.read_bytes() for each in folder.iterdir()}
    with pytest.raises(NotTogether, match="bhxh restore BACKUP") as refused:
        await opened(folder, secret)
    assert refused.value.code == 4
    with pytest.raises(NotTogether):  # nor by a command that needs no key
        await app.open_database(Settings(data_folder=folder))
    assert {each: each.read_bytes() for each in folder.iterdir()} == before


async def test_a_secret_that_is_gone_is_not_made_anew(folder: Path) -> None:
    (folder / "secret").unlink()
    with pytest.raises(NotTogether, match="bhxh restore BACKUP --secret"):
        await opened(folder)
    assert not (folder / "secret").exists()


async def test_another_secret_is_refused_and_the_right_one_serves_again(folder: Path) -> None:
    kept = (folder / "secret").read_text()
    with pytest.raises(NotTogether, match="another one"):
        await opened(folder, "y" * 32)
    (folder / "secret").write_text("z" * 64)
    with pytest.raises(NotTogether, match="another one"):
        await opened(folder)
    assert await opened(folder, kept) == Keys(kept.encode()).fingerprint


async def test_nobody_is_said_to_be_deleted_with_a_key_of_another_secret(folder: Path, tmp_path: Path) -> None:
    wrong = Settings(data_folder=folder, secret=SecretStr("y" * 32))
    with pytest.raises(NotTogether):
        await app.forget_person(wrong, "telegram", "7")
    with pytest.raises(CannotGoOn, match="nothing was deleted"):
        await app.forget_person(Settings(data_folder=tmp_path / "mistyped"), "telegram", "7")
    await app.forget_person(Settings(data_folder=folder), "telegram", "7")


async def test_a_database_of_before_keeps_the_secret_of_its_first_start(tmp_path: Path, migrated: Path) -> None:
    """One that holds people, and was served by a version that kept no fingerprint."""
    folder = shutil.copytree(migrated, tmp_path / "data")
    with sqlite3.connect(folder / "bhxh.sqlite3") as connection:
        connection.execute("INSERT INTO states VALUES ('k', '{}', 0, '2026-11-24 08:00:00')")
    connection.close()
    with pytest.raises(NotTogether, match="secret is gone"):
        await opened(folder)
    (folder / "secret").write_text("x" * 64)
    await opened(folder)
    (folder / "secret").write_text("y" * 64)
    with pytest.raises(NotTogether, match="another one"):
        await opened(folder)


async def test_a_database_that_holds_nobody_is_given_its_first_secret(tmp_path: Path, migrated: Path) -> None:
    """`bhxh campaign add` before the first start, which needs no key."""
    folder = shutil.copytree(migrated, tmp_path / "data")
    assert await opened(folder) == await opened(folder)
    assert (folder / identity.MARK).exists()


async def test_an_empty_folder_begins_anew(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder, tmp_path / "old")
    await opened(folder)


async def test_a_restart_killed_before_anything_was_remembered_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    await opened(folder)
    (folder / identity.MARK).unlink()
    assert await opened(folder)
    assert (folder / identity.MARK).exists()


def test_a_folder_is_held_by_one_and_free_again_after_it(tmp_path: Path) -> None:
    for _ in range(2):
        with folder_lock.held(tmp_path):
            with pytest.raises(AlreadyServed, match="another process") as refused, folder_lock.held(tmp_path):
                pass
            assert refused.value.code == 5
