"""Where everything stands on a poster, on a sheet of cards, and on the picture for groups of Zalo and Facebook.

Places and sizes are in tenths of a millimetre of an A4 page; other sheets have the same in proportion to their width.
"""

from __future__ import annotations

from itertools import pairwise

from bot.charts.sheet import (
    FAINT,
    FIRST,
    FIRST_LIGHT,
    INK,
    LINE,
    MUTED,
    PAPER,
    SECOND,
    SECOND_LIGHT,
    Align,
    Sheet,
)
from bot.charts.sheet import HEIGHT as PICTURE_HEIGHT
from bot.charts.sheet import WIDTH as PICTURE_WIDTH
from bot.outreach.qr_marks import draw_qr
from bot.outreach.wording import PosterPrice, PosterWords

A4_WIDE, A4_HIGH = 2100, 2970
CARD_WIDE, CARD_HIGH, CARDS_ACROSS, CARDS_DOWN = 850, 540, 2, 5
"""Cards as large as those of a bank."""

_MARGIN, _GAP = 120, 50
_TIGHT = 1.24
"""From one line of a heading to the next."""


def poster(words: PosterWords) -> Sheet:
    """A poster to hang up, A4 or smaller."""
    sheet = Sheet(A4_WIDE, A4_HIGH)
    _Poster(sheet, words, brief=False).draw()
    return sheet


def picture(words: PosterWords) -> Sheet:
    """The same for a screen, 1080 × 1350, without the payments of each group."""
    sheet = Sheet(PICTURE_WIDTH, PICTURE_HEIGHT)
    _Poster(sheet, words, brief=True).draw()
    return sheet


