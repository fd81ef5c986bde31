"""Texts as cells of a spreadsheet: none of them is one that it computes."""

from __future__ import annotations

import re

_FORMULA = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]*[=+\\-@|%;\t\r\n＝＋－＠｜％；]")
"""How one begins, in letters of either width, behind whatever is not seen."""


def harmless(cell: str) -> str:
    """A cell that no spreadsheet computes: one that begins like a formula begins with an apostrophe instead."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
