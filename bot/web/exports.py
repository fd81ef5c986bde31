"""«Xuất dữ liệu»: every report as a file, for a spreadsheet, for paper, and as evidence; the questions besides."""

from __future__ import annotations

import datetime

from starlette.responses import Response

from bot import curating
from bot.base.content import Content
from bot.reports import catalogue, signing
from bot.reports.log_report import LOG
from bot.reports.paper import Report, Request
from bot.reports.rating_log import ALL_ROWS, LogFilter
from bot.reports.records import Filter
from bot.reports.satisfaction import EVERYTHING
from bot.reports.spans import Span
from bot.storage.database import VIETNAM
from bot.web.filters import filters_asked
from bot.web.guard import Denied, Visit
from bot.web.periods import PERIODS, span_asked
from bot.web.query import Query
from bot.web.site import Site

QUESTIONS = "questions"
_SHOWN = ("xlsx", "docx", "csv", "zip", "txt", "json")


async def show(visit: Visit) -> Response:
    """The files there are, and the span they are to be of."""
    asked = Query(visit.request.query_params)
    return _listed(visit, asked, *span_asked(visit.site, asked))


def _listed(visit: Visit, asked: Query, chosen: str, span: Span) -> Response:
    return visit.show(
        "exports.html",
        asked.status,
        problems=asked.problems,
        periods=PERIODS,
        span=span,
        signed=signing.SIGNED,
        reports=[(each, _formats(each)) for each in catalogue.REPORTS.values()],
        seen={"ky": chosen, "tu": span.since.isoformat(), "den": span.until.isoformat()},
    )


def _formats(report: Report) -> list[str]:
    return [each for each in _SHOWN if each in report.formats]


async def give(visit: Visit) -> Response:
    """One file, to be saved; nonsense in the span is told on the page instead."""
    site, name, ending = visit.site, visit.request.path_params["name"], visit.request.path_params["ending"]
    asked = Query(visit.request.query_params)
    chosen, span = span_asked(site, asked)
    filters, report = await filters_asked(site, asked), catalogue.REPORTS.get(name)
    if (filters.where != EVERYTHING and not (report and report.narrowed)) or (
        filters.log != ALL_ROWS and report is not LOG
    ):
        asked.problems.append("bad_filter")  # the file would hold more than was asked for
    if asked.problems:
        return _listed(visit, asked, chosen, span)
    if (name, ending) == (QUESTIONS, "csv"):
        since = datetime.datetime.combine(span.since, datetime.time(), VIETNAM)
        written = await curating.export(site.database, site.resources.matcher, since)
        return file_of(written.encode(), "csv", f"bhxh-{QUESTIONS}-{span.since}.csv")
    if report is None or ending not in report.formats:
        raise Denied(404, "not_found")
    request = request_for(site, span, filters.where, filters.log)
    content = await catalogue.write(report, request, ending)
    return file_of(content, ending, catalogue.file_name(report, span, ending, filters.where, filters.log))


def request_for(site: Site, span: Span, where: Filter = EVERYTHING, log: LogFilter = ALL_ROWS) -> Request:
    """What is asked of a report of a span, made now."""
    known = site.resources
    content = Content(known.law, known.library, known.texts, learnt=known.matcher)
    return Request(site.records, content, site.settings.office, span, site.today, where, log=log)


def file_of(content: bytes, ending: str, name: str) -> Response:
    """A file to be saved under a name."""
    media_type = next(each for known, each in catalogue.MEDIA_TYPES.items() if known == ending)
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
