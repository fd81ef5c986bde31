"""Reads a pension somebody wants: «muốn lương hưu 3 triệu thì đóng bao nhiêu»; the amount is no income."""

from __future__ import annotations

import re

from handlers.reading.amounts import find_money
from vietnamese.normalize import fold, normalize

_WISH = re.compile(r"\b(?:muon|mong|uoc|de|can)\b")
_OF_OLD_AGE = re.compile(r"\b(?:luong huu|tien huu|huu tri|ve gia|luc gia|khi gia|ve huu)\b")
_PAYING = re.compile(r"[.?!;]|\b(?:thi|phai|dong|nop|mua|gop|bo ra|thu nhap)\b")
"""Where the wish ends, and what is to be paid for it begins."""
_HAS_ALREADY = re.compile(r"\b(?:dang|da) (?:lanh|linh|nhan|huong|co)\b|\bnghi huu som\b|\brut\b")


def wanted_pension(text: str) -> int | None:
    """The pension wished for, in dong a month; None where none is, or where two amounts are named."""
    plain = fold(normalize(text))
    if _HAS_ALREADY.search(plain) is not None or find_money(text) is None:
        return None
    wishes = (_PAYING.split(plain[found.end() :], maxsplit=1)[0] for found in _WISH.finditer(plain))
    return next((find_money(wish) for wish in wishes if _OF_OLD_AGE.search(wish)), None)
