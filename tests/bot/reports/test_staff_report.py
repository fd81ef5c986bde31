"""How soon the staff answered and ended: by week and person, the same after people were forgotten."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping

from bot.base.settings import Office
from bot.reports import catalogue, staff_report
from bot.reports.paper import Request
from bot.reports.records import Records, Topics, read_targets
from bot.reports.spans import Span
from bot.reports.staff_report import Took
from bot.storage import conversations, privacy
from bot.storage.database import VIETNAM, Connection, Database
from handlers.dialogue.context import Kept
from handlers.dialogue.memory import ClosedBy

MONDAY = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)
YEAR = Span.of_year(2026)


async def handled(
    connection: Connection,
    number: int,
    opened: datetime.datetime,
    answered: int | None,
    closed: int | None,
    by: tuple[str, str | None, ClosedBy],
) -> None:
    """A conversation answered and closed so many minutes after it was opened, by whom."""
    answerer, closer, closed_by = by
    await conversations.open_new(connection, number, f"{number:064x}", f"d{number}", "hỏi", opened)
    if answered is not None:
        at = opened + answered * MINUTE
        await conversations.add(connection, number, "staff", f"s{number}", "đáp", at, answerer)
        await conversations.add(connection, number, "staff", f"t{number}", "đáp nữa", at + MINUTE, "hoa")
    if closed is not None:
        await conversations.close(connection, number, closed_by, opened + closed * MINUTE, closer)


async def fill(connection: Connection) -> None:
    await handled(connection, 1, MONDAY, 10, 60, ("lan", "lan", "staff"))
    await handled(connection, 2, MONDAY, 31, 90, ("lan", "hoa", "staff"))
    await handled(connection, 3, MONDAY, 20, 200, ("lan", None, "citizen"))
    await conversations.assign(connection, 3, "lan")
    await handled(connection, 4, MONDAY - 7 * DAY, 100, 5000, ("hoa", None, "silence"))
    await handled(connection, 5, MONDAY - 8 * DAY, None, 4320, ("", None, "silence"))
    await handled(connection, 6, MONDAY - 20 * MINUTE - 8 * 60 * MINUTE, 30, None, ("hoa", None, "staff"))
    # opened on Sunday at 23:40, answered on Monday at 0:10: Monday's week


EXPECTED = {
    ("lan", "2026-11-23"): (Took(3, 20, 31), Took(2, 130, 200)),  # 60 and 200
    ("hoa", "2026-11-23"): (Took(1, 30, 30), Took(1, 90, 90)),
    ("hoa", "2026-11-16"): (Took(1, 100, 100), Took(0, None, None)),
}


async def counted(records: Records, span: Span = YEAR) -> dict[tuple[str | None, str], tuple[Took, Took]]:
    weeks, _ = await staff_report.weeks(records, span)
    return {(each.by, str(each.week)): (each.answered, each.closed) for each in weeks}


async def test_a_week_of_a_person_is_told_and_stays_when_conversations_are_deleted(database: Database) -> None:
    records = Records(database, Topics({}, {}), read_targets())
    async with database.begin() as connection:
        await fill(connection)
    assert await counted(records) == EXPECTED
    async with database.begin() as connection:
        await privacy.forget(connection, f"{1:064x}")  # a citizen wished it
        await privacy.expire(connection, MONDAY + 400 * DAY, Kept(1, 1, 1, 1))  # and the rest is too old
        (still_open,) = await conversations.silent(connection, MONDAY + 999 * DAY)
        assert still_open.id == 6
    assert await counted(records) == EXPECTED
    _, people = await staff_report.weeks(records, YEAR)
    assert [(each.by, each.answered) for each in people] == [("lan", Took(3, 20, 31)), ("hoa", Took(2, 65, 100))]


async def test_a_week_belongs_to_the_span_of_its_monday(database: Database) -> None:
    records = Records(database, Topics({}, {}), read_targets())
    async with database.begin() as connection:
        await fill(connection)
    first, last = datetime.date(2026, 11, 23), datetime.date(2026, 11, 29)
    for span, found in (
        (Span(first, last), {"2026-11-23"}),
        (Span(first, first), {"2026-11-23"}),
        (Span(first + DAY, last), set()),
        (Span(first - DAY, first - DAY), set()),
        (Span(first - 7 * DAY, last), {"2026-11-16", "2026-11-23"}),
    ):
        assert {week for _, week in await counted(records, span)} == found, span


async def test_one_that_is_taken_up_again_is_ended_once(database: Database) -> None:
    records = Records(database, Topics({}, {}), read_targets())
    async with database.begin() as connection:
        await handled(connection, 1, MONDAY, 10, 60, ("lan", "lan", "staff"))
        await conversations.reopen(connection, 1, MONDAY + 90 * MINUTE)
        await conversations.close(connection, 1, "staff", MONDAY + 7 * DAY, "hoa")
    assert await counted(records) == {
        ("lan", "2026-11-23"): (Took(1, 10, 10), Took(0, None, None)),
        ("hoa", "2026-11-30"): (Took(0, None, None), Took(1, 10080, 10080)),
    }


async def test_the_file_names_who_it_was_and_no_citizen(database: Database, content: object) -> None:
    async def names(connection: Connection) -> Mapping[str, str]:
        return {"lan": "Chị Lan"}

    records = Records(database, Topics({}, {}), read_targets(), names)
    async with database.begin() as connection:
        await fill(connection)
    request = Request(records, content, Office(), YEAR, MONDAY.date())  # type: ignore[arg-type]
    written = (await catalogue.write(catalogue.REPORTS["staff"], request, "json")).decode()
    assert "Chị Lan" in written
    assert f"{1:064x}" not in written
    assert "hỏi" not in json.dumps(json.loads(written)["tables"], ensure_ascii=False).replace("câu hỏi", "")
    for ending in ("csv", "txt", "xlsx", "docx"):
        assert await catalogue.write(catalogue.REPORTS["staff"], request, ending)
