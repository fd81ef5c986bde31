"""«Thời gian trả lời»: how soon each of the staff answered first and ended, by week; the same as a file."""

from __future__ import annotations

from starlette.responses import Response

from bot.reports import staff_report
from bot.web.guard import Visit
from bot.web.periods import PERIODS, span_asked
from bot.web.query import Query


async def show(visit: Visit) -> Response:
    """The whole span by person, and each week by person."""
    site, asked = visit.site, Query(visit.request.query_params)
    chosen, span = span_asked(site, asked)
    weeks, people = await staff_report.weeks(site.records, span)
    return visit.show(
        "staff_times.html",
        asked.status,
        problems=asked.problems,
        periods=PERIODS,
        span=span,
        seen={"ky": chosen, "tu": span.since.isoformat(), "den": span.until.isoformat()},
        weeks=weeks,
        people=people,
        called=await staff_report.called(site.records),
        formats=staff_report.STAFF_TIMES.formats,
    )
