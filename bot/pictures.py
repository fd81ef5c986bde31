"""Makes the pictures a conversation asks for, by name, off the event loop."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Mapping

import segno

from handlers.talk import Picture


def qr_png(link: str, scale: int = 12) -> bytes:
    """A QR code of a link as PNG, with the quiet zone scanners need."""
    written = io.BytesIO()
    segno.make(link, error="m").save(written, kind="png", scale=scale, border=4)
    return written.getvalue()


def qr_svg(link: str) -> bytes:
    """The same as SVG, for printing at any size."""
    written = io.BytesIO()
    segno.make(link, error="m").save(written, kind="svg", scale=10, border=4, xmldecl=True)
    return written.getvalue()


_MAKERS: Mapping[str, Callable[[Mapping[str, str | int]], bytes]] = {
    "qr": lambda figures: qr_png(str(figures["link"])),
}


async def make(picture: Picture) -> bytes:
    """The PNG of a picture; KeyError for a name no maker has."""
    return await asyncio.to_thread(_MAKERS[picture.name], picture.figures)
