"""A backup brings back what was kept when it was made; what is damaged or does not belong together is refused."""

from __future__ import annotations

import contextlib
import datetime
import os
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import app
from bot.base import folder_lock
from bot.base.folder_lock import AlreadyServed
from bot.base.settings import Settings
from bot.storage import backup, encrypted, identity, schema, upsert
from bot.storage.backup import BadBackup
from bot.storage.database import Damaged, Database
from bot.storage.identity import NotTogether

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(hours=1)
WORDS = "sáu mươi con trâu đen"


def words() -> str:
    return WORDS


def as_before(made: Path) -> Path:
    """The same as backups were before they were encrypted: a ZIP."""
    plain = made.with_name("before.zip")
    with made.open("rb") as sealed, plain.open("wb") as to:
        encrypted.decrypt(sealed, WORDS, to)
    return plain


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    await note(made, "first")
    return made


@contextlib.asynccontextmanager
async def running(folder: Path, secret: str | None = None) -> AsyncIterator[Database]:
    settings = Settings(data_folder=folder, secret=None if secret is None else SecretStr(secret))
    database, _ = await app.open_own_database(settings)
    try:
        yield database
    finally:
        await database.close()


async def note(folder: Path, name: str, secret: str | None = None) -> None:
    async with running(folder, secret) as database:
        await _noted(database, name)


async def _noted(database: Database, name: str) -> None:
    row = {"name": name, "value": 1}
    await database.write(lambda connection: upsert.put(connection, schema.counters, row, {"name"}))


async def noted(folder: Path, secret: str | None = None) -> set[str]:
    async with running(folder, secret) as database, database.read() as connection:
        return {row[0] for row in await connection.exec_driver_sql("SELECT name FROM counters")}


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir()):
        if each.is_file() and each.name != folder_lock.FILE:
            yield each.name, each.read_bytes()


def in_the_clear(folder: Path) -> list[Path]:
    """What a backup was worked on with, and should be gone."""
    return list(folder.glob("backup.*"))


async def test_what_was_kept_comes_back_and_what_was_there_is_moved_aside(folder: Path, tmp_path: Path) -> None:
    made = backup.make(folder, tmp_path, NOW, WORDS)
    assert made.stat().st_mode & 0o777 == 0o600
    await note(folder, "second")
    aside = backup.restore(folder, made, None, LATER, words)
    assert await noted(folder) == {"first"}
    assert aside is not None
    identity.mark(aside, "")
    assert await noted(aside) == {"first", "second"}


async def test_one_that_was_made_before_they_were_encrypted_comes_back(folder: Path, tmp_path: Path) -> None:
    made = as_before(backup.make(folder, tmp_path, NOW, WORDS))
    await note(folder, "second")

    def never() -> str:
        raise AssertionError("nothing is encrypted")

    backup.restore(folder, made, None, LATER, never)
    assert await noted(folder) == {"first"}


async def test_who_has_the_file_alone_reads_nothing_of_it(folder: Path, tmp_path: Path) -> None:
    made = backup.make(folder, tmp_path, NOW, WORDS).read_bytes()
    secret = (folder / "secret").read_bytes().strip()
    of_a_zip = b"PK\x03\x04"  # two letters alone stand in one of some encrypted files by chance
    assert not [each for each in (secret, b"bhxh.sqlite3", b"SQLite format", of_a_zip) if each in made]
    assert made != backup.make(folder, tmp_path / "again", NOW, WORDS).read_bytes()


def nothing_more(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"x")


