"""A backup is one file with the database and the secret that makes its keys: one without the other is of no use. Only a
passphrase opens it (`encrypted`): within is a ZIP, as backups were before, which can be brought back as well.

It is made beside a running bot. It is brought back only where nothing serves, only when it is whole and its two parts
belong together, and what was there before is moved aside. Nothing of it is written in the clear but in the data folder.

CannotGoOn
    └── BadBackup        the file is no backup, or there is nothing to make one of
"""

from __future__ import annotations

import contextlib
import datetime
import itertools
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from bot.base import folder_lock, keys
from bot.base.keys import Keys
from bot.base.settings import CannotGoOn
from bot.storage import encrypted, file, identity
from bot.storage.failures import Damaged
from bot.storage.faults import failure_of
from bot.storage.identity import DatabaseFound, NotTogether

_AT_ONCE = 1 << 20

Passphrase = Callable[[], str]
"""Asks for it, where it is needed."""


class BadBackup(CannotGoOn):
    """The file can't be used as a backup; the words say why."""

    code = 2


def make(folder: Path, target: Path, now: datetime.datetime, passphrase: str) -> Path:
    """Write a backup of a data folder as `target`, or with a name of its time into a folder; never over another file.

    Raises BadBackup, NotTogether, StorageDown, and Damaged: what is damaged is no backup.
    """
    found = identity.in_folder(folder)
    identity.check_database(folder, found)
    if found.version is None:
        raise BadBackup(f"{folder}: there is no database here, so there is nothing to back up")
    made = new_file(target, now)
    with workshop(folder) as work:
        with _failures():
            _copy(folder / file.FILE, work / file.FILE)
        with packing(made, passphrase) as parts:
            put(parts, work / file.FILE, folder / keys.FILE)
    return made


def new_file(target: Path, now: datetime.datetime) -> Path:
    """The backup that is to be made; raises BadBackup where there is one."""
    made = target / f"bhxh-{now:%Y%m%d-%H%M%S}.backup" if target.is_dir() else target
    if made.exists():
        raise BadBackup(f"{made}: is there already; give another name, or a folder")
    return made


@contextlib.contextmanager
def packing(made: Path, passphrase: str) -> Iterator[zipfile.ZipFile]:
    """One file of what is put into it, whole or not at all, for its owner only."""
    with workshop(made.parent) as work:
        packed = work / "backup"
        with packed.open("xb") as file:
            sealed = encrypted.Encrypting(file, passphrase)
            with zipfile.ZipFile(cast(IO[bytes], sealed), "w", zipfile.ZIP_DEFLATED) as parts:
                yield parts
            sealed.finish()
        _durable(packed)
        packed.chmod(0o600)
        packed.replace(made)


def put(parts: zipfile.ZipFile, *files: Path) -> None:
    """Those that are there become parts of a backup."""
    for each in files:
        if each.exists():
            parts.write(each, each.name)


def restore(
    folder: Path, source: Path, given: str | None, now: datetime.datetime, passphrase: Passphrase
) -> Path | None:
    """Put a backup in the place of what is in the folder, and return where that was moved to; None where was nothing.

    `given` is the secret of the environment. All of it is opened and looked through first. Raises BadBackup,
    UnknownVersion, WeakSecret and AlreadyServed, and has changed nothing then.
    """
    with folder_lock.held(folder), workshop(folder) as work:
        unpack(source, work, passphrase, file.FILE, keys.FILE)
        secret = _whole(source, work, given)
        identity.mark(folder, Keys(secret).fingerprint)  # first: killed in between, the next start refuses and says so
        aside = move_aside(folder, [f"{file.FILE}{each}" for each in file.WITH_IT] + [keys.FILE], now)
        for name in (keys.FILE, file.FILE):
            move_in(work, folder, name)
    return aside


def restore_secret(
    folder: Path, source: Path, now: datetime.datetime, passphrase: Passphrase, found: DatabaseFound | None = None
) -> Path | None:
    """Put only the secret of a backup back, when it is the one the database was made with; as `restore`.

    `found`: the database, where it is not the folder's.
    """
    with folder_lock.held(folder), workshop(folder) as work:
        unpack(source, work, passphrase, keys.FILE)
        secret = keys.existing_secret(work, None)
        if secret is None:
            raise BadBackup(f"{source}: holds no secret")
        found = found or identity.in_folder(folder)
        identity.check_database(folder, found)
        identity.check_secret(folder, found, Keys(secret).fingerprint)
        aside = move_aside(folder, [keys.FILE], now)
        move_in(work, folder, keys.FILE)
    return aside


