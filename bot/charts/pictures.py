"""Makes the pictures a conversation asks for, by name, off the event loop."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from handlers.dialogue.turn import Picture, PictureFigure

Maker = Callable[[Mapping[str, PictureFigure]], bytes]


def qr_png(link: str, scale: int = 12) -> bytes:
    """A QR code of a link as PNG, with the quiet zone scanners need."""
    return _qr(link, kind="png", scale=scale)


def qr_svg(link: str) -> bytes:
    """The same as SVG, for printing at any size."""
    return _qr(link, kind="svg", scale=10, xmldecl=True)


def _qr(link: str, **drawn: Any) -> bytes:
    import segno  # loaded at the first code, as Pillow is at the first chart

    written = io.BytesIO()
    segno.make(link, error="m").save(written, border=4, **drawn)
    return written.getvalue()


def _chart(name: str) -> Maker:
    def draw(figures: Mapping[str, PictureFigure]) -> bytes:
        from bot.charts.drawing import png  # Pillow is loaded at the first chart

        return png(name, figures)

    return draw


_MAKERS: Mapping[str, Maker] = {
    "qr": lambda figures: qr_png(str(figures["link"])),
    "pension_by_income": _chart("pension_by_income"),
    "payment_and_support": _chart("payment_and_support"),
    "paid_and_received": _chart("paid_and_received"),
    "withdraw_or_wait": _chart("withdraw_or_wait"),
    "plan": _chart("plan"),
    "satisfaction_trend": _chart("satisfaction_trend"),
}
_KEPT = 64
_ONE_AT_A_TIME = ThreadPoolExecutor(1, "pictures")
"""Several at a time would take more memory, and keep the conversations beside them waiting: docs/benchmarks.md."""


@lru_cache(maxsize=_KEPT)
def _made(name: str, figures: tuple[tuple[str, PictureFigure], ...]) -> bytes:
    return _MAKERS[name](dict(figures))


def _make(picture: Picture) -> bytes:
    return _made(picture.name, tuple(sorted(picture.figures.items())))


async def make(picture: Picture) -> bytes:
    """The PNG of a picture, kept for the next who asks for the same; KeyError for a name no maker has.

    What its figures are is said by its maker in `bot/charts`; those it can't be drawn from are a KeyError or a
    ValueError.
    """
    return await asyncio.get_running_loop().run_in_executor(_ONE_AT_A_TIME, _make, picture)
