"""The chart of a printed report: a share over time with its intervals, and the targets of the plan as steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.marks import Point
from bot.charts.page import say
from bot.charts.sheet import FAINT, FIRST, FIRST_PALE, INK, MUTED, SECOND, SMALL, Sheet
from bot.charts.steps import steps

WIDE, HIGH = 1650, 760
"""Pixels; a hundred of them are a centimetre on paper."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 150, 40, 100, 120
_BETWEEN = 30
_STEPS = ((0.5, 0.1), (0.2, 0.05), (0.0, 0.02))
"""How much the axis shows at least, and how far its lines are apart then."""


@dataclass(frozen=True, slots=True)
class AtTime:
    """One place on the axis of time; shares are fractions, None where nothing was counted or no target holds."""

    label: str
    share: float | None
    interval: tuple[float, float] | None
    target: float | None


def over_time(shown: Sequence[AtTime]) -> Sheet:
    """The shares in order; ValueError where there is no place at all."""
    if not shown:
        raise ValueError("expected at least one place on the axis of time")
    sheet = Sheet(WIDE, HIGH)
    ends = [end for each in shown for end in (each.interval or ())]
    targets = [each.target for each in shown if each.target is not None]
    least = max(0.0, int((min([*ends, *targets, 0.9]) - 0.02) * 10) / 10)
    step = next(apart for at_least, apart in _STEPS if 1 - least >= at_least)
    slot = (WIDE - _LEFT - _RIGHT) / len(shown)

    def x(place: float) -> float:
        return _LEFT + slot * place

    def y(share: float) -> float:
        return _TOP + (HIGH - _TOP - _BOTTOM) * (1 - share) / (1 - least)

    for number in range(round((1 - least) / step) + 1):
        share = 1 - number * step
        sheet.line([(x(0), y(share)), (WIDE - _RIGHT, y(share))], FAINT)
        sheet.text(_LEFT - 18, y(share) - SMALL / 2, f"{round(share * 100)}%", SMALL, color=MUTED, align="right")
    _labels(sheet, [(x(place + 0.5), each.label) for place, each in enumerate(shown)])
    for target, first, last in steps([each.target for each in shown]):
        sheet.line([(x(first), y(target)), (x(last + 1), y(target))], SECOND, 5, dashed=True)
    points: list[Point] = []
    for place, each in enumerate(shown):
        if each.interval is not None:
            low, high = each.interval
            sheet.line([(x(place + 0.5), y(high)), (x(place + 0.5), y(low))], FIRST_PALE, 14)
        if each.share is not None:
            points.append((x(place + 0.5), y(each.share)))
    if len(points) > 1:
        sheet.line(points, FIRST, 6)
    for point in points:
        sheet.dot(*point, FIRST)
    _key(sheet)
    return sheet


def _labels(sheet: Sheet, places: Sequence[tuple[float, str]]) -> None:
    """The words under the axis; where they would touch only some, the last one always; none beyond the sheet."""
    widest = max(sheet.width(words, SMALL) for _, words in places)
    apart = math.ceil((widest + _BETWEEN) * len(places) / (WIDE - _LEFT - _RIGHT))
    for at, words in places[::-1][::apart]:
        inside = min(at, WIDE - sheet.width(words, SMALL) / 2 - 2)
        sheet.text(inside, HIGH - _BOTTOM + 24, words, SMALL, color=MUTED, align="center")


def _key(sheet: Sheet) -> None:
    """What each line is, above the chart."""
    at, middle = float(_LEFT), 44.0
    for name, color in (("key_index", FIRST), ("key_interval", FIRST_PALE), ("key_target", SECOND)):
        if name == "key_target":
            sheet.line([(at, middle), (at + 70, middle)], color, 5, dashed=True)
        else:
            sheet.line([(at, middle), (at + 70, middle)], color, 14 if name == "key_interval" else 6)
        words = say(name)
        sheet.text(at + 86, middle - SMALL / 2, words, SMALL, color=INK)
        at += 86 + sheet.width(words, SMALL) + 60
