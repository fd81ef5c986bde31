"""A database of any earlier version becomes one of this version, and keeps what it holds."""

from __future__ import annotations

import asyncio
import datetime
import json
import re
from pathlib import Path

import alembic.script
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.reports import activity, satisfaction
from bot.reports.records import Filter, Records, Topics, read_targets
from bot.reports.spans import Span
from bot.storage import campaigns, file, outbox, questions, schema, states
from bot.storage.database import VIETNAM, Database
from bot.storage.upgrade import configuration, upgrade
from faq.engine import likeness
from handlers.dialogue.context import Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Text
from handlers.router import converse

VERSIONS = [each.revision for each in alembic.script.ScriptDirectory.from_config(configuration()).walk_revisions()]
AT = datetime.datetime(2026, 11, 24, 9, 0)
FIRST_ON_POSTGRESQL = "0010"


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


def made_in(connection: sa.Connection) -> set[tuple[str, str, str]]:
    """Every table and index of a database, as made, but for spaces; one that was renamed has its name in quotes."""
    rows = connection.execute(sa.text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {(kind, name, re.sub(r"\s*([(),\s])\s*", r"\1", sql.replace(f'"{name}"', name))) for kind, name, sql in rows}


async def test_a_new_database_is_made_at_once_as_all_migrations_make_it(tmp_path: Path) -> None:
    at_once, step_by_step = Database.in_folder(tmp_path / "new"), Database.in_folder(tmp_path / "old")
    await at_once.migrate()
    async with step_by_step.engine.connect() as connection:
        await connection.run_sync(upgrade)
        await connection.commit()
    found = []
    for database in (at_once, step_by_step):
        async with database.read() as connection:
            version = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            found.append((version, await connection.run_sync(made_in)))
        await database.close()
    new, old = found
    assert len(new[1]) > 20
    assert new[0] == VERSIONS[0]
    assert new == old


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_database_of_an_earlier_version_is_brought_to_this_one(
    empty: Database, database_kind: str, version: str
) -> None:
    if database_kind == "postgresql" and version < FIRST_ON_POSTGRESQL:
        pytest.skip("no database of PostgreSQL has this version")
    database = empty
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
        ((kept,),) = [each async for each in questions.stream(connection)]
    assert (kept.text, kept.at) == ("mua bò", datetime.datetime(2026, 11, 24, 16, 0, tzinfo=VIETNAM))


async def test_what_the_migrations_make_is_what_the_statements_are_made_for(database: Database) -> None:
    """Tables, columns with their types, indexes: from the first migration to the last there is nothing left over."""

    def differences(connection: sa.Connection) -> list[object]:
        told = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=told), schema.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_two_that_start_at_once_migrate_once(empty: Database) -> None:
    await asyncio.gather(*(Database(empty.url).migrate() for _ in range(3)))
    assert await empty.version() == file.versions()[-1]


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


def with_names(connection: sa.Connection) -> None:
    """A database in which people told who they are, as it was kept before names were masked."""
    upgrade(connection, "0006")
    at, letter = AT, "Tôi tên là Nguyễn Văn Bảy, chồng tôi mất, tôi được nhận gì?"
    rows: dict[str, list[dict[str, object]]] = {
        "questions": [
            {"text": text, "key": "p", "delivery": str(n), "at": at, "masked": False, "decision": "unknown"}
            | {"entries": "[]", "month": at.date().replace(day=1), "day": at.date(), "hour": 9}
            for n, text in enumerate((*["nuôi ong thì sao"] * 1_500, letter, "mua bò", ""))
        ],
        "ratings": [
            {"key": "p", "offer": str(n), "offered_at": at, "kind": "answer", "subject": "x", "asked_for": False}
            | {"level": 1, "comment": comment, "month": at.date().replace(day=1)}
            for n, comment in enumerate(("em là Lan ở Kim Thành, không hiểu", "khó hiểu", None))
        ],
        "conversations": [{"id": 1, "key": "p", "opened_at": at, "last_at": at, "with_staff": True}],
        "conversation_messages": [
            {"conversation": 1, "at": at, "side": side, "delivery": side, "text": text}
            for side, text in (
                (
                    "citizen",
                    "con tôi là Trần Thị Hoa, ở số nhà 12, fb.com/hoatran, số không chín hai ba bốn năm sáu bảy tám",
                ),
                ("staff", "Chào chị Hoa, chị đến xã nhé"),
            )
        ],
        "phrasings": [{"entry": "tax", "text": "em là Lan, có phải nộp thuế không", "by": "s", "at": at}],
        "drafts": [
            {"source": "group", "question": letter, "answer": "Được.", "by": "s", "at": at}
            | {"phrasings": json.dumps(["tôi là Lê Thị B", "mua bò"], ensure_ascii=False)}
        ],
        "verdicts": [{"words": likeness.words(letter), "verdict": "outside", "by": "s", "at": at}],
    }
    for table, values in rows.items():
        connection.execute(sa.insert(schema.metadata.tables[table]), values)