class _Poster:
    """A poster being drawn: from the head down, then from the foot up; the code has what is left between."""

    def __init__(self, sheet: Sheet, words: PosterWords, *, brief: bool) -> None:
        self._sheet, self._words, self._brief = sheet, words, brief
        self._scale = sheet.wide / A4_WIDE
        self._inner = A4_WIDE - 2 * _MARGIN

    def draw(self) -> None:
        top = self._limit(self._prices(self._benefit(self._head())))
        bottom = self._hotline(self._foot())
        self._code(top + _GAP, bottom - _GAP)

    # --- from the head down

    def _head(self) -> float:
        words = self._words
        fits = self._fitting(words.place, 76, self._inner)
        place, size = [words.place] if words.place else [], fits
        if fits < 54:
            place, size = self._balanced(words.place, 54, self._inner), 54
        high = (220, 320, 380)[min(len(place), 2)]
        self._bar(0, 0, A4_WIDE, high, FIRST)
        title = self._fitting(words.title, 116, self._inner, bold=True)
        self._text(_MARGIN, 48, words.title, title, color=PAPER, bold=True)
        for number, line in enumerate(place):
            self._line(_MARGIN, 196 + number * 72, line, size, self._inner, color=PAPER)
        return high

    def _benefit(self, y: float) -> float:
        return self._paragraph(_MARGIN, y + 44, self._words.benefit, 88, self._inner, bold=True, line=_TIGHT)

    def _prices(self, y: float) -> float:
        y = self._paragraph(_MARGIN, y + 40, self._words.paying, 58, self._inner)
        prices = self._words.prices
        wide = (self._inner - _GAP * (len(prices) - 1)) / len(prices)
        high = max(self._price_height(each) for each in prices)
        colors = ((FIRST, FIRST_LIGHT), (SECOND, SECOND_LIGHT))
        for number, (price, (ink, paper)) in enumerate(zip(prices, colors, strict=False)):
            x = _MARGIN + number * (wide + _GAP)
            self._card(x, y + 18, wide, high, paper)
            self._price(x + 40, y + 18, wide - 80, price, ink)
        return y + 18 + high

    def _price_height(self, price: PosterPrice) -> float:
        groups = 0 if self._brief or not price.groups else (len(price.groups) + 1) * 60 + 34
        return 24 + 74 + 160 + 72 + len(price.added) * 68 + groups + 34

    def _price(self, x: float, y: float, room: float, price: PosterPrice, ink: str) -> None:
        self._line(x, y + 24, price.head, 54, room, bold=True)
        self._line(x, y + 88, price.own, 150, room, color=ink, bold=True)
        self._line(x, y + 258, self._words.own_called, 54, room)
        y += 330
        for each in price.added:
            self._line(x, y, each, 54, room, bold=True)
            y += 68
        if self._brief or not price.groups:
            return
        self._rule(x, y + 22, x + room)
        y += 34
        self._line(x, y, self._words.groups_called, 42, room, color=MUTED)
        for name, own in price.groups:
            y += 60
            wide = self._sheet.width(own, 46, bold=True)
            self._line(x, y, name, 46, room - wide - 24)
            self._line(x + room, y, own, 46, room, bold=True, align="right")

    def _limit(self, y: float) -> float:
        return self._paragraph(_MARGIN, y + 28, self._words.limit, 48, self._inner)

    # --- from the foot up

    def _foot(self) -> float:
        words, size = self._words, 36 if self._brief else 30
        said = [line for each in (words.law, words.whose_word) if each for line in self._lines(each, size, self._inner)]
        room = self._inner - self._sheet.width(words.code_called, size) - _GAP
        apart = self._sheet.width(words.collaborator, size) > room
        top = y = self._high - 76 - (len(said) + 1 + apart) * size * LINE
        for line in said:
            self._text(_MARGIN, y, line, size, color=MUTED)
            y += size * LINE
        self._line(_MARGIN, y, words.code_called, size, self._inner)
        y += size * LINE * apart
        if apart:
            self._line(_MARGIN, y, words.collaborator, size, self._inner)
        else:
            self._line(_MARGIN + self._inner, y, words.collaborator, size, room, align="right")
        return top

    def _hotline(self, bottom: float) -> float:
        high, words = 150, self._words
        y = bottom - high - 28
        self._bar(_MARGIN, y, self._inner, high, FIRST)
        self._line(_MARGIN + 44, y + 40, words.hotline_called, 60, self._inner * 0.5, color=PAPER)
        right = _MARGIN + self._inner - 44
        self._line(right, y + 16, words.hotline, 96, self._inner * 0.45, color=PAPER, bold=True, align="right")
        return y

    # --- between

    def _code(self, top: float, bottom: float) -> None:
        words, scale = self._words, self._scale
        large = min(bottom - top, 0.5 * self._inner)
        got = draw_qr(self._sheet, round(_MARGIN * scale), round(top * scale), large * scale, words.link) / scale
        self._frame(_MARGIN, top, got)
        x = _MARGIN + got + 60
        room = _MARGIN + self._inner - x
        small = 1.0
        while (high := self._beside(x, top, room, small, draw=False)) > bottom - top and small > 0.6:
            small -= 0.05
        self._beside(x, top + max(0.0, (got - high) / 2), room, small, draw=True)

    def _beside(self, x: float, y: float, room: float, small: float, *, draw: bool) -> float:
        """What stands beside the code; returns how high it is."""
        words, start = self._words, y
        for said, size, bold, color in (
            (words.scan, 92 * small, True, FIRST),
            (words.how, 50 * small, False, INK),
            (words.promise, 50 * small, False, INK),
            (words.address, 50 * small, True, INK),
            (words.zalo, 50 * small, False, INK),
        ):
            if not said:
                continue
            for line in self._balanced(said, size, room, bold) if bold else self._lines(said, size, room):
                if draw:
                    self._line(x, y, line, size, room, color=color, bold=bold)
                y += size * (_TIGHT if bold else LINE)
            y += 26 * small
        return y - start

    # --- in tenths of a millimetre of A4

    @property
    def _high(self) -> float:
        return self._sheet.high / self._scale

    def _lines(self, words: str, size: float, room: float, bold: bool = False) -> list[str]:
        return self._sheet.lines(words, size, room, bold)

    def _balanced(self, words: str, size: float, room: float, bold: bool = False) -> list[str]:
        """The same number of lines, each about as long as the others: a heading leaves no word alone."""
        best = self._lines(words, size, room, bold)
        while len(closer := self._lines(words, size, room := room * 0.97, bold)) == len(best) and room > 6 * size:
            best = closer
        return best

    def _fitting(self, words: str, size: float, room: float, bold: bool = False) -> float:
        return self._sheet.fitting(words, size, room, bold)

    def _text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        color: str = INK,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        scale = self._scale
        self._sheet.text(x * scale, y * scale, words, size * scale, color=color, bold=bold, align=align)

    def _line(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        room: float,
        *,
        color: str = INK,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """A line no wider than the room."""
        self._text(x, y, words, self._fitting(words, size, room, bold), color=color, bold=bold, align=align)

    def _paragraph(
        self, x: float, y: float, words: str, size: float, room: float, *, bold: bool = False, line: float = LINE
    ) -> float:
        for each in self._lines(words, size, room, bold):
            self._line(x, y, each, size, room, bold=bold)
            y += size * line
        return y

    def _bar(self, x: float, y: float, wide: float, high: float, color: str) -> None:
        scale = self._scale
        self._sheet.bar(x * scale, y * scale, wide * scale, high * scale, color)

    def _card(self, x: float, y: float, wide: float, high: float, color: str) -> None:
        scale = self._scale
        self._sheet.card(x * scale, y * scale, wide * scale, high * scale, color)

    def _rule(self, x: float, y: float, to: float) -> None:
        scale = self._scale
        self._sheet.line([(x * scale, y * scale), (to * scale, y * scale)], MUTED, 3 * scale)

    def _frame(self, x: float, y: float, long: float) -> None:
        scale, corners = self._scale, ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
        sides = [((x + across * long) * scale, (y + down * long) * scale) for across, down in corners]
        for side in pairwise(sides):
            self._sheet.line(side, FIRST, 6 * scale)


def cards(words: PosterWords) -> Sheet:
    """Ten cards to cut out of an A4 page."""
    sheet = Sheet(A4_WIDE, A4_HIGH)
    left = (A4_WIDE - CARDS_ACROSS * CARD_WIDE) // 2
    top = (A4_HIGH - CARDS_DOWN * CARD_HIGH) // 2
    for down in range(CARDS_DOWN):
        for across in range(CARDS_ACROSS):
            _card(sheet, left + across * CARD_WIDE, top + down * CARD_HIGH, words)
    right, bottom = left + CARDS_ACROSS * CARD_WIDE, top + CARDS_DOWN * CARD_HIGH
    for across in range(CARDS_ACROSS + 1):
        sheet.line([(left + across * CARD_WIDE, top - 40), (left + across * CARD_WIDE, bottom + 40)], FAINT, 3)
    for down in range(CARDS_DOWN + 1):
        sheet.line([(left - 40, top + down * CARD_HIGH), (right + 40, top + down * CARD_HIGH)], FAINT, 3)
    return sheet


def _card(sheet: Sheet, x: float, y: float, words: PosterWords) -> None:
    pad, small = 32, 18
    room = CARD_WIDE - 2 * pad
    sheet.bar(x + 8, y + 8, CARD_WIDE - 16, 84, FIRST)
    title = sheet.fitting(words.short_title, 46, room * 0.52, bold=True)
    sheet.text(x + pad, y + 20, words.short_title, title, color=PAPER, bold=True)
    beside = room - sheet.width(words.short_title, title, bold=True) - 24
    _place(sheet, x + pad + room, y, beside, words.place)
    foot = sheet.lines(f"{words.short_law} {words.whose_word}", small, room)
    apart = sheet.width(words.code_called + words.collaborator, small) > room - 24
    at = y + CARD_HIGH - 24 - (len(foot) + 1 + apart) * small * LINE
    end = at - 6
    for line in foot:
        sheet.text(x + pad, at, line, small, color=MUTED)
        at += small * LINE
    sheet.text(x + pad, at, words.code_called, sheet.fitting(words.code_called, small, room))
    at += small * LINE * apart
    align: Align = "left" if apart else "right"
    label = sheet.fitting(words.collaborator, small, room)
    sheet.text(x + pad + (0 if apart else room), at, words.collaborator, label, align=align)
    top = y + 98
    got = draw_qr(sheet, x + 14, top, min(end - top, 340), words.link)
    left, right = x + 14 + got + 6, x + CARD_WIDE - pad
    size = 1.0
    while (high := _beside_code(sheet, left, top, right, words, size, draw=False)) > end - top - 8 and size > 0.6:
        size -= 0.04
    _beside_code(sheet, left, top + max(4.0, (end - top - high) / 2), right, words, size, draw=True)


def _place(sheet: Sheet, right: float, y: float, room: float, place: str) -> None:
    """The place at the head of a card, on one line or two; a long one in smaller type."""
    size = sheet.fitting(place, 28, room)
    lines = [place]
    if size < 20:
        size = 26.0
        while len(lines := sheet.lines(place, size, room)) > 2:
            size -= 0.5
    for number, line in enumerate(lines):
        at = y + (34 if len(lines) == 1 else 18 + number * 32)
        sheet.text(right, at, line, sheet.fitting(line, size, room), color=PAPER, align="right")


def _beside_code(
    sheet: Sheet, left: float, y: float, right: float, words: PosterWords, size: float, *, draw: bool
) -> float:
    """What stands beside the code of a card; returns how high it is."""
    room, start = right - left, y

    def line(said: str, high: float, bold: bool = False, color: str = INK, align: Align = "left") -> None:
        if draw:
            at = left if align == "left" else right
            sheet.text(at, y, said, sheet.fitting(said, high, room, bold), color=color, bold=bold, align=align)

    for each in sheet.lines(words.short_benefit, 30 * size, room, bold=True):
        line(each, 30 * size, bold=True)
        y += 30 * size * _TIGHT
    y += 6
    line(words.short_paying, 24 * size)
    y += 24 * size * LINE
    for price, color in zip(words.prices, (FIRST, SECOND), strict=False):
        line(price.head, 20 * size, color=MUTED)
        y += 20 * size * _TIGHT
        line(price.own, 38 * size, bold=True, color=color)
        beside = room - sheet.width(price.own, 38 * size, bold=True) - 16
        added = ", ".join(price.added)
        if draw:
            fit = sheet.fitting(added, 24 * size, beside)
            sheet.text(right, y + 14 * size, added, fit, align="right")
        y += 38 * size * _TIGHT
    line(f"{words.hotline_called} {words.hotline}", 34 * size, bold=True)
    y += 34 * size * _TIGHT
    for each in sheet.lines(words.zalo, 20 * size, room):
        line(each, 20 * size)
        y += 20 * size * _TIGHT
    return y - start
