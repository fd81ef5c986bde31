"""«Gửi tin»: an admin writes to those who agreed, sees how it reads and to how many it goes, sends it, and stops it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bot.desk.announcing import A_SECOND
from bot.desk.sign_in import Visitor
from bot.outreach import announcements as outreach
from bot.outreach.announcements import BadAnnouncement
from bot.storage import announcements, campaigns
from bot.storage.announcements import Announcement, Audience
from bot.storage.campaigns import Campaign
from bot.web.guard import Denied, Visit
from bot.web.paging import Paged, bounds
from bot.web.query import Query
from bot.web.site import Site
from faq.library import law_number_in
from handlers.dialogue.announcement import ANNOUNCEMENT_TOPICS, TOPIC_LABEL
from handlers.dialogue.context import plain
from handlers.dialogue.turn import Text
from handlers.reminders.announcements import said
from vietnamese.normalize import fold

PATH = "/gui-tin"
ON_A_PAGE = 20
_DONE = ("moi", "sua", "bo", "gui", "dung")
_REFRESH_SECONDS = 5
_TOPIC_FIELD = "topic_"


async def show(visit: Visit) -> Response:
    """All announcements, the newest first, and how many people agreed to what."""
    asked = Query(visit.request.query_params)
    async with visit.site.database.read() as connection:
        count = await announcements.count(connection)
        number, pages = bounds(count, asked.page(), ON_A_PAGE)
        rows = await announcements.listed(connection, ON_A_PAGE, (number - 1) * ON_A_PAGE)
        shown = [(each, await announcements.progress(connection, each.id)) for each in rows]
        agreed = await announcements.agreed(connection)
    return visit.show(
        "all_announcements.html",
        asked.status,
        problems=asked.problems,
        listed=Paged(shown, number, pages, count),
        agreed=agreed,
        topics=ANNOUNCEMENT_TOPICS,
        topic_label=TOPIC_LABEL,
        done=_done(visit),
    )


async def blank(visit: Visit) -> Response:
    """The form of a new one."""
    return await _form(visit, None, {}, {})


async def make(visit: Visit) -> Response:
    """Keep a draft; then it is shown as people will read it."""
    site, author = visit.site, _visitor(visit).author
    try:
        text, audience = outreach.read(visit.form, _topics(visit.form), await _campaigns(site))
        number = await outreach.write(site.database, text, audience, author, site.clock(), visit.note)
    except BadAnnouncement as bad:
        return await _form(visit, None, visit.form, bad.problems)
    return visit.go(f"{PATH}/{number}?da=moi")


async def one(visit: Visit) -> Response:
    """A draft as people will read it, to how many it goes, and, asked for, the last question; or how far one is."""
    return await _shown(visit, {})


async def edit(visit: Visit) -> Response:
    """The form of a draft."""
    return await _form(visit, await _found(visit), None, {})


async def change(visit: Visit) -> Response:
    """Keep what the form of a draft holds."""
    found = await _found(visit)
    try:
        text, audience = outreach.read(visit.form, _topics(visit.form), await _campaigns(visit.site))
        await outreach.change(visit.site.database, found.id, text, audience, visit.note)
    except BadAnnouncement as bad:
        if found.state != "draft" or "number" in bad.problems:  # somebody had it sent meanwhile
            return await _shown(visit, {"number": outreach.say("no_draft", number=found.id)})
        return await _form(visit, found, visit.form, bad.problems)
    return visit.go(f"{PATH}/{found.id}?da=sua")


async def throw_away(visit: Visit) -> Response:
    """A draft goes."""
    found = await _found(visit)
    try:
        await outreach.throw_away(visit.site.database, found.id, visit.note)
    except BadAnnouncement as bad:
        return await _shown(visit, bad.problems)
    return visit.go(f"{PATH}?da=bo")


async def send(visit: Visit) -> Response:
    """The last word: it goes as it was shown, to so many people as the button said."""
    found, given = await _found(visit), visit.form.get("people", "")
    people = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1
    author, mark = _visitor(visit).author, visit.form.get("mark", "")
    try:
        await outreach.begin(visit.site.database, found.id, people, author, visit.site.clock(), visit.note, mark)
    except BadAnnouncement as bad:
        return await _shown(visit, bad.problems)
    return visit.go(f"{PATH}/{found.id}?da=gui")


async def stop(visit: Visit) -> Response:
    """Nobody is sent it any more whose turn has not come."""
    found = await _found(visit)
    if not await outreach.stop(visit.site.database, found.id, visit.note):
        return await _shown(visit, {"number": outreach.say("not_sending", number=found.id)})
    return visit.go(f"{PATH}/{found.id}?da=dung")


async def _shown(visit: Visit, problems: Mapping[str, str]) -> Response:
    site, found = visit.site, await _found(visit)
    async with site.database.read() as connection:
        progress = await announcements.progress(connection, found.id)
        count = await announcements.counted(connection, found.audience) if found.state == "draft" else 0
        known = await campaigns.named(connection)
    if progress is None:
        raise Denied(404, "no_announcement")
    quiet = site.resources.manner.quiet
    asked = visit.request.query_params
    shown = visit.show(
        "announcement.html",
        409 if problems else 200,
        one=found,
        progress=progress,
        preview=_preview(site, found),
        campaign=next((each for each in known if each.code == found.audience.campaign), None),
        topic_label=TOPIC_LABEL,
        count=count,
        mark=outreach.mark_of(found.text, found.audience),
        asks=found.state == "draft" and count > 0 and "gui" in asked and not problems,
        minutes=max(1, round(count / A_SECOND / 60)),
        law_number=law_number_in(found.text),
        quiet=quiet if quiet.holds(site.clock()) else None,
        refreshes=progress.under_way and "dung-yen" not in asked,
        problems=problems,
        done=_done(visit),
    )
    if progress.under_way and "dung-yen" not in asked:
        shown.headers["Refresh"] = f"{_REFRESH_SECONDS}; url={site.prefix}{PATH}/{found.id}"
    return shown


def _preview(site: Site, one: Announcement) -> tuple[str, tuple[str, ...]]:
    """What people read, and what stands on its buttons."""
    message: Text = said(site.resources.texts, one.id, site.settings.office.name, one.audience.topics, one.text)
    return plain(message.html), tuple(button.label for row in message.buttons for button in row)


async def _form(
    visit: Visit, found: Announcement | None, given: Mapping[str, str] | None, problems: Mapping[str, str]
) -> Response:
    if found is not None and found.state != "draft":
        return visit.go(f"{PATH}/{found.id}")
    known = await _campaigns(visit.site)
    audience = Audience() if found is None else found.audience
    filled = given if given is not None else {"text": "" if found is None else found.text}
    chosen = _topics(given) if given is not None else audience.topics
    return visit.show(
        "announcement_form.html",
        409 if problems else 200,
        one=found,
        text=filled.get("text", ""),
        chosen=chosen,
        campaign=filled.get("campaign", "") if given is not None else audience.campaign or "",
        place=filled.get("place", "") if given is not None else audience.place or "",
        topics=ANNOUNCEMENT_TOPICS,
        topic_label=TOPIC_LABEL,
        topic_field=_TOPIC_FIELD,
        campaigns=known,
        places=sorted({each.place for each in known}, key=fold),
        longest=outreach.LONGEST,
        problems=problems,
    )


def _topics(form: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(each for each in ANNOUNCEMENT_TOPICS if form.get(f"{_TOPIC_FIELD}{each}"))


async def _campaigns(site: Site) -> list[Campaign]:
    async with site.database.read() as connection:
        return await campaigns.named(connection)


async def _found(visit: Visit) -> Announcement:
    try:
        return await outreach.find(visit.site.database, visit.request.path_params["number"])
    except BadAnnouncement:
        raise Denied(404, "no_announcement") from None


def _visitor(visit: Visit) -> Visitor:
    assert visit.visitor is not None
    return visit.visitor


def _done(visit: Visit) -> str:
    done = visit.request.query_params.get("da", "")
    return done if done in _DONE else ""
