"""Reads a month of the calendar: «tháng 5/2027», «5/27», «15-3-2026», «tháng này», «tháng ba sang năm»."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from handlers.reading.words import Found, Phrases, Tokens, answer_of, only, only_values, phrases, skipping, words
from handlers.reading.years import LUNAR_MONTH, MONTH, PART_OF_A_YEAR, month_named

_WRITTEN = re.compile(
    r"(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/(?P<year>\d{4}|\d{2})|(?P<lone_day>\d{1,2})/(?P<lone>\d{1,2})"
)
_ISO = re.compile(r"(?P<year>\d{4})/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?")
_CENTURY = 2000
_YEARS = range(1900, 2200)
"""Another number of four digits is a slip of the keyboard."""
_YEAR = words("năm")
_DAY = words("ngày mùng mồng hôm")
_LUNAR = words("âm")
AWAY = Phrases(
    {
        **phrases(0, "tháng này | tháng nay | trong tháng"),
        **phrases(-1, "tháng trước | tháng vừa rồi | tháng vừa qua | tháng qua | tháng rồi"),
        **phrases(1, "tháng sau | tháng tới | sang tháng"),
    }
)
_DAYS_AGO = Phrases({**phrases(0, "hôm nay"), **phrases(1, "hôm qua | tối qua | đêm qua"), **phrases(2, "hôm kia")})
YEARS_AWAY = Phrases(
    {
        **phrases(0, "năm nay"),
        **phrases(-1, "năm ngoái | năm trước | năm rồi | năm vừa rồi"),
        **phrases(1, "năm sau | năm tới | sang năm | qua năm"),
    }
)

_skip = skipping(
    "sinh sanh đẻ dự kiến sắp bé đứa mất chết qua đời hồi vào khoảng tầm chừng chắc cuối đầu giữa của từ lúc khi",
    "hình như áng độ rồi vừa mới đã sẽ",
)


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month as it was said; `year` is None where none was."""

    month: int
    year: int | None = None


def calendar_month(text: str, today: datetime.date) -> CalendarMonth | None:
    """The month a message consists of; None for a date by the moon, two months, or anything else."""
    tokens = answer_of(text)
    if any(LUNAR_MONTH.get(tokens, at) or (_LUNAR.get(tokens, at) and tokens[at].accents) for at in range(len(tokens))):
        return None
    return only(only_values(tokens, lambda tokens, at: month_at(tokens, at, today), _skip))


def month_at(tokens: Tokens, at: int, today: datetime.date) -> Found[CalendarMonth] | None:
    """The month said there; a number alone is one too."""
    away = AWAY.read(tokens, at)
    if away is not None:
        number = today.year * 12 + today.month - 1 + away[0]
        return CalendarMonth(number % 12 + 1, number // 12), away[1]
    ago = _DAYS_AGO.read(tokens, at)
    if ago is not None:
        day = today - datetime.timedelta(days=ago[0])
        return CalendarMonth(day.month, day.year), ago[1]
    at = at + 1 if _DAY.get(tokens, at) else at
    return _written(tokens, at, today) or _said(tokens, at, today)


def _written(tokens: Tokens, at: int, today: datetime.date) -> Found[CalendarMonth] | None:
    """Numbers with «/», «-» or dots between them, after «tháng» or not."""
    start = at + 1 if MONTH.get(tokens, at) else at
    after = start
    while after < len(tokens) and (tokens[after].is_number or tokens[after].text in "/-"):
        after += 1
    said = re.sub(r"[-.,]", "/", "".join(token.text for token in tokens[start:after]))
    found = _ISO.fullmatch(said) or _WRITTEN.fullmatch(said)
    if found is None:
        return None
    parts = found.groupdict()
    day, month, year = parts.get("day"), parts["month"], parts["year"]
    if year is not None and len(year) == 2 and day is None and int(year) <= 12:
        return _without_year(int(month), int(year), start > at, after)
    if year is None:
        return _without_year(int(parts["lone_day"]), int(parts["lone"]), start > at, after)
    if day is None and int(month) > 12:
        return None
    return _valid(int(year) + _CENTURY if len(year) == 2 else int(year), int(month), int(day or 1), after)


def _without_year(first: int, second: int, month_first: bool, after: int) -> Found[CalendarMonth] | None:
    """«20/11» is a day; «tháng 5/11» is May of 2011; «0/5» is nothing."""
    if month_first:
        return _valid(_CENTURY + second, first, 1, after)
    return (CalendarMonth(second), after) if 1 <= first <= 31 and 1 <= second <= 12 else None


def _valid(year: int, month: int, day: int, after: int) -> Found[CalendarMonth] | None:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return None
    return (CalendarMonth(month, year), after) if year in _YEARS else None


def _said(tokens: Tokens, at: int, today: datetime.date) -> Found[CalendarMonth] | None:
    """«tháng ba năm 2027», «ngày 20 tháng 5 năm nay», «tháng 5», «5»."""
    here = at
    if not MONTH.get(tokens, here) and here + 1 < len(tokens) and MONTH.get(tokens, here + 1):
        day = tokens[here].digits
        if day is None or not 1 <= day <= 31:
            return None
        here += 1
    named = MONTH.get(tokens, here)
    if _YEAR.get(tokens, here) and PART_OF_A_YEAR.get(tokens, here - 1):  # «cuối năm» is no May
        return None
    month = month_named(tokens, here + 1 if named else here)
    if month is None or (not named and month[1] < len(tokens) and MONTH.get(tokens, month[1])):
        return None
    away = YEARS_AWAY.read(tokens, month[1])
    if away is not None:
        return CalendarMonth(month[0], today.year + away[0]), away[1]
    year = month[1] + 1 if _YEAR.get(tokens, month[1]) else month[1]
    digits = tokens[year].digits if year < len(tokens) else None
    if digits is None:
        return (CalendarMonth(month[0]), month[1]) if year == month[1] else None
    if len(tokens[year].text) == 2 and year > month[1]:
        digits += _CENTURY
    return _valid(digits, month[0], 1, year + 1)
