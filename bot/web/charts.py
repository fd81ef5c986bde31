"""Charts as SVG: where each line, dot and bar stands, for the templates to draw; the words stay there."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.steps import steps

WIDTH, HEIGHT = 400, 230
LEFT, RIGHT = 60, 390
_TOP, _BOTTOM = 14, 34
_HALF_LABEL = 34
"""How far the longest words under the axis («T11/26») reach from their middle, where letters are largest."""
_STEPS = (0.5, 0.25, 0.2, 0.1, 0.05)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A share with its interval, as fractions; None where nothing was counted. `n`: of how many.

    `days`: of how many, where it is a part that was cut short by the ends of what is shown; `span`: from when to when.
    """

    label: str
    share: float | None
    interval: tuple[float, float] | None
    n: int
    days: int | None = None
    span: tuple[datetime.date, datetime.date] | None = None


@dataclass(frozen=True, slots=True)
class TrendDot:
    """A point that was counted, in its place."""

    x: float
    y: float
    point: TrendPoint


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target for as long as it holds: from where to where, its height, the share."""

    x: float
    to: float
    y: float
    share: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A line of shares over time with the band of their intervals, on an axis that ends at 100 %."""

    dots: Sequence[TrendDot]
    line: str
    band: str
    ticks: Sequence[tuple[float, float]]
    """(height, share)."""
    labels: Sequence[tuple[float, str]]
    """(place, words) under the axis."""
    targets: Sequence[TargetLine]


def trend(points: Sequence[TrendPoint], targets: Sequence[float | None]) -> Trend:
    """Where each point of a trend stands, and the target of each; a gap in the points is a gap in the dots only."""
    lows = [point.interval[0] for point in points if point.interval is not None]
    least = min([*lows, *(target for target in targets if target is not None), 0.9])
    bottom = max(0.0, (int(least * 10) - 1) / 10)
    step = next(step for step in _STEPS if (1 - bottom) / step >= 4 or step == _STEPS[-1])
    inner_width, inner_height = RIGHT - LEFT, HEIGHT - _TOP - _BOTTOM

    def edge(place: float) -> float:
        return round(LEFT + inner_width * place / len(points), 1)

    def x(place: int) -> float:
        return edge(place + 0.5)

    def y(share: float) -> float:
        return round(_TOP + inner_height * (1 - share) / (1 - bottom), 1)

    counted = [(x(place), point) for place, point in enumerate(points) if point.share is not None]
    dots = [TrendDot(at, y(point.share), point) for at, point in counted if point.share is not None]
    edges = [(at, point.interval) for at, point in counted if point.interval is not None]
    upper = [f"{at},{y(interval[1])}" for at, interval in edges]
    lower = [f"{at},{y(interval[0])}" for at, interval in reversed(edges)]
    count = int((1 - bottom) / step + 1e-9)
    return Trend(
        dots,
        " ".join(f"{dot.x},{dot.y}" for dot in dots),
        " ".join(upper + lower),
        [(y(1 - number * step), 1 - number * step) for number in range(count + 1)],
        [
            (min(x(place), WIDTH - _HALF_LABEL), point.label)
            for place, point in enumerate(points)
            if _labelled(place, len(points))
        ],
        [TargetLine(edge(first), edge(last + 1), y(target), target) for target, first, last in steps(targets)],
    )


def _labelled(place: int, count: int) -> bool:
    """The last one, and three before it at most: on a phone the letters are larger than the axis is long."""
    every = max(1, -(-count // 4))
    return (count - 1 - place) % every == 0


@dataclass(frozen=True, slots=True)
class CountBar:
    """One bar: its left edge, top, width and height; what it counts."""

    x: float
    y: float
    width: float
    height: float
    label: str
    n: int


def bars(counts: Sequence[tuple[str, int]]) -> Sequence[CountBar]:
    """Bars side by side, the highest as high as the chart."""
    most = max([n for _, n in counts], default=0) or 1
    wide, high = (RIGHT - LEFT) / max(1, len(counts)), HEIGHT - _TOP - _BOTTOM
    return [
        CountBar(
            round(LEFT + wide * (place + 0.1), 1),
            round(_TOP + high * (1 - n / most), 1),
            round(wide * 0.8, 1),
            round(high * n / most, 1),
            label,
            n,
        )
        for place, (label, n) in enumerate(counts)
    ]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a whole, as a stretch of a bar of 400."""

    x: float
    width: float
    name: str
    n: int
    share: float


def pieces(counts: Sequence[tuple[str, int]]) -> Sequence[Piece]:
    """Parts of a whole one after another; none of nothing."""
    whole, before = sum(n for _, n in counts), 0
    found = []
    for name, n in counts:
        if n:
            found.append(Piece(round(WIDTH * before / whole, 2), round(WIDTH * n / whole, 2), name, n, n / whole))
        before += n
    return found
