"""«Nhật ký đánh giá»: every rating with its reason and comment, filtered, searched, sorted, page by page."""

from __future__ import annotations

from typing import get_args

from starlette.responses import Response

from bot.reports import narrowing, rating_log
from bot.reports.rating_log import Sort
from bot.reports.records import KINDS
from bot.storage import exchanges
from bot.web.filters import filters_asked
from bot.web.guard import Denied, Visit
from bot.web.periods import OWN, PERIODS, span_asked
from bot.web.query import Query
from handlers.dialogue.records import LEVELS, REASONS

ON_A_PAGE = 50
FORMATS = ("xlsx", "csv")
"""In which the rows of the page, all of them, are offered as a file."""


async def show(visit: Visit) -> Response:
    """One page of the log."""
    site, asked = visit.site, Query(visit.request.query_params)
    records = site.records
    chosen, span = span_asked(site, asked)
    filters, sort = await filters_asked(site, asked), asked.choice("sap", get_args(Sort)) or "newest"
    number = asked.page()
    order: Sort = next(each for each in get_args(Sort) if each == sort)
    listed = await rating_log.page(records, span, filters.where, filters.log, order, number, ON_A_PAGE)
    dates = {"tu": span.since.isoformat(), "den": span.until.isoformat()} if chosen == OWN else {}
    return visit.show(
        "ratings.html",
        asked.status,
        problems=asked.problems,
        listed=listed,
        span=span,
        periods=PERIODS,
        levels=LEVELS,
        topics=list(filters.topics.items()),
        places=filters.places,
        channels=list(filters.channels.items()),
        collaborators=filters.collaborators,
        refused=filters.refused,
        narrowed=await narrowing.told(records, filters.where, filters.log),
        kinds=KINDS,
        campaigns=filters.campaigns,
        reasons=REASONS,
        sorts=get_args(Sort),
        seen={"ky": chosen, **dates, **filters.seen, "sap": sort},
        formats=FORMATS,
    )


async def one(visit: Visit) -> Response:
    """The exchange behind a rating: the masked question, what became of it, what was said about it."""
    number = visit.request.path_params["number"]
    async with visit.site.database.read() as connection:
        found = await exchanges.find(connection, number) if number < 2**63 else None
    if found is None:
        raise Denied(404, "no_exchange")
    library = visit.site.resources.library
    names = {each: library[each].question or each if each in library else each for each in found.entries}
    answer = library[found.answered] if found.answered in library and found.answered is not None else None
    return visit.show("exchange.html", found=found, names=names, answer=answer)
