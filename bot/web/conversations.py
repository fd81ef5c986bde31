"""«Chuyển cán bộ»: who waits for a member of staff, and for how long. Replies are given in the group on Telegram."""

from __future__ import annotations

from starlette.responses import Response

from bot.web.guard import Visit


async def show(visit: Visit) -> Response:
    """The open conversations, the longest waiting first."""
    staff = visit.site.settings.staff
    return visit.show("conversations.html", listed=[], group=staff.group is not None, hours=staff.office_hours)
