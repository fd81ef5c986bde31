"""The way in and out: a page with one button, which spends the link; and the button that ends the session."""

from __future__ import annotations

import logging

from starlette.responses import Response

from bot.desk.sign_in import new_id
from bot.web.guard import Denied, Visit, clear_session, sender, set_session

log = logging.getLogger(__name__)

CODE = "/ma"


async def invite(visit: Visit) -> Response:
    """The page behind a link. It spends nothing: messengers fetch links to show a preview."""
    session = visit.session or new_id()
    shown = Visit(visit.site, visit.request, None, session).show("sign_in.html")
    set_session(shown, session)
    return shown


async def enter(visit: Visit) -> Response:
    """Spend the link: the session id before it is worth nothing afterwards."""
    site, who, now = visit.site, sender(visit.request), visit.site.clock()
    if site.attempts.too_many(who, now):
        log.warning("signing in to the staff pages is refused: too many failures from one address")
        raise Denied(429, "too_many")
    entered = await site.entrance.enter(visit.request.path_params["token"], visit.session)
    if entered is None:
        site.attempts.failed(who, now)
        log.warning("signing in to the staff pages failed: an unknown, spent or old link")
        raise Denied(403, "link")
    inside = visit.go(CODE if entered.waits else "/")
    set_session(inside, entered.session)
    return inside


async def code(visit: Visit) -> Response:
    """The page that asks for the code of the second factor."""
    assert visit.visitor is not None
    return visit.show("code.html", refused="") if visit.visitor.waits else visit.go("/")


async def give_code(visit: Visit) -> Response:
    """Try a code: with the right one the session opens the pages, under another id."""
    assert visit.visitor is not None
    if not visit.visitor.waits:
        return visit.go("/")
    outcome, session = await visit.site.entrance.give_code(visit.session, visit.form.get("code", ""))
    if outcome != "right":
        return visit.show("code.html", 429 if outcome == "locked" else 403, refused=outcome)
    inside = visit.go("/")
    set_session(inside, session)
    return inside


async def leave(visit: Visit) -> Response:
    """End the session."""
    await visit.site.entrance.leave(visit.session)
    outside = Visit(visit.site, visit.request, None, "").show("left.html")
    clear_session(outside)
    return outside
