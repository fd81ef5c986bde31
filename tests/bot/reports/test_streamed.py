"""A long log is written as it is read: every row once, in its order, in every format, and the loop goes on."""

from __future__ import annotations

import asyncio
import csv
import datetime
import hashlib
import io
import json
import zipfile

import openpyxl
import pytest

from bot.base.content import Content
from bot.base.settings import Office
from bot.reports import catalogue
from bot.reports.paper import Request
from bot.reports.records import Records, Topics, read_targets
from bot.reports.spans import Span
from bot.storage import privacy, ratings
from bot.storage.database import VIETNAM, Database
from handlers.dialogue.records import Offered, Rated

ROWS = 450  # which is read in several pieces
FIRST = datetime.datetime(2026, 3, 1, 8, 0, tzinfo=VIETNAM)


@pytest.fixture
async def request_(database: Database, content: Content) -> Request:
    async with database.begin() as connection:
        for number in range(ROWS):
            at = FIRST + datetime.timedelta(minutes=number)
            await ratings.offer(connection, f"p{number}", Offered(f"o{number}", "answer", "tax"), at)
            await ratings.rate(connection, f"p{number}", Rated(f"o{number}", 1 + number % 5), at)
        await privacy.forget(connection, "p0")
    records = Records(database, Topics.of(content.library, content.texts), read_targets())
    return Request(records, content, Office(), Span.of_year(2026), FIRST.date())


def when(number: int) -> datetime.datetime:
    """The time of the row of this number in the log, the newest first."""
    return (FIRST + datetime.timedelta(minutes=ROWS - 1 - number)).replace(tzinfo=None)


async def written(request: Request, wanted: str) -> bytes:
    return await catalogue.write(catalogue.REPORTS["log"], request, wanted)


async def test_every_row_is_in_every_format_once_and_in_order(request_: Request) -> None:
    (head, *rows) = csv.reader(io.StringIO((await written(request_, "csv")).decode("utf-8-sig")))
    assert [row[0] for row in rows[:-1]] == [f"{when(number):%d/%m/%Y %H:%M}" for number in range(ROWS - 1)]
    assert rows[-1][0] == "Tháng 3/2026", "who was forgotten, whose day nobody knows"
    listed = json.loads(await written(request_, "json"))["tables"]["log"]
    assert [list(row.values()) for row in listed] == rows
    text = (await written(request_, "txt")).decode().splitlines()
    assert [line.split(" | ")[0].strip() for line in text if " | " in line][1:] == [row[0] for row in rows]
    assert len(head) == 11


async def test_the_times_of_a_workbook_are_times(request_: Request) -> None:
    book = openpyxl.load_workbook(io.BytesIO(await written(request_, "xlsx")))
    sheet = book.worksheets[1]
    cells = [cell.value for (cell,) in sheet.iter_rows(min_row=4, max_col=1)]
    assert cells == [*(when(number) for number in range(ROWS - 1)), "Tháng 3/2026"]
    assert sheet["A4"].number_format == "dd/mm/yyyy hh:mm"
    assert sheet.auto_filter.ref == f"A3:K{3 + ROWS}"


async def test_the_pack_tells_the_hash_of_what_it_holds(request_: Request) -> None:
    pack = zipfile.ZipFile(io.BytesIO(await catalogue.write(catalogue.REPORTS["evidence"], request_, "zip")))
    told = {line[66:]: line[:64] for line in pack.read("SHA256SUMS").decode().splitlines()}
    assert told == {name: hashlib.sha256(pack.read(name)).hexdigest() for name in told}
    assert pack.read("nhat-ky-danh-gia-2026.csv") == await written(request_, "csv")
    assert pack.testzip() is None


async def test_a_file_that_is_broken_off_leaves_the_database_free(request_: Request) -> None:
    task = asyncio.create_task(written(request_, "csv"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await written(request_, "csv")).count(b"\n") == ROWS + 1
