"""The file of the database, looked at without loading what works with it: a question on the command line needs no more.

Nothing is written, not even the files that go with writing.
"""

from __future__ import annotations

import contextlib
import sqlite3
from importlib import resources
from pathlib import Path

from bot.storage.failures import StorageDown, UnknownVersion

FILE = "bhxh.sqlite3"


def versions() -> tuple[str, ...]:
    """The versions this software knows, the newest last: what the names of the migrations begin with."""
    folder = resources.files("bot.storage") / "migrations" / "versions"
    return tuple(sorted(each.name.partition("_")[0] for each in folder.iterdir() if each.name.endswith(".py")))


def version_in(folder: Path) -> str | None:
    """The version of a folder's database, None where there is none or nobody made it yet.

    Raises UnknownVersion or StorageDown.
    """
    if not (folder / FILE).exists():
        return None
    try:
        rows = _read(folder, "SELECT version_num FROM alembic_version")
    except sqlite3.OperationalError:  # no such table
        return None
    except sqlite3.DatabaseError as error:
        raise StorageDown(f"{folder / FILE}: {error}") from error
    for (version,) in rows:
        if version not in versions():
            raise UnknownVersion(version)
    return rows[0][0] if rows else None


def assigned_in(folder: Path) -> list[tuple[str, str]]:
    """The (entry, phrasing) pairs that staff assigned, oldest first; raises UnknownVersion or StorageDown."""
    if version_in(folder) is None:
        return []
    try:
        return [(entry, text) for entry, text in _read(folder, "SELECT entry, text FROM phrasings ORDER BY id")]
    except sqlite3.DatabaseError as error:
        raise StorageDown(f"{folder / FILE}: {error}") from error


def _read(folder: Path, query: str) -> list[tuple[str, ...]]:
    file = folder / FILE
    in_use = file.with_name(f"{FILE}-wal").exists()
    address = f"{file.absolute().as_uri()}?{'mode=ro' if in_use else 'immutable=1'}"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        return connection.execute(query).fetchall()
