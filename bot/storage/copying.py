"""An installation moves: every row of one database into another, empty one, some thousands at a time.

The source is left as it is, and may not be served meanwhile. Broken off, it goes on where it was: the target remembers
of which state of the source it is a copy, and nobody serves it before it is whole and counted.

CannotGoOn
    └── CannotCopy       the source or the target is not such that one can become the other; the words say what to do
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.base.settings import CannotGoOn
from bot.storage import file, postgresql
from bot.storage.database import Database
from bot.storage.identity import COPYING, of
from bot.storage.replica import others
from bot.storage.schema import identity, leases, metadata

_TOGETHER = 5_000
_TABLES: Final = tuple(each for each in metadata.sorted_tables if each not in (identity, leases))

Progress = Callable[[int, int], None]
"""Told how many rows are there, of how many."""


class CannotCopy(CannotGoOn):
    """One of the two databases is not such that it can be copied from or to."""


def named(source: str) -> Path:
    """The file of «sqlite:data/bhxh.sqlite3», or of the folder it is in; raises CannotCopy."""
    kind, _, place = source.partition(":")
    path = Path(place.removeprefix("///") if place.startswith("////") else place.removeprefix("//"))
    if kind not in ("sqlite", "sqlite+aiosqlite") or not place:
        raise CannotCopy(f"{source}: expected sqlite: and a file, as in sqlite:data/{file.FILE}")
    path = path / file.FILE if path.is_dir() else path
    if not path.exists():
        raise CannotCopy(f"{path}: there is no such file")
    return path


async def copy(source: Database, target: Database, progress: Progress) -> int:
    """Copy all rows and compare how many there are; how many that is. Raises CannotCopy and StorageDown."""
    newest = file.versions()[-1]
    version = await source.version()
    if version != newest:
        raise CannotCopy(
            f"{source.place}: has version {version or 'none'}, not {newest}: "
            "bring it to this version first, with: BHXH_DATABASE__URL= bhxh migrate"
        )
    await _check_target(target)
    await target.migrate()
    async with source.read() as reading:  # one moment of it, whoever writes
        state = await _state_of(reading)
        await _begin(target, state)
        counts = {table.name: await _count(reading, table) for table in _TABLES}
        done, rows = 0, sum(counts.values())
        for table in _TABLES:
            done += await _copy_table(reading, target, table, partial(_told, progress, done, rows))
        await _finish(reading, target, counts)
    return rows


def _told(progress: Progress, before: int, of: int, rows: int) -> None:
    progress(before + rows, of)


async def _check_target(target: Database) -> None:
    """Raise CannotCopy where anybody uses it, or tables of something else stand in it."""
    found = await of(target)
    if found.tables:
        raise CannotCopy(f"{target.place}: holds tables of something else ({', '.join(found.tables[:3])} …)")
    if found.version is not None and target.shared and (other := await others(target)) is not None:
        raise CannotCopy(f"{target.place}: is in use ({other.told}); stop that first")


async def _begin(target: Database, state: str) -> None:
    """Remember of what it is a copy; raise CannotCopy where it holds anything else."""
    async with target.begin() as connection:
        rows = {row.name: row.value for row in await connection.execute(sa.select(identity))}
        if COPYING in rows:
            if rows[COPYING] != state:
                raise CannotCopy(
                    f"{target.place}: is half a copy, and the source has changed since. Empty it, and begin again"
                )
            return
        if rows or any([await _count(connection, each) for each in _TABLES]):
            raise CannotCopy(f"{target.place}: holds an installation already; name an empty database")
        await connection.execute(sa.insert(identity).values(name=COPYING, value=state))


async def _copy_table(
    reading: AsyncConnection, target: Database, table: sa.Table, progress: Callable[[int], None]
) -> int:
    """Copy what is not there yet of a table, in the order of its key; how many rows it has then."""
    key = list(table.primary_key.columns)
    async with target.read() as connection:
        done = await _count(connection, table)
        ordered = [_in_order(connection, each) for each in key]
        query = sa.select(*key).order_by(*(each.desc() for each in ordered)).limit(1)
        found = (await connection.execute(query)).first()
    last = None if found is None else tuple(found)
    progress(done)
    while True:
        some = sa.select(table).order_by(*key).limit(_TOGETHER)
        if last is not None:
            reached = [sa.literal(value, each.type) for value, each in zip(last, key, strict=True)]
            some = some.where(sa.tuple_(*key) > sa.tuple_(*reached))
        rows = (await reading.execute(some)).all()
        if not rows:
            return done
        async with target.begin() as connection:
            await _put(connection, table, rows)
        last = tuple(getattr(rows[-1], each.name) for each in key)
        done += len(rows)
        progress(done)


def _in_order(connection: AsyncConnection, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """A column in the order of its letters, which is that of SQLite."""
    is_text = isinstance(column.type, sa.String) and connection.dialect.name == postgresql.NAME
    return sa.collate(column, "C") if is_text else column


async def _put(connection: AsyncConnection, table: sa.Table, rows: Sequence[sa.Row[Any]]) -> None:
    """Add rows; PostgreSQL reads them in one stream, many times as fast as statements."""
    if connection.dialect.name != postgresql.NAME:
        await connection.execute(sa.insert(table), [dict(row._mapping) for row in rows])
        return
    await connection.execute(sa.select(1))  # the driver begins the transaction with the first statement
    driver: Any = (await connection.get_raw_connection()).driver_connection
    records = [tuple(postgresql.without_zeros(value) for value in row) for row in rows]
    await driver.copy_records_to_table(table.name, records=records, columns=[each.name for each in table.columns])


async def _finish(reading: AsyncConnection, target: Database, counts: dict[str, int]) -> None:
    """Compare, have new rows numbered after those that are there, and let it be served."""
    async with target.begin() as connection:
        found = {table.name: await _count(connection, table) for table in _TABLES}
        wrong = [f"{name}: {found[name]} of {count}" for name, count in counts.items() if found[name] != count]
        if wrong:
            raise CannotCopy(f"{target.place}: is no whole copy ({'; '.join(wrong)}). Empty it, and begin again")
        if connection.dialect.name == postgresql.NAME:
            for table in _TABLES:
                await _number_on(reading, connection, table)
        await connection.execute(sa.delete(identity).where(identity.c.name == COPYING))
        for row in await reading.execute(sa.select(identity)):
            await connection.execute(sa.insert(identity).values(**row._mapping))


async def _number_on(reading: AsyncConnection, connection: AsyncConnection, table: sa.Table) -> None:
    """The next number of a table is one that none of its rows ever had."""
    sequence = await connection.execute(_SEQUENCE, {"of": table.name}) if "id" in table.columns else None
    name = None if sequence is None else sequence.scalar_one()
    if name is None:
        return
    last = (await reading.execute(sa.select(sa.func.max(table.c.id)))).scalar_one() or 0
    counted = reading.dialect.name == "sqlite" and table.dialect_options["sqlite"]["autoincrement"]
    if counted and (await reading.execute(_KNOWS_GIVEN)).first() is not None:  # else a tool rebuilt the file
        last = max(last, (await reading.execute(_GIVEN, {"of": table.name})).scalar_one_or_none() or 0)
    if last > 0:  # below are those of forgotten rows, drawn by chance
        await connection.execute(sa.select(sa.func.setval(name, last)))


_SEQUENCE = sa.text("SELECT pg_get_serial_sequence(:of, 'id')")
_KNOWS_GIVEN = sa.text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")
_GIVEN = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :of")


async def _count(connection: AsyncConnection, table: sa.Table) -> int:
    return int((await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one())


async def _state_of(reading: AsyncConnection) -> str:
    """What changes whenever anything in the database does: how many rows, and when the last was written."""
    told = []
    for table in _TABLES:
        times = [sa.func.max(each) for each in table.columns if isinstance(each.type, sa.DateTime)]
        told.append((table.name, *(await reading.execute(sa.select(sa.func.count(), *times).select_from(table))).one()))
    return hashlib.sha256(repr(told).encode()).hexdigest()
