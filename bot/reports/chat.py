"""Makes the reports a conversation asks for, on the way out: a few lines, a picture of the trend, or a file."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from bot.base.content import Content
from bot.base.settings import Office
from bot.reports import catalogue, overview
from bot.reports.paper import Request
from bot.reports.records import Records
from bot.reports.spans import read_span, which_part
from bot.reports.words import say
from handlers.dialogue.turn import Document, Picture, ReportWanted, Said, Text

TREND = "satisfaction_trend"

_ROWS = 100_000
"""Of a log, in a file that a chat takes."""


class Reporter:
    """Makes them of the records as they are when they go out."""

    def __init__(
        self, records: Records, content: Content, office: Office, clock: Callable[[], datetime.datetime]
    ) -> None:
        self._records = records
        self._content = content
        self._office = office
        self._clock = clock

    async def make(self, report: ReportWanted) -> Said:
        """What a channel carries out; KeyError for a report there is none of, CannotGoOn for a span or format."""
        span = read_span(which_part(report.period), report.period)
        if report.name == "overview":
            if report.format == "picture":
                return Picture(TREND, await overview.trend(self._records, span.since), say("overview_caption"))
            return Text(await overview.lines(self._records, span.since))
        if report.name == "unanswered":
            return Text(await overview.unanswered(self._records, span.since))
        made = catalogue.REPORTS[report.name]
        request = Request(self._records, self._content, self._office, span, self._clock().date(), most=_ROWS)
        content = await catalogue.write(made, request, report.format)
        name = catalogue.file_name(made, span, report.format)
        return Document(name, content, say("file_caption", title=made.title, span=span.name))
