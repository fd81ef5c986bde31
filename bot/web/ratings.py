"""«Nhật ký đánh giá»: every rating with its reason and comment, filtered, searched, sorted, page by page."""

from __future__ import annotations

from typing import get_args

from starlette.responses import Response

from bot.reports import narrowing, rating_log
from bot.reports.rating_log import LogFilter, Sort
from bot.reports.records import KINDS, Filter
from bot.storage import campaigns, exchanges
from bot.web.guard import Denied, Visit
from bot.web.periods import OWN, PERIODS, span_asked
from bot.web.query import Query
from handlers.dialogue.records import LEVELS, LOW, REASONS

ON_A_PAGE = 50
_LOW = "low"
_NO_CAMPAIGN = "-"
_FILTERS = {f"bad_{each}" for each in ("muc", "lydo", "chude", "loai", "chiendich", "diaban", "cau")}
"""What can't be read of them is refused: the rows of everything would be taken for those asked for."""


async def show(visit: Visit) -> Response:
    """One page of the log."""
    site, asked = visit.site, Query(visit.request.query_params)
    records = site.records
    chosen, span = span_asked(site, asked)
    async with site.database.read() as connection:
        known = await campaigns.named(connection)
    level = asked.choice("muc", [_LOW, *map(str, LEVELS)])
    topics = {each: records.topics.name(each) for each in records.topics.known()}
    topic, kind = asked.choice("chude", topics, topics), asked.choice("loai", KINDS)
    links = {each.code: f"{each.name} ({each.code})" for each in known}
    places = {each.place: each.place for each in known if each.place.strip()}
    campaign = asked.choice("chiendich", [_NO_CAMPAIGN, *links], links)
    place = asked.choice("diaban", places, places)
    reason, sort = asked.choice("lydo", REASONS), asked.choice("sap", get_args(Sort)) or "newest"
    subject = asked.choice("cau", site.resources.library.entries, records.topics.questions)
    refused = bool(_FILTERS.intersection(asked.problems))
    words, number = asked.words("q"), asked.page()
    where = Filter(
        kind=kind or None,
        topic=topic or None,
        subject=subject or None,
        campaign="" if campaign == _NO_CAMPAIGN else campaign or None,
        place=place or None,
    )
    wanted = LogFilter(
        levels=_levels(level),
        reason=reason or None,
        search=words,
    )
    order: Sort = next(each for each in get_args(Sort) if each == sort)
    listed = await rating_log.page(records, span, where, wanted, order, number, ON_A_PAGE)
    dates = {"tu": span.since.isoformat(), "den": span.until.isoformat()} if chosen == OWN else {}
    return visit.show(
        "ratings.html",
        asked.status,
        problems=asked.problems,
        listed=listed,
        span=span,
        periods=PERIODS,
        levels=LEVELS,
        topics=list(topics.items()),
        places=list(places),
        refused=refused,
        narrowed=await narrowing.told(records, where, wanted),
        kinds=KINDS,
        campaigns=known,
        reasons=REASONS,
        sorts=get_args(Sort),
        seen={
            "ky": chosen,
            **dates,
            "muc": level,
            "chude": topic,
            "loai": kind,
            "chiendich": campaign,
            "diaban": place,
            "lydo": reason,
            "cau": subject,
            "q": words,
            "sap": sort,
        },
    )


def _levels(asked: str) -> tuple[int, ...] | None:
    if asked == _LOW:
        return tuple(range(1, LOW + 1))
    return (int(asked),) if asked else None


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
