"""Reads that a short message asks what the last result told: «tính ra một tháng mấy tiền», «còn thiếu mấy năm»."""

from __future__ import annotations

import re
from typing import Literal

from handlers.reading.word_roles import WordRole, WordRoles
from handlers.reading.words import LONGEST_ANSWER
from vietnamese.normalize import fold, normalize

AskedOfResult = Literal["missing", "paid", "when", "level", "sum", "pension", "monthly"]
"""Years still missing, years paid, when or at which age, the income level, all in all, the pension, the cost."""

_LONGEST = 14
"""Words; a longer message tells something."""
_SLIP = 4
"""Letters of the one word of no list that may be a slip."""
_MANY = "(?:bao nhieu|nhieu|may|bi nhieu|chung nao)"
_WHEN = (
    "(?:bao gio|khi nao|luc nao|hoi nao|chung nao|bua nao|khi mo|nam nao|thang nao|nam may|"
    "(?<!moi )(?<!mot )(?<!hang )(?<!1 )thang may)"
)
_DRAWS = "(?:lanh|linh|huong|nhan|luong|huu)"
_TIME = "(?:nam|thang)"
_KINDS: dict[AskedOfResult, str] = {
    "missing": (
        rf"\bthieu\b.*\b(?:may|bao|nhieu)\b|\bcon thieu\b|\b{_MANY} {_TIME} nua\b|\bbao lau nua\b"
        r"|\bdu (?:15 nam |20 nam |nam )?chua\b|\bda du (?:15 nam|20 nam|nam)\b|\bdu (?:15 |20 )?nam (?:khong|chua)$"
    ),
    "paid": (
        rf"\b(?:dong|nop|mua|tham gia|gop)\b.*\bduoc {_MANY} {_TIME}\b|\b{_MANY} {_TIME} (?:roi|tat ca|tong cong)\b"
        rf"|\b(?:dong|nop|mua|gop) duoc bao lau\b|\btong cong {_MANY} {_TIME}\b"
    ),
    "when": (
        rf"\b{_MANY} tuoi\b|\b{_WHEN}\b.*\b(?:{_DRAWS}|nghi|du|toi tuoi)\b"
        rf"|\b(?:{_DRAWS}|nghi|du)\b.*\b{_WHEN}\b|\bden {_WHEN}$"
    ),
    "level": rf"\b(?:muc|thu nhap)\b.*\b(?:{_MANY}|nao)\b",
    "sum": (
        rf"\b(?:tong|het thay|ca thay|tat ca|cong lai|cong het|gop lai|tinh het|tu dau toi cuoi)\b.*\b{_MANY}\b"
        rf"|\b{_MANY}\b.*\b(?:tat ca|tong cong|ca thay|het thay)\b|\b(?:het|ton|mat|ton het) {_MANY}\b"
    ),
    "pension": rf"\b{_DRAWS}\b.*\b{_MANY}\b",
    "monthly": (rf"(?:\b(?:moi|mot|1|hang|tung) |^)thang\b.*\b{_MANY}\b|\b{_MANY}\b.*\b(?:moi|mot|1|hang) thang\b"),
}
"""By what is asked, the words that ask it, folded; the first that fits counts."""
_OTHERWISE = re.compile(r"\b(?:nen|chon|doi|toi thieu|toi da|ho tro|giup|the nao|khai|bang|von|ngay|min)\b")
_NO_DATE = re.compile(r"\bban may tuoi\b|\btuoi roi\b|^(?!.*(?:luong|huu)).*\btien\b")
"""Whose age the writer knows, or when money comes that is no pension."""
_PENSION = re.compile(r"\b(?:huu|gia)\b")
"""A pension that is named is asked for whatever was told last."""
_OF_TIME = re.compile(r"\b(?:moi|mot|1|hang|15|20|muoi lam|hai muoi)(?: nam| thang)\b|\bhang thang\b")
_NAMED = frozenset(
    "luong huu ve nghi tien tuoi gia thieu du nam khong chua dong co lanh nhan duoc nua tiep tong cong".split()
)
"""Words of topics, without accents, that a result is about."""
_OTHER_MATTERS: tuple[WordRole, ...] = (
    *("topic", "paper", "papers", "carries", "where", "place", "who", "how", "deadline", "within", "handed_in"),
    *("extreme", "if", "then_what"),
)


def asked_of_result(text: str) -> AskedOfResult | None:
    """What a message asks of the result just told; None where it tells facts or names another matter.

    >>> asked_of_result("vậy mấy tuổi lãnh")
    'when'
    """
    if len(text) > LONGEST_ANSWER:
        return None
    words = normalize(text)
    roles = WordRoles(text, plain=frozenset(word for word in words.split() if fold(word) in _NAMED))
    if roles.words > _LONGEST or roles.of(*_OTHER_MATTERS) or not _is_all_known(roles) or _states(roles):
        return None
    plain = fold(words)
    if _OTHERWISE.search(plain):
        return None
    kind = next((kind for kind, pattern in _KINDS.items() if re.search(pattern, plain)), None)
    of_its_own = (kind == "when" and _NO_DATE.search(plain)) or (kind == "pension" and _PENSION.search(plain))
    return None if of_its_own else kind


def asks_of_result(text: str) -> bool:
    """Whether a message asks again what a result tells: a sum, a level, an age, years paid or missing."""
    return asked_of_result(text) is not None


def _is_all_known(roles: WordRoles) -> bool:
    unknown = roles.typed("unknown")
    return not unknown or (len(unknown) == 1 and unknown[0].text.isascii() and len(unknown[0].text) <= _SLIP)


def _states(roles: WordRoles) -> bool:
    """Whether it tells a fact: «một tháng», «đủ 15 năm», and what a result is about, are none."""
    if any(token.fold not in ("mot", "1") for token in roles.typed("number")):
        return True
    facts = (tokens for role, tokens in roles.all if role == "fact")
    told = (" ".join(token.fold for token in tokens) for tokens in facts)
    return any(not _OF_TIME.fullmatch(each) and (each == "nam" or not set(each.split()) <= _NAMED) for each in told)
