"""«Câu chưa trả lời»: groups of questions nobody answered, and what an editor makes of each."""

from __future__ import annotations

import datetime
from collections.abc import Awaitable, Callable, Sequence

from starlette.responses import Response

from bot import curating
from bot.curating import Group, Refused, Trial, Unseen
from bot.reports.definitions import last_days, read_definitions
from bot.storage import unanswered
from bot.storage.database import VIETNAM
from bot.web.guard import Denied, Visit
from bot.web.paging import Paged, bounds
from bot.web.query import Query
from faq.library import TOPICS, Entry

PATH = "/cau-hoi"
ON_A_PAGE = 20
MOST_CHANGES = 100
_LONGER = (90, 365)
_DONE = ("gan", "gan-chua", "ngoai", "nhap")


async def show(visit: Visit) -> Response:
    """The groups, most frequent first."""
    asked = Query(visit.request.query_params)
    spans = {str(days): days for days in (read_definitions().lately, read_definitions().waiting, *_LONGER)}
    days, reason = asked.choice("ky", spans), asked.choice("lydo", unanswered.REASONS)
    first = last_days(visit.site.today, spans[days]).since if days else None
    since = datetime.datetime.combine(first, datetime.time(), VIETNAM) if first else None
    wanted = next((each for each in unanswered.REASONS if each == reason), None)
    found = await curating.listed(
        visit.site.database,
        visit.site.resources.matcher,
        since,
        wanted,
        offset=(asked.page() - 1) * ON_A_PAGE,
        most=ON_A_PAGE,
    )
    number, pages = bounds(found.count, found.offset // ON_A_PAGE + 1, ON_A_PAGE)
    return visit.show(
        "questions.html",
        asked.status,
        problems=asked.problems,
        listed=Paged(found.groups, number, pages, found.count),
        asked=found.asked,
        waiting=found.waiting,
        near={group.id: _near(visit, group) for group in found.groups},
        seen={"ky": days, "lydo": reason},
        spans=spans,
        reasons=unanswered.REASONS,
        done=visit.request.query_params.get("da", "") if visit.request.query_params.get("da") in _DONE else "",
    )


async def one(visit: Visit) -> Response:
    """One group, with everything that can be done about it."""
    try:
        group = await _group(visit)
    except Refused:
        raise Denied(404, "no_group") from None
    return _shown(visit, group)


async def assign(visit: Visit) -> Response:
    """Make the question one more way to ask for an entry; takes many seconds, for everything is asked again.

    Where people would be told something else, that is shown first; the form of that page brings its mark back.
    """

    async def carry_out() -> str:
        number, entry, text = _number(visit), visit.form.get("entry", ""), visit.form.get("text", "").strip()
        site = visit.site
        done = await curating.assign(
            site.database,
            site.resources.library,
            number,
            entry,
            by=by(visit),
            now=site.clock(),
            text=text or None,
            seen=visit.form.get("seen") or None,
            trials=site.trials,
            note=visit.note,
        )
        await site.freshener.look()
        return "gan" if done.first == entry and done.decision == "answer" else "gan-chua"

    return await _decided(visit, carry_out)


async def leave_out(visit: Visit) -> Response:
    """Out of scope: the group is never listed again."""

    async def carry_out() -> str:
        site = visit.site
        await curating.mark_out_of_scope(
            site.database, site.resources.matcher, _number(visit), by=by(visit), now=site.clock(), note=visit.note
        )
        return "ngoai"

    return await _decided(visit, carry_out)


async def draft(visit: Visit) -> Response:
    """Begin a new entry from the group."""

    async def carry_out() -> str:
        site = visit.site
        await curating.start_draft(
            site.database,
            site.resources.matcher,
            _number(visit),
            by=by(visit),
            now=site.clock(),
            question=visit.form.get("question", "").strip() or None,
            answer=visit.form.get("answer", "").strip(),
            note=visit.note,
        )
        return "nhap"

    return await _decided(visit, carry_out)


async def _decided(visit: Visit, carry_out: Callable[[], Awaitable[str]]) -> Response:
    try:
        done = await carry_out()
    except Unseen as unseen:
        return _to_be_seen(visit, unseen.trial)
    except Refused as refused:
        if refused.why == "no_group":
            raise Denied(404, "no_group") from None
        return _shown(visit, await _group(visit), refused)
    return visit.go(f"{PATH}?da={done}")


def _to_be_seen(visit: Visit, trial: Trial) -> Response:
    """What people would be told otherwise, with the button that goes on."""
    library = visit.site.resources.library
    return visit.show("changes.html", trial=trial, entry=library[trial.entry], library=library, most=MOST_CHANGES)


def _shown(visit: Visit, group: Group, refused: Refused | None = None) -> Response:
    library = visit.site.resources.library
    return visit.show(
        "question.html",
        200 if refused is None else 409,
        group=group,
        near=_near(visit, group),
        topics=_by_topic(tuple(library)),
        others=[each for each in library if each.topic is None and each.kind != "unknown"],
        refused=refused,
        given=visit.form,
    )


async def _group(visit: Visit) -> Group:
    return await curating.find_group(visit.site.database, visit.site.resources.matcher, _number(visit))


def _number(visit: Visit) -> int:
    number = visit.request.path_params["number"]
    assert isinstance(number, int)
    return number


def by(visit: Visit) -> str:
    """The name that what a visitor decides is signed with."""
    assert visit.visitor is not None
    return visit.visitor.name


def _near(visit: Visit, group: Group) -> list[Entry]:
    library = visit.site.resources.library
    return [library[each] for each in group.nearest if each in library]


def _by_topic(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries that answer, in the order a menu shows their topics."""
    return [(topic, [each for each in entries if each.topic == topic]) for topic in TOPICS["questions"]]
