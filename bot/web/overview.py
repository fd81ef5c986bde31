"""«Tổng quan»: are people satisfied, beside the target of the period, how sure, why not, and what to do today."""

from __future__ import annotations

import itertools

from starlette.responses import Response

from bot.reports import activity, comparison, rating_log, satisfaction
from bot.reports.definitions import defined, last_days, read_definitions
from bot.reports.records import Filter
from bot.reports.satisfaction import Satisfaction
from bot.reports.spans import Part, Span
from bot.web import charts, conversations, parameters
from bot.web.guard import Visit
from bot.web.periods import OWN, PERIODS, span_asked
from bot.web.query import Query
from bot.web.site import Site
from bot.web.sorting import SHARES, SORTS, sorted_by
from handlers.dialogue.records import LOW, REASONS

_LONGEST: tuple[tuple[int, Part], ...] = ((31, "day"), (190, "week"), (3 * 366, "month"), (10**9, "year"))
"""Of so many days at most a trend is shown by this part."""


_TABLES: dict[str, satisfaction.Breakdown] = {"sapchude": "topic", "sapchiendich": "campaign"}


async def show(visit: Visit) -> Response:
    """Everything of one span: this year unless another is asked for."""
    site, asked = visit.site, Query(visit.request.query_params)
    chosen, span = span_asked(site, asked)
    records = site.records
    measured = await satisfaction.measure(records, span)
    used = await activity.volumes(records, span)
    hours = await activity.busiest_hours(records, span)
    part = _part(span)
    points = await _trend(site, span, part)
    years = await satisfaction.plan_years(records)
    topics, campaigns = [
        sorted_by(asked, name, await satisfaction.breakdown(records, span, by), SHARES) for name, by in _TABLES.items()
    ]
    dates = {"tu": span.since, "den": span.until} if chosen == OWN else {}
    return visit.show(
        "overview.html",
        asked.status,
        problems=asked.problems,
        periods=PERIODS,
        seen={"ky": chosen, **dates, **{name: asked.choice(name, SORTS) for name in _TABLES}},
        span=span,
        found=measured,
        source=records.targets.source,
        levels=charts.pieces([(str(level), n) for level, n in measured.levels.items()]),
        part=part,
        points=points,
        trend=charts.trend(points, [_target(measured)] * len(points)) if len(points) > 1 else None,
        years=years,
        plan=charts.trend([_point(year, "year") for year in years], list(map(_target, years))),
        others=comparison.others(records, span, site.today),
        rated_beside=await comparison.of_satisfaction(records, measured, site.today),
        used=used,
        used_beside=await comparison.of_use(records, used, site.today),
        decided=_decided(used),
        hours=charts.bars([(str(hour), n) for hour, n in enumerate(hours)]),
        busiest=sorted(range(24), key=lambda hour: (-hours[hour], hour))[:3] if any(hours) else [],
        top=await activity.top_entries(records, span),
        worst=[each for each in await activity.worst_entries(records, span) if each.found.satisfied < each.found.rated],
        topics=topics,
        campaigns=campaigns,
        reasons=await _reasons(site, span),
        lately=read_definitions().lately,
        unanswered_lately=await activity.waiting(records, last_days(site.today, read_definitions().lately)),
        least_rated=read_definitions().least_rated,
        definitions=defined(),
        waiting=await conversations.waiting_now(site),
        late=sum(row.due == "late" for row in parameters.all_rows(site)),
    )


async def _trend(site: Site, span: Span, part: Part) -> list[charts.TrendPoint]:
    """The parts of the span up to today, from the first with ratings."""
    found = await satisfaction.series(site.records, span, part, up_to=site.today)
    points = [_point(each, part) for each in found]
    return list(itertools.dropwhile(lambda each: not each.n, points))


def _point(found: Satisfaction, part: Part) -> charts.TrendPoint:
    span = found.span
    cut = None if span == Span.around(span.since, part) else (span.until - span.since).days + 1
    return charts.TrendPoint(span.axis, found.index, found.interval, found.rated, cut, (span.since, span.until))


def _part(span: Span) -> Part:
    """The parts a trend has: some dozens at most."""
    days = (span.until - span.since).days + 1
    return next(part for most, part in _LONGEST if days <= most)


def _target(found: Satisfaction) -> float | None:
    return None if found.target is None else found.target / 100


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
