"""«Xuất dữ liệu»: every report as a file, for a spreadsheet, for paper, and as evidence; the questions besides."""

from __future__ import annotations

import datetime

from starlette.responses import Response

from bot import curating
from bot.base.content import Content
from bot.reports import catalogue, signing
from bot.reports.paper import Report, Request
from bot.reports.spans import Span
from bot.storage.database import VIETNAM
from bot.web.guard import Denied, Visit
from bot.web.periods import PERIODS, span_asked
from bot.web.query import Query
from bot.web.site import Site

QUESTIONS = "questions"
_SHOWN = ("xlsx", "docx", "csv", "zip", "txt", "json")


async def show(visit: Visit) -> Response:
    """The files there are, and the span they are to be of."""
    asked = Query(visit.request.query_params)
    chosen, span = span_asked(visit.site, asked)
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
    _, span = span_asked(site, asked)
    if asked.problems:
        return await show(visit)
    if (name, ending) == (QUESTIONS, "csv"):
        since = datetime.datetime.combine(span.since, datetime.time(), VIETNAM)
        written = await curating.export(site.database, site.resources.matcher, since)
        return file_of(written.encode(), "csv", f"bhxh-{QUESTIONS}-{span.since}.csv")
    report = catalogue.REPORTS.get(name)
    if report is None or ending not in report.formats:
        raise Denied(404, "not_found")
    content = await catalogue.write(report, request_for(site, span), ending)
    return file_of(content, ending, catalogue.file_name(report, span, ending))


def request_for(site: Site, span: Span) -> Request:
    """What is asked of a report of a span, made now."""
    known = site.resources
    content = Content(known.law, known.library, known.texts, learnt=known.matcher)
    return Request(site.records, content, site.settings.office, span, site.today)


def file_of(content: bytes, ending: str, name: str) -> Response:
    """A file to be saved under a name."""
    media_type = next(each for known, each in catalogue.MEDIA_TYPES.items() if known == ending)
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
