"""«Tổng quan»: are people satisfied, beside the target of the period, how sure, why not, and what to do today."""

from __future__ import annotations

import itertools

from starlette.responses import Response

from bot.reports import activity, comparison, rating_log, satisfaction
from bot.reports.definitions import defined, last_days, read_definitions
from bot.reports.satisfaction import Satisfaction
from bot.reports.spans import Part, Span
from bot.web import charts, conversations, parameters
from bot.web.guard import Visit
from bot.web.periods import OWN, PERIODS, span_asked
from bot.web.query import Query
from bot.web.site import Site
from bot.web.sorting import SHARES, SORTS, sorted_by

_LONGEST: tuple[tuple[int, Part], ...] = ((31, "day"), (190, "week"), (3 * 366, "month"), (10**9, "year"))
"""Of so many days at most a trend is shown by this part."""


_TABLES = ("sapchude", "sapchiendich", "sapkenh")
"""How the tables by topic, campaign and channel are sorted."""


async def show(visit: Visit) -> Response:
    """Everything of one span: this year unless another is asked for."""
    site, asked = visit.site, Query(visit.request.query_params)
    chosen, span = span_asked(site, asked)
    records = site.records
    of_ratings, of_questions = await satisfaction.by_subject(records, span), await activity.by_answer(records, span)
    measured = await satisfaction.measure(records, span, of=of_ratings)
    used_on = await activity.by_channel(records, span, of_questions)
    used = await activity.volumes(records, span, of_questions, sum(each.found.people or 0 for each in used_on))
    hours = await activity.busiest_hours(records, span)
    part = _part(span)
    rated_beside = await comparison.of_satisfaction(records, measured, site.today)
    used_beside = await comparison.of_use(records, used, site.today)
    points = await _trend(site, span, part)
    years = await satisfaction.plan_years(records)
    by_topic = await satisfaction.breakdown(records, span, "topic", of=of_ratings)
    of_origin = await satisfaction.by_origin(records, span)
    by_campaign = await satisfaction.breakdown(records, span, "campaign", of=of_origin)
    by_channel = await satisfaction.breakdown(records, span, "channel", of=of_origin)
    topics, campaigns, of_channels = (
        sorted_by(asked, name, rows, SHARES)
        for name, rows in zip(_TABLES, (by_topic, by_campaign, by_channel), strict=True)
    )
    worst = await activity.worst_entries(records, span, of=of_ratings)
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
        rated_beside=rated_beside.of_something,
        used=used,
        used_beside=used_beside.of_something,
        not_rated=rated_beside.nothing_of,
        not_used=used_beside.nothing_of,
        decided=_decided(used),
        hours=charts.bars([(str(hour), n) for hour, n in enumerate(hours)]),
        busiest=sorted(range(24), key=lambda hour: (-hours[hour], hour))[:3] if any(hours) else [],
        top=await activity.top_entries(records, span, of=of_questions),
        worst=[each for each in worst if each.found.satisfied < each.found.rated],
        topics=topics,
        campaigns=campaigns,
        of_channels=of_channels,
        used_on=used_on,
        reasons=await rating_log.reasons(records, span),
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
