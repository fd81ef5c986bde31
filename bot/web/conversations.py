"""«Chuyển cán bộ»: the conversations with citizens, listed and searched; one of them, answered and ended there.

What is done here goes the same way as in the group of the staff: through the desk, and out by the outbox.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

from starlette.responses import Response

from bot.storage import conversation_lists, conversations, drafts
from bot.storage.conversation_lists import Listing
from bot.storage.conversations import ConversationMessage, ConversationNote
from bot.web.guard import Denied, Visit
from bot.web.paging import Paged, bounds
from bot.web.query import Query
from bot.web.site import Site
from handlers.dialogue import to_staff
from handlers.dialogue.context import press_data
from handlers.dialogue.memory import Shelf, mark
from handlers.dialogue.message import Message
from handlers.dialogue.topics import TOPIC_NAMES
from handlers.handover import acts, canned, colleagues
from handlers.handover.staff_commands import may

PATH = "/chuyen-can-bo"
LONG = datetime.timedelta(hours=24)
ON_A_PAGE = 20
_SHELVES: dict[str, Shelf] = {
    "mo": "open",
    "cua-toi": "mine",
    "chua-nhan": "free",
    "xong": "done",
    "tat-ca": "all",
}
_SAID = ("tra-loi", "ghi-chu")
"""What may be sent twice by mistake and is done once; all else may be wanted again, and twice is as good as once."""
_DONE = ("tra-loi", "khep", "mo-lai", "nhan", "giao", "chu-de", "ghi-chu", "giu-nhap", "bo-nhap")


async def waiting_now(site: Site) -> int | None:
    """How many wait for the staff; None where nobody of the staff answers."""
    if not site.settings.staff.answer:
        return None
    async with site.database.read() as connection:
        return await conversation_lists.waiting(connection)


async def show(visit: Visit) -> Response:
    """A list with the time each has waited; without a search, the open ones."""
    site, asked = visit.site, Query(visit.request.query_params)
    words = asked.words("q")
    shelf = asked.choice("xem", _SHELVES) or ("tat-ca" if words else "mo")
    me = visit.visitor.signature if visit.visitor is not None else ""
    wanted, page = Listing(_SHELVES[shelf], words, me), asked.page()
    async with site.database.read() as connection:
        counts = {
            name: await conversation_lists.count(connection, Listing(each, words, me))
            for name, each in _SHELVES.items()
        }
        number, pages = bounds(counts[shelf], page, ON_A_PAGE)
        found = await conversation_lists.rows(connection, wanted, (number - 1) * ON_A_PAGE, ON_A_PAGE)
        waiting = await conversation_lists.waiting(connection)
        everybody = await site.desk.colleagues(connection)
    return visit.show(
        "conversations.html",
        asked.status,
        problems=asked.problems,
        listed=Paged(found, number, pages, counts[shelf]),
        counts=counts,
        seen={"xem": shelf, "q": words},
        called=partial(colleagues.called, site.resources.texts, everybody),
        topics=TOPIC_NAMES,
        now=site.clock(),
        waiting=waiting,
        group=site.settings.staff.group is not None,
        on_pages=site.settings.staff.on_pages,
        hours=site.settings.staff.office_hours,
        long=LONG,
    )


async def one(visit: Visit) -> Response:
    """All that was said in one conversation, masked on both sides, and what can be done in it."""
    done, canned_name = (visit.request.query_params.get(each, "") for each in ("da", "mau"))
    site = visit.site
    found = site.resources.canned.get(canned_name)
    typed = {} if found is None else {"tra-loi": canned.said(site.resources, found, site.clock())}
    return await _shown(visit, done=done if done in _DONE else "", typed=typed, chosen=canned_name)


async def answer(visit: Visit) -> Response:
    """Send what was typed to the citizen."""
    return await _carried_out(visit, "tra-loi", "text", visit.form.get("text", ""))


async def close(visit: Visit) -> Response:
    """End it; the citizen is told."""
    return await _carried_out(visit, "khep", "press", to_staff.CLOSE)


async def take(visit: Visit) -> Response:
    """It is theirs to answer from now on."""
    return await _carried_out(visit, "nhan", "press", to_staff.TAKE)


async def give(visit: Visit) -> Response:
    """It is for a colleague, or for nobody in particular."""
    return await _carried_out(visit, "giao", "press", to_staff.GIVE, visit.form.get("to", ""))


async def sort(visit: Visit) -> Response:
    """What it is about."""
    return await _carried_out(visit, "chu-de", "press", to_staff.SORT, visit.form.get("topic", ""))


async def note(visit: Visit) -> Response:
    """A note for colleagues, which the citizen never reads."""
    return await _carried_out(visit, "ghi-chu", "press", to_staff.NOTE, visit.form.get("text", ""))


async def keep(visit: Visit) -> Response:
    """What was answered becomes the draft of an entry."""
    return await _carried_out(visit, "giu-nhap", "press", to_staff.KEEP, visit.form.get("reply", ""))


async def unkeep(visit: Visit) -> Response:
    """It is no draft any more."""
    return await _carried_out(visit, "bo-nhap", "press", to_staff.UNKEEP, visit.form.get("reply", ""))


async def reopen(visit: Visit) -> Response:
    """Take up again what had ended."""
    return await _carried_out(visit, "mo-lai", "press", to_staff.REOPEN)


async def _carried_out(visit: Visit, what: str, kind: Literal["text", "press"], said: str, *more: str) -> Response:
    """Hand to the desk what was typed or pressed; what it refuses is told on the page, which keeps what was typed."""
    site, visitor, number = visit.site, visit.visitor, _number(visit)
    assert visitor is not None
    order = said if kind == "text" else press_data(to_staff.STAFF_PRESS, said, str(number), *more)
    text = order.replace("\r\n", "\n").strip()
    seen = visit.form.get("seen", "")
    message = Message(
        kind,
        _delivery(str(number), what, visitor.signature, seen, text) if what in _SAID else secrets.token_hex(32),
        site.clock(),
        text,
        "page",
        mark(number),
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None,
    )
    carried = await site.desk.carry_out(message, visitor.role, visitor.signature, visit.note)
    site.wake(carried.owed)
    if carried.done:
        return visit.go(f"{PATH}/{number}?da={what}")
    return await _shown(visit, 409, refused=carried.said, typed={what: visit.form.get("text", "")})


def _delivery(*parts: str) -> str:
    """What an order is known by, so that one sent twice is done once: whose it is, what they saw, what they wrote."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


