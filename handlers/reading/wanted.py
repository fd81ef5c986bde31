"""Reads a pension somebody wants: «muốn lương hưu 3 triệu thì đóng bao nhiêu»; the amount is no income."""

from __future__ import annotations

import re

from faq.normalize import fold, normalize
from handlers.reading.amounts import find_money

_WISH = re.compile(
    r"\b(?:muon|mong|uoc|de|can|muc tieu)\b[^.?!;]*\b(?:luong huu|tien huu|huu tri)\b"
    r"|\b(?:muon|mong|uoc|de|can)\b[^.?!;]*\b(?:ve gia|luc gia|khi gia|ve huu)\b"
)
_HAS_ALREADY = re.compile(r"\b(?:dang|da) (?:lanh|linh|nhan|huong|co)\b|\bnghi huu som\b|\brut\b")


def wanted_pension(text: str) -> int | None:
    """The pension wished for, in dong a month; None where none is, or where two amounts are named."""
    plain = fold(normalize(text))
    wish = _WISH.search(plain)
    if wish is None or _HAS_ALREADY.search(plain) is not None or find_money(text) is None:
        return None
    return find_money(plain[wish.start() :])
