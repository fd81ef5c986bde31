"""A QR code as marks on a sheet: bars that stay sharp in a picture and in print."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import segno

from bot.charts.sheet import PAPER, Sheet

QUIET = 4
"""Modules of paper around a code, without which scanners do not find it."""
_BLACK = "#000000"


def draw_qr(sheet: Sheet, x: float, y: float, room: float, link: str) -> float:
    """The code of a link with its quiet zone, as large as the room lets it be; returns how large that is.

    Its modules are whole pixels of the sheet, so that each is as wide as its neighbour.
    """
    rows = [bytes(row) for row in segno.make(link, error="m").matrix]
    across = len(rows) + 2 * QUIET
    module = int(room // across)
    if module < 1:
        raise ValueError(f"a code of {across} modules finds no room in {room}")
    sheet.bar(x, y, across * module, across * module, PAPER)
    for row, column, long in _runs(rows):
        sheet.bar(x + (QUIET + column) * module, y + (QUIET + row) * module, long * module, module, _BLACK)
    return across * module


def _runs(rows: list[bytes]) -> Iterator[tuple[int, int, int]]:
    """(row, first column, length) of every run of dark modules."""
    for number, row in enumerate(rows):
        column = 0
        for dark, modules in groupby(row):
            long = len(list(modules))
            if dark:
                yield number, column, long
            column += long
