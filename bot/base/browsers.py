"""What every page has to do with a browser: the form it sends, whether that is from a page of ours, what it is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Mapping[str, str] = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What every answer of a page carries."""


class TooLong(Exception):
    """A form of more bytes or fields than any of ours."""


async def read_form(request: Request, most_bytes: int, most_fields: int) -> dict[str, str]:
    """What was posted, the last of each name; raises TooLong and ClientDisconnect."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most_bytes:
            raise TooLong
    try:
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=most_fields)
    except ValueError:
        raise TooLong from None
    return dict(fields)


def is_from_elsewhere(request: Request, names: Collection[str]) -> bool:
    """Whether the browser says that a page of another site sent this; one that says nothing still needs the token.

    Our own pages give no referrer, so that browsers call their origin «null». `names`: those of this site.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin", "null")
    if origin == "null":
        return False
    try:
        host = urlsplit(origin).hostname
    except ValueError:
        return True
    return not {host, f"[{host}]"} & set(names)


class WithHeaders:
    """Puts headers on every answer, whoever makes it; an answer that has one keeps its own."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
