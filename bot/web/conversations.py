"""«Chuyển cán bộ»: who waits for a member of staff, and for how long. Replies are given in the group on Telegram."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response

from bot.web.guard import Refusal, Visit
from bot.web.site import Site

Side = Literal["citizen", "staff"]
LONG = datetime.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Line:
    """One masked message."""

    side: Side
    at: datetime.datetime
    text: str


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation: the mark it carries in the group, and whose turn it is since when (None once closed)."""

    number: int
    mark: str
    opened_at: datetime.datetime
    closed_at: datetime.datetime | None
    waits_for: Side | None
    since: datetime.datetime
    lines: Sequence[Line]


async def open_talks(site: Site) -> list[Talk]:
    """The open conversations: those waiting for the staff first, the longest waiting first."""
    return []


async def find_talk(site: Site, number: int) -> Talk | None:
    """A conversation, open or closed; None when there is none any more."""
    return None


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
        talks=[(talk, site.clock() - talk.since) for talk in talks],
        waiting=sum(talk.waits_for == "staff" for talk in talks),
        group=site.settings.staff.group is not None,
        hours=site.settings.staff.office_hours,
        long=LONG,
    )


async def one(visit: Visit) -> Response:
    """All that was said in one conversation, masked on both sides."""
    number = visit.request.path_params["number"]
    talk = await find_talk(visit.site, number) if number < 2**31 else None
    if talk is None:
        raise Refusal(404, "no_talk")
    return visit.show("conversation.html", talk=talk)
