"""Every request passes here: who asks, may they, is the form one of ours; and what every answer carries.

Nothing answers without a line in `application.ROUTES`, and every line says the least role it needs.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.base import browsers, logs
from bot.base.browsers import TooLong, is_from_elsewhere, read_form
from bot.desk.sign_in import Visitor, csrf_fits, csrf_token
from bot.storage import audit
from bot.storage.database import Connection, StorageDown
from bot.storage.sessions import SESSION_LASTS
from bot.web.site import Site, own_names
from handlers.dialogue.memory import Role
from handlers.handover.staff_commands import may

log = logging.getLogger(__name__)

COOKIE = "__Host-bhxh"
CSRF = "csrf"
DOWNLOAD = "download"
_FORM_BYTES = 65_536
_FORM_FIELDS = 50

HEADERS: Mapping[str, str] = {
    **browsers.HEADERS,
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class Denied(Exception):
    """A request that is not carried out: the status, and the name of the reason in `refused.html`."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to one page, by someone who may see it; `form` holds what was posted."""

    site: Site
    request: Request
    visitor: Visitor | None
    session: str
    form: Mapping[str, str] = field(default_factory=dict)
    action: str = ""
    """What the audit log calls what is done here; empty where a page is looked at."""
    notes: list[str] = field(default_factory=list)
    """What the audit log is told besides the numbers in the address; no word of a citizen."""
    noted: list[str] = field(default_factory=list)
    """What it was told so far."""

    async def note(self, connection: Connection, *about: str) -> None:
        """Tell the audit log what is done here, within the transaction that does it."""
        assert self.visitor is not None
        numbers = (str(each) for each in self.request.path_params.values() if isinstance(each, int))
        told = " ".join((*numbers, *self.notes, *about))
        await audit.add(connection, self.visitor.author, self.action, self.site.clock(), told)
        self.noted.append(self.action)

    def show(self, template: str, status: int = 200, **context: object) -> Response:
        """A page for this visitor."""
        csrf = csrf_token(self.session) if self.session else ""
        path = self.request.url.path.removeprefix(self.site.prefix)
        page = self.site.render(
            template,
            visitor=self.visitor,
            csrf=csrf,
            path=path,
            may=lambda least: self.visitor is not None and may(self.visitor.role, least),
            **context,
        )
        return HTMLResponse(page, status)

    def go(self, path: str) -> Response:
        """Send the browser on after something was done."""
        return RedirectResponse(self.site.prefix + path, 303)


PageHandler = Callable[[Visit], Awaitable[Response]]


def page(path: str, answer: PageHandler, least: Role = "viewer", *, before_code: bool = False) -> Route:
    """A page that changes nothing; a file that it gives is noted in the audit log under `DOWNLOAD`.

    `before_code`: also while the code of a second factor is due.
    """

    async def noted(visit: Visit) -> Response:
        given = await answer(visit)
        _, is_file, name = given.headers.get("content-disposition", "").partition("filename=")
        if is_file and visit.request.method == "GET":
            await _note_download(visit, name.strip('"'))  # before a letter of it is sent
        return given

    async def guarded(request: Request) -> Response:
        return await _answered(request, lambda: _visit(request, least, None, before_code), noted)

    return Route(path, guarded, methods=["GET"])


def action(path: str, carry_out: PageHandler, least: Role = "editor", *, before_code: bool = False) -> Route:
    """Something that is done: with the token of the session in the form, or not at all.

    It is noted in the audit log under `action_name(path)`, by `Visit.note` where it is done. What sends the browser on
    was done; where it was not noted so, that is made up for.
    """

    async def noted(visit: Visit) -> Response:
        answer = await carry_out(visit)
        if answer.status_code == 303 and not visit.noted and not before_code:  # which is noted as coming and going
            async with visit.site.database.begin() as connection:
                await visit.note(connection)
        return answer

    async def guarded(request: Request) -> Response:
        return await _answered(request, lambda: _visit(request, least, request, before_code, action_name(path)), noted)

    return Route(path, guarded, methods=["POST"])


def door(path: str, answer: PageHandler, method: str) -> Route:
    """What is open to everyone: the way in. A form needs its token here as well."""

    async def guarded(request: Request) -> Response:
        async def visit() -> Visit:
            session = request.cookies.get(COOKIE, "")
            form = await _own_form(request, session, signed_in=False) if method == "POST" else {}
            return Visit(_site(request), request, None, session, form)

        return await _answered(request, visit, answer)

    return Route(path, guarded, methods=[method])


def action_name(path: str) -> str:
    """What the audit log calls what is done at an address: «cau-hoi/gan»."""
    return "/".join(part for part in path.strip("/").split("/") if not part.startswith("{"))


async def _note_download(visit: Visit, file: str) -> None:
    assert visit.visitor is not None
    async with visit.site.database.begin() as connection:
        await audit.add(connection, visit.visitor.author, DOWNLOAD, visit.site.clock(), file)


def set_session(response: Response, session: str) -> None:
    """Give the browser a session id that no script, no other site and no plain connection gets to see."""
    response.set_cookie(
        COOKIE,
        session,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )


def clear_session(response: Response) -> None:
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")


def sender(request: Request) -> str:
    """The network address a request comes from."""
    return request.client.host if request.client is not None else ""


async def _visit(request: Request, least: Role, posted: Request | None, before_code: bool, action: str = "") -> Visit:
    """The visit of someone who is signed in and may do this; raises Denied."""
    site, session = _site(request), request.cookies.get(COOKIE, "")
    visitor = await site.entrance.visitor(session) if session else None
    if visitor is None:
        raise Denied(401, "no_session")
    if visitor.waits and not before_code:
        raise Denied(401, "code_due")
    if not may(visitor.role, least):
        raise Denied(403, "role")
    form = {} if posted is None else await _own_form(posted, session, signed_in=True)
    return Visit(site, request, visitor, session, form, action)


async def _own_form(request: Request, session: str, *, signed_in: bool) -> Mapping[str, str]:
    """What was posted, when it comes from a page of ours with the token of the session; raises Denied.

    A bad form of who is signed in (an old page, a browser gone back) is no try to come in, and keeps nobody out who
    shares their address.
    """
    if is_from_elsewhere(request, own_names(_site(request).settings.web)):
        log.warning("a form for the staff pages came from another site")
        raise Denied(403, "csrf")
    try:
        form = await read_form(request, _FORM_BYTES, _FORM_FIELDS)
    except TooLong:
        raise Denied(413, "too_long") from None
    if not session or not csrf_fits(session, form.get(CSRF, "")):
        if not signed_in:
            _site(request).attempts.failed(sender(request), _site(request).clock())
        log.warning("a form of the staff pages came without the token of its session")
        raise Denied(403, "csrf")
    return form


async def _answered(request: Request, visit: Callable[[], Awaitable[Visit]], answer: PageHandler) -> Response:
    """The answer; whatever goes wrong becomes a page that says so, and a line in the log that quotes nobody."""
    try:
        return await answer(await visit())
    except Denied as refusal:
        return refused(request, refusal.status, refusal.why)
    except StorageDown:  # which the database has told
        return refused(request, 503, "storage")
    except ClientDisconnect:
        return Response(status_code=400)
    except Exception as error:
        log.error("a staff page failed: %s", logs.told(error))
        return refused(request, 500, "broken")


def refused(request: Request, status: int, why: str) -> Response:
    """The page that says why not, and what to do."""
    return Visit(_site(request), request, None, "").show("refused.html", status, why=why)


def _site(request: Request) -> Site:
    site = request.app.state.site
    assert isinstance(site, Site)
    return site
