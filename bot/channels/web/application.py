"""The chat page as an ASGI application: the talk, what is typed and pressed, pictures, and the page behind a poster.

Every form works without a script. Who posts needs the token of their page; nothing is asked twice by a form that was
sent twice, for it carries the number of its delivery.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib import resources
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.base import browsers, logs
from bot.base.browsers import TooLong, WithHeaders, is_from_elsewhere, read_form
from bot.base.settings import WayIn
from bot.channels.web.channel import ChatPlace, Deed, WebChannel
from bot.channels.web.door import Door, Guest, give
from bot.channels.web.page import ChatPages
from bot.channels.web.throttle import Throttles, TooFast
from bot.desk.sign_in import csrf_fits, csrf_token
from bot.storage import shares
from bot.storage.database import StorageDown
from bot.storage.talks import TalkLine
from handlers.dialogue.context import BUTTON_BYTES
from handlers.dialogue.turn import Document, Picture, Text
from handlers.welcome import well_formed

log = logging.getLogger(__name__)

_FILES: Mapping[str, str] = {
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "icon-192.png": "image/png",
    "icon-512.png": "image/png",
    "manifest.webmanifest": "application/manifest+json",
}
_SHOWN = ("/", "/noi", "/moi", "/anh/{number:int}.png", "/tep/{number:int}", "/c/{code}", "/da-xoa")
PATHS = (*_SHOWN, *(f"/{name}" for name in _FILES))
"""Every address of the page: a reverse proxy passes these on, and no others."""
_FORM_BYTES = 32_768
_FORM_FIELDS = 10
_LONGEST = 4_000
"""Letters of one message; the page itself lets 2,000 be typed."""
_DELIVERY_BYTES = 9
"""What a delivery is known by is short, for it stands in the data of buttons."""

ChatAnswer = Callable[[Request], Awaitable[Response]]


class ChatPage:
    """Answers what browsers ask."""

    def __init__(
        self, channel: WebChannel, ways: Callable[[str], Sequence[WayIn]], office: str, throttles: Throttles
    ) -> None:
        self._channel = channel
        self._ways = ways
        self._door = Door(channel.desk.database, channel.desk.keys, bool(channel.place.embed_hosts))
        self._pages = ChatPages(office)
        self._throttles = throttles
        self._names = own_names(channel.place)

    # --- what is looked at

    async def talk(self, request: Request) -> Response:
        """The page: the talk so far, or the welcome."""
        await self._throttles.looking.keep(_sender(request))
        guest = await self._door.guest(request, self._channel.clock(), rotate=True)
        return await self._page(guest, form={"start": request.query_params.get("c", "")})

    async def news(self, request: Request) -> Response:
        """What came after a line, for the script."""
        await self._throttles.looking.keep(_sender(request))
        guest = await self._door.guest(request, self._channel.clock())
        found = await self._channel.shown(guest, _number(request.query_params.get("sau", ""))) if guest.known else []
        return JSONResponse({"lines": self._pages.lines(found), "known": guest.known})

    async def picture(self, request: Request) -> Response:
        """A picture of the own talk, made when it is asked for."""
        line = await self._own_line(request)
        if line is None or not isinstance(line.said, Picture):
            return await self._not_found(request)
        try:
            made = await self._channel.pictures(line.said)
        except (KeyError, ValueError) as error:
            log.error("picture %s can't be made: %s", line.said.name, logs.told(error))
            return await self._not_found(request)
        return Response(made, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})

    async def file(self, request: Request) -> Response:
        """A file of the own talk."""
        line = await self._own_line(request)
        if line is None or not isinstance(line.said, Document):
            return await self._not_found(request)
        return Response(line.said.content, media_type="application/octet-stream")

    async def landing(self, request: Request) -> Response:
        """The page behind a poster: the ways to the assistant. It remembers nothing and gives no cookie."""
        await self._throttles.looking.keep(_sender(request))
        code = request.path_params["code"]
        if not well_formed(code):
            return await self._not_found(request)
        ways = [each for each in self._ways(code) if each.channel != self._channel.name and (each.link or each.called)]
        return HTMLResponse(self._pages.render("landing.html", code=code, ways=ways, of_share=shares.is_form_of(code)))

    async def deleted(self, request: Request) -> Response:
        """The page after everything was deleted."""
        said = self._channel.desk.resources.texts.say("privacy.deleted")
        return HTMLResponse(self._pages.render("deleted.html", deleted=said))

    # --- what is done

    async def say(self, request: Request) -> Response:
        """Something typed or pressed: its answer is in the talk when this returns."""
        await self._throttles.sending.keep(_sender(request))  # before anything is read: a flood costs nothing more
        guest = await self._door.guest(request, self._channel.clock())
        form: Mapping[str, str] = {}
        try:
            form = await read_form(request, _FORM_BYTES, _FORM_FIELDS)
            own = csrf_fits(guest.secret, form.get("csrf", ""))
            if not own or is_from_elsewhere(request, self._names):
                return await self._instead(request, guest, form, 403, "old")
            if any(len(form.get(name, "")) > _LONGEST for name in ("text", "say")):
                return await self._instead(request, guest, form, 413, "too_long")
            await self._throttles.person.keep(guest.key)
            return await self._carried_out(request, guest, form)
        except TooLong:
            return await self._instead(request, guest, form, 413, "too_long")
        except TooFast as error:
            refused = await self._instead(request, guest, form, 429, "too_fast")
            refused.headers["Retry-After"] = str(max(1, round(error.seconds)))
            return refused
        except StorageDown:  # which the database has told
            return await self._instead(request, guest, form, 503, "storage")

    async def _carried_out(self, request: Request, guest: Guest, form: Mapping[str, str]) -> Response:
        done, remembered = await self._done(guest, form), True
        for did in done:
            remembered = await self._channel.take(guest, did)
        if not remembered:
            return self._forgotten(request, guest)
        if _wants_json(request):
            found = await self._channel.shown(guest, _number(form.get("sau", "")))
            return JSONResponse({"lines": self._pages.lines(await self._changed(guest, form, found))})
        asked = done[-1].delivery if done else ""
        lines = await self._channel.shown(guest)
        at = next((each.id for each in lines if asked and each.delivery == asked), None)
        return RedirectResponse("/" if at is None else f"/#l{at}", 303)

    async def _done(self, guest: Guest, form: Mapping[str, str]) -> list[Deed]:
        """What a form says was done: a start by a link, and after it what was typed or pressed."""
        number = form.get("d", "") or secrets.token_urlsafe()

        def known_by(kind: str, text: str) -> str:
            mark = hashlib.sha256(json.dumps([guest.secret, number, kind, text]).encode()).digest()
            return base64.urlsafe_b64encode(mark[:_DELIVERY_BYTES]).decode()

        done: list[Deed] = []
        if "start" in form:
            done.append(Deed("start", form["start"], known_by("start", form["start"])))
        if form.get("press"):
            line, _, data = form["press"].partition("|")
            label, pressed = await self._label(guest, line, data), _number(line)
            known = known_by("press", form["press"])
            done.append(Deed("press", data[:BUTTON_BYTES], known, label, str(pressed) if pressed else None))
        else:
            text = (form.get("say") or form.get("text") or "").replace("\r\n", "\n").strip()
            if text:
                done.append(Deed("text", text, known_by("text", text), text))
        return done

    async def _label(self, guest: Guest, line: str, data: str) -> str:
        """What stands on a button of the talk; '' for one that only a page gone back to shows."""
        found = await self._channel.line(guest, _number(line))
        if found is None or not isinstance(found.said, Text):
            return ""
        return next((each.label for row in found.said.buttons for each in row if each.data == data), "")

    async def _changed(self, guest: Guest, form: Mapping[str, str], found: list[TalkLine]) -> list[TalkLine]:
        """What came, and before it the line of the button that was pressed, for an answer may stand in its place."""
        pressed = _number(form.get("press", "").partition("|")[0])
        if not pressed or any(each.id == pressed for each in found):
            return found
        line = await self._channel.shown_anew(guest, pressed)
        return found if line is None else [line, *found]

    def _forgotten(self, request: Request, guest: Guest) -> Response:
        gone: Response = RedirectResponse("/da-xoa", 303)
        if _wants_json(request):
            gone = JSONResponse({"go": "/da-xoa"})
        give(gone, self._door.stranger(guest.framed))
        return gone

    # --- what is said instead

    async def _instead(
        self, request: Request, guest: Guest, form: Mapping[str, str], status: int, why: str
    ) -> Response:
        """The page with what was typed still in it, and why it was not sent."""
        said = self._pages.words[why]
        if _wants_json(request):
            answer: Response = JSONResponse({"notice": said, "csrf": csrf_token(guest.secret)}, status)
            if guest.given:
                give(answer, guest)
            return answer
        try:
            return await self._page(guest, status, said, form)
        except StorageDown:
            return self._shown(guest, [], status, said, form)

    async def _page(
        self, guest: Guest, status: int = 200, notice: str = "", form: Mapping[str, str] | None = None
    ) -> Response:
        lines = await self._channel.shown(guest) if guest.known else []
        return self._shown(guest, lines, status, notice, form or {})

    def _shown(
        self, guest: Guest, lines: list[TalkLine], status: int, notice: str, form: Mapping[str, str]
    ) -> Response:
        """The page; what was posted and not done stands in it again, with its number, for it may be done already."""
        code = form.get("start", "")
        page = self._pages.chat(
            self._channel.desk.resources,
            lines,
            csrf=csrf_token(guest.secret),
            delivery=form.get("d") or secrets.token_urlsafe(12),
            start=code if code or not guest.known else None,
            notice=notice,
            draft=form.get("text", "")[:_LONGEST],
            known=guest.known,
        )
        response = HTMLResponse(page, status)
        if guest.given or not guest.known:
            give(response, guest)
        return response

    async def _own_line(self, request: Request) -> TalkLine | None:
        await self._throttles.looking.keep(_sender(request))
        guest = await self._door.guest(request, self._channel.clock())
        number = _number(str(request.path_params["number"]))
        return await self._channel.line(guest, number) if guest.known and number else None

    async def _not_found(self, request: Request, error: Exception | None = None) -> Response:
        guest = await self._door.guest(request, self._channel.clock())
        return await self._page(guest, 404, self._pages.words["not_found"])

    def answered(self, answer: ChatAnswer) -> ChatAnswer:
        """Whatever goes wrong becomes a page that says so, and a line of the log that quotes nobody."""

        async def told(request: Request) -> Response:
            try:
                return await answer(request)
            except ClientDisconnect:
                return Response(status_code=400)
            except asyncio.CancelledError:  # told to stop, with the server: the browser sends it again
                return self._failed(request, 503, "storage")
            except TooFast as error:
                return self._failed(request, 429, "too_fast", {"Retry-After": str(max(1, round(error.seconds)))})
            except StorageDown:
                return self._failed(request, 503, "storage")
            except Exception as error:
                log.error("the chat page failed: %s", logs.told(error))
                return self._failed(request, 500, "broken")

        return told

    def _failed(self, request: Request, status: int, why: str, headers: Mapping[str, str] | None = None) -> Response:
        """Why there is no answer, where not even the page can be shown; its script tells it in the page."""
        said = self._pages.words[why]
        if _wants_json(request):
            return JSONResponse({"notice": said}, status, headers)
        return Response(said, status, headers, "text/plain")


def application(
    channel: WebChannel,
    ways: Callable[[str], Sequence[WayIn]],
    office: str = "",
    throttles: Throttles | None = None,
) -> Starlette:
    """The chat page of a channel, without a server; `ways` tells how people come to each channel by a code."""
    page = ChatPage(channel, ways, office, throttles or Throttles.usual())
    shown = (page.talk, _home, page.news, page.picture, page.file, page.landing, page.deleted)
    routes = [
        Route("/noi", page.answered(page.say), methods=["POST"]),
        *(Route(path, page.answered(answer), methods=["GET"]) for path, answer in zip(_SHOWN, shown, strict=True)),
        *(_file(name) for name in _FILES),
    ]

    async def not_found(request: Request, error: Exception) -> Response:
        return await page.answered(page._not_found)(request)

    return Starlette(
        routes=routes,
        middleware=[
            Middleware(WithHeaders, headers=headers(channel.place)),
            Middleware(TrustedHostMiddleware, allowed_hosts=own_names(channel.place), www_redirect=False),
        ],
        exception_handlers={404: not_found, 405: not_found},
    )


def headers(place: ChatPlace) -> Mapping[str, str]:
    """What every answer carries: nothing from elsewhere, no script in the page, no frame but where it is allowed."""
    ancestors = " ".join(f"https://{host}" for host in place.embed_hosts) or "'none'"
    made = {
        **browsers.HEADERS,
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        f"connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors {ancestors}; base-uri 'none'",
    }
    return made if place.embed_hosts else {**made, "X-Frame-Options": "DENY"}


def own_names(place: ChatPlace) -> list[str]:
    """The names by which the page may be asked for."""
    public = urlsplit(place.address).hostname
    return [name for name in (public, place.host, "127.0.0.1", "localhost", "[::1]") if name]


async def _home(request: Request) -> Response:
    """Who reloads an address that is only posted to."""
    return RedirectResponse("/", 303)


def _file(name: str) -> Route:
    """A file of the page itself, the same for everybody."""
    content = (resources.files("bot.channels.web") / name).read_bytes()

    async def give_file(request: Request) -> Response:
        return Response(content, media_type=_FILES[name], headers={"Cache-Control": "max-age=3600"})

    return Route(f"/{name}", give_file, methods=["GET"])


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "") == "application/json"


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else 0


def _sender(request: Request) -> str:
    """The network an address is of: one household of IPv6 has many."""
    host = request.client.host if request.client is not None else ""
    return ":".join(host.split(":")[:4]) if ":" in host else host
