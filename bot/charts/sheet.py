"""A sheet to draw on: phone-sized, measured in pixels from the top left corner, in the font that ships with matplotlib.

A `Figure` without pyplot, cleared after use, so that drawing keeps no memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform
from PIL import Image

WIDTH, HEIGHT, MARGIN = 1080, 1350, 64
INNER = WIDTH - 2 * MARGIN
_DOTS_PER_INCH = 72  # one point is one pixel

TITLE, LABEL, BODY, SMALL, FOOT = 62, 44, 38, 34, 32
"""Heights of type in pixels; a phone shows the sheet at about a third."""
LINE = 1.36
"""From one line to the next: Vietnamese letters carry two marks above each other."""

PAPER, INK, MUTED, FAINT = "#ffffff", "#16262e", "#4d5f69", "#dde5e8"
FIRST, FIRST_PALE, FIRST_LIGHT = "#00695c", "#8fb9b3", "#e3f1ef"
SECOND, SECOND_LIGHT = "#b45309", "#fcefdd"

_COLORS = 256

Align = Literal["left", "center", "right"]
Point = tuple[float, float]


@cache
def _font(bold: bool) -> str:
    """The file of the font, every Vietnamese letter in it."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return str(Path(mpl.get_data_path()) / "fonts" / "ttf" / name)


@cache
def _letters(bold: bool) -> frozenset[int]:
    return frozenset(get_font(_font(bold)).get_charmap())


def drawable(words: str, bold: bool = False) -> str:
    """The words without what the font has no letter for (emoji), blanks made single."""
    return " ".join("".join(each for each in words if each.isspace() or ord(each) in _letters(bold)).split())


_MEASURED_AT = 100
_TOGETHER = re.compile(r"(?<=\d) (?=(?:đ|năm|tháng|triệu|tỷ)(?!\w))|(?<=tháng) (?=\d)")


