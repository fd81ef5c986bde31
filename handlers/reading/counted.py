"""Reads which of several a message means, or for how many it asks: «câu 3», «ý thứ hai», «hai người thì»."""

from __future__ import annotations

import re

from vietnamese.normalize import folded_words

_NUMBERS = {"nhat": 1, "dau": 1, "dau tien": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5}
_NUMBER = r"(?:so )?(?:thu )?(\d|dau tien|dau|nhat|mot|hai|ba|tu|bon|nam)"
_QUESTION = re.compile(
    r"^(?:(?:the|con|vay|roi|a|o|u|ua|da|rua|ma|cho|tra|loi|hoi|xin|toi|em|minh|bac|noi|quay|lai) )*"
    rf"(?:cau hoi|cau|y|muc|cai|viec|van de) {_NUMBER}"
    r"(?: (?:thi|sao|the|nao|nua|di|ha|a|la|nhi|do|ay|day|vay|duoc|khong|roi))*$"
)
_HEADS = re.compile(
    r"\b(?:ca )?(hai|ba|bon|2|3|4) (?:nguoi|vo chong|dua|chi em|anh em|me con|bo con|ong ba|nguoi deu|dua deu)\b"
    r"|\b(ca vo chong|ca vo lan chong|ca nha hai vo chong|ca (?:hai|2)(?= (?:nop|dong|het|thi|moi|mot|1|la)\b|$))"
)
_LONGEST = 20
"""Words; a longer message tells its own story."""


def question_meant(text: str) -> int | None:
    """The place of the question a message comes back to, counted from one.

    >>> question_meant("thế câu 3"), question_meant("câu hỏi thứ hai thì sao"), question_meant("câu này 3 triệu")
    (3, 2, None)
    """
    found = _QUESTION.search(folded_words(text))
    if found is None:
        return None
    return int(found[1]) if found[1].isdecimal() else _NUMBERS[found[1]]


def heads(text: str) -> int | None:
    """For how many people a short message asks: «hai người thì», «cả vợ chồng thì hết bao nhiêu»."""
    plain = folded_words(text)
    found = _HEADS.search(plain) if len(plain.split()) <= _LONGEST else None
    if found is None:
        return None
    if found[1] is None:
        return 2
    return int(found[1]) if found[1].isdecimal() else _NUMBERS[found[1]]
