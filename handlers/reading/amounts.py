"""Reads an amount of money as it is typed or said: «1tr5», «500k», «một triệu rưỡi», «1.500.000đ».

What is understood without being said: thousands. «500» and «năm trăm» are 500.000 đ, «1500» is 1.500.000 đ;
«1,5» is a million and a half. What stays None because it can be two things: «2», «1.500 triệu», «2tr50»,
«2-3 triệu», «hai ba triệu», «vài triệu», «dưới 2 triệu», a year («1975»), a number long enough to be an ID.
"""

from __future__ import annotations

import re

from handlers.reading.amount_grammar import (
    AND_A_HALF,
    CURRENCY,
    MILLION,
    MONTH,
    THOUSAND,
    amount,
    per_month,
    quantity,
)
from handlers.reading.numbers import DIGIT
from handlers.reading.words import Found, Tokens, answer_of, is_one, only, only_values, skipping, words

_SAID_IN_THOUSANDS = range(50, 10_000)
"""A number alone in this range means so many thousand dong."""
_YEARS = range(1920, 2040)
_TO = re.compile(r"\s*(?:[-–—]|(?<![^\W_])(?:đến|den|tới|toi|hoặc|hoac|hay)(?![^\W_]))\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[\d.,]+")
_TIME = words("năm tuổi ngày quý tuần giờ")
_EVERY = words("mỗi một hàng hằng từng")
_VAGUE = words("mấy vài nhiều đến tới hoặc hay dưới")
_OR = words("đến tới hoặc hay")
_NOT_ONLY_A_DIGIT = words("năm ba sáu tám")
"""Without its accents each is also another word before an amount: «năm 3 triệu», «tầm 3 triệu»."""

_skip_word = skipping(
    "khoảng tầm chừng cỡ độ gần hơn trên chắc hình như áng ngót xấp xỉ cũng được lương thu nhập mức",
    "chọn đóng",
    "nộp muốn làm kiếm lãi có khi nay này hiện tại giờ bây số tiền cho lấy đâu đó vào tròn đúng chẵn gì đi",
)


def money(text: str) -> int | None:
    """The amount a message consists of, in dong; None when it is none, two, or unclear."""
    return only(only_values(answer_of(text), _said_or_written, _skip))


def money_range(text: str) -> tuple[int, int] | None:
    """The two amounts a message ranges between, lower first: «300-400k», «1 đến 2 triệu», «300 hoặc 500»."""
    parts = _TO.split(text.strip())
    if len(parts) != 2:
        return None
    low, high = (part.strip() for part in parts)
    unit = _NUMBER.sub("", high, count=1) if _NUMBER.match(high) else ""
    found = money(f"{low}{unit}") or money(low), money(high)
    return (found[0], found[1]) if found[0] and found[1] and found[0] < found[1] else None


def amounts_in(tokens: Tokens) -> list[tuple[int, int, int]]:
    """Every amount with its unit in a sentence, in dong, and where; no end of a range.

    Thousands are not supplied here, and «năm trăm» alone is not money: in a sentence it may count anything.
    """
    found: list[tuple[int, int, int]] = []
    at = 0
    while at < len(tokens):
        here = amount(tokens, at)
        if here is None:
            at += 1
            continue
        if not (_second_of_a_range(tokens, at) or _first_of_a_range(tokens, here[1])):
            found.append((here[0], at, here[1]))
        at = here[1]
    return found


def _said_or_written(tokens: Tokens, at: int) -> Found[int] | None:
    """An amount with its unit, or one whose unit is understood."""
    return amount(tokens, at, alone=True) or _without_unit(tokens, at)


def _skip(tokens: Tokens, at: int) -> int:
    """Past a filler: «một tháng», «/tháng», «trên dưới», or a word that says nothing about the amount."""
    start = at + 1 if tokens[at].text == "/" else at
    unit = start + 1 if _EVERY.get(tokens, start) or is_one(tokens, start) else start
    if MONTH.get(tokens, unit):
        return unit + 1
    if start > at:
        return at
    if tokens[at].fold == "tren" and at + 1 < len(tokens) and tokens[at + 1].fold == "duoi":
        return at + 2
    return _skip_word(tokens, at)


def _without_unit(tokens: Tokens, at: int) -> Found[int] | None:
    """«500», «1500», «năm trăm», «1,5»; only where the message holds nothing else."""
    counted = quantity(tokens, at)
    if counted is None:
        return None
    count, after, _ = counted
    if after < len(tokens) and not per_month(tokens, after):
        following = tokens[after]
        if following.is_number or following.text in "/-%" or CURRENCY.get(tokens, after):
            return None
        if AND_A_HALF.get(tokens, after) or _TIME.get(tokens, after):
            return None
    typed = tokens[at].text
    if count.denominator != 1:
        return (int(count * MILLION), after) if len(typed) <= 4 and 0 < count < 10 else None
    said = int(count)
    if said not in _SAID_IN_THOUSANDS or (typed.isdecimal() and said in _YEARS and said != 2000):
        return None
    return said * THOUSAND, after


def _second_of_a_range(tokens: Tokens, at: int) -> bool:
    """Whether «2-», «hai», «từ 2 đến» or «vài» stands before an amount: then it is not the amount."""
    if at == 0:
        return False
    before = tokens[at - 1]
    if before.text in "-/<>" or _VAGUE.get(tokens, at - 1):
        return True
    if before.is_number:
        return before.digits not in _YEARS
    return DIGIT.get(tokens, at - 1) is not None and not _NOT_ONLY_A_DIGIT.get(tokens, at - 1)


def _first_of_a_range(tokens: Tokens, after: int) -> bool:
    if after + 1 < len(tokens) and tokens[after].text == "-" and tokens[after + 1].is_number:
        return True
    return bool(_OR.get(tokens, after)) and amount(tokens, after + 1) is not None
