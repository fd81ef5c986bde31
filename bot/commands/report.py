"""`bhxh report`: a report asked for on the command line, made of the records, as bytes.

CannotGoOn
    └── BadReport    no such report, or a span or part that is none
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, cast

from bot.app import open_database
from bot.base.clock import now_in_vietnam
from bot.base.content import read_content
from bot.base.settings import CannotGoOn, Settings
from bot.commands.noting import note, noting
from bot.reports.records import Filter, Records, Topics, read_targets
from bot.reports.spans import PARTS, Part, Span, read_days, read_span

if TYPE_CHECKING:
    from bot.reports.paper import Report, Request


class BadReport(CannotGoOn):
    """No such report, or a span that is none: the words say what there is."""

    code = 2


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """A report as it is asked for on the command line; of the spans at most one is given.

    `last`: the day, week, month, quarter or year before this. `months`: the first so many months of the year given, of
    the present one otherwise. `days`: the first and the last day. `narrowed`: kind, topic, campaign, place, channel,
    collaborator.
    """

    name: str
    spans: Mapping[str, str | None]
    plan_period: bool = False
    by: str | None = None
    narrowed: tuple[str | None, ...] = (None,) * 6
    last: str | None = None
    months: int | None = None
    days: tuple[str | None, str | None] = (None, None)


def listed() -> str:
    """Every report with what it is and the formats it is written in."""
    from bot.reports.catalogue import REPORTS

    return "\n".join(f"{each.name}: {each.about} ({', '.join(each.formats)})" for each in REPORTS.values())


def definitions() -> str:
    """Every figure with what it means, as all reports, the pages and the chat count it."""
    from bot.reports.definitions import defined

    return "\n".join(f"{name}: {meaning}" for name, meaning in defined())


def found(name: str) -> Report:
    """The report of a name; raises BadReport."""
    from bot.reports.catalogue import REPORTS

    if name not in REPORTS:
        raise BadReport(f"{name!r} is no report; known: {', '.join(REPORTS)}")
    return REPORTS[name]


async def write(settings: Settings, wanted: ReportOrder, ending: str, file: IO[bytes]) -> None:
    """Write a report as a file of a format, its database opened and closed; raises CannotGoOn."""
    from bot.reports.catalogue import write_to

    async with asked(settings, wanted) as (report, request):
        await write_to(report, request, ending, file)
        span = request.span
        await note(request.records.database, "download", f"{report.name} {span.since} {span.until} {ending}")


async def signed(settings: Settings, wanted: ReportOrder, by: str, ending: str) -> tuple[str, bytes]:
    """Make a report and keep it as the one that is signed: what tells it from others, and its file."""
    from bot.reports import catalogue, signing

    async with asked(settings, wanted) as (report, request):
        sealed = await catalogue.sign(report, request, by, now_in_vietnam(), noting("ban-chot/chot"))
        kept = await signing.opened(request.records.database, sealed.number)
        return signing.line(sealed), await catalogue.write_signed(kept, ending)


@contextlib.asynccontextmanager
async def asked(settings: Settings, wanted: ReportOrder) -> AsyncIterator[tuple[Report, Request]]:
    """The report of an order and what is asked of it, its database open meanwhile; raises CannotGoOn."""
    from bot.reports.paper import Request

    report, content, today = found(wanted.name), read_content(), now_in_vietnam().date()
    topics, targets = Topics.of(content.library, content.texts), read_targets()
    kind, topic, campaign, place, channel, collaborator = wanted.narrowed
    where = Filter(kind, topic, None, campaign, place, channel, collaborator)
    too_many = where.given.difference(report.narrowed)
    if too_many:
        options = ", ".join(f"--{each}" for each in sorted(too_many))
        raise BadReport(f"the report {report.name} is made of everything there; leave out {options}")
    if wanted.by is not None and not report.parted:
        raise BadReport(f"the report {report.name} has its own parts; leave out --by")
    span = _span(wanted, targets.period(today), today)
    records = Records(await open_database(settings), topics, targets, posts_are_told=settings.telegram.inline_feedback)
    try:
        request = Request(records, content, settings.office, span, today, where, wanted.by)
        yield report, request
    finally:
        await records.database.close()


def _span(wanted: ReportOrder, period: Span | None, today: datetime.date) -> Span:
    given = {part: written for part, written in wanted.spans.items() if written is not None}
    ways: list[Callable[[], Span]] = []
    if wanted.months is not None:
        ways.append(partial(_first_months, given.pop("year", str(today.year)), wanted.months))
    ways += [partial(read_span, cast("Part", part), written) for part, written in given.items()]
    if wanted.last is not None:
        ways.append(partial(_last, wanted.last, today))
    if wanted.days != (None, None):
        ways.append(partial(read_days, *wanted.days, today))
    if wanted.plan_period:
        ways.append(partial(_of_plan, period, today))
    if len(ways) > 1:
        raise BadReport(
            "expected one span of time: a year, its first months, a quarter, a month, a week, a day, the last one, "
            "the plan period, or days as in --from 2026-01-01 --to 2026-12-14"
        )
    return ways[0]() if ways else Span.of_year(today.year)


def _first_months(year: str, months: int) -> Span:
    if not 1 <= months <= 12:
        raise BadReport(f"--months: a year has no {months} months; expected 1 to 12, as in --year 2026 --months 6")
    return Span.of_first_months(read_span("year", year).since.year, months)


def _last(part: str, today: datetime.date) -> Span:
    if part not in PARTS:
        raise BadReport(f"--last: {part!r} is no span of time; known: {', '.join(PARTS)}, as in --last quarter")
    return Span.around(today, next(each for each in PARTS if each == part)).before()


def _of_plan(period: Span | None, today: datetime.date) -> Span:
    if period is None:
        raise BadReport(f"the plan has no period on {today}")
    return period