@lru_cache(maxsize=4096)
def _measure(words: str, bold: bool) -> float:
    """How wide the words are at 100 pixels."""
    font = get_font(_font(bold))
    font.set_size(_MEASURED_AT, _DOTS_PER_INCH)
    font.set_text(drawable(words, bold), 0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64


class Sheet:
    """One picture being drawn. Every text is drawn by `text`, so that a test can see where all of them stand."""

    def __init__(self) -> None:
        size = (WIDTH / _DOTS_PER_INCH, HEIGHT / _DOTS_PER_INCH)
        self.figure = Figure(figsize=size, dpi=_DOTS_PER_INCH, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(self.figure)

    # --- words ---------------------------------------------------------------------------------

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = BODY,
        *,
        color: str = INK,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """One line whose top is at `y`."""
        shown = drawable(words, bold)
        if not shown:
            return
        line = Text(
            x,
            HEIGHT - y - size,
            shown,
            fontproperties=FontProperties(fname=_font(bold), size=size),
            color=color,
            horizontalalignment=align,
            verticalalignment="baseline",
            transform=IdentityTransform(),
            parse_math=False,
        )
        self.figure.add_artist(line)

    def width(self, words: str, size: float, bold: bool = False) -> float:
        """How wide a line of these words is."""
        return _measure(words, bold) * size / _MEASURED_AT

    def fitting(self, words: str, size: float, room: float, bold: bool = False) -> float:
        """The size at which a line fits into the room: the wanted one, or smaller."""
        wide = self.width(words, size, bold)
        return size if wide <= room else size * room / wide

    def lines(self, words: str, size: float, room: float, bold: bool = False) -> list[str]:
        """The words broken into lines that fit into the room; a line break stays one, a number keeps its unit."""
        space = self.width("n n", size, bold) - self.width("nn", size, bold)
        found: list[str] = []
        for part in _TOGETHER.sub("\u00a0", words).split("\n"):
            line, filled = "", 0.0
            for word in filter(None, re.split(r"[ \t]+", part)):
                wide = self.width(word, size, bold)
                if line and filled + space + wide > room:
                    found.append(line)
                    line, filled = word, wide
                else:
                    line, filled = f"{line} {word}".strip(), filled + space * bool(line) + wide
            if line:
                found.append(line)
        return found

    def paragraph(
        self,
        x: float,
        y: float,
        words: str,
        size: float = BODY,
        *,
        room: float = INNER,
        color: str = INK,
        bold: bool = False,
        most: int = 9,
    ) -> float:
        """The words over as many lines as they need, at most `most`; returns where the next line may begin."""
        lines = self.lines(words, size, room, bold)
        if len(lines) > most:
            lines = [*lines[: most - 1], f"{lines[most - 1]}…"] if most > 0 else []
        for line in lines:
            self.text(x, y, line, self.fitting(line, size, room, bold), color=color, bold=bold)
            y += size * LINE
        return y

    # --- shapes --------------------------------------------------------------------------------

    def bar(self, x: float, y: float, wide: float, high: float, color: str) -> None:
        """A filled rectangle from its top left corner."""
        self.figure.add_artist(
            Rectangle((x, HEIGHT - y - high), wide, high, facecolor=color, linewidth=0, transform=IdentityTransform())
        )

    def card(self, x: float, y: float, wide: float, high: float, color: str) -> None:
        """A filled rectangle with round corners."""
        corner = 22
        self.figure.add_artist(
            FancyBboxPatch(
                (x + corner, HEIGHT - y - high + corner),
                wide - 2 * corner,
                high - 2 * corner,
                boxstyle=f"round,pad={corner}",
                mutation_aspect=1,
                facecolor=color,
                linewidth=0,
                transform=IdentityTransform(),
            )
        )

    def area(self, points: Sequence[Point], color: str) -> None:
        """A filled outline."""
        self.figure.add_artist(
            Polygon([(x, HEIGHT - y) for x, y in points], facecolor=color, linewidth=0, transform=IdentityTransform())
        )

    def line(self, points: Sequence[Point], color: str = MUTED, wide: float = 3, *, dashed: bool = False) -> None:
        """A line through the points."""
        across, down = [x for x, _ in points], [HEIGHT - y for _, y in points]
        self.figure.add_artist(
            Line2D(
                across,
                down,
                color=color,
                linewidth=wide,
                linestyle=(0, (4, 4)) if dashed else "solid",
                solid_capstyle="round",
                solid_joinstyle="round",
                transform=IdentityTransform(),
            )
        )

    def dot(self, x: float, y: float, color: str) -> None:
        """A point that is meant."""
        self.figure.add_artist(
            Line2D(
                [x],
                [HEIGHT - y],
                marker="o",
                markersize=24,
                markerfacecolor=color,
                markeredgecolor=PAPER,
                markeredgewidth=5,
                transform=IdentityTransform(),
            )
        )

    # --- the end of it -------------------------------------------------------------------------

    def png(self) -> bytes:
        """The picture, in few colours: a third of the size on a slow line."""
        self._canvas.draw()  # type: ignore[no-untyped-call]
        pixels = self._canvas.buffer_rgba()  # type: ignore[no-untyped-call]
        drawn = Image.frombuffer("RGBA", (WIDTH, HEIGHT), pixels, "raw", "RGBA", 0, 1).convert("RGB")
        written = io.BytesIO()
        drawn.quantize(_COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            written, "png", compress_level=3
        )
        return written.getvalue()

    def clear(self) -> None:
        """Let go of everything drawn, and of the pixels at once: what holds them is a circle that waits for the
        next collection, and they are 6 MB.
        """
        self.figure.clear()
        vars(self._canvas.get_renderer()).clear()  # type: ignore[attr-defined, no-untyped-call]


@contextmanager
def new_sheet() -> Iterator[Sheet]:
    """An empty sheet, cleared afterwards. Type this large needs no hinting, and is drawn as wide as measured."""
    sheet = Sheet()
    try:
        with mpl.rc_context({"text.hinting": "no_hinting"}):
            yield sheet
    finally:
        sheet.clear()
