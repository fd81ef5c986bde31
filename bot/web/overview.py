"""«Tổng quan»: are people satisfied, beside the target of the period, how sure, why not, and what to do today."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping

from starlette.responses import Response

from bot.reports import activity, rating_log, satisfaction
from bot.reports.definitions import defined, last_days, read_definitions
from bot.reports.records import Filter
from bot.reports.satisfaction import Satisfaction
from bot.reports.spans import Part, Span
from bot.web import charts, conversations, parameters
from bot.web.guard import Visit
from bot.web.query import Query
from bot.web.site import Site
from handlers.dialogue.records import LOW, REASONS

_PARTS: Mapping[str, Part] = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}
OWN = "khac"
PERIODS = (*_PARTS, "giaidoan", OWN)
_WEEKS_SHOWN = 26
_WEEK = datetime.timedelta(days=7)


async def show(visit: Visit) -> Response:
    """Everything of one span: this year unless another is asked for."""
    site, asked = visit.site, Query(visit.request.query_params)
    chosen, span = span_asked(site, asked)
    records = site.records
    measured = await satisfaction.measure(records, span)
    used = await activity.volumes(records, span)
    hours = await activity.busiest_hours(records, span)
    weeks = await _weeks(site, span)
    target = None if measured.target is None else measured.target / 100
    return visit.show(
        "overview.html",
        asked.status,
        problems=asked.problems,
        periods=PERIODS,
        seen={"ky": chosen, "tu": span.since, "den": span.until},
        span=span,
        found=measured,
        source=records.targets.source,
        levels=charts.pieces([(str(level), n) for level, n in measured.levels.items()]),
        trend=charts.trend(weeks, target) if any(week.n for week in weeks) else None,
        weeks=weeks,
        used=used,
        decided=_decided(used),
        hours=charts.bars([(str(hour), n) for hour, n in enumerate(hours)]),
        busiest=sorted(range(24), key=lambda hour: (-hours[hour], hour))[:3] if any(hours) else [],
        top=await activity.top_entries(records, span),
        worst=[each for each in await activity.worst_entries(records, span) if each.found.satisfied < each.found.rated],
        topics=await satisfaction.breakdown(records, span, "topic"),
        campaigns=await satisfaction.breakdown(records, span, "campaign"),
        reasons=await _reasons(site, span),
        lately=read_definitions().lately,
        unanswered_lately=await activity.waiting(records, last_days(site.today, read_definitions().lately)),
        least_rated=read_definitions().least_rated,
        definitions=defined(),
        waiting=await conversations.waiting_now(site),
        late=sum(row.due == "late" for row in parameters.all_rows(site)),
    )


def span_asked(site: Site, asked: Query) -> tuple[str, Span]:
    """The name of the period asked for, and its days: this year by default.

    Days filled in win over a period that was not touched («cu» holds the one of the page before).
    """
    chosen = asked.choice("ky", PERIODS) or "nam"
    if asked.given("tu", "den") and asked.unchanged("ky", "cu"):
        chosen = OWN
    today = site.today
    if chosen in _PARTS:
        return chosen, Span.around(today, _PARTS[chosen])
    if chosen == "giaidoan":
        return chosen, site.records.targets.period(today) or Span.around(today, "year")
    since, until = asked.day("tu"), asked.day("den")
    if since is not None and until is not None and until < since:
        asked.problems.append("bad_days")
        since, until = until, since
    return chosen, Span(
        since or min(until or today, today.replace(month=1, day=1)), until or max(since or today, today)
    )


async def _weeks(site: Site, span: Span) -> list[charts.TrendPoint]:
    """The weeks of the span up to today, from the first with ratings, at most the last half year of them."""
    last = min(span.until, site.today)
    first = max(span.since, last - _WEEKS_SHOWN * _WEEK)
    if first > last:
        return []
    found = await satisfaction.series(site.records, Span(first, last), "week", up_to=last)
    return list(itertools.dropwhile(lambda week: not week.n, map(_point, found)))


def _point(week: Satisfaction) -> charts.TrendPoint:
    return charts.TrendPoint(f"{week.since:%d/%m}", week.index, week.interval, week.rated)


def _decided(used: activity.Volumes) -> list[charts.Piece]:
    counts = (("answered", used.answered), ("offered", used.offered), ("referred", used.referred))
    return list(charts.pieces([*counts, ("unknown", used.unknown)]))


async def _reasons(site: Site, span: Span) -> list[tuple[str, int]]:
    """Why the two lowest levels were given, most often first."""
    low = tuple(range(1, LOW + 1))
    found = []
    for reason in REASONS:
        wanted = rating_log.LogFilter(levels=low, reason=reason)
        counted = await rating_log.page(site.records, span, Filter(), wanted, size=1)
        found.append((reason, counted.total))
    return sorted((each for each in found if each[1]), key=lambda each: -each[1])
