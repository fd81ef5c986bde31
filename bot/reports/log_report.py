"""The report «log»: every rating of a span, without its person, texts masked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import cast

from bot.reports import rating_log
from bot.reports.definitions import defined
from bot.reports.paper import CellValue, ColumnKind, Paper, Report, Request, Section, Table
from bot.reports.rating_log import LogLine
from bot.reports.records import NARROWS
from bot.reports.streamed import Streamed
from bot.reports.tables import column
from bot.reports.words import say

_COLUMNS = (
    "when",
    "level",
    "kind",
    "topic",
    "subject",
    "reason",
    "comment",
    "campaign",
    "place",
    "channel",
    "question",
)
_KINDS: Mapping[str, ColumnKind] = {"when": "time"}
_WIDE = ("subject", "comment", "question")


async def _make(request: Request) -> Paper:
    records, span, most = request.records, request.span, request.most
    total = await rating_log.count(records, span, request.where, request.log)
    shown = min(total, most)

    async def pieces() -> AsyncIterator[Sequence[tuple[CellValue, ...]]]:
        async for lines in rating_log.everything(records, span, request.where, request.log, most):
            yield [_row(line) for line in lines]

    cut = (say("log_cut", shown=shown, total=total),) if shown < total else ()
    columns = tuple(column(key, _KINDS.get(key, "text"), 2 if key in _WIDE else 1) for key in _COLUMNS)
    # gone through once and counted, as a tuple is; no log is signed, for which rows are kept
    rows = cast("tuple[tuple[CellValue, ...], ...]", Streamed(shown, pieces))
    table = Table("log", say("table_log"), columns, rows, say("empty_log"))
    section = Section("", (say("log_masked"), *cut), (table,))
    title = say("title_log", span=span.name)
    return Paper(
        "log", title, span, request.today, (section,), defined("levels", "time", "campaign_ratings", "channel")
    )


def _row(line: LogLine) -> tuple[CellValue, ...]:
    """A line of the log; of a person who was forgotten only the month, in words."""
    return (
        line.logged.at.replace(tzinfo=None) if line.logged.time_known else line.when,
        line.level,
        line.kind,
        line.topic,
        line.subject,
        line.reason,
        line.comment,
        line.campaign,
        line.place,
        line.channel,
        line.question,
    )


LOG = Report("log", _make, ("csv", "xlsx", "json", "txt"), narrowed=NARROWS)
