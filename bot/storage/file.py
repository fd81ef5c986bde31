"""The file of the database, looked at without loading what works with it: a question on the command line needs no more.

Nothing is written, not even the files that go with writing; but nobody else may read them (`keep_private`).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from importlib import resources
from pathlib import Path

from bot.storage.failures import Damaged, StorageDown, UnknownVersion
from bot.storage.faults import failure_of

FILE = "bhxh.sqlite3"
WITH_IT = ("", "-wal", "-shm")
"""What its name ends in, and those of the files that go with it."""
_OWNER_ONLY = 0o600


def versions() -> tuple[str, ...]:
    """The versions this software knows, the newest last: what the names of the migrations begin with."""
    folder = resources.files("bot.storage") / "migrations" / "versions"
    return tuple(sorted(each.name.partition("_")[0] for each in folder.iterdir() if each.name.endswith(".py")))


def version_in(folder: Path) -> str | None:
    """The version of a folder's database, None where there is none or nobody made it yet.

    Raises UnknownVersion, StorageDown, or Damaged where what is there is no database.
    """
    rows = look(folder, "SELECT version_num FROM alembic_version")
    for (version,) in rows:
        if version not in versions():
            raise UnknownVersion(version)
    return rows[0][0] if rows else None


def assigned_in(folder: Path) -> list[tuple[str, str]]:
    """The (entry, phrasing) pairs that staff assigned, oldest first; raises UnknownVersion or StorageDown."""
    if version_in(folder) is None:
        return []
    used = "SELECT entry, text FROM phrasings WHERE taken_back IS NULL ORDER BY id"
    return [(entry, text) for entry, text in look(folder, used)]


def look(folder: Path, query: str) -> list[tuple[str, ...]]:
    """The rows of a query; none where there is no such table, or no file. Raises StorageDown."""
    file = folder / FILE
    if not file.exists():
        return []
    in_use = file.with_name(f"{FILE}-wal").exists()
    address = f"{file.absolute().as_uri()}?{'mode=ro' if in_use else 'immutable=1'}"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.Error as error:
        if str(error).startswith("no such table"):
            return []
        failure = failure_of(error) or StorageDown(str(error))
        raise Damaged(f"{file}: {failure.what}") if isinstance(failure, Damaged) else failure from error


def keep_private(path: Path) -> None:
    """Have a database be its owner's only, from the moment it is made; SQLite gives what goes with it the same rights.

    What can't be changed stays as it is: a disk that can't be written to is told of by who writes. A file that is there
    is never opened: to close it would let go of every lock that SQLite holds on it in this process, and whoever comes
    next would throw away what is written (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    for each in (path.with_name(f"{path.name}{end}") for end in WITH_IT):
        with contextlib.suppress(OSError):
            if stat.S_IMODE(each.stat().st_mode) & ~_OWNER_ONLY:
                each.chmod(_OWNER_ONLY)
