"""Pictures for Zalo, which fetches them from an address of ours: each under a name nobody can guess, for a day."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.base import logs
from bot.channels.webhook import WebhookPlace
from bot.channels.zalo.api import NAME
from bot.desk.plain_chats import PlainChats
from bot.storage.database import StorageDown
from handlers.dialogue.turn import Picture

log = logging.getLogger(__name__)

_FOLDER = "/anh/"
_ENDING = ".png"
_HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
}


class PictureShelf:
    """Puts pictures up and serves them, below the address of the webhook; drawn when they are fetched."""

    def __init__(self, place: WebhookPlace, chats: PlainChats, pictures: Callable[[Picture], Awaitable[bytes]]) -> None:
        self._place = place
        self._chats = chats
        self._pictures = pictures

    async def put_up(self, chat: str, picture: Picture) -> str:
        """The address of a picture for a chat; raises what its maker raises, and StorageDown."""
        await self._pictures(picture)  # kept by its maker: one that can't be drawn is told in words
        return f"{self._place.url}{_FOLDER}{await self._chats.show(NAME, chat, picture)}{_ENDING}"

    def holds(self, path: str) -> bool:
        """Whether an address may be that of a picture."""
        return path.startswith(f"{self._place.path}{_FOLDER}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        await (await self._answer(Request(scope, receive)))(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        name = request.scope["path"].removeprefix(f"{self._place.path}{_FOLDER}")
        if request.method not in ("GET", "HEAD") or not name.endswith(_ENDING):
            return Response(status_code=404)
        try:
            picture = await self._chats.picture(name.removesuffix(_ENDING))
            content = None if picture is None else await self._pictures(picture)
        except StorageDown:
            return Response(status_code=503)
        except Exception as error:
            log.error("a picture can't be made: %s", logs.told(error))
            return Response(status_code=500)
        return Response(status_code=404) if content is None else Response(content, 200, _HEADERS, "image/png")
