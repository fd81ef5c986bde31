"""«Chuyển cán bộ»: the conversations with citizens, listed and searched; one of them, answered and ended there.

What is done here goes the same way as in the group of the staff: through the desk, and out by the outbox.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Literal

from starlette.responses import Response

from bot.storage import conversation_lists, conversations
from bot.storage.conversation_lists import Listing, Shelf
from bot.web.guard import Denied, Visit
from bot.web.paging import Paged, bounds
from bot.web.query import Query
from bot.web.site import Site
from handlers.dialogue import to_staff
from handlers.dialogue.memory import mark
from handlers.dialogue.message import Message
from handlers.handover import acts

PATH = "/chuyen-can-bo"
LONG = datetime.timedelta(hours=24)
ON_A_PAGE = 20
_SHELVES: dict[str, Shelf] = {"mo": "open", "xong": "done", "tat-ca": "all"}
_DONE = ("tra-loi", "khep", "mo-lai")


async def waiting_now(site: Site) -> int | None:
    """How many wait for the staff; None where no group of staff is set."""
    if site.settings.staff.group is None:
        return None
    async with site.database.read() as connection:
        return await conversation_lists.waiting(connection)


async def show(visit: Visit) -> Response:
    """A list with the time each has waited; without a search, the open ones."""
    site, asked = visit.site, Query(visit.request.query_params)
    words = asked.words("q")
    shelf = asked.choice("xem", _SHELVES) or ("tat-ca" if words else "mo")
    wanted, page = Listing(_SHELVES[shelf], words), asked.page()
    async with site.database.read() as connection:
        counts = {
            name: await conversation_lists.count(connection, Listing(each, words)) for name, each in _SHELVES.items()
        }
        number, pages = bounds(counts[shelf], page, ON_A_PAGE)
        found = await conversation_lists.rows(connection, wanted, (number - 1) * ON_A_PAGE, ON_A_PAGE)
        waiting = await conversation_lists.waiting(connection)
    return visit.show(
        "conversations.html",
        asked.status,
        problems=asked.problems,
        listed=Paged(found, number, pages, counts[shelf]),
        counts=counts,
        seen={"xem": shelf, "q": words},
        now=site.clock(),
        waiting=waiting,
        group=site.settings.staff.group is not None,
        hours=site.settings.staff.office_hours,
        long=LONG,
    )


async def one(visit: Visit) -> Response:
    """All that was said in one conversation, masked on both sides, and what can be done in it."""
    done = visit.request.query_params.get("da", "")
    return await _shown(visit, done=done if done in _DONE else "")


async def answer(visit: Visit) -> Response:
    """Send what was typed to the citizen."""
    return await _carried_out(visit, "tra-loi", "text", visit.form.get("text", ""))


async def close(visit: Visit) -> Response:
    """End it; the citizen is told."""
    return await _carried_out(visit, "khep", "press", to_staff.CLOSE)


async def reopen(visit: Visit) -> Response:
    """Take up again what had ended."""
    return await _carried_out(visit, "mo-lai", "press", to_staff.REOPEN)


async def _carried_out(visit: Visit, what: str, kind: Literal["text", "press"], said: str) -> Response:
    """Hand to the desk what was typed or pressed; what it refuses is told on the page, which keeps what was typed."""
    site, visitor, number = visit.site, visit.visitor, _number(visit)
    assert visitor is not None
    text = said.replace("\r\n", "\n").strip() if kind == "text" else f"{to_staff.STAFF_PRESS}|{said}|{number}"
    seen = visit.form.get("seen", "")
    message = Message(
        kind,
        _delivery(str(number), what, visitor.name, seen, text),
        site.clock(),
        text,
        "page",
        mark(number),
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None,
    )
    carried = await site.desk.carry_out(message, visitor.role, visitor.name)
    site.wake(carried.owed)
    if carried.done:
        return visit.go(f"{PATH}/{number}?da={what}")
    return await _shown(visit, 409, refused=carried.said, typed=said if kind == "text" else "")


def _delivery(*parts: str) -> str:
    """What an order is known by, so that one sent twice is done once: whose it is, what they saw, what they wrote."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


async def _shown(
    visit: Visit, status: int = 200, done: str = "", refused: tuple[str, ...] = (), typed: str = ""
) -> Response:
    async with visit.site.database.read() as connection:
        found = await conversations.exchange(connection, _number(visit))
        if found is None:
            raise Denied(404, "no_talk")
        is_last = await conversations.is_last_of_person(connection, found[0])
    talk, lines = found
    return visit.show(
        "conversation.html",
        status,
        talk=talk,
        lines=lines,
        is_last=is_last,
        me=visit.visitor.name if visit.visitor is not None else "",
        longest=acts.LONGEST,
        done=done,
        refused=refused,
        typed=typed,
    )


def _number(visit: Visit) -> int:
    """The number in the address; raises Denied where no conversation can have it."""
    number = visit.request.path_params["number"]
    assert isinstance(number, int)
    if number >= 10**9:
        raise Denied(404, "no_talk")
    return number
