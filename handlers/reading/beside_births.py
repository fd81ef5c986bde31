"""Reads what is told of a birth beside one told before: «tháng 8» alone, «cùng tháng cùng năm», «bằng tuổi»."""

from __future__ import annotations

import re
from typing import Literal

from vietnamese.normalize import folded_words

_MONTH = re.compile(
    r"^(?:(?:a|da|u|vang|la|thi|em|toi|minh|chi|nham|sinh|vao) )*thang (\d{1,2})(?: (?:a|nha|nhe|day|do|em|co|ma))*$"
)
_BORN_IN = re.compile(r"\bsinh (?:vao )?thang (\d{1,2})(?: (?:a|nha|nhe|day|do))*$")
_ALIKE: tuple[tuple[Literal["month", "year"], re.Pattern[str]], ...] = (
    ("month", re.compile(r"\bcung (?:ngay )?(?:cung )?thang(?: va)?(?: cung)? nam\b|\bcung ngay thang nam\b")),
    ("year", re.compile(r"\b(?:cung|bang|dong) (?:nam sinh|tuoi|nam)\b|\bcung sinh nam do\b")),
)


def month_of_birth(text: str) -> int | None:
    """The month that a clause names without a year, and without more: «tháng 8», «sinh tháng 8, bao giờ đủ tuổi»."""
    clauses = [folded_words(clause).strip() for clause in re.split(r"[,;.?!\n]", text)]
    found = [_MONTH.search(clauses[0]), *(_BORN_IN.search(clause) for clause in clauses)]
    month = next((int(each[1]) for each in found if each is not None), None)
    return month if month is not None and 1 <= month <= 12 else None


_OTHER_MONTH = re.compile(
    r"^(?:(?:the|vay|con|neu|lo|gia su|nho|hay|ma|e|a|roi|thoi|nham) )*"
    r"(?:(?:la|thi|bau|du|sinh|sanh|de|vao|dau|cuoi|giua) )*"
    r"thang (\d{1,2})(?: (?:moi|ms|ma|thi|roi))*(?: (?:sinh|sanh|de|ra doi))?"
    r"(?: (?:thi|sao|the nao|co|duoc|khong|chua|a|ha|nhe|nhi|khi nao))*$"
)
_CUE = re.compile(r"^(?:the|vay|con|neu|lo|gia su|nho|hay)\b|\bsao$|\bmoi (?:sinh|sanh|de)$")


def other_month(text: str) -> int | None:
    """The month that a message puts in the place of one told before: «nếu tháng 5 mới sinh», «tháng 10 thì sao»."""
    plain = folded_words(text)
    found = _OTHER_MONTH.search(plain) if _CUE.search(plain) else None
    month = None if found is None else int(found[1])
    return month if month is not None and 1 <= month <= 12 else None


def born_alike(text: str) -> Literal["month", "year"] | None:
    """Whether somebody is said to be born when the one spoken of before was: in the month, or in the year."""
    plain = folded_words(text)
    return next((kind for kind, pattern in _ALIKE if pattern.search(plain)), None)
