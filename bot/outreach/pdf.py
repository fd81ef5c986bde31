"""Sheets as the pages of a PDF: the marks stay lines and areas, and the words stay text in the type of the pictures."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from fpdf import FPDF

from bot.charts.letters import font_file
from bot.charts.marks import Bar, Card, Line, Mark, Words
from bot.charts.sheet import Sheet

_FONT = "DejaVu"
_POINTS = 72 / 25.4
"""In a millimetre."""
_CORNER = 22
"""Of a card, in units of its sheet, as in a picture."""
_LAP = 0.01
"""Millimetres by which an area laps over the one below: no hair of paper shows between two of one colour."""


def pdf(sheets: Sequence[Sheet], page: tuple[float, float], title: str, made: datetime.datetime) -> bytes:
    """A page for each sheet, as wide as the paper; `page` is how wide and high that is, in millimetres.

    The same sheets at the same moment are the same bytes.
    """
    unit = page[0] / sheets[0].wide
    document = FPDF(unit="mm", format=page)
    document.set_auto_page_break(False)
    document.set_title(title)
    document.set_lang("vi-VN")
    document.set_creation_date(made)
    for bold in (False, True):
        document.add_font(_FONT, "B" if bold else "", font_file(bold))
    for sheet in sheets:
        document.add_page()
        for mark in sheet.marks:
            _put(document, mark, unit)
    return bytes(document.output())


def _put(document: FPDF, mark: Mark, unit: float) -> None:
    match mark:
        case Words(text, x, y, size, color, bold):
            document.set_font(_FONT, "B" if bold else "", size * unit * _POINTS)
            document.set_text_color(color)
            document.text(x * unit, (y + size) * unit, text)
        case Bar(x, y, wide, high, color):
            document.set_fill_color(color)
            document.rect(x * unit, y * unit, wide * unit, high * unit + _LAP, style="F")
        case Card(x, y, wide, high, color):
            document.set_fill_color(color)
            place = (x * unit, y * unit, wide * unit, high * unit)
            document.rect(*place, style="F", round_corners=True, corner_radius=_CORNER * unit)
        case Line(points, color, wide, dashed):
            document.set_draw_color(color)
            document.set_line_width(wide * unit)
            document.set_dash_pattern(*((4 * wide * unit,) if dashed else ()))
            document.polyline([(x * unit, y * unit) for x, y in points])
            document.set_dash_pattern()
        case _:
            raise TypeError(f"a {type(mark).__name__} has no place in print")
