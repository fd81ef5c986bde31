"""Reads in a sentence what pension is or was drawn, and how long: «lãnh hưu 1 triệu 2, mới lãnh 2 tháng thì mất»."""

from __future__ import annotations

import re

from handlers.reading.amount_grammar import MONTH, amount, per_month
from handlers.reading.durations import duration_months, length
from handlers.reading.passages import Cues, Mention, Passage
from handlers.reading.words import Found, Phrases, is_one, phrases, words
from law.base.month import Month
from vietnamese.normalize import folded_words

_GETS = ("lãnh", "lĩnh", "nhận", "hưởng", "có", "lãnh được", "được lãnh", "được hưởng", "được nhận", "ăn")
_PENSIONS = ("lương hưu", "hưu", "tiền hưu", "hưu trí", "tiền lương hưu", "lương hưu trí")
_KINDS = ("", " tự nguyện", " bảo hiểm xã hội tự nguyện", " bảo hiểm xã hội")
_DRAWS = Phrases(phrases(True, *(f"{gets} {what}{kind}" for gets in _GETS for what in _PENSIONS for kind in _KINDS)))
_DRAWS_ON = Phrases(phrases(True, *(f"{new}{gets}" for new in ("", "mới ", "vừa ", "mới có ") for gets in _GETS)))
_PLANNED = Cues(
    Phrases(
        phrases(
            True,
            "muốn | mong | để | ước | sẽ | nếu | thì | định | sau này | về già | chưa | không | phải | đủ",
            "khi nào | bao giờ",
            "được không | mới được | đợi | chờ | tới lúc | đến lúc | khi | lúc | giả sử | hết",
        )
    )
)
_BESIDE_AMOUNT = words("mỗi tháng được khoảng tầm chừng cỡ có là mức tới cả của")
_DIED = Phrases(phrases(True, "mất | chết | qua đời | từ trần | ra đi | đi luôn | đi | mất luôn | nằm xuống"))
_THEN = words("thì rồi là đã ổng bả ông bà ba má mẹ bố cha")
_SO_LONG = words("được mới có vừa")
_NEAR, _FAR = 6, 14
"""Words after the pension in which its amount, and how long it was drawn, are told."""


def pensions_told(passage: Passage) -> list[Mention]:
    """That a pension is drawn, in dong a month, its months; and a death of late: «mới lãnh 2 tháng thì mất»."""
    tokens = passage.tokens
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        draws = _DRAWS.read(tokens, at)
        if draws is None or not passage.free(at, draws[1]) or _is_planned(passage, at):
            at += 1
            continue
        end = min(len(tokens), draws[1] + _FAR)
        said = [one for one in (_paid_out(passage, draws[1]), *_so_long(passage, draws[1], end)) if one is not None]
        if said:
            found += [Mention("drawing", True, at, draws[1]), *said]
            for one in found:
                passage.take(one.first, one.after)
        at = draws[1]
    return found


_DRAWN_FOR = re.compile(r"\b(?:lanh|linh|nhan|huong)(?: \w+){0,2}? (\d{1,3} (?:thang|nam)(?: ruoi)?)\b")


def drawn_for(text: str) -> int | None:
    """For how many months a pension was drawn, of which it was told already that it is: «nếu mới lĩnh 2 tháng»."""
    said = _DRAWN_FOR.search(folded_words(text))
    return None if said is None else duration_months(said[1])


def _is_planned(passage: Passage, at: int) -> bool:
    return _PLANNED.any(passage.tokens, passage.clause_start(at), at)


def _paid_out(passage: Passage, at: int) -> Mention | None:
    tokens = passage.tokens
    here = at
    while here < min(len(tokens), at + _NEAR) and _BESIDE_AMOUNT.get(tokens, here):
        here += 1
    paid = amount(tokens, here) if here < len(tokens) else None
    if paid is None or (passage.begins(here) and tokens[here].gap > 1):
        return None
    after = paid[1]
    if per_month(tokens, after) or (is_one(tokens, after) and MONTH.get(tokens, after + 1)):
        after += 2
    return Mention("pension", paid[0], here, after)


def _so_long(passage: Passage, first: int, end: int) -> list[Mention]:
    """«được 2 năm rồi mất», «mới lãnh 2 tháng thì mất»; without «được» only before a death."""
    tokens = passage.tokens
    for at in range(first, end):
        lasted = length(tokens, at) if passage.free(at, at + 1) and not tokens[at].glued else None
        if lasted is None or (at and tokens[at - 1].is_number):
            continue
        if is_one(tokens, at) and lasted[0] == 1 and not _SO_LONG.get(tokens, at - 1):  # «2 triệu một tháng»
            continue
        death = _death(passage, lasted[1])
        begins, draws_on = _draws_on(passage, at)
        if death is None and not (_SO_LONG.get(tokens, at - 1) or draws_on):
            return []
        told = [Mention("drawn", lasted[0], begins, lasted[1])]
        lately = any(tokens[place].fold == "moi" for place in range(begins, at))
        if death is not None and lately:
            told.append(Mention("died", Month.of(passage.today), death[0], death[1]))
        return told
    return []


def _draws_on(passage: Passage, at: int) -> tuple[int, bool]:
    """Where «mới lãnh được» before a length begins, and whether there is such a thing."""
    tokens = passage.tokens
    here = at
    while here > 0 and _SO_LONG.get(tokens, here - 1) and not passage.begins(here):
        here -= 1
    for first in range(max(0, here - 3), here):
        said = _DRAWS_ON.read(tokens, first)
        if said is not None and said[1] >= here:
            return first, True
    return here, False


def _death(passage: Passage, at: int) -> Found[int] | None:
    """Where a death right after the length is told, from and up to; one with its month is read already."""
    tokens = passage.tokens
    here = at
    while here < min(len(tokens), at + 3) and _THEN.get(tokens, here):
        here += 1
    if here == at and not passage.begins(at):
        return None
    said = _DIED.read(tokens, here)
    return None if said is None or not passage.free(here, said[1]) else (here, said[1])
