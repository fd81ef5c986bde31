"""Reads the last month that was paid for: «5/2024», «nghỉ năm 2021», «ngừng 2 năm rồi», «vẫn đang đóng»."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from handlers.reading.calendar_months import calendar_month
from handlers.reading.durations import duration_months
from handlers.reading.words import Phrases, Tokens, answer_of, only, only_values, phrases, skipping
from law.base.month import Month

_STILL = Phrases(
    phrases(
        True,
        "đang đóng | vẫn đang đóng | vẫn đóng | còn đóng | đang còn đóng | chưa ngừng | chưa nghỉ | chưa dừng",
        "chưa ngừng đóng | chưa nghỉ đóng | chưa dừng đóng | vẫn còn đóng | tháng này | đang đóng đều",
    )
)
_YEARS_AWAY = Phrases(
    {
        **phrases(0, "năm nay"),
        **phrases(-1, "năm ngoái | năm trước | năm rồi | năm vừa rồi"),
        **phrases(-2, "năm kia"),
    }
)
_YEARS = range(1950, 2200)
_DIGITS_OF_A_YEAR = 4
_ABOUT_STOPPING = re.compile(
    r"(?<![^\W_])(?:nghỉ|nghi|ngừng|ngung|dừng|dung|thôi|thoi|đóng|dong|việc|viec|làm|lam|hết|het|được|duoc|cuối|cuoi"
    r"|lần|lan|cách đây|cach day)(?![^\W_])",
    re.IGNORECASE,
)
_skip = skipping("từ năm hồi khoảng tầm chừng đã rồi lúc vào là tôi mình đến hết")


@dataclass(frozen=True, slots=True)
class LastPaid:
    """When the last payment was for; `month` is None where only the year was said."""

    year: int
    month: int | None = None


def last_paid(text: str, today: datetime.date) -> LastPaid | None:
    """The last month paid for that a message consists of; «2 năm rồi» counts full months without payment."""
    if only_values(answer_of(text), _STILL.read, _skip):
        return LastPaid(today.year, today.month)
    rest = _ABOUT_STOPPING.sub(" ", text).strip()
    if rest.isdecimal() and len(rest) < _DIGITS_OF_A_YEAR:
        return None  # «7» may be a month, or how long ago
    tokens = answer_of(rest)
    year = only(only_values(tokens, lambda tokens, at: _year(tokens, at, today), _skip))
    if year is not None:
        return LastPaid(year)
    stopped = duration_months(rest)
    if stopped:
        last = Month.of(today) + (-stopped - 1)
        return LastPaid(last.year, last.month)
    named = calendar_month(rest, today)
    if named is None:
        return None
    lately = today.year if named.month <= today.month else today.year - 1
    return LastPaid(named.year or lately, named.month)


def _year(tokens: Tokens, at: int, today: datetime.date) -> tuple[int, int] | None:
    away = _YEARS_AWAY.read(tokens, at)
    if away is not None:
        return today.year + away[0], away[1]
    digits = tokens[at].digits
    if digits is None or digits not in _YEARS or len(tokens[at].text) != _DIGITS_OF_A_YEAR:
        return None
    return digits, at + 1
