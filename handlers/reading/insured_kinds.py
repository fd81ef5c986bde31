"""Reads in a sentence of which insurance something is told: the words for a place of work, or «tự nguyện»."""

from __future__ import annotations

from handlers.reading.history_pieces import SCHEME
from handlers.reading.passages import Passage
from handlers.reading.words import words
from law.pension.history import Scheme

_NOT_WORK = words("cán nhà nước")
_TO_SOMEBODY = words("cho với của bảo hỏi")
_WORKS = words("làm là đóng ở cho quan vào đi")


def kinds_named(passage: Passage, places: range) -> list[tuple[int, int, Scheme]]:
    """Where a kind is named at one of the places, where that ends, and the kind; in the order of the places."""
    read = ((place, SCHEME.read(passage.tokens, place)) for place in places)
    return [(place, said[1], said[0]) for place, said in read if said and not _nobodys_work(passage, place)]


def _nobodys_work(passage: Passage, at: int) -> bool:
    """«cán bộ», «nhà nước» that are asked, or pay a part; not a place of work."""
    tokens = passage.tokens
    if at > 1 and _TO_SOMEBODY.get(tokens, at - 1) and tokens[at - 2].fold not in ("lam", "viec"):
        return True
    return bool(_NOT_WORK.get(passage.tokens, at)) and not (at > 0 and _WORKS.get(passage.tokens, at - 1))