async def _shown(
    visit: Visit,
    status: int = 200,
    done: str = "",
    refused: tuple[str, ...] = (),
    typed: Mapping[str, str] | None = None,
    chosen: str = "",
) -> Response:
    async with visit.site.database.read() as connection:
        found = await conversations.exchange(connection, _number(visit))
        if found is None:
            raise Denied(404, "no_talk")
        is_last = await conversations.is_last_of_person(connection, found[0])
        notes = await conversations.notes(connection, _number(visit))
        everybody = await visit.site.desk.colleagues(connection)
        kept = await drafts.of_replies(connection, found[1][0].text, _replies(found[1]))
    site, (talk, lines) = visit.site, found
    said: list[ConversationMessage | ConversationNote] = [*lines, *notes]
    said.sort(key=lambda each: each.at)
    return visit.show(
        "conversation.html",
        status,
        talk=talk,
        lines=said,
        seen=lines[-1].number,
        kept=kept,
        called=partial(colleagues.called, site.resources.texts, everybody),
        able=[each.signature for each in everybody if may(each.role, "editor")],
        topics=TOPIC_NAMES,
        canned=list(canned.listed(site.resources, talk.topic)),
        is_last=is_last,
        me=visit.visitor.signature if visit.visitor is not None else "",
        longest=acts.LONGEST,
        done=done,
        refused=refused,
        typed=typed or {},
        chosen=chosen,
    )


def _replies(lines: Sequence[ConversationMessage]) -> list[str]:
    return [each.text for each in lines if each.side == "staff"]


def _number(visit: Visit) -> int:
    """The number in the address; raises Denied where no conversation can have it."""
    number = visit.request.path_params["number"]
    assert isinstance(number, int)
    if number >= 10**9:
        raise Denied(404, "no_talk")
    return number
