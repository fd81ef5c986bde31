"""Charts of amounts beside each other: the pension by income level, and withdrawing beside waiting."""

from __future__ import annotations

from bot.charts.figures import Figures
from bot.charts.page import foot, head, say, short
from bot.charts.sheet import (
    BODY,
    FIRST,
    FIRST_LIGHT,
    FIRST_PALE,
    INNER,
    LABEL,
    LINE,
    MARGIN,
    SECOND,
    SMALL,
    Sheet,
)

_MOST_ROWS = 6
_THINNEST_BAR = 6
_SPANS = (5, 10, 20)
_PAD = 20.0


def pension_by_income(sheet: Sheet, figures: Figures) -> None:
    """The pension a month at each income level.

    Figures: `incomes`, `pensions` (dong a month, lists of the same length, one to six; of more, six are shown);
    `owns` (own payment a month, a list, may be left out); `chosen` (the income to bring out, one of `incomes`, may
    be left out); `months` (paid until then, may be left out or 0); `month`, `source`, `note` as in `foot`.
    """
    names = ("incomes", "pensions", "owns") if "owns" in figures else ("incomes", "pensions")
    chosen = figures.whole("chosen", 0)
    rows = _thinned(figures.rows(*names), chosen)
    title, subtitle = (
        say("pension_by_income_title"),
        say("pension_by_income_subtitle", months=figures.whole("months", 0)),
    )
    top, bottom = head(sheet, title, subtitle), foot(sheet, figures)
    shown = [say("about", amount=row[1]) for row in rows]
    room = INNER - max(sheet.width(each, LABEL, bold=True) for each in shown) - 24
    most = max((row[1] for row in rows), default=0) or 1
    high = min(190.0, (bottom - top) / len(rows))
    for row, amount in zip(rows, shown, strict=True):
        meant = row[0] == chosen
        label = (
            say("income_row_own", income=row[0], own=row[2])
            if len(row) > 2 and row[2]
            else say("income_row", income=row[0])
        )
        color = FIRST if meant or not chosen else FIRST_PALE
        thick = min(76.0, high - BODY * LINE - 26)
        size = sheet.fitting(label, BODY, INNER, bold=meant)
        sheet.text(MARGIN, top + 6, label, size, bold=meant)
        y, wide = top + BODY * LINE + 4, max(_THINNEST_BAR, room * row[1] / most)
        sheet.bar(MARGIN, y, wide, thick, color)
        sheet.text(MARGIN + wide + 18, y + (thick - LABEL) / 2 - 3, amount, LABEL, bold=True)
        top += high


def _thinned(rows: list[tuple[int, ...]], chosen: int) -> list[tuple[int, ...]]:
    """At most six rows: the first, the last, the chosen one, and others from all over."""
    if len(rows) <= _MOST_ROWS:
        return rows
    last = len(rows) - 1
    kept = [round(place * last / (_MOST_ROWS - 1)) for place in range(_MOST_ROWS)]
    meant = next((place for place, row in enumerate(rows) if row[0] == chosen), None)
    if meant is not None and meant not in kept:
        nearest = min(range(1, _MOST_ROWS - 1), key=lambda each: abs(kept[each] - meant))
        kept[nearest] = meant
    return [rows[place] for place in sorted(kept)]


def withdraw_or_wait(sheet: Sheet, figures: Figures) -> None:
    """What a withdrawal pays beside what a pension has paid after 5, 10 and 20 years, and what else is at stake.

    Figures: `withdraw` (dong, once, the State's support already taken off); `pension` (dong a month) from
    `pension_from` (YYYY-MM); `cost` (dong still to be paid until then, 0 where nothing); `payback` (months of
    pension that make up the withdrawal and that cost, may be left out); `months_paid` (the time that is lost);
    `lost` (a list of `time`, `pension`, `health_card`, `funeral`, `survivors`: what withdrawing ends and waiting
    keeps; only what is true for this person); `month`, `source`, `note` as in `foot`.
    """
    withdraw, pension, cost = figures.whole("withdraw"), figures.whole("pension"), figures.whole("cost", 0)
    subtitle = say("withdraw_or_wait_subtitle", pension=pension, pension_from=figures.month("pension_from"), cost=cost)
    top, bottom = head(sheet, say("withdraw_or_wait_title"), subtitle), foot(sheet, figures)
    bottom = _at_stake(sheet, figures, bottom)
    payback = say("withdraw_payback", payback=figures.whole("payback", 0), cost=cost)
    bottom -= len(sheet.lines(payback, SMALL, INNER)) * SMALL * LINE
    sheet.paragraph(MARGIN, bottom, payback, SMALL)
    rows = [(say("withdraw_now"), withdraw, SECOND)]
    rows += [(say("received_after", years=years), 12 * years * pension, FIRST) for years in _SPANS]
    most = max(amount for _, amount, _ in rows) or 1
    shown = [short(amount) for _, amount, _ in rows]
    room = INNER - max(sheet.width(each, LABEL, bold=True) for each in shown) - 24
    high = min(140.0, (bottom - 8 - top) / len(rows))
    thick = high - SMALL * LINE - 12
    for (label, amount, color), said in zip(rows, shown, strict=True):
        sheet.text(MARGIN, top, label, SMALL)
        y, wide = top + SMALL * LINE, max(_THINNEST_BAR, room * amount / most)
        sheet.bar(MARGIN, y, wide, thick, color)
        size, lift = (LABEL, 3) if thick >= LABEL else (SMALL, 0)  # where much is at stake the bars are thin
        sheet.text(MARGIN + wide + 18, y + (thick - size) / 2 - lift, said, size, bold=True, color=color)
        top += high


def _at_stake(sheet: Sheet, figures: Figures, bottom: float) -> float:
    """A card with what withdrawing ends and waiting keeps; returns where the bars have to end."""
    months, half = figures.whole("months_paid", 0), (INNER - 2 * _PAD) / 2
    lines = [f"• {say(f'lost_{name}', months=months)}" for name in figures.names("lost")]
    if not lines:
        return bottom
    high = 2 * _PAD + BODY * LINE + (len(lines) + 1) // 2 * SMALL * LINE
    top = bottom - high
    sheet.card(MARGIN, top, INNER, high, FIRST_LIGHT)
    title, y = say("lost"), top + _PAD
    sheet.text(MARGIN + _PAD, y, title, sheet.fitting(title, BODY, 2 * half, bold=True), bold=True)
    y += BODY * LINE
    for place, line in enumerate(lines):
        row, column = divmod(place, 2)
        size = sheet.fitting(line, SMALL, half - 10)
        sheet.text(MARGIN + _PAD + column * half, y + row * SMALL * LINE, line, size)
    return top - 16
