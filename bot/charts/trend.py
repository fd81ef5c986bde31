"""The chart of satisfaction week by week beside the target, for staff."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.charts.figures import Figures
from bot.charts.marks import Point
from bot.charts.page import head, say
from bot.charts.sheet import (
    BODY,
    FAINT,
    FIRST,
    FOOT,
    HEIGHT,
    INNER,
    LINE,
    MARGIN,
    MUTED,
    SECOND,
    SMALL,
    WIDTH,
    Sheet,
)

_WHOLE = 10_000
_LOWEST_TOP = 5_000
_STEP = 1_000
_LEFT, _RIGHT = MARGIN + 110, WIDTH - MARGIN - 20


def satisfaction_trend(sheet: Sheet, figures: Figures) -> None:
    """The index of each week with ratings, over all weeks shown, and the target.

    Figures: `labels` (a word for each week, in order), `places` (which of them have ratings, from 0, in order),
    `indexes` (of those, in hundredths of a percent: 8871 is 88,71 %), `ratings` (of those, how many); `target`
    (percent; left out: none). With no week rated the sheet says so.
    """
    labels = figures.names("labels")
    rated = figures.rows("places", "indexes", "ratings") if "places" in figures else []
    if any(place >= len(labels) or index > _WHOLE for place, index, _ in rated):
        raise ValueError("places must be among the labels, and an index is at most 10000")
    target = figures.whole("target", 0)
    subtitle = say("trend_subtitle", weeks=len(labels), ratings=sum(n for _, _, n in rated))
    top = head(sheet, say("trend_title"), subtitle)
    if rated:
        place, index, _ = rated[-1]
        last = say("trend_last", week=labels[place], percent=Decimal(index) / 100)
        top = sheet.paragraph(MARGIN, top, last, BODY, color=FIRST, bold=True)
    if target:
        top = sheet.paragraph(MARGIN, top, say("trend_target", target=target), BODY, color=SECOND)
    top += 40
    note = sheet.lines(say("trend_note"), FOOT, INNER)
    bottom = HEIGHT - 54 - len(note) * FOOT * LINE
    for number, line in enumerate(note):
        sheet.text(MARGIN, bottom + number * FOOT * LINE, line, FOOT, color=MUTED)
    bottom -= 130
    if not rated:
        sheet.text(MARGIN, top + 60, say("trend_nothing"), BODY, color=MUTED)
        return
    least = min(_LOWEST_TOP, *(index for _, index, _ in rated)) // _STEP * _STEP

    def y(index: int) -> float:
        return bottom - (bottom - top) * (index - least) / (_WHOLE - least)

    def x(place: int) -> float:
        return _LEFT + (_RIGHT - _LEFT) * place / max(1, len(labels) - 1)

    for index in range(least, _WHOLE + 1, _STEP if _WHOLE - least <= 5 * _STEP else 2 * _STEP):
        sheet.line([(_LEFT, y(index)), (_RIGHT, y(index))], FAINT)
        sheet.text(_LEFT - 18, y(index) - SMALL / 2, f"{index // 100}%", SMALL, color=MUTED, align="right")
    _weeks(sheet, labels, [x(place) for place in range(len(labels))], bottom)
    if target:
        at = y(target * 100)
        sheet.line([(_LEFT, at), (_RIGHT, at)], SECOND, 5, dashed=True)
    points: list[Point] = [(x(place), y(index)) for place, index, _ in rated]
    sheet.line(points, FIRST, 9)
    for point in points:
        sheet.dot(*point, FIRST)


def _weeks(sheet: Sheet, labels: tuple[str, ...], places: Sequence[float], bottom: float) -> None:
    """The weeks under the chart, every second one where they would touch."""
    apart = 1 if len(labels) <= 6 else 2
    for place in range(len(labels) - 1, -1, -apart):
        sheet.text(places[place], bottom + 20, labels[place], FOOT, color=MUTED, align="center")
    sheet.text(_LEFT, bottom + 20 + FOOT * LINE, say("trend_weeks"), FOOT, color=MUTED)
