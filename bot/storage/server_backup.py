"""A backup of an installation on PostgreSQL: what `pg_dump` writes, and the secret that makes the keys, in one file.

It is made beside those that serve, and written nowhere in the clear. It is brought back into an empty database only:
what is damaged, or was there before, is left for whoever keeps the server.
"""

from __future__ import annotations

import asyncio
import datetime
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from bot.base import keys
from bot.base.keys import Keys
from bot.base.settings import CannotGoOn, DatabasePlace, Settings, made_folder
from bot.storage import backup, identity
from bot.storage.backup import BadBackup, Passphrase
from bot.storage.database import Database
from bot.storage.identity import DatabaseFound

_DUMP = "bhxh.dump"
_AT_ONCE = 1 << 20


async def make(settings: Settings, target: Path, now: datetime.datetime, passphrase: str) -> Path:
    """Write a backup as `backup.make`; raises CannotGoOn where there is no pg_dump that can."""
    folder, found = made_folder(settings), await _found(settings)
    identity.check_database(folder, found)
    if found.version is None:
        raise BadBackup(f"{found.place}: there is no database here, so there is nothing to back up")
    made = backup.new_file(target, now)
    with backup.packing(made, passphrase) as parts:
        # who serves at this moment is nobody where it is brought back
        words = ("--format=custom", "--compress=0", "--exclude-table-data=leases")
        with parts.open(_DUMP, "w", force_zip64=True) as dump:
            await _run("pg_dump", settings.database, *words, to=dump.write)
        parts.writestr(identity.MARK, f"{found.fingerprint or ''}\n")
        backup.put(parts, folder / keys.FILE)
    return made


async def restore(
    settings: Settings, source: Path, now: datetime.datetime, passphrase: Passphrase, *, only_secret: bool
) -> Path | None:
    """Put a backup into the empty database of the settings; returns where a secret that was there is now.

    Raises BadBackup, NotTogether and CannotGoOn, and has changed nothing then.
    """
    folder, found = made_folder(settings), await _found(settings)
    if only_secret:
        return backup.restore_secret(folder, source, now, passphrase, found)
    with backup.workshop(folder) as work:
        backup.unpack(source, work, passphrase, _DUMP, identity.MARK, keys.FILE)
        if not (work / _DUMP).exists():
            raise BadBackup(
                f"{source}: holds no database of PostgreSQL. Bring one of SQLite back without database.url, and move "
                "it there with: bhxh migrate --copy-from"
            )
        if found.version is not None or found.tables:
            raise CannotGoOn(f"{found.place}: is not empty; make another database, and name it in database.url")
        secret = keys.existing_secret(work, settings.given_secret)
        if secret is None:
            raise BadBackup(f"{source}: holds no secret: set BHXH_SECRET to the one it was made with")
        made_with = (work / identity.MARK).read_text(encoding="ascii").strip()
        if made_with and made_with != Keys(secret).fingerprint:
            raise BadBackup(f"{source}: its database was made with another secret than BHXH_SECRET")
        await _run("pg_restore", settings.database, "--exit-on-error", "--single-transaction", str(work / _DUMP))
        aside = None
        if (work / keys.FILE).exists() and settings.given_secret is None:
            aside = backup.move_aside(folder, [keys.FILE], now)
            backup.move_in(work, folder, keys.FILE)
        identity.mark(folder, Keys(secret).fingerprint, on_server=True)
    return aside


async def _found(settings: Settings) -> DatabaseFound:
    database = Database(settings.database.url.get_secret_value(), 2)
    try:
        return await identity.of(database)
    finally:
        await database.close()


async def _run(program: str, place: DatabasePlace, *words: str, to: Callable[[bytes], object] | None = None) -> None:
    """Run a tool of PostgreSQL, which writes `to`; the password goes by its environment, which no other user sees."""
    path = shutil.which(program)
    if path is None:
        raise CannotGoOn(
            f"{program}: is not installed on this machine (on Debian: apt install postgresql-client), or back up the "
            "server by its own means and keep the secret with it"
        )
    more = (f"--dbname={_told(place)['PGDATABASE']}",) if program == "pg_restore" else ()
    process = await asyncio.create_subprocess_exec(
        path,
        "--no-owner",
        "--no-privileges",
        "--no-password",
        *more,
        *words,
        env={**os.environ, **_told(place)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=None if to is None else asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    said_beside = asyncio.ensure_future(process.stderr.read())
    if to is not None:
        assert process.stdout is not None
        try:
            while piece := await process.stdout.read(_AT_ONCE):
                to(piece)
        except BaseException:  # no room for it
            process.kill()
            await said_beside
            raise
    said = await said_beside
    if await process.wait():
        lines = said.decode(errors="replace").strip().splitlines()
        raise CannotGoOn(lines[0] if lines else f"{program}: ended with {process.returncode}")


def _told(place: DatabasePlace) -> Mapping[str, str]:
    """An address as the tools of PostgreSQL read it from their environment."""
    parts = urlsplit(place.url.get_secret_value())
    asked = dict(parse_qsl(parts.query))
    told = {
        "PGHOST": parts.hostname or asked.get("host"),
        "PGPORT": str(parts.port) if parts.port else asked.get("port"),
        "PGUSER": unquote(parts.username) if parts.username else None,
        "PGPASSWORD": place.password or None,
        "PGDATABASE": unquote(parts.path.removeprefix("/")),
        "PGSSLMODE": asked.get("ssl") or asked.get("sslmode"),
    }
    return {name: value for name, value in told.items() if value is not None}
