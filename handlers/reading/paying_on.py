"""Reads what is asked of going on to pay: «đóng tiếp cho đủ 20 năm thì sao», «đóng thêm 1 năm được thêm bao nhiêu»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.reading.durations import duration_months
from vietnamese.normalize import folded_words

_TO = re.compile(
    r"(?<!\bda )\b(?:dong|nop)\b(?: (?!da\b|duoc\b)\w+){0,3}?"
    r" (?:cho du|du|den|toi|len|cho den|cho toi|cho tron|tron) (\d{1,2} nam(?: \d{1,2} thang| ruoi)?)\b"
)
_MORE = re.compile(
    r"\b(?:dong|nop)(?: (?:tiep|them|no|rang))+ "
    r"((?:\d{1,3}|mot|hai|ba|bon|nam) (?:nam|thang)(?: \d{1,2} thang| ruoi)?)\b"
)
_ONLY_MORE = re.compile(
    r"^(?:(?:the|vay|con|neu|hay|roi) )*(?:them|cong them) (?:han |luon |dung |tron )?"
    r"((?:\d{1,3}|mot|hai|ba|bon|nam|muoi) (?:nam|thang)(?: ruoi)?)\b"
)
_AT_ALL = re.compile(
    r"\b(?:dong|nop) (?:tiep|them)\b(?!.*\bcho du\b).*"
    r"\b(?:(?:duoc|huong|nhan|linh|lanh|tang) them|(?:co )?(?:tang|loi|cao hon|nhieu hon))\b"
)


@dataclass(frozen=True, slots=True)
class PayingOn:
    """Until when somebody would go on: `total` months in all, or `more` than now; neither where they only ask."""

    total: int | None = None
    more: int | None = None


def paying_on(text: str) -> PayingOn | None:
    """What a message asks of going on to pay; None where it does not.

    >>> paying_on("đóng tiếp cho đủ 20 năm thì lương hưu bao nhiêu"), paying_on("đóng thêm 1 năm nữa thì sao")
    (PayingOn(total=240, more=None), PayingOn(total=None, more=12))
    """
    folded = folded_words(text)
    further = _MORE.search(folded) or _ONLY_MORE.search(folded)
    if further is not None:
        months = duration_months(further[1])
        return None if months is None else PayingOn(more=months)
    to = _TO.search(folded)
    if to is not None:
        months = duration_months(to[1])
        return None if months is None else PayingOn(total=months)
    return PayingOn() if _AT_ALL.search(folded) is not None else None
