"""«Xuất dữ liệu»: every report as a file, for a spreadsheet, for paper, and as evidence; the questions besides."""

from __future__ import annotations

import asyncio
import datetime
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import IO

from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

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
_PIECE = 65_536
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
    if filters.where.given.difference(report.narrowed if report else ()) or (
        filters.log != ALL_ROWS and report is not LOG
    ):
        asked.problems.append("bad_filter")  # the file would hold more than was asked for
    if asked.problems:
        return _listed(visit, asked, chosen, span)
    if (name, ending) == (QUESTIONS, "csv"):
        since, until = (
            datetime.datetime.combine(day, datetime.time(), VIETNAM)
            for day in (span.since, span.until + datetime.timedelta(days=1))
        )
        write = partial(curating.export, site.database, site.resources.library, since, until)
        return await kept_apart(write, site, "csv", f"bhxh-{QUESTIONS}-{span.since}_{span.until}.csv")
    if report is None or ending not in report.formats:
        raise Denied(404, "not_found")
    request = request_for(site, span, filters.where, filters.log)
    name = catalogue.file_name(report, span, ending, filters.where, filters.log)
    return await kept_apart(partial(catalogue.write_to, report, request, ending), site, ending, name)


def request_for(site: Site, span: Span, where: Filter = EVERYTHING, log: LogFilter = ALL_ROWS) -> Request:
    """What is asked of a report of a span, made now."""
    known = site.resources
    content = Content(known.law, known.library, known.texts, learnt=known.matcher)
    return Request(site.records, content, site.settings.office, span, site.today, where, log=log)


def file_of(content: bytes, ending: str, name: str) -> Response:
    """A file to be saved under a name."""
    return Response(content, media_type=_media_type(ending), headers=_saved_as(name))


async def kept_apart(write: Callable[[IO[bytes]], Awaitable[None]], site: Site, ending: str, name: str) -> Response:
    """A file of any size: written to the disk first, so that who takes it slowly holds no transaction open.

    One at a time: each takes a processor, and others wait for their answers.
    """
    async with site.writing:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed once it was sent
        try:
            await write(file)
        except BaseException:
            file.close()
            raise
    return _sent(file, ending, name)


def _sent(file: IO[bytes], ending: str, name: str) -> Response:
    """The file, which nobody else can open, and which is gone once it was sent."""
    length = file.tell()
    file.seek(0)

    async def read() -> AsyncIterator[bytes]:
        while piece := await asyncio.to_thread(file.read, _PIECE):
            yield piece

    headers = {**_saved_as(name), "Content-Length": str(length)}
    closed = BackgroundTask(file.close)
    return StreamingResponse(read(), media_type=_media_type(ending), headers=headers, background=closed)


def _media_type(ending: str) -> str:
    return next(each for known, each in catalogue.MEDIA_TYPES.items() if known == ending)


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
