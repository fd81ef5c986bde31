"""Whether the secret and the database of a data folder belong together: with another one everybody is a stranger.

The database keeps a fingerprint of the secret that made its keys, and a file beside the secret (`served`) remembers
that there was a database. Both are looked at before anything is made or changed. An empty folder begins anew.

CannotGoOn
    └── NotTogether      one of the two is gone, or is another one
"""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy as sa

from bot.base.settings import CannotGoOn
from bot.storage import file, upsert
from bot.storage.database import Database
from bot.storage.schema import identity

MARK = "served"
_SINCE = "0008"
"""The version that keeps the fingerprint."""
_SECRET = "secret"  # noqa: S105 - the name of a row
_OF_PEOPLE = ("states", "questions", "estimates", "ratings", "starts", "conversations", "addresses", "outbox")


class NotTogether(CannotGoOn):
    """The secret and the database do not belong together; the words say what to do."""

    code = 4

    def __init__(self, folder: Path, wrong: str, back: str) -> None:
        super().__init__(
            f"{wrong}. Nothing was touched. {back}; to begin anew on purpose, move everything out of {folder}"
        )


def check_database(folder: Path) -> None:
    """Raise NotTogether where a database served and is gone or empty now; UnknownVersion and StorageDown as well."""
    version = file.version_in(folder)
    if not (folder / MARK).exists():
        return
    emptied = version is not None and version >= _SINCE and _fingerprint(folder) is None
    if version is None or emptied:
        state = "is empty" if (folder / file.FILE).exists() else "is gone"
        wrong = f"{folder / file.FILE} {state}, and a database served here before"
        raise NotTogether(folder, wrong, "Bring it back with: bhxh restore BACKUP")


def check_secret(folder: Path, fingerprint: str | None) -> None:
    """Raise NotTogether where a database was made with another secret than this one (None: there is none)."""
    made_with = _fingerprint(folder) or _marked(folder)
    if fingerprint is None:
        if made_with is None and not _anybody(folder):
            return
        wrong = f"{folder / 'secret'} is gone, and the database beside it was made with it"
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
        check_secret(folder, fingerprint)
    if _marked(folder) != fingerprint:
        mark(folder, fingerprint)


def mark(folder: Path, fingerprint: str) -> None:
    """Remember that a database made with this secret serves here."""
    fresh = folder / f"{MARK}.{os.getpid()}"
    try:
        fresh.write_text(f"{fingerprint}\n", encoding="ascii")
        fresh.replace(folder / MARK)
    finally:
        fresh.unlink(missing_ok=True)


async def _kept(database: Database) -> str | None:
    async with database.read() as connection:
        found = await connection.execute(sa.select(identity.c.value).where(identity.c.name == _SECRET))
        return found.scalar_one_or_none()


def _fingerprint(folder: Path) -> str | None:
    rows = file.look(folder, f"SELECT value FROM identity WHERE name = '{_SECRET}'")  # noqa: S608 - a constant
    return rows[0][0] if rows else None


def _marked(folder: Path) -> str | None:
    path = folder / MARK
    return (path.read_text(encoding="ascii", errors="replace").strip() or None) if path.exists() else None


def _anybody(folder: Path) -> bool:
    """Whether anything stands under the key of a person."""
    return any(file.look(folder, f"SELECT 1 FROM {table} LIMIT 1") for table in _OF_PEOPLE)  # noqa: S608 - constants
