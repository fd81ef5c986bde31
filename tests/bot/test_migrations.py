"""A database of any earlier version becomes one of this version, and keeps what it holds."""

from __future__ import annotations

import datetime
from pathlib import Path

import alembic.command
import alembic.script
import pytest
import sqlalchemy as sa

from bot.storage import questions, schema
from bot.storage.database import VIETNAM, Database, _configuration

VERSIONS = [each.revision for each in alembic.script.ScriptDirectory.from_config(_configuration()).walk_revisions()]
AT = datetime.datetime(2026, 11, 24, 9, 0)


def of_version(connection: sa.Connection, version: str) -> None:
    configuration = _configuration()
    configuration.attributes["connection"] = connection
    alembic.command.upgrade(configuration, version)
    values = {"key": "p", "delivery": "d", "at": AT, "text": "mua bò", "masked": False, "decision": "unknown"}
    if "month" in {each["name"] for each in sa.inspect(connection).get_columns("questions")}:
        values |= {"month": datetime.date(2026, 11, 1)}
    typed = {"at": sa.DateTime, "month": sa.Date}
    columns: list[sa.ColumnClause[object]] = [
        sa.column(name, typed.get(name)) for name in (*values, "entries")
    ]  # as the software writes them
    row = sa.insert(sa.table("questions", *columns)).values(**values, entries='["tax"]')
    connection.execute(row)


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_database_of_an_earlier_version_is_brought_to_this_one(tmp_path: Path, version: str) -> None:
    database = Database.in_folder(tmp_path)
    async with database.engine.connect() as connection:
        await connection.run_sync(of_version, version)
        await connection.commit()
    await database.migrate()
    async with database.engine.connect() as connection:
        found = await connection.run_sync(
            lambda sync: {
                table: {column["name"] for column in sa.inspect(sync).get_columns(table)}
                for table in sa.inspect(sync).get_table_names()
            }
        )
    found.pop("alembic_version")
    assert found == {table.name: {column.name for column in table.columns} for table in schema.metadata.sorted_tables}
    async with database.read() as connection:
        (kept,) = await questions.list_since(connection)
    assert (kept.text, kept.at) == ("mua bò", datetime.datetime(2026, 11, 24, 16, 0, tzinfo=VIETNAM))
    await database.close()
