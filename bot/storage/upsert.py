"""Insert a row, or change or keep the one that stands there: the one statement whose words differ by database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def _insert(connection: AsyncConnection, table: sa.Table) -> Any:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


async def put(
    connection: AsyncConnection,
    table: sa.Table,
    row: Mapping[str, object],
    key: Collection[str],
    change: Collection[str] | None = None,
) -> None:
    """Insert `row`; where its `key` exists, set the columns `change` (all others than the key unless named)."""
    changed = change if change is not None else [name for name in row if name not in key]
    statement = _insert(connection, table).values(**row)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=list(key), set_={name: statement.excluded[name] for name in changed}
        )
    )


async def add_new(connection: AsyncConnection, table: sa.Table, row: Mapping[str, object]) -> bool:
    """Insert `row` unless its key exists; whether it was inserted."""
    done = await connection.execute(_insert(connection, table).values(**row).on_conflict_do_nothing())
    return bool(done.rowcount)
