"""«Tài khoản»: who looks at it, and their second factor. Editors and admins may have one and need not; who was made a
viewer since keeps theirs, and may end it.
"""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import Response

from bot.desk.second_factor import Begun
from bot.desk.sign_in import Visitor
from bot.storage import audit, second_factors
from bot.web.guard import Visit

PATH = "/tai-khoan"
_DONE = ("tat",)


async def show(visit: Visit) -> Response:
    """Whether there is one, and what can be done."""
    return await _shown(visit)


async def begin(visit: Visit) -> Response:
    """A new one, to be scanned and confirmed; one that is in use must be ended first, with a code of it."""
    who = _visitor(visit)
    if not who.key:
        return await _shown(visit, 409, "on_server")
    factor = visit.site.roles.second_factor
    async with visit.site.database.begin() as connection:
        begun = await factor.begin(connection, who.key, who.name, visit.site.words["second_factor_of"])
        if begun is not None:
            await visit.note(connection)
    return await _shown(visit, 409, "is_on") if begun is None else _to_be_scanned(visit, begun)


async def confirm(visit: Visit) -> Response:
    """The first code: it counts from then on, and the recovery codes are shown this once.

    Who came in under the same name before, elsewhere, came without it, and is out.
    """
    who, now, factor = _visitor(visit), visit.site.clock(), visit.site.roles.second_factor
    async with visit.site.database.begin() as connection:
        begun = await factor.begun(connection, who.key, who.name, visit.site.words["second_factor_of"], now)
        outcome, codes = await factor.confirm(connection, who.key, visit.form.get("code", ""), now)
        if codes:
            await visit.site.entrance.end_others(connection, who.key, visit.session)
            await visit.note(connection)
    if codes:
        return visit.show("recovery_codes.html", codes=codes)
    if begun is None:
        return await _shown(visit, 409, "nothing_begun")
    return _to_be_scanned(visit, begun, outcome)


async def end(visit: Visit) -> Response:
    """There is none any more; with a code of it, else who finds a browser open could take it away."""
    who, now = _visitor(visit), visit.site.clock()
    async with visit.site.database.begin() as connection:
        outcome = await visit.site.roles.second_factor.check(connection, who.key, visit.form.get("code", ""), now)
        if outcome == "right":
            await second_factors.remove(connection, who.key)
            await visit.note(connection)
        elif outcome == "wrong":
            await audit.add(connection, who.author, "bad_code", now)
    if outcome == "right":
        return visit.go(f"{PATH}?da=tat")
    return await _shown(visit, 409 if outcome == "none" else 422, outcome)


def _to_be_scanned(visit: Visit, begun: Begun, refused: str = "") -> Response:
    status = 422 if refused else 200
    return visit.show("second_factor.html", status, begun=begun, svg=Markup(begun.as_svg()), refused=refused)  # noqa: S704 - drawn here


async def _shown(visit: Visit, status: int = 200, refused: str = "") -> Response:
    key = _visitor(visit).key
    async with visit.site.database.read() as connection:
        is_on = await second_factors.is_on(connection, key)
        left = await second_factors.recovery_left(connection, key) if is_on else 0
    done = visit.request.query_params.get("da", "")
    return visit.show(
        "account.html",
        status,
        is_on=is_on,
        left=left,
        on_server=not key,
        refused=refused,
        done=done if done in _DONE else "",
    )


def _visitor(visit: Visit) -> Visitor:
    assert visit.visitor is not None
    return visit.visitor
