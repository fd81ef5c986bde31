"""Reads months of the year and years of birth: «tháng 3», «giêng», «tư», «75», «một chín bảy lăm»."""

from __future__ import annotations

import datetime

from handlers.reading.numbers import TENS, UNIT_AFTER_TEN, cardinal
from handlers.reading.words import Found, Lexicon, Tokens, answer_of, only, only_values, skipping, words

YOUNGEST, _OLDEST = 10, 110
_SURELY_A_YEAR = 61
"""From here two digits alone are a year of birth («75»), below they may be an age («58»)."""

MONTH = words("tháng thg th t")
LUNAR_MONTH = Lexicon({"giêng": 1, "chạp": 12})
_APRIL = words("tư")
_THOUSAND = words("nghìn ngàn")
_AND = words("linh lẻ")
_ZERO = words("không")
PART_OF_A_YEAR = words("cuối đầu giữa")
_YEAR = words("năm")
_skip_month = skipping("vào từ cuối đầu giữa khoảng tầm chắc sinh năm")


def month_of_year(text: str) -> int | None:
    """The month, 1 to 12, a message consists of («tháng 3», «3», «giêng»), or None."""
    return only(only_values(answer_of(text), _month_alone, _skip_month))


def _month_alone(tokens: Tokens, at: int) -> Found[int] | None:
    here = at + 1 if MONTH.get(tokens, at) else at
    if _YEAR.get(tokens, at) and PART_OF_A_YEAR.get(tokens, at - 1):  # «cuối năm» is no May
        return None
    month = month_named(tokens, here)
    if month is None:
        return None
    following = tokens[month[1]].text if month[1] < len(tokens) else ""
    return None if following in ("/", "-", "%") or MONTH.get(tokens, month[1]) else (month[0], month[1])


def month_named(tokens: Tokens, at: int) -> Found[int] | None:
    lunar = LUNAR_MONTH.get(tokens, at)
    if lunar:
        return lunar, at + 1
    if _APRIL.get(tokens, at):
        return 4, at + 1
    said = day_or_month(tokens, at)
    return said if said and 1 <= said[0] <= 12 else None


def day_or_month(tokens: Tokens, at: int) -> Found[int] | None:
    """One or two digits, or a number in words («5 mươi mốt»)."""
    if at + 1 < len(tokens) and tokens[at].is_number and TENS.get(tokens, at + 1):
        return cardinal(tokens, at)
    if at < len(tokens) and tokens[at].is_number:
        digits = tokens[at].digits
        return None if digits is None or len(tokens[at].text) > 2 else (digits, at + 1)
    return cardinal(tokens, at)


def year_of_birth(tokens: Tokens, at: int, today: datetime.date, *, marked: bool) -> Found[int] | None:
    """A year of birth there. Two digits count when `marked` as a year, or when they can be no age."""
    if at >= len(tokens):
        return None
    if tokens[at].is_number:
        digits, length = tokens[at].digits, len(tokens[at].text)
        if digits is None or length not in (2, 4):
            return None
        return _among_the_living(digits, length == 2, marked, today, at + 1)
    said = _year_in_words(tokens, at)
    return None if said is None else _among_the_living(said[0], said[0] < 100, marked, today, said[1])


def _among_the_living(value: int, short: bool, marked: bool, today: datetime.date, after: int) -> Found[int] | None:
    if short:
        if not marked and 10 <= value < _SURELY_A_YEAR:
            return None
        year = plausible(value, today)
        return None if year is None else (year, after)
    return (value, after) if lived(value, today) else None


def plausible(two_digits: int, today: datetime.date) -> int | None:
    """The year of this or the last century in which somebody now 10 to 100 years old was born."""
    fitting = [year for year in (1900 + two_digits, 2000 + two_digits) if YOUNGEST <= today.year - year <= 100]
    return fitting[-1] if fitting else None


def lived(year: int, today: datetime.date) -> bool:
    return YOUNGEST <= today.year - year <= _OLDEST


def _year_in_words(tokens: Tokens, at: int) -> Found[int] | None:
    """«bảy lăm», «một chín bảy lăm», «một nghìn chín trăm bảy mươi lăm», «hai nghìn lẻ năm»."""
    said = cardinal(tokens, at)
    if said is None:
        return None
    value, after = said
    if value in (1, 2) and _THOUSAND.get(tokens, after):
        after += 1
        if _AND.get(tokens, after):
            after += 1
        rest = cardinal(tokens, after) or (0, after)
        return value * 1000 + rest[0], rest[1]
    if value == 1 and (nine := cardinal(tokens, after)) and nine[0] == 9:
        pair = _pair(tokens, nine[1])
        return None if pair is None else (1900 + pair[0], pair[1])
    return (value, after) if 10 <= value < 100 else _pair(tokens, at)


def _pair(tokens: Tokens, at: int) -> Found[int] | None:
    """Two digits said one by one or as a number: «bảy lăm», «bảy mươi lăm», «tám không»."""
    said = cardinal(tokens, at)
    if said is None or said[0] >= 100:
        return None
    if said[0] >= 10:
        return said
    unit = 0 if _ZERO.get(tokens, said[1]) else UNIT_AFTER_TEN.get(tokens, said[1])
    return None if unit is None else (said[0] * 10 + unit, said[1] + 1)
