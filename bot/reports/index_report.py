"""The report «satisfaction»: the index of a span against its target, by level, over time and by a wanted part."""

from __future__ import annotations

from typing import get_args

from bot.reports import comparison, satisfaction, tables
from bot.reports.definitions import defined
from bot.reports.paper import Paper, Report, Request, Section
from bot.reports.records import NARROWS
from bot.reports.satisfaction import Breakdown
from bot.reports.spans import PARTS, BadSpan, Part, Span
from bot.reports.words import say

BREAKDOWNS: tuple[str, ...] = get_args(Breakdown)
_DEFINED = (
    "index",
    "by_person",
    "response",
    "interval",
    "verdict",
    "rounding",
    "levels",
    "target",
    "compared",
    "time",
    "campaign_ratings",
    "channel",
)


async def _make(request: Request) -> Paper:
    found = await satisfaction.measure(request.records, request.span, request.where)
    compared = await comparison.of_satisfaction(request.records, found, request.today, request.where)
    lines = satisfaction.as_lines(found, request.records)
    end = lines.index("")  # of the figures; what they mean follows
    lines[end:end] = comparison.sentences(compared.share("index"))
    made = [tables.levels(found), tables.compared_shares(compared.shares), tables.compared_counts(compared.counts)]
    by = request.by or _usual(request.span)
    if by in PARTS:
        part: Part = next(part for part in PARTS if part == by)
        made.append(
            tables.over_time(
                await satisfaction.series(request.records, request.span, part, request.where, request.today)
            )
        )
    elif by in BREAKDOWNS:
        of_part: Breakdown = next(each for each in get_args(Breakdown) if each == by)
        if of_part != "level":
            made.append(
                tables.shares(by, await satisfaction.breakdown(request.records, request.span, of_part, request.where))
            )
    elif by:
        raise BadSpan(f"--by: {by!r} is unknown; known: {', '.join((*PARTS, *BREAKDOWNS))}")
    title = say("title", span=request.span.name)
    data = satisfaction.as_json(found, request.records)
    section = Section("", tuple(lines[1:]), tuple(made))
    return Paper("satisfaction", title, request.span, request.today, (section,), defined(*_DEFINED), data=data)


def _usual(span: Span) -> str:
    """The parts a span is shown in unless others are wanted: a year by month, a month by week; a day by none."""
    length = (span.until - span.since).days + 1
    return "year" if length > 3 * 366 else "month" if length > 62 else "week" if length > 7 else "day"


SATISFACTION = Report("satisfaction", _make, narrowed=NARROWS, parted=True)
