"""A database of any earlier version becomes one of this version, and keeps what it holds."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import alembic.script
import pytest
import sqlalchemy as sa

from bot.reports import activity, satisfaction
from bot.reports.records import Filter, Records, Topics, read_targets
from bot.reports.spans import Span
from bot.storage import file, questions, schema, states
from bot.storage.database import VIETNAM, Database
from bot.storage.upgrade import configuration, upgrade
from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Text
from handlers.router import converse

VERSIONS = [each.revision for each in alembic.script.ScriptDirectory.from_config(configuration()).walk_revisions()]
AT = datetime.datetime(2026, 11, 24, 9, 0)


def of_version(connection: sa.Connection, version: str) -> None:
    upgrade(connection, version)
    values = {"key": "p", "delivery": "d", "at": AT, "text": "mua bò", "masked": False, "decision": "unknown"}
    if "month" in {each["name"] for each in sa.inspect(connection).get_columns("questions")}:
        values |= {"month": datetime.date(2026, 11, 1)}
    typed = {"at": sa.DateTime, "month": sa.Date}
    columns: list[sa.ColumnClause[object]] = [
        sa.column(name, typed.get(name)) for name in (*values, "entries")
    ]  # as the software writes them
    row = sa.insert(sa.table("questions", *columns)).values(**values, entries='["tax"]')
    connection.execute(row)


def test_versions_are_told_by_the_names_of_the_migrations() -> None:
    """No migration is loaded to know whether there is anything to migrate."""
    assert list(file.versions()) == VERSIONS[::-1]


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


def with_short_names(connection: sa.Connection) -> None:
    """A database in which the forms «social» and «former» were used, one of them under way."""
    upgrade(connection, "0005")
    form = {"name": "social", "run": "5", "field": "drawn", "values": {"born": 1951, "month": 11}, "path": ["born"]}
    result = {"name": "former", "run": "4", "field": "", "values": {}, "path": [], "ended": AT.isoformat()}
    rows: dict[str, list[tuple[object, ...]]] = {
        "states": [("p", json.dumps({"form": form, "result": result}), 1), ("q", "not to be read", 0), ("r", "[]", 0)],
        "estimates": [(1, "social"), (2, "former"), (3, "pension")],
        "ratings": [("1", "estimate", "social"), ("2", "answer", "social")],
    }
    statements = {
        "states": "INSERT INTO states (key, state, owes, at) VALUES (?, ?, ?, '2026-11-24 08:00:00.000000')",
        "estimates": "INSERT INTO estimates (id, calculation, key, at, month, day) "
        "VALUES (?, ?, 'p', '2026-11-24 08:00:00.000000', '2026-11-01', '2026-11-24')",
        "ratings": "INSERT INTO ratings (offer, kind, subject, key, offered_at, asked_for, level, month, day) "
        "VALUES (?, ?, ?, 'p', '2026-11-24 08:00:00.000000', 0, 5, '2026-11-01', '2026-11-24')",
    }
    for table, statement in statements.items():
        for row in rows[table]:
            connection.exec_driver_sql(statement, row)


async def test_forms_renamed_since_are_counted_as_before_and_one_under_way_goes_on(
    tmp_path: Path, resources: Resources
) -> None:
    database = Database.in_folder(tmp_path)
    async with database.engine.connect() as connection:
        await connection.run_sync(with_short_names)
        await connection.commit()
    await database.migrate()
    records = Records(database, Topics.of(resources.library, resources.texts), read_targets())
    span = Span.of_year(2026)
    assert (await activity.volumes(records, span)).estimates == {"social_pension": 1, "former_worker": 1, "pension": 1}
    of_form = await satisfaction.measure(records, span, Filter(topic="calc_social_pension"))
    assert of_form.rated == 1
    of_answers = await satisfaction.measure(records, span, Filter(kind="answer", subject="social"))
    assert of_answers.rated == 1  # an entry of that name is another thing
    now = AT.replace(tzinfo=VIETNAM) + datetime.timedelta(hours=8)
    async with database.read() as connection:
        state = await states.load(connection, "p", now)
    assert state.result is not None
    assert state.result.name == "former_worker"
    pressed = Message("press", "6", now, "f|social|5|drawn|none")  # a button sent before
    (said, *_) = converse(pressed, Memory(state), resources).replies
    assert isinstance(said, Text)
    assert "hộ nghèo" in said.html
    await database.close()
