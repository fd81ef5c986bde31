"""All questions as CSV for a spreadsheet: masked, in words, and with nothing that it would take for a formula."""

from __future__ import annotations

import asyncio
import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from typing import IO

from bot.base.spreadsheet import harmless
from bot.curating.wording import read_words, say
from bot.storage import open_groups, questions, wordings
from bot.storage.database import Database
from bot.storage.questions import KeptQuestion
from faq.library import Library
from vietnamese.masking import mask

COLUMNS = ("number", "at", "text", "decision", "entries", "answered", "wrong", "group", "group_count")
_BYTE_ORDER_MARK = "\ufeff"


async def export(
    database: Database,
    library: Library,
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    file: IO[bytes],
) -> None:
    """Write a CSV file row by row, with a byte order mark so that Excel reads Vietnamese; no person's key in it.

    One line for each question from `since` to before `until`; those not answered carry the number of their group.
    """
    await wordings.catch_up(database)
    words = read_words()
    file.write((_BYTE_ORDER_MARK + _csv([[say(f"column_{name}") for name in COLUMNS]])).encode())
    async with database.read() as connection:
        groups = await open_groups.numbers(connection, since, until)
        async for rows in questions.stream(connection, since, until):
            file.write(await asyncio.to_thread(_lines, rows, groups, library, words))


def _lines(
    rows: Sequence[KeptQuestion], groups: Mapping[int, tuple[int, int]], library: Library, words: Mapping[str, str]
) -> bytes:
    def question(entry: str) -> str:
        return (library[entry].question or entry) if entry in library else entry

    lines: list[Sequence[str | int]] = []
    for each in rows:
        group: tuple[str | int, str | int] = ("", "") if each.leader is None else groups.get(each.leader, ("", ""))
        lines.append(
            (
                each.id,
                each.at.strftime("%Y-%m-%d %H:%M"),
                harmless(mask(each.text)[0]),
                words.get(f"decision_{each.decision}", each.decision),
                harmless("; ".join(map(question, each.entries))),
                harmless(question(each.answered)) if each.answered else "",
                words["yes"] if each.wrong else "",
                *group,
            )
        )
    return _csv(lines).encode()


def _csv(rows: Sequence[Sequence[str | int]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
