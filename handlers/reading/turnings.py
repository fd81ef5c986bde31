"""Reads what a message turns to by its name: «thôi hỏi cái bảo hiểm tai nạn đi», «thế lương hưu thì sao»."""

from __future__ import annotations

import re
from typing import Literal

from vietnamese.normalize import fold, folded_words, normalize

_TURNS = re.compile(
    r"^(?:(?:thoi|thui|khoan|ma|a|u|roi|gio|vay|the) )*(?:(?:cho|de) (?:(?:toi|em|minh|con|chau|tui) )?)?"
    r"(?:hoi|noi|ke|giai thich|quay lai|tro lai|quay ve|chuyen sang|chuyen qua|con)"
    r"(?: (?:lai|ve|qua|sang|tiep|ro|ky|them|cu the|ho|giup|gium|dum|cho|ro hon|(?:toi|em|minh|tui)(?= )))*"
    r"(?: (?:cai|vu|chuyen|phan|viec|khoan))+ "
)
_TURNED = re.compile(r" (?:di|da|nhe|nha|cai|ha|ay|do)(?=$|[,.?! ])")
_ASKED_SHORTLY = re.compile(
    r"^(?:(?:the|con|vay|rua|a|ma|u) ){0,4}(?P<what>.+?) (?:thi )?(?:sao|the nao|seo|rang|ra sao)$"
)  # without an end to how many there are, «vậy vậy vậy …» is read again from each


def turned_to(text: str) -> str | None:
    """What a message turns to by name, as it was typed: «thôi hỏi cái bảo hiểm tai nạn đi»; None where it does not."""
    plain = fold(text)
    found = _TURNS.match(plain)
    if found is None or len(plain) != len(text):
        return None
    end = _TURNED.search(plain, found.end())
    rest = text[found.end() :] if end is None else f"{text[found.end() : end.start()]}{text[end.end() :]}"
    return rest.strip(" ,.") or None


def asked_shortly(text: str) -> str | None:
    """The thing that «thế … thì sao» asks of, folded; None for any other message."""
    found = _ASKED_SHORTLY.match(folded_words(text))
    return None if found is None else found["what"]


_REFUSED = re.compile(
    r"^(?:the |thoi |vay |da |a )*(?:khong|khoi|chua) (?:rut|dong|mua|lay|linh|lanh)(?: \w+){0,2}? (?:nua|dau|luon)\b"
)


def without_refused(text: str) -> str:
    """A message without what it says is not wanted any more: «không rút nữa, đóng tiếp được không»; else as it is."""
    said = normalize(text)
    found = _REFUSED.match(fold(said))
    rest = "" if found is None else said[found.end() :].strip()
    return rest if len(rest.split()) >= _LEAST else text


_LEAST = 3
"""Words: with fewer nothing is asked beside it."""


_THIRD = re.compile(
    r"^(?:(?:thế|vậy|còn|rồi|rứa|à|ủa) )*(?:(ảnh|ổng|anh ấy|ông ấy|chú ấy|cậu ấy)|(bả|cổ|chị ấy|bà ấy|cô ấy|dì ấy)|"
    r"nó|ẻm|em ấy|bác ấy|cụ|người ấy)(?: (?:thì|sao|sinh|đóng|được|rút|năm nay)\b|$)"
)
"""Told apart from «anh», «ông» and «bà», which address somebody, by their accents alone."""


def begins_with_a_third(text: str) -> Literal["male", "female", "any"] | None:
    """The sex of somebody told of before with whom a message begins: «còn ảnh», «bả thì sao»."""
    found = _THIRD.search(normalize(text))
    if found is None:
        return None
    return "male" if found[1] else "female" if found[2] else "any"
