"""«Nhật ký cán bộ»: who of the staff did what, and downloaded what; for admins."""

from __future__ import annotations

from starlette.responses import Response

from bot.storage import audit
from bot.storage.audit import DoneWhere
from bot.web.guard import Visit
from bot.web.paging import Paged, bounds
from bot.web.query import Query

ON_A_PAGE = 50


async def show(visit: Visit) -> Response:
    """The newest first, of one person, of one kind, of some days."""
    asked = Query(visit.request.query_params)
    async with visit.site.database.read() as connection:
        names, actions = await audit.known(connection)
        wanted = DoneWhere(asked.choice("ai", names), asked.choice("viec", actions), asked.day("tu"), asked.day("den"))
        count = await audit.count(connection, wanted)
        number, pages = bounds(count, asked.page(), ON_A_PAGE)
        rows = await audit.listed(connection, wanted, ON_A_PAGE, (number - 1) * ON_A_PAGE)
    seen = {"ai": wanted.name, "viec": wanted.action, "tu": wanted.since or "", "den": wanted.until or ""}
    return visit.show(
        "journal.html",
        asked.status,
        problems=asked.problems,
        listed=Paged(rows, number, pages, count),
        names=names,
        actions=actions,
        seen=seen,
        years=audit.KEPT.days // 365,
    )