async def test_names_that_were_kept_are_masked_and_what_was_decided_still_holds(tmp_path: Path) -> None:
    database = Database.in_folder(tmp_path)
    async with database.engine.connect() as connection:
        await connection.run_sync(with_names)
        await connection.commit()
    await database.migrate()
    async with database.read() as connection:
        kept = {
            name: [tuple(row) for row in await connection.execute(sa.select(table))]
            for name, table in schema.metadata.tables.items()
        }
        texts = [each.text async for some in questions.stream(connection) for each in some]
        decided = await connection.execute(sa.select(schema.verdicts.c.words))
    for part in ("Nguyễn", "Bảy", "bay", "Lan", "Trần", "Hoa", "Lê", "Thị", "nhà 12", "hoatran", "bảy tám"):
        found = [name for name, rows in kept.items() for row in rows if part in str(row)]
        assert found == [], part
    assert texts.count("nuôi ong thì sao") == 1_500
    assert texts[-2:] == ["Tôi tên là [tên], chồng tôi mất, tôi được nhận gì?", "mua bò"]
    assert decided.scalars().all() == [likeness.words(texts[-2])]
    (phrasing,) = kept["phrasings"]
    assert "em là, có phải nộp thuế không" in phrasing
    await database.close()


async def test_what_waited_between_citizens_and_staff_still_waits_for_days(tmp_path: Path) -> None:
    def before(connection: sa.Connection) -> None:
        upgrade(connection, "0008")
        names = ("key", "reply", "at", "lasting", "conversation")
        row = sa.insert(sa.table("outbox", *(sa.column(name, sa.DateTime if name == "at" else None) for name in names)))
        reply = outbox.to_json(Text("#K1 · hỏi"))
        connection.execute(row.values(key="staff", reply=reply, at=AT, lasting=True, conversation=1))
        connection.execute(row.values(key="staff", reply=reply, at=AT, lasting=False, conversation=None))
        connection.execute(row.values(key="p", reply=reply, at=AT, lasting=False, conversation=None))

    database = Database.in_folder(tmp_path)
    async with database.engine.connect() as connection:
        await connection.run_sync(before)
        await connection.commit()
    await database.migrate()
    async with database.read() as reading:
        assert [each.kind for each in await outbox.unsent(reading, "staff")] == ["relay", "brief"]
        assert [each.kind for each in await outbox.unsent(reading, "p")] == ["last"]
    await database.close()


async def test_codes_that_differ_by_case_become_one_with_what_came_of_all(tmp_path: Path) -> None:
    def before(connection: sa.Connection) -> None:
        upgrade(connection, "0027")
        names = ("code", "name", "place", "at")
        columns = [sa.column(name, sa.DateTime if name == "at" else None) for name in names]
        row = sa.insert(sa.table("campaigns", *columns))
        later = AT + datetime.timedelta(days=1)
        for code, name, at in (("cho", "Sau", later), ("CHO", "Trước", AT), ("Htx", "Khác", later)):
            connection.execute(row.values(code=code, name=name, place="xã A", at=at))
        begun = "INSERT INTO starts (key, at, campaign, code) VALUES (?, '2026-11-24 08:00:00.000000', ?, ?)"
        for start in (("p", "known", "CHO"), ("q", "known", "cho"), ("q", "malformed", None)):
            connection.exec_driver_sql(begun, start)
        connection.exec_driver_sql(
            "INSERT INTO touches VALUES ('p', 'CHO', '2026-11-24 08:00:00', 'Htx', '2026-11-24 08:00:00')"
        )
        connection.exec_driver_sql(
            "INSERT INTO ratings (offer, kind, subject, key, offered_at, asked_for, level, month, day, campaign) "
            "VALUES ('1', 'answer', 'tax', 'p', '2026-11-24 08:00:00.000000', 0, 5, '2026-11-01', '2026-11-24', 'CHO')"
        )

    database = Database.in_folder(tmp_path)
    async with database.engine.connect() as connection:
        await connection.run_sync(before)
        await connection.commit()
    await database.migrate()
    async with database.read() as reading:
        found = {each.campaign.code: each for each in await campaigns.list_all(reading)}
        assert {code: each.campaign.name for code, each in found.items()} == {"cho": "Trước", "htx": "Khác"}
        assert (found["cho"].starts, found["cho"].people, found["cho"].ratings) == (2, 1, 1)
        touched = (await reading.execute(sa.select(schema.touches.c.last_code))).scalars().all()
        assert touched == ["htx"]
        assert await campaigns.other_starts(reading) == {"malformed": 1}
    await database.close()
