"""Whether the secret and the database of a data folder belong together: with another one everybody is a stranger.

The database keeps a fingerprint of the secret that made its keys, and a file beside the secret (`served`) remembers
that there was a database. Both are looked at before anything is made or changed. An empty folder begins anew.

CannotGoOn
    └── NotTogether      one of the two is gone, or is another one
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.base.settings import CannotGoOn
from bot.storage import file, upsert
from bot.storage.database import Database
from bot.storage.schema import identity

MARK = "served"
_SINCE = "0008"
"""The version that keeps the fingerprint."""
COPYING = "copying"
"""The row of a database that is being copied to, and not whole yet."""
_ON_SERVER = "on a server"
_SECRET = "secret"  # noqa: S105 - the name of a row
_OF_PEOPLE = ("states", "questions", "estimates", "ratings", "starts", "conversations", "addresses", "outbox")


class NotTogether(CannotGoOn):
    """The secret and the database do not belong together; the words say what to do."""

    code = 4

    def __init__(self, folder: Path, wrong: str, back: str) -> None:
        super().__init__(
            f"{wrong}. Nothing was touched. {back}; to begin anew on purpose, move everything out of {folder}"
        )


@dataclass(frozen=True, slots=True)
class DatabaseFound:
    """What a database tells of itself, before anything is made or changed.

    `version` None: it is not there, or nobody made it yet; `fingerprint`: of the secret it was made with, where it
    knows; `anybody`: whether anything stands in it under the key of a person.
    """

    place: str
    version: str | None
    fingerprint: str | None
    anybody: bool
    shared: bool = False
    half: bool = False
    """Whether it is a copy that is not whole yet."""
    tables: tuple[str, ...] = ()
    """Of something else, where it has no version."""


def in_folder(folder: Path) -> DatabaseFound:
    """The database of a data folder, looked at; raises UnknownVersion, StorageDown and Damaged."""
    return DatabaseFound(
        str(folder / file.FILE), file.version_in(folder), _fingerprint(folder), any(_rows_of_people(folder))
    )


async def of(database: Database) -> DatabaseFound:
    """A database on a server, looked at; raises UnknownVersion and StorageDown."""
    version = await database.version()
    fingerprint, anybody, half, tables = None, False, False, list[str]()
    if version is None:
        async with database.read() as connection:
            tables = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
    if version is not None:
        fingerprint, half = await _kept(database), await _kept(database, COPYING) is not None
        async with database.read() as connection:
            for table in _OF_PEOPLE:
                query = sa.select(sa.literal(1)).select_from(sa.table(table)).limit(1)
                anybody = anybody or (await connection.execute(query)).first() is not None
    return DatabaseFound(
        database.place, version, fingerprint, anybody, shared=True, half=half, tables=tuple(sorted(tables))
    )


def check_database(folder: Path, found: DatabaseFound) -> None:
    """Raise NotTogether where a database served and is gone or empty now, or is another one than this."""
    if found.half:
        wrong = f"{found.place} is a copy that was broken off"
        raise NotTogether(folder, wrong, "Have it go on with the same bhxh migrate --copy-from")
    if not (folder / MARK).exists():
        return
    if not found.shared and _ON_SERVER in _mark_lines(folder)[1:]:
        wrong = f"the database of {folder} was moved to a server, and database.url does not say where"
        raise NotTogether(folder, wrong, "Set it (BHXH_DATABASE__URL)")
    emptied = found.version is not None and found.version >= _SINCE and found.fingerprint is None
    if found.version is None or emptied:
        is_there = found.shared or (folder / file.FILE).exists()
        wrong = f"{found.place} {'is empty' if is_there else 'is gone'}, and a database served here before"
        back = "Bring it back with: bhxh restore BACKUP"
        if found.shared and (folder / file.FILE).exists():
            back = f"Move the one of the folder there with: bhxh migrate --copy-from sqlite:{folder / file.FILE}"
        raise NotTogether(folder, wrong, back)


def check_secret(folder: Path, found: DatabaseFound, fingerprint: str | None) -> None:
    """Raise NotTogether where a database was made with another secret than this one (None: there is none)."""
    made_with = found.fingerprint or _marked(folder)
    if fingerprint is None:
        if made_with is None and not found.anybody:
            return
        where = "the database beside it" if not found.shared else found.place
        wrong = f"{folder / 'secret'} is gone, and {where} was made with it"
        if found.shared:
            wrong = f"{folder / 'secret'} is not there, nor BHXH_SECRET, and {where} was made with a secret"
    elif made_with is None or made_with == fingerprint:
        return
    else:
        wrong = f"the secret (BHXH_SECRET, or {folder / 'secret'}) is another one than the database was made with"
    back = "Put the right one back (bhxh restore BACKUP --secret, or BHXH_SECRET)"
    raise NotTogether(folder, f"{wrong}: everybody would be a stranger", back)


async def adopt(database: Database, folder: Path, fingerprint: str) -> None:
    """Keep the fingerprint where none is kept yet, and remember that there is a database; raises NotTogether."""
    if await _kept(database) is None:
        async with database.begin() as connection:
            await upsert.add_new(connection, identity, {"name": _SECRET, "value": fingerprint})
    if await _kept(database) != fingerprint:  # another process was faster, and has another secret
        found = await of(database) if database.shared else in_folder(folder)
        check_secret(folder, found, fingerprint)
    if _marked(folder) != fingerprint or (_ON_SERVER in _mark_lines(folder)) != database.shared:
        with contextlib.suppress(OSError) if database.shared else contextlib.nullcontext():
            mark(folder, fingerprint, on_server=database.shared)


def mark(folder: Path, fingerprint: str, *, on_server: bool = False) -> None:
    """Remember that a database made with this secret serves here, in the folder or on a server."""
    fresh = folder / f"{MARK}.{os.getpid()}"
    try:
        fresh.write_text(f"{fingerprint}\n{_ON_SERVER if on_server else ''}", encoding="ascii")
        fresh.replace(folder / MARK)
    finally:
        fresh.unlink(missing_ok=True)


async def _kept(database: Database, name: str = _SECRET) -> str | None:
    async with database.read() as connection:
        found = await connection.execute(sa.select(identity.c.value).where(identity.c.name == name))
        return found.scalar_one_or_none()


def _fingerprint(folder: Path) -> str | None:
    rows = file.look(folder, f"SELECT value FROM identity WHERE name = '{_SECRET}'")  # noqa: S608 - a constant
    return rows[0][0] if rows else None


def _marked(folder: Path) -> str | None:
    return next(iter(_mark_lines(folder)), "") or None


def _mark_lines(folder: Path) -> list[str]:
    path = folder / MARK
    return path.read_text(encoding="ascii", errors="replace").splitlines() if path.exists() else []


def _rows_of_people(folder: Path) -> Iterator[object]:
    """Whether anything stands under the key of a person, table by table."""
    for table in _OF_PEOPLE:
        yield file.look(folder, f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - constants
