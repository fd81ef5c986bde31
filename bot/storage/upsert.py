"""Insert a row, or change or keep the one that stands there: the one statement whose words differ by database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

_STATEMENTS = 64
"""As many as are ever written, and more: one for each place that calls."""


async def put(
    connection: AsyncConnection,
    table: sa.Table,
    row: Mapping[str, object],
    key: Collection[str],
    change: Collection[str] | None = None,
) -> None:
    """Insert `row`; where its `key` exists, set the columns `change` (all others than the key unless named)."""
    changed = change if change is not None else [name for name in row if name not in key]
    await connection.execute(_put(connection.dialect.name, table, frozenset(key), frozenset(changed)), row)


async def add_new(
    connection: AsyncConnection,
    table: sa.Table,
    row: Mapping[str, object],
    computed: tuple[tuple[str, sa.ColumnElement[Any]], ...] = (),
) -> bool:
    """Insert `row` unless its key exists; whether it was inserted.

    `computed` columns are worked out by the database, with parameters of theirs beside those of the row.
    """
    return bool((await connection.execute(_add_new(connection.dialect.name, table, computed), row)).rowcount)


async def count_up(
    connection: AsyncConnection, table: sa.Table, key: Mapping[str, object], counted: sa.Column[int]
) -> int:
    """One more in the column of the row with this key, which is made with 1; two who count at once get two numbers."""
    statement = _count_up(connection.dialect.name, table, frozenset(key), counted)
    return int((await connection.execute(statement, {**key, counted.name: 1})).scalar_one())


@lru_cache(_STATEMENTS)
def _count_up(database: str, table: sa.Table, key: frozenset[str], counted: sa.Column[int]) -> Any:
    more = {counted.name: counted + 1}
    return _insert(database, table).on_conflict_do_update(index_elements=sorted(key), set_=more).returning(counted)


@lru_cache(_STATEMENTS)
def _put(database: str, table: sa.Table, key: frozenset[str], changed: frozenset[str]) -> Any:
    statement = _insert(database, table)
    columns = {name: statement.excluded[name] for name in sorted(changed)}
    return statement.on_conflict_do_update(index_elements=sorted(key), set_=columns)


@lru_cache(_STATEMENTS)
def _add_new(database: str, table: sa.Table, computed: tuple[tuple[str, sa.ColumnElement[Any]], ...]) -> Any:
    return _insert(database, table).values(dict(computed)).on_conflict_do_nothing()


def _insert(database: str, table: sa.Table) -> Any:
    if database == "sqlite":  # of the two, only the one at hand is loaded
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
