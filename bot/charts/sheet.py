"""A sheet to draw on: phone-sized, measured in pixels from the top left corner."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Literal

from PIL import Image

from bot.charts import letters
from bot.charts.marks import Bar, Card, Dot, Line, Mark, Point, Words

WIDTH, HEIGHT, MARGIN = 1080, 1350, 64
INNER = WIDTH - 2 * MARGIN

TITLE, LABEL, BODY, SMALL, FOOT = 62, 44, 38, 34, 32
"""Heights of type in pixels; a phone shows the sheet at about a third."""
LINE = 1.36
"""From one line to the next: Vietnamese letters carry two marks above each other."""

PAPER, INK, MUTED, FAINT = "#ffffff", "#16262e", "#4d5f69", "#dde5e8"
FIRST, FIRST_PALE, FIRST_LIGHT = "#00695c", "#8fb9b3", "#e3f1ef"
SECOND, SECOND_LIGHT = "#b45309", "#fcefdd"

_COLORS = 256
_TOGETHER = re.compile(r"(?<=\d) (?=(?:đ|năm|tháng|triệu|tỷ)(?!\w))|(?<=tháng) (?=\d)")

Align = Literal["left", "center", "right"]
_BEFORE: dict[Align, float] = {"left": 0, "center": 0.5, "right": 1}
"""How much of a line stands before the place it is aligned to."""


class Sheet:
    """One picture being drawn: the marks on it, painted at the end, so that a test can see where all of them stand."""

    def __init__(self, wide: int = WIDTH, high: int = HEIGHT) -> None:
        self.wide, self.high = wide, high
        self.marks: list[Mark] = []

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
        shown = letters.drawable(words, bold)
        wide = self.width(shown, size, bold)
        if wide:
            self.marks.append(Words(shown, x - _BEFORE[align] * wide, y, size, color, bold))

    def width(self, words: str, size: float, bold: bool = False) -> float:
        """How wide a line of these words is."""
        return letters.width(words, size, bold)

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
        self.marks.append(Bar(x, y, wide, high, color))

    def card(self, x: float, y: float, wide: float, high: float, color: str) -> None:
        """A filled rectangle with round corners."""
        self.marks.append(Card(x, y, wide, high, color))

    def line(self, points: Sequence[Point], color: str = MUTED, wide: float = 3, *, dashed: bool = False) -> None:
        """A line through the points."""
        self.marks.append(Line(tuple(points), color, wide, dashed))

    def dot(self, x: float, y: float, color: str) -> None:
        """A point that is meant."""
        self.marks.append(Dot(x, y, color, PAPER))

    # --- the end of it -------------------------------------------------------------------------

    def png(self) -> bytes:
        """The picture, in few colours: a third of the size on a slow line."""
        image = Image.new("RGB", (self.wide, self.high), PAPER)
        for mark in self.marks:
            mark.paint(image)
        written = io.BytesIO()
        few = image.quantize(_COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(written, "png", compress_level=3)
        return written.getvalue()
