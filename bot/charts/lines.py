"""Charts over the years: own payment beside State support, and what is paid in beside what is received."""

from __future__ import annotations

from dataclasses import dataclass

from bot.charts.figures import Figures
from bot.charts.marks import Point
from bot.charts.page import foot, head, say, short
from bot.charts.sheet import (
    BODY,
    FAINT,
    FIRST,
    FOOT,
    INK,
    INNER,
    LABEL,
    LINE,
    MARGIN,
    MUTED,
    PAPER,
    SECOND,
    SMALL,
    WIDTH,
    Sheet,
)
from law.base.month import Month

_YEARS_APART = (1, 2, 5, 10, 20, 50)
_MOST_YEARS_SHOWN = 6
_YEARS_RECEIVING = 20
_MOST_PRICES = 5


@dataclass(frozen=True, slots=True)
class PlotArea:
    """Where months and amounts stand: the rectangle of a chart with its two scales."""

    sheet: Sheet
    left: float
    right: float
    top: float
    bottom: float
    first: Month
    last: Month
    most: int

    def x(self, month: Month) -> float:
        return self.left + (self.right - self.left) * (month - self.first) / max(1, self.last - self.first)

    def y(self, dong: int) -> float:
        return self.bottom - (self.bottom - self.top) * dong / max(1, self.most)

    def years(self) -> None:
        """The line at the bottom with years under it, as many as stand apart."""
        span = max(1, self.last.year - self.first.year)
        apart = next((each for each in _YEARS_APART if span / each <= _MOST_YEARS_SHOWN), span)
        self.sheet.line([(self.left, self.bottom), (self.right, self.bottom)], MUTED, 3)
        for year in range(self.first.year, self.last.year + 1):
            at = Month(year, 1)
            if year % apart or not self.first <= at <= self.last:
                continue
            x = self.x(at)
            self.sheet.line([(x, self.bottom), (x, self.bottom + 12)], MUTED, 3)
            self.sheet.text(x, self.bottom + 14, say("year", year=year), FOOT, color=MUTED, align="center")


def payment_and_support(sheet: Sheet, figures: Figures) -> None:
    """Own payment and State support a month, from each month in which they change.

    Figures: `starts` (months YYYY-MM in order, a list), `owns`, `supports` (dong a month from each of them, lists
    of the same length); `last` (the last month paid); `with_local` (1 where the support holds a local top-up);
    `month`, `source`, `note` as in `foot`. At most five changes are put in words.
    """
    starts, last = figures.months("starts"), figures.month("last")
    prices = figures.rows("owns", "supports")
    if len(prices) != len(starts) or last < starts[-1]:
        raise ValueError("starts, owns and supports must go together, and last must not be before the last start")
    ends = (*starts[1:], last + 1)
    helper = say("helper_local" if figures.whole("with_local", 0) else "helper")
    spans = [(start, end, own, support) for start, end, (own, support) in zip(starts, ends, prices, strict=True)]
    supported = sum(end - start for start, end, _, support in spans if support)
    helped = sum((end - start) * support for start, end, _, support in spans)
    subtitle = say("payment_and_support_subtitle", supported=supported, helped=helped, helper=helper)
    top, bottom = head(sheet, say("payment_and_support_title"), subtitle), foot(sheet, figures)
    bottom = _prices(sheet, spans, bottom) - 2 * FOOT
    most = max(own + support for _, _, own, support in spans)
    field = PlotArea(sheet, MARGIN, WIDTH - MARGIN, top + 2 * BODY * LINE, bottom, starts[0], last + 1, most)
    _stack(field, spans)
    field.years()
    _name_areas(field, spans, helper, top)


_Span = tuple[Month, Month, int, int]


def _stack(field: PlotArea, spans: list[_Span]) -> None:
    """Own payment at the bottom, the support on top of it."""
    for start, end, own, support in spans:
        left, wide = field.x(start), field.x(end) - field.x(start)
        field.sheet.bar(left, field.y(own), wide, field.bottom - field.y(own), FIRST)
        if support:
            field.sheet.bar(left, field.y(own + support), wide, field.y(own) - field.y(own + support), SECOND)


def _name_areas(field: PlotArea, spans: list[_Span], helper: str, top: float) -> None:
    """Each area named where it is: the support over it, the own payment in it."""
    sheet = field.sheet
    helped = [(start, end, own) for start, end, own, support in spans if support]
    if helped:
        label = say("helped", helper=helper)
        size = sheet.fitting(label, BODY, INNER, bold=True)
        left = min(field.x(helped[0][0]), WIDTH - MARGIN - sheet.width(label, size, bold=True))
        sheet.text(left, top, label, size, color=SECOND, bold=True)
    ended = helped[-1][1] if helped else None
    if ended is not None and ended < field.last:
        x, own_at_end = field.x(ended), helped[-1][2]
        label = say("support_ends", month=ended)
        wide = sheet.width(label, FOOT)
        sheet.line([(x, field.top - 4), (x, field.y(own_at_end))], INK, 3, dashed=True)
        sheet.text(min(max(MARGIN, x - wide / 2), WIDTH - MARGIN - wide), field.top - FOOT * LINE - 6, label, FOOT)
    lowest = min(own for _, _, own, _ in spans)
    label = say("own")
    if field.bottom - field.y(lowest) > LABEL * 2:
        sheet.text(field.left + 24, field.bottom - LABEL * 1.7, label, LABEL, color=PAPER, bold=True)


