"""The table of reports: what is in it is a command, a choice in chat and on the pages; and how one becomes a file."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import io
from collections.abc import Mapping
from typing import IO

from bot.base.settings import CannotGoOn, Office
from bot.reports import narrowing, signing
from bot.reports.annual import ANNUAL
from bot.reports.campaign_report import CAMPAIGNS
from bot.reports.evidence import EVIDENCE, write_zip
from bot.reports.index_report import SATISFACTION
from bot.reports.log_report import LOG
from bot.reports.paper import Format, Paper, Report, Request
from bot.reports.plain import write_csv, write_json, write_text
from bot.reports.rating_log import ALL_ROWS, LogFilter
from bot.reports.records import Filter
from bot.reports.satisfaction import EVERYTHING
from bot.reports.signing import Signed
from bot.reports.spans import Span
from bot.reports.staff_report import STAFF_TIMES
from bot.reports.use_report import USE
from bot.reports.words import say
from bot.storage import audit
from bot.storage.audit import Noting
from bot.storage.signed_reports import Sealed
from handlers.dialogue.turn import Listed

REPORTS: Mapping[str, Report] = {
    each.name: each for each in (SATISFACTION, USE, CAMPAIGNS, LOG, STAFF_TIMES, ANNUAL, EVIDENCE)
}
MEDIA_TYPES: Mapping[Format, str] = {
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


def listed() -> tuple[Listed, ...]:
    """The reports as a conversation offers them."""
    return tuple(Listed(each.name, each.title, each.formats) for each in REPORTS.values())


class NoSuchFormat(CannotGoOn):
    """A report that is not written in this format; the words say in which it is."""

    code = 2


async def write(report: Report, request: Request, wanted: str) -> bytes:
    """The bytes of a report as a file of a format; raises as `write_to`."""
    file = io.BytesIO()
    await write_to(report, request, wanted, file)
    return file.getvalue()


async def write_to(report: Report, request: Request, wanted: str, file: IO[bytes]) -> None:
    """Write a report as a file of a format; raises NoSuchFormat. Writing does not hold up the loop.

    However long the report is, little of it is in memory at a time, where it is not written as DOCX.
    """
    known = _known(report, wanted)
    if known == "zip":
        await write_zip(request, file)
    else:
        made = await signing.beside(request.records.database, request, await paper(report, request))
        await asyncio.to_thread(_write, made, request.office, known, file)


async def paper(report: Report, request: Request) -> Paper:
    """A report made, what it is narrowed to in its title; raises UnknownName for a filter of what there is none of."""
    records = request.records
    narrowed = await narrowing.told(records, await narrowing.checked(records, request.where), request.log)
    made = await report.make(request)
    if not narrowed:
        return made
    parts = "; ".join(f"{what} {words}" for what, words in narrowed)
    title = say("narrowed_title", title=made.title, parts=parts)
    return dataclasses.replace(made, title=title, narrowed=narrowed)


async def sign(
    report: Report, request: Request, by: str, now: datetime.datetime, note: Noting = audit.unnoted
) -> Sealed:
    """Make a report and keep it as the one that is signed; raises NotSigned for one that is none to sign."""
    return await signing.sign(report, request, await paper(report, request), by, now, note)


async def write_signed(signed: Signed, wanted: str) -> bytes:
    """A signed report as a file of a format, as it was; raises NoSuchFormat."""
    known = _known(REPORTS[signed.paper.name], wanted)
    first, *others = signed.paper.sections
    told = dataclasses.replace(first, lines=(*first.lines, signing.line(signed.sealed)))
    marked = dataclasses.replace(signed.paper, sections=(told, *others))
    return await asyncio.to_thread(_written, marked, signed.office, known)


async def changed(signed: Signed, request: Request) -> Paper:
    """What the report says otherwise than the signed one where it is made now, as a report of its own."""
    request = dataclasses.replace(request, span=signed.paper.span, where=signed.where, by=signed.by)
    made = await paper(REPORTS[signed.paper.name], request)
    section = await signing.changes(request.records.database, signed, made)
    return dataclasses.replace(made, sections=(section,), grounds=(), data={})


async def write_changed(signed: Signed, request: Request, wanted: str) -> bytes:
    """The same as a file of a format; raises NoSuchFormat."""
    known = _known(REPORTS[signed.paper.name], wanted)
    return await asyncio.to_thread(_written, await changed(signed, request), request.office, known)


def _known(report: Report, wanted: str) -> Format:
    known = next((each for each in report.formats if each == wanted), None)
    if known is None:
        raise NoSuchFormat(f"{wanted!r}: the report {report.name} is written as {', '.join(report.formats)}")
    return known


def _written(paper: Paper, office: Office, wanted: Format) -> bytes:
    file = io.BytesIO()
    _write(paper, office, wanted, file)
    return file.getvalue()


def _write(paper: Paper, office: Office, wanted: Format, file: IO[bytes]) -> None:
    if wanted == "docx":
        from bot.reports.document import as_docx  # the libraries of office files load at the first one

        file.write(as_docx(paper, office))
    elif wanted == "xlsx":
        from bot.reports.workbook import write_xlsx

        write_xlsx(paper, file)
    else:
        {"txt": write_text, "csv": write_csv, "json": write_json}[wanted](paper, file)


def file_name(report: Report, span: Span, wanted: str, where: Filter = EVERYTHING, log: LogFilter = ALL_ROWS) -> str:
    """`bhxh-annual-2026.docx`, `bhxh-use-2026-T1-T6.xlsx`: the report, its span, what it is narrowed to."""
    return f"bhxh-{report.name}-{span.short}{narrowing.file_part(where, log)}.{wanted}"