def another_letter(file: Path) -> None:
    sealed = bytearray(file.read_bytes())
    sealed[len(sealed) // 2] ^= 1
    file.write_bytes(sealed)


@pytest.mark.parametrize("spoil", [nothing_more, another_letter, lambda file: os.truncate(file, 3_000)])
async def test_what_is_cut_off_or_changed_changes_nothing(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    made = backup.make(folder, tmp_path, NOW, WORDS)
    spoil(made)
    before = dict(contents(folder))
    with pytest.raises(BadBackup, match=str(made)):
        backup.restore(folder, made, None, LATER, words)
    assert dict(contents(folder)) == before
    assert not in_the_clear(folder)


async def test_another_passphrase_opens_nothing(folder: Path, tmp_path: Path) -> None:
    made = backup.make(folder, tmp_path, NOW, WORDS)
    before = dict(contents(folder))
    with pytest.raises(BadBackup, match="the passphrase is another one"):
        backup.restore(folder, made, None, LATER, lambda: "sáu mươi con trâu trắng")
    assert dict(contents(folder)) == before


async def test_what_two_restores_of_one_second_moved_aside_is_both_there(folder: Path, tmp_path: Path) -> None:
    made = backup.make(folder, tmp_path, NOW, WORDS)
    await note(folder, "second")
    first, then = backup.restore(folder, made, None, LATER, words), backup.restore(folder, made, None, LATER, words)
    assert first != then
    for aside, what in ((first, {"first", "second"}), (then, {"first"})):
        assert aside is not None
        identity.mark(aside, "")
        assert await noted(aside) == what


async def test_it_is_made_beside_a_bot_that_writes_and_not_brought_back_under_one(folder: Path, tmp_path: Path) -> None:
    async with running(folder) as database:
        with folder_lock.held(folder):
            await _noted(database, "second")
            made = backup.make(folder, tmp_path / "made.zip", NOW, WORDS)
            await _noted(database, "third")
            with pytest.raises(AlreadyServed):
                backup.restore(folder, made, None, LATER, words)
            with pytest.raises(AlreadyServed):
                backup.restore_secret(folder, made, LATER, words)
    assert await noted(folder) == {"first", "second", "third"}
    backup.restore(folder, made, None, LATER, words)
    assert await noted(folder) == {"first", "second"}


async def test_a_machine_that_lost_everything_is_what_it_was(folder: Path, tmp_path: Path) -> None:
    made, elsewhere = backup.make(folder, tmp_path, NOW, WORDS), tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert backup.restore(elsewhere, made, None, LATER, words) is None
    assert await noted(elsewhere) == {"first"}


async def test_a_damaged_database_is_brought_back_and_is_no_backup_itself(folder: Path, tmp_path: Path) -> None:
    made = backup.make(folder, tmp_path, NOW, WORDS)
    with (folder / "bhxh.sqlite3").open("r+b") as pages:
        pages.seek(4096)
        pages.write(b"\x5a" * 40_960)
    with pytest.raises(Damaged):
        backup.make(folder, tmp_path / "another.zip", LATER, WORDS)
    assert not (tmp_path / "another.zip").exists()
    backup.restore(folder, made, None, LATER, words)
    assert await noted(folder) == {"first"}


async def test_a_secret_alone_comes_back_when_it_is_the_right_one(folder: Path, tmp_path: Path) -> None:
    made = backup.make(folder, tmp_path, NOW, WORDS)
    await note(folder, "second")
    (folder / "secret").unlink()
    assert backup.restore_secret(folder, made, LATER, words) is None
    assert await noted(folder) == {"first", "second"}
    other = tmp_path / "other"
    await note(other, "other")
    with pytest.raises(NotTogether):
        backup.restore_secret(other, made, LATER, words)
    assert await noted(other) == {"other"}


async def test_a_secret_of_the_environment_is_in_no_backup_and_needed_with_it(tmp_path: Path) -> None:
    folder, secret = tmp_path / "data", "x" * 32
    await note(folder, "first", secret)
    made = backup.make(folder, tmp_path, NOW, WORDS)
    assert zipfile.ZipFile(as_before(made)).namelist() == ["bhxh.sqlite3"]
    for wrong in (None, "y" * 32):
        with pytest.raises(BadBackup, match="BHXH_SECRET"):
            backup.restore(folder, made, wrong, LATER, words)
    backup.restore(folder, made, secret, LATER, words)
    assert await noted(folder, secret) == {"first"}


def of_other_parts(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("photos.txt", "my holiday photos")


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3_000])


def no_archive(file: Path) -> None:
    file.write_bytes(b"my holiday photos")


def with_a_damaged_database(file: Path) -> None:
    with zipfile.ZipFile(file) as parts:
        database, secret = bytearray(parts.read("bhxh.sqlite3")), parts.read("secret")
    database[4096:45_056] = b"\x5a" * 40_960
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("bhxh.sqlite3", bytes(database))
        parts.writestr("secret", secret)


def with_bytes_that_changed(file: Path) -> None:
    packed = bytearray(file.read_bytes())
    begin = 30 + len("bhxh.sqlite3")  # after the head of the first part
    packed[begin : begin + 200] = b"\xff" * 200
    file.write_bytes(packed)


def locked_with_a_password(file: Path) -> None:
    packed = bytearray(file.read_bytes())
    packed[6] |= 1  # in the head of the first part, and in the list of parts
    at = packed.find(b"PK\x01\x02")
    packed[at + 8] |= 1
    file.write_bytes(packed)


SPOILT = (
    of_other_parts, cut_short, no_archive, with_a_damaged_database, with_bytes_that_changed, locked_with_a_password,
)  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT)
async def test_what_is_no_whole_backup_changes_nothing(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    made = as_before(backup.make(folder, tmp_path, NOW, WORDS))
    spoil(made)
    before = dict(contents(folder))
    with pytest.raises(BadBackup, match=str(made)):
        backup.restore(folder, made, None, LATER, words)
    assert dict(contents(folder)) == before


async def test_killed_while_it_is_brought_back_the_next_start_refuses_and_it_can_be_done_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, elsewhere = backup.make(folder, tmp_path, NOW, WORDS), tmp_path / "elsewhere"
    await note(elsewhere, "before")
    moved = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if self.name == "bhxh.sqlite3" and target.parent == elsewhere:
            raise KeyboardInterrupt
        return moved(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        backup.restore(elsewhere, made, None, LATER, words)
    monkeypatch.undo()
    with pytest.raises(NotTogether):
        await noted(elsewhere)
    backup.restore(elsewhere, made, None, LATER + datetime.timedelta(minutes=1), words)
    assert await noted(elsewhere) == {"first"}


async def test_nothing_is_written_over_a_file_that_is_there(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.zip"
    kept.write_text("letters")
    with pytest.raises(BadBackup, match="is there already"):
        backup.make(folder, kept, NOW, WORDS)
    assert kept.read_text() == "letters"
