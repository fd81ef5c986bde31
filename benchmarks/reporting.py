"""The satisfaction report over a hundred thousand ratings."""

from __future__ import annotations

import asyncio
import datetime
import tempfile
from pathlib import Path

from benchmarks.measure import Measured, measured
from bot.reports import satisfaction
from bot.storage.database import VIETNAM, Database, to_utc
from bot.storage.schema import ratings

RATINGS = 100_000
_YEAR = 2026
_TIMES = 20


def reporting() -> Measured:
    """The index of one year, all of its ratings counted anew."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        database = runner.run(_filled(Path(folder)))
        targets = satisfaction.read_targets()

        def report() -> str:
            return satisfaction.as_text(runner.run(satisfaction.of_year(database, _YEAR, targets)), targets)

        found = measured(f"the satisfaction report over {RATINGS:,} ratings", [report] * _TIMES)
        runner.run(database.close())
    return found


async def _filled(folder: Path) -> Database:
    database = Database.in_folder(folder)
    await database.migrate()
    first = to_utc(datetime.datetime(_YEAR, 1, 2, tzinfo=VIETNAM))
    rows = [
        {
            "key": f"{number:064x}",
            "offer": str(number),
            "offered_at": first + datetime.timedelta(minutes=5 * number),
            "kind": "answer",
            "subject": "pension_min_years",
            "asked_for": False,
            "level": 5 - number % 7 % 5,
            "rated_at": first + datetime.timedelta(minutes=5 * number),
        }
        for number in range(RATINGS)
    ]
    async with database.begin() as connection:
        for start in range(0, RATINGS, 5000):
            await connection.execute(ratings.insert(), rows[start : start + 5000])
    return database
