"""The report «log»: every rating of a span, without its person, texts masked."""

from __future__ import annotations

from bot.reports import rating_log
from bot.reports.definitions import defined
from bot.reports.paper import Paper, Report, Request, Section, Table
from bot.reports.rating_log import LogLine
from bot.reports.tables import column
from bot.reports.words import say

_COLUMNS = ("when", "level", "kind", "topic", "subject", "reason", "comment", "campaign", "place", "question")
_WIDE = ("subject", "comment", "question")


async def _make(request: Request) -> Paper:
    found = await rating_log.everything(request.records, request.span, request.where, request.log)
    shown, total = len(found.lines), found.total
    cut = (say("log_cut", shown=shown, total=total),) if shown < total else ()
    section = Section("", (say("log_masked"), *cut), (table(found.lines),))
    title = say("title_log", span=request.span.name)
    return Paper("log", title, request.span, request.today, (section,), defined("levels", "time", "campaign_ratings"))


def table(lines: tuple[LogLine, ...]) -> Table:
    """The lines of the log as a table."""
    rows = tuple(
        (
            line.when,
            line.level,
            line.kind,
            line.topic,
            line.subject,
            line.reason,
            line.comment,
            line.campaign,
            line.place,
            line.question,
        )
        for line in lines
    )
    columns = tuple(column(key, "text", 2 if key in _WIDE else 1) for key in _COLUMNS)
    return Table("log", say("table_log"), columns, rows, say("empty_log"))


LOG = Report("log", _make, ("csv", "xlsx", "json", "txt"), narrowed=True)
