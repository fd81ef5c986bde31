"""The reports over a million ratings and as many questions, five years of them."""

from __future__ import annotations

import asyncio
import datetime
import random
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.measure import Measured, measured
from bot.base.content import read_content
from bot.reports import activity, rating_log, satisfaction
from bot.reports.records import Filter, Records, Topics, read_targets
from bot.reports.spans import Span
from bot.storage.database import VIETNAM, Database, to_utc
from bot.storage.schema import campaigns, estimates, questions, ratings
from handlers.dialogue.records import REASONS

ROWS = 1_000_000
_PEOPLE, _CAMPAIGNS = 200_000, 30
_TIMES = 3
_MOST = 2000
_TOGETHER = 20_000
_WORDINGS = 5000
_FIRST = datetime.datetime(2026, 1, 1, tzinfo=VIETNAM)
_PERIOD = Span(datetime.date(2026, 1, 1), datetime.date(2030, 12, 31))
_YEAR = Span.of_year(2028)

Row = dict[str, object]


def reporting() -> Iterator[Measured]:
    """Every report, all of its rows counted anew."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        records = runner.run(_filled(Path(folder)))
        for name, report in _reports(records).items():
            call = [lambda report=report: runner.run(_awaited(report))] * _TIMES
            yield measured(f"{ROWS:,} ratings: {name}", call, most=_MOST)
        runner.run(records.database.close())


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


async def _filled(folder: Path) -> Records:
    """A database of a million ratings and questions; its indexes are made once the rows are there."""
    database = Database.in_folder(folder)
    await database.migrate()
    content = read_content()
    entries = [entry.id for entry in content.library if entry.kind == "answer"]
    tables = (ratings, questions, estimates)
    indexes = [index for table in tables for index in table.indexes]
    async with database.begin() as connection:
        for index in indexes:
            await connection.run_sync(index.drop)
        rows = [
            {"code": f"c{n}", "name": f"c{n}", "place": f"p{n % 9}", "at": to_utc(_FIRST)} for n in range(_CAMPAIGNS)
        ]
        await connection.execute(campaigns.insert(), rows)
        for batch in _batches(entries):
            for table, of_table in zip(tables, batch, strict=True):
                await connection.execute(table.insert(), of_table)
        for index in indexes:
            await connection.run_sync(index.create)
    return Records(database, Topics.of(content.library, content.texts), read_targets())


def _batches(entries: list[str]) -> Iterator[tuple[list[Row], list[Row], list[Row]]]:
    """Ratings, questions and estimates of five years, of people in no order."""
    chance = random.Random(4107)
    step = datetime.timedelta(days=1826) / ROWS
    for first in range(0, ROWS, _TOGETHER):
        made: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
        for number in range(first, first + _TOGETHER):
            at = _FIRST + number * step
            when = {"month": at.date().replace(day=1), "day": at.date(), "key": f"{chance.randrange(_PEOPLE):064x}"}
            entry = chance.choice(entries)
            made[0].append(_rating(chance, number, at, entry) | when)
            made[1].append(_question(chance, number, at, entry) | when)
            if number % 4 == 0:
                made[2].append({"at": to_utc(at), "calculation": "pension"} | when)
        yield made


def _rating(chance: random.Random, number: int, at: datetime.datetime, entry: str) -> Row:
    level = chance.choice((5, 5, 5, 4, 4, 3, 2, 1, None, None))
    commented = level is not None and level < 3 and chance.random() < 0.2
    return {
        "offer": str(number),
        "offered_at": to_utc(at),
        "kind": "answer" if number % 5 else "estimate",
        "subject": entry if number % 5 else "pension",
        "asked_for": number % 50 == 0,
        "level": level,
        "rated_at": to_utc(at),
        "reason": chance.choice(REASONS) if commented else None,
        "comment": "Nói còn khó hiểu lắm" if commented else None,
        "campaign": f"c{chance.randrange(_CAMPAIGNS)}" if number % 3 else None,
    }


def _question(chance: random.Random, number: int, at: datetime.datetime, entry: str) -> Row:
    decision = chance.choice(("answer", "answer", "answer", "choose", "unknown", "refer", "chat"))
    return {
        "delivery": str(number),
        "at": to_utc(at),
        "text": f"đóng {number % _WORDINGS} năm thì có lương hưu",
        "masked": False,
        "decision": decision,
        "entries": f'["{entry}"]',
        "answered": entry if decision == "answer" else None,
        "chosen": None,
        "misanswered": number % 40 == 0,
        "hour": at.hour,
    }
