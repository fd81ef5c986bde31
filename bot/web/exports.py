"""«Xuất dữ liệu»: the same figures as files, for a spreadsheet, for paper, and as evidence."""

from __future__ import annotations

import datetime
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.responses import Response

from bot import curating
from bot.reports.spans import Span
from bot.storage.database import VIETNAM
from bot.web.asked import Asked
from bot.web.guard import Refusal, Visit
from bot.web.overview import PERIODS, span_asked
from bot.web.site import Site

_CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Export:
    """A file that can be made of a span: its ending, its media type, and who makes its bytes."""

    ending: str
    media_type: str
    make: Callable[[Site, Span], Awaitable[bytes]]


async def _questions(site: Site, span: Span) -> bytes:
    since = datetime.datetime.combine(span.since, datetime.time(), VIETNAM)
    return (await curating.export(site.database, site.resources.matcher, since)).encode()


EXPORTS: Mapping[str, Export] = {
    "cau-hoi": Export("csv", _CSV, _questions),
}
"""By the name in the address; what each holds is said in the template."""


async def show(visit: Visit) -> Response:
    """The files there are, and the span they are to be of."""
    asked = Asked(visit.request.query_params)
    chosen, span = span_asked(visit.site, asked)
    return visit.show(
        "exports.html",
        asked.status,
        problems=asked.problems,
        periods=PERIODS,
        span=span,
        exports=EXPORTS,
        seen={"ky": chosen, "tu": span.since.isoformat(), "den": span.until.isoformat()},
    )


async def give(visit: Visit) -> Response:
    """One file, to be saved; nonsense in the span is told on the page instead."""
    wanted = EXPORTS.get(visit.request.path_params["name"])
    if wanted is None:
        raise Refusal(404, "not_found")
    asked = Asked(visit.request.query_params)
    _, span = span_asked(visit.site, asked)
    if asked.problems:
        return await show(visit)
    name = f"{visit.request.path_params['name']}-{span.since:%Y%m%d}-{span.until:%Y%m%d}.{wanted.ending}"
    content = await wanted.make(visit.site, span)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=wanted.media_type, headers=headers)