def _whole(source: Path, work: Path, given: str | None) -> bytes:
    """The secret of an unpacked backup, whose database is whole and was made with it; raises BadBackup."""
    try:
        with _failures():
            version = file.version_in(work)
            if version is None:
                raise BadBackup(f"{source}: holds no database, or one of PostgreSQL that database.url must name")
            _check_whole(work / file.FILE)
    except Damaged as damaged:
        raise BadBackup(f"{source}: its database is damaged ({damaged.what}); take an older backup") from None
    secret = keys.existing_secret(work, given)
    if secret is None:
        raise BadBackup(f"{source}: holds no secret: set BHXH_SECRET to the one it was made with")
    try:
        identity.check_secret(work, identity.in_folder(work), Keys(secret).fingerprint)
    except NotTogether:
        where = "BHXH_SECRET" if given is not None else "the one in it"
        raise BadBackup(f"{source}: its database was made with another secret than {where}") from None
    return secret


@contextlib.contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A folder of its own on the same disk, for its owner only."""
    with tempfile.TemporaryDirectory(prefix="backup.", dir=folder) as name:
        yield Path(name)


def _copy(database: Path, to: Path) -> None:
    """The database as it is at one moment, whoever writes to it meanwhile."""
    with (
        contextlib.closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as source,
        contextlib.closing(sqlite3.connect(to)) as copied,
    ):
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")  # one file
    _check_whole(to, database)


def _check_whole(database: Path, of: Path | None = None) -> None:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise Damaged(f"{of or database.name}: {found}")


def unpack(source: Path, to: Path, passphrase: Passphrase, *wanted: str) -> None:
    """The parts of a backup that are wanted and there; raises BadBackup."""
    try:
        with _opened(source, to, passphrase) as plain, zipfile.ZipFile(plain) as parts:
            for name in set(wanted) & set(parts.namelist()):
                with parts.open(name) as packed, (to / name).open("wb") as part:
                    shutil.copyfileobj(packed, part, _AT_ONCE)
                (to / name).chmod(0o600)
                _durable(to / name)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:  # the last: locked, or packed otherwise
        raise BadBackup(f"{source}: is no backup of this software, or is broken: {error}") from None


@contextlib.contextmanager
def _opened(source: Path, work: Path, passphrase: Passphrase) -> Iterator[Path]:
    """The ZIP of a backup, whole; one that was made before they were encrypted is one itself. Raises BadBackup."""
    with source.open("rb") as file:
        if not encrypted.is_encrypted(file):
            yield source
            return
        plain = work / "plain"
        with plain.open("xb") as to:
            try:
                encrypted.decrypt(file, passphrase(), to)
            except encrypted.NotOpened as error:
                raise BadBackup(f"{source}: {error}") from None
    try:
        yield plain
    finally:
        plain.unlink()


def move_aside(folder: Path, names: list[str], now: datetime.datetime) -> Path | None:
    there = [name for name in names if (folder / name).exists()]
    if not there:
        return None
    aside = _new_folder(folder / f"before-restore-{now:%Y%m%d-%H%M%S}")
    for name in there:
        (folder / name).replace(aside / name)
    return aside


def _new_folder(wanted: Path) -> Path:
    """Made under the name that is wanted, or with -2, -3, … behind it where two restores fall into one second."""
    made = wanted
    for number in itertools.count(2):
        with contextlib.suppress(FileExistsError):
            made.mkdir(mode=0o700)
            break
        made = wanted.with_name(f"{wanted.name}-{number}")
    return made


def move_in(work: Path, folder: Path, name: str) -> None:
    if (work / name).exists():
        (work / name).replace(folder / name)
        _durable(folder)


def _durable(path: Path) -> None:
    """What is there survives a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    """What SQLite says is what the storage says elsewhere."""
    try:
        yield
    except sqlite3.Error as error:
        failure = failure_of(error)
        if failure is None:
            raise
        raise failure from error