def _prices(sheet: Sheet, spans: list[_Span], bottom: float) -> float:
    """The same in numbers under the chart, a row for each change; returns where the chart has to end."""
    listed = spans if len(spans) <= _MOST_PRICES else [*spans[: _MOST_PRICES - 1], spans[-1]]
    columns = (MARGIN, MARGIN + 0.32 * INNER, MARGIN + 0.66 * INNER)
    room = 0.33 * INNER
    rows = [
        (say("step_from", month=start), say("dong", amount=own), _help(support)) for start, _, own, support in listed
    ]
    bottom -= (len(rows) + 1) * SMALL * LINE
    titles = ("", say("own"), say("supported"))
    y = bottom
    for row in (titles, *rows):
        for x, cell, color in zip(columns, row, (INK, FIRST, SECOND), strict=True):
            bold = row is titles
            size = sheet.fitting(cell, SMALL, room, bold) if cell else SMALL
            sheet.text(x, y + (SMALL - size) / 2, cell, size, color=color, bold=bold)
        y += SMALL * LINE
    return bottom - 20


def _help(support: int) -> str:
    return say("dong", amount=support) if support else say("no_support")


def paid_and_received(sheet: Sheet, figures: Figures) -> None:
    """All that was paid in beside all that was received, month after month.

    Figures: `months` (YYYY-MM in order, a list) and `paid` (dong paid altogether by the beginning of each, a list of
    the same length: the first usually 0; straight lines between); `pension` (dong a month) from `pension_from`;
    `payback` (months of pension that make up what was paid; 0 or left out: not shown); `until` (the last month
    shown, may be left out: 20 years of pension, and more where the payback takes longer); `month`, `source`,
    `note` as in `foot`.
    """
    months, paid = figures.months("months"), figures.wholes("paid")
    if len(months) != len(paid) or list(paid) != sorted(paid):
        raise ValueError("months and paid must go together, and what is paid can't become less")
    pension, start, payback = figures.whole("pension"), figures.month("pension_from"), figures.whole("payback", 0)
    even = start + payback
    until = figures.month_or_none("until") or start + 12 * _YEARS_RECEIVING
    last = max(until, months[-1], start + 1, even + 12 if payback else even)
    received = pension * (last - start)
    subtitle = say("paid_and_received_subtitle", first=months[0], pension=pension, pension_from=start)
    top, bottom = head(sheet, say("paid_and_received_title"), subtitle), foot(sheet, figures)
    if payback:
        top = (
            sheet.paragraph(MARGIN, top, say("payback", payback=payback, month=even + -1), BODY, bold=True, most=3) + 10
        )
    first = min(months[0], start)
    ends = ((say("paid_line"), paid[-1], FIRST), (say("received_line"), received, SECOND))
    room = max(max(sheet.width(name, SMALL, bold=True), sheet.width(short(amount), BODY)) for name, amount, _ in ends)
    most = max(paid[-1], received)
    field = PlotArea(sheet, MARGIN, WIDTH - MARGIN - room - 24, top + 40, bottom - 70, first, last, most)
    field.years()
    _mark_start(field, start)
    points: list[Point] = [(field.x(month), field.y(amount)) for month, amount in zip(months, paid, strict=True)]
    sheet.line([*points, (field.right, field.y(paid[-1]))], FIRST, 9)
    sheet.line([(field.x(start), field.y(0)), (field.right, field.y(received))], SECOND, 9)
    if payback:
        sheet.dot(field.x(even), field.y(pension * payback), INK)
    _name_lines(field, list(ends))


def _mark_start(field: PlotArea, start: Month) -> None:
    """When the pension begins: a thin line with its month, at the top where no other line is."""
    x, label = field.x(start), say("pension_starts", month=start)
    wide = field.sheet.width(label, FOOT)
    field.sheet.line([(x, field.top), (x, field.bottom)], FAINT, 4)
    left = min(max(MARGIN, x - wide / 2), field.right - wide)
    field.sheet.text(left, field.top - FOOT * LINE, label, FOOT, color=MUTED)


def _name_lines(field: PlotArea, ends: list[tuple[str, int, str]]) -> None:
    """Each line named at its end, with what it has come to; pushed apart where they end close together."""
    high = SMALL * LINE + BODY * LINE
    ends.sort(key=lambda each: -each[1])
    y = field.top - high / 2
    for place, (name, amount, color) in enumerate(ends):
        below = (len(ends) - 1 - place) * high
        y = min(max(y, field.y(amount) - high / 2), field.bottom - high - below)
        field.sheet.text(field.right + 20, y, name, SMALL, color=color, bold=True)
        field.sheet.text(field.right + 20, y + SMALL * LINE, short(amount), BODY, color=color)
        y += high
