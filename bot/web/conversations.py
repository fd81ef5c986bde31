"""«Chuyển cán bộ»: who waits for a member of staff, and for how long. Replies are given in the group on Telegram."""

from __future__ import annotations

import datetime

from starlette.responses import Response

from bot.storage import conversations
from bot.storage.conversations import Open
from bot.web.guard import Denied, Visit
from bot.web.site import Site

LONG = datetime.timedelta(hours=24)


async def open_talks(site: Site) -> list[Open]:
    """The open conversations: those waiting for the staff first, the longest waiting first."""
    async with site.database.read() as connection:
        return await conversations.open_now(connection)


async def waiting_now(site: Site) -> int | None:
    """How many wait for the staff; None where no group of staff is set."""
    if site.settings.staff.group is None:
        return None
    return sum(talk.waits_for == "staff" for talk in await open_talks(site))


async def show(visit: Visit) -> Response:
    """The open conversations with the time each has waited."""
    site = visit.site
    talks = await open_talks(site)
    return visit.show(
        "conversations.html",
        talks=[(talk, talk.waited(site.clock())) for talk in talks],
        waiting=sum(talk.waits_for == "staff" for talk in talks),
        group=site.settings.staff.group is not None,
        hours=site.settings.staff.office_hours,
        long=LONG,
    )


async def one(visit: Visit) -> Response:
    """All that was said in one conversation, masked on both sides."""
    number = visit.request.path_params["number"]
    async with visit.site.database.read() as connection:
        found = await conversations.exchange(connection, number) if number < 2**31 else None
    if found is None:
        raise Denied(404, "no_talk")
    conversation, lines = found
    return visit.show("conversation.html", talk=conversation, lines=lines)
