"""What stands on a sheet: words, bars, cards, lines and dots, and how each is painted.

Edges along those of the sheet are put on whole pixels and stay sharp; all others are drawn larger and scaled down.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from PIL import Image, ImageDraw

from bot.charts import letters
from bot.charts.letters import Box

Point = tuple[float, float]

_LARGER = 4
_CORNER = 22
_DASH = 4
"""How long a dash is, and the gap after it, in widths of the line."""
_DOT, _RIM = 9.5, 14.5
"""How far a dot and the rim around it reach from the middle."""


class Mark(Protocol):
    """Something on a sheet; places and lengths are in pixels from the top left corner."""

    def paint(self, image: Image.Image) -> None: ...


@dataclass(frozen=True, slots=True)
class Words:
    """A line of type: `size` is how far below its top `y` the letters stand."""

    text: str
    x: float
    y: float
    size: float
    color: str
    bold: bool

    @property
    def box(self) -> Box:
        """The pixels it takes up."""
        return letters.box(self.text, self.x, self._baseline, self.size, self.bold)

    @property
    def _baseline(self) -> int:
        return _pixel(self.y + self.size)

    def paint(self, image: Image.Image) -> None:
        box = self.box
        image.paste(self.color, box, letters.ink(self.text, box, self.x, self._baseline, self.size, self.bold))


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle from its top left corner."""

    x: float
    y: float
    wide: float
    high: float
    color: str

    def paint(self, image: Image.Image) -> None:
        image.paste(self.color, _edges(self.x, self.y, self.x + self.wide, self.y + self.high))


@dataclass(frozen=True, slots=True)
class Card:
    """A filled rectangle with round corners, from where its top left one would be."""

    x: float
    y: float
    wide: float
    high: float
    color: str

    def paint(self, image: Image.Image) -> None:
        left, top, right, bottom = _edges(self.x, self.y, self.x + self.wide, self.y + self.high)
        for x in (left + _CORNER, right - _CORNER):
            for y in (top + _CORNER, bottom - _CORNER):
                _paint_circle(image, (x, y), _CORNER, self.color)
        image.paste(self.color, (left + _CORNER, top, right - _CORNER, bottom))
        image.paste(self.color, (left, top + _CORNER, right, bottom - _CORNER))


@dataclass(frozen=True, slots=True)
class Line:
    """A line through the points, with round ends where it is neither upright nor level."""

    points: tuple[Point, ...]
    color: str
    wide: float
    dashed: bool = False

    def paint(self, image: Image.Image) -> None:
        for part in self._dashes() if self.dashed else (self.points,):
            if _along_an_edge(part):
                self._paint_sharp(image, part)
            else:
                self._paint_soft(image, part)

    def _dashes(self) -> Iterator[tuple[Point, Point]]:
        for (x, y), (to_x, to_y) in pairwise(self.points):
            length, dash = math.hypot(to_x - x, to_y - y), _DASH * self.wide
            for number in range(math.ceil(length / (2 * dash))):
                start, end = (min(1.0, each * dash / length) for each in (2 * number, 2 * number + 1))
                yield (
                    (x + (to_x - x) * start, y + (to_y - y) * start),
                    (x + (to_x - x) * end, y + (to_y - y) * end),
                )

    def _paint_sharp(self, image: Image.Image, points: Sequence[Point]) -> None:
        (left, top), (right, bottom) = min(points), max(points)
        wide = max(1, round(self.wide))
        if left == right:
            x = _pixel(left - wide / 2)
            image.paste(self.color, (x, _pixel(top), x + wide, _pixel(bottom)))
        else:
            y = _pixel(top - wide / 2)
            image.paste(self.color, (_pixel(left), y, _pixel(right), y + wide))

    def _paint_soft(self, image: Image.Image, points: Sequence[Point]) -> None:
        across, down, room = [x for x, _ in points], [y for _, y in points], self.wide
        larger = _Larger(_edges(min(across) - room, min(down) - room, max(across) + room, max(down) + room))
        larger.pen.line([larger.at(point) for point in points], 255, round(self.wide * _LARGER))
        for point in points:
            larger.circle(point, self.wide / 2)
        larger.paint(image, self.color)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point that is meant, with a rim that sets it off from the lines under it."""

    x: float
    y: float
    color: str
    rim: str

    def paint(self, image: Image.Image) -> None:
        _paint_circle(image, (self.x, self.y), _RIM, self.rim)
        _paint_circle(image, (self.x, self.y), _DOT, self.color)


class _Larger:
    """A part of the sheet, drawn larger in grey: 255 where the color goes."""

    def __init__(self, edges: Box) -> None:
        left, top, right, bottom = self._edges = edges
        self.grey = Image.new("L", (_LARGER * (right - left), _LARGER * (bottom - top)))
        self.pen = ImageDraw.Draw(self.grey)

    def at(self, point: Point) -> Point:
        """Where a point of the sheet is here."""
        return (point[0] - self._edges[0]) * _LARGER, (point[1] - self._edges[1]) * _LARGER

    def circle(self, middle: Point, reach: float) -> None:
        (x, y), long = self.at(middle), reach * _LARGER
        self.pen.ellipse((x - long, y - long, x + long - 1, y + long - 1), 255)

    def paint(self, image: Image.Image, color: str) -> None:
        image.paste(color, self._edges, self.grey.reduce(_LARGER))


def _paint_circle(image: Image.Image, middle: Point, reach: float, color: str) -> None:
    (x, y), room = middle, math.ceil(reach) + 1
    larger = _Larger(_edges(x - room, y - room, x + room, y + room))
    larger.circle(middle, reach)
    larger.paint(image, color)


def _along_an_edge(points: Sequence[Point]) -> bool:
    """Whether a line is upright or level."""
    return len({x for x, _ in points}) == 1 or len({y for _, y in points}) == 1


def _edges(left: float, top: float, right: float, bottom: float) -> Box:
    return _pixel(left), _pixel(top), _pixel(right), _pixel(bottom)


def _pixel(at: float) -> int:
    """The nearest edge between pixels; two lengths that differ in the last digit of a float end at the same one."""
    return math.floor(round(at, 3) + 0.5)
