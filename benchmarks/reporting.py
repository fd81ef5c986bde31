"""The reports over a million ratings and as many questions, five years of them, on both databases."""

from __future__ import annotations

import asyncio
import datetime
import itertools
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path

from rich.console import Console

from benchmarks.measure import Measured, baseline, measured
from benchmarks.million import CAMPAIGNS, ROWS, fill
from bot.base.content import read_content
from bot.reports import activity, rating_log, satisfaction
from bot.reports.records import Filter, Records, Topics, read_targets
from bot.reports.spans import Span
from bot.storage.database import VIETNAM, Database, to_utc
from bot.storage.schema import campaigns
from bot.testing.postgresql_server import PostgresqlServer, programs

_TIMES = 3
_MOST = 2000
_MOST_OF_THE_OVERVIEW = 1000
_FIRST = datetime.datetime(2026, 1, 1, tzinfo=VIETNAM)
_PERIOD = Span(datetime.date(2026, 1, 1), datetime.date(2030, 12, 31))
_YEAR = Span.of_year(2028)


def reporting() -> Iterator[Measured]:
    """Every report on both databases, all of its rows counted anew."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _on(Database.in_folder(Path(folder)), "SQLite")
    if programs() is not None:
        with PostgresqlServer(shared_buffers="256MB") as server:
            server.make("province")
            yield from _on(Database(server.url("province")), "PostgreSQL")


def _on(database: Database, name: str) -> Iterator[Measured]:
    with asyncio.Runner() as runner:
        records = runner.run(_filled(database))
        for report, call in _reports(records).items():
            calls = [lambda call=call: runner.run(_awaited(call))] * _TIMES
            most = _MOST_OF_THE_OVERVIEW if "index" in report else _MOST
            yield measured(f"{ROWS:,} ratings on {name}: {report}", calls, most=most)
        runner.run(database.close())


async def _awaited(report: Callable[[], Awaitable[object]]) -> None:
    await report()


def _reports(records: Records) -> Mapping[str, Callable[[], Awaitable[object]]]:
    answers, link = Filter(kind="answer"), Filter(campaign="c7", topic="pension")
    newest = rating_log.ALL_ROWS
    words = rating_log.LogFilter(search="kho hieu")
    return {
        "the index of a year": lambda: satisfaction.measure(records, _YEAR),
        "the index of the plan period": lambda: satisfaction.measure(records, _PERIOD),
        "the same of answers only": lambda: satisfaction.measure(records, _PERIOD, answers),
        "the same of a campaign and a topic": lambda: satisfaction.measure(records, _PERIOD, link),
        "the plan period by week": lambda: satisfaction.series(records, _PERIOD, "week"),
        "the plan period by month, answers only": lambda: satisfaction.series(records, _PERIOD, "month", answers),
        "the plan period by topic": lambda: satisfaction.breakdown(records, _PERIOD, "topic"),
        "the plan period by campaign": lambda: satisfaction.breakdown(records, _PERIOD, "campaign"),
        "what became of the questions": lambda: activity.volumes(records, _PERIOD),
        "the same by week": lambda: activity.volumes_series(records, _PERIOD, "week"),
        "the busiest hours": lambda: activity.busiest_hours(records, _PERIOD),
        "the entries most asked": lambda: activity.top_entries(records, _PERIOD),
        "the unanswered questions": lambda: activity.top_unanswered(records, _PERIOD),
        "the entries worst rated": lambda: activity.worst_entries(records, _PERIOD),
        "a page of the log": lambda: rating_log.page(records, _PERIOD, Filter(), newest, "newest", 40),
        "a page of the log, the lowest first": lambda: rating_log.page(records, _PERIOD, Filter(), newest, "lowest"),
        "a page of the log, searched": lambda: rating_log.page(records, _PERIOD, Filter(), words),
    }


async def _filled(database: Database) -> Records:
    """A database of a million ratings and questions, and the reports over it."""
    await database.migrate()
    content = read_content()
    entries = [entry.id for entry in content.library if entry.kind == "answer"]
    rows = [{"code": f"c{n}", "name": f"c{n}", "place": f"p{n % 9}", "at": to_utc(_FIRST)} for n in range(CAMPAIGNS)]
    async with database.begin() as connection:
        await connection.execute(campaigns.insert(), rows)
    await fill(database, entries)
    return Records(database, Topics.of(content.library, content.texts), read_targets())


def main() -> None:
    """Both databases alone: `python -m benchmarks.reporting`."""
    console = Console(width=110)
    for each in itertools.chain((baseline(),), reporting(), (baseline(),)):
        console.print(f"{each.name}: p50 {each.p50:.0f} ms, p99 {each.p99:.0f} ms")


if __name__ == "__main__":
    main()
