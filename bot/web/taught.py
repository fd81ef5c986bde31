"""«Đã dạy»: what staff assigned and drafted, by whom and when; each can be taken back, and its group is open again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from bot import curating
from bot.curating import Refused
from bot.storage import drafts, phrasings
from bot.web.guard import Denied, Visit
from bot.web.paging import Paged, bounds
from bot.web.query import Query
from bot.web.questions import by

PATH = "/cau-hoi/da-day"
ON_A_PAGE = 30
_KINDS = ("cach-hoi", "ban-nhap")
_DONE = ("bo-cach-hoi", "bo-ban-nhap")


async def show(visit: Visit) -> Response:
    """The phrasings, or the drafts, the newest first."""
    asked = Query(visit.request.query_params)
    kind = asked.choice("xem", _KINDS) or _KINDS[0]
    history = phrasings.history if kind == "cach-hoi" else drafts.history
    async with visit.site.database.read() as connection:
        _, count = await history(connection, 0)
        number, pages = bounds(count, asked.page(), ON_A_PAGE)
        rows, _ = await history(connection, ON_A_PAGE, (number - 1) * ON_A_PAGE)
    done = visit.request.query_params.get("da", "")
    return visit.show(
        "taught.html",
        asked.status,
        problems=asked.problems,
        listed=Paged(rows, number, pages, count),
        kind=kind,
        seen={"xem": kind},
        library=visit.site.resources.library,
        done=done if done in _DONE else "",
    )


async def take_phrasing_back(visit: Visit) -> Response:
    """The assistant does not know it any more."""
    answer = await _taken_back(visit, curating.take_back, "bo-cach-hoi", _KINDS[0])
    await visit.site.freshener.look()
    return answer


async def take_draft_back(visit: Visit) -> Response:
    """Nothing is made of it any more."""
    return await _taken_back(visit, curating.take_draft_back, "bo-ban-nhap", _KINDS[1])


async def _taken_back(visit: Visit, take_back: Callable[..., Awaitable[object]], done: str, kind: str) -> Response:
    try:
        number = visit.request.path_params["number"]
        await take_back(visit.site.database, number, by=by(visit), now=visit.site.clock(), note=visit.note)
    except Refused:
        raise Denied(404, "no_taught") from None
    return visit.go(f"{PATH}?xem={kind}&da={done}")
