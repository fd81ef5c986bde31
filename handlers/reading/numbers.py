"""Reads numbers below a thousand said in words: «năm trăm», «mười lăm», «bảy lăm», «5 chục»."""

from __future__ import annotations

from handlers.reading.words import Found, Lexicon, Tokens, words

DIGIT = Lexicon({
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
})  # fmt: skip
UNIT_AFTER_TEN = Lexicon({
    "mốt": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
})  # fmt: skip
HUNDRED = words("trăm")
FIVE = words("năm")
_SPOKEN_SHORT = Lexicon({"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5})
_TEN = words("mười")
TENS = words("mươi chục")
_ZERO = words("không")
_AND = words("linh lẻ")
_COUNTED = words("năm trăm nghìn ngàn triệu tr tuổi tháng")
_BEGINS = words("mười không một hai ba bốn năm sáu bảy bẩy tám chín")


def begins_number(tokens: Tokens, at: int) -> bool:
    """Whether a number may begin there: what is asked first where every word of a text is looked at."""
    return 0 <= at < len(tokens) and (tokens[at].is_number or _BEGINS.get(tokens, at) is True)


def cardinal(tokens: Tokens, at: int) -> Found[int] | None:
    """The number said there, 0 to 999, and where it ends. «trăm» and «chục» may follow one written digit."""
    if not begins_number(tokens, at):
        return None
    if _TEN.get(tokens, at):
        return _after_ten(tokens, at + 1, 10)
    if _ZERO.get(tokens, at) and HUNDRED.get(tokens, at + 1):
        return _after_hundred(tokens, at + 2, 0)
    digit = _digit(tokens, at)
    if digit is None:
        return None
    if HUNDRED.get(tokens, at + 1):
        return _after_hundred(tokens, at + 2, digit * 100)
    tens = _tens(tokens, at)
    if tens is not None:
        return tens
    return None if tokens[at].is_number else (digit, at + 1)


def short_pair(tokens: Tokens, at: int) -> bool:
    """Whether two words there are a pair said short: «bảy lăm», «ba tư»."""
    return DIGIT.get(tokens, at) is not None and _short_unit(tokens, at + 1) is not None


def _digit(tokens: Tokens, at: int) -> int | None:
    if at < len(tokens) and tokens[at].is_number:
        return tokens[at].digits if tokens[at].text in "123456789" else None
    return DIGIT.get(tokens, at)


def _tens(tokens: Tokens, at: int) -> Found[int] | None:
    """«hai mươi lăm», «5 chục», «bảy lăm» there."""
    digit = _digit(tokens, at)
    if digit is None:
        return None
    if TENS.get(tokens, at + 1):
        return _after_ten(tokens, at + 2, digit * 10)
    unit = _short_unit(tokens, at + 1)
    if unit is not None and not tokens[at].is_number:
        return digit * 10 + unit, at + 2
    return None


def _short_unit(tokens: Tokens, at: int) -> int | None:
    """The unit of a pair said short; «một» and «tu» without their accents are other words."""
    unit = _SPOKEN_SHORT.get(tokens, at)
    return None if unit in (1, 4) and not tokens[at].accents else unit


def _after_ten(tokens: Tokens, at: int, tens: int) -> Found[int]:
    unit = UNIT_AFTER_TEN.get(tokens, at)
    if unit is not None:
        return tens + unit, at + 1
    if FIVE.get(tokens, at) and _COUNTED.get(tokens, at + 1):  # «mười năm năm»; in «mười năm» năm is the year
        return tens + 5, at + 1
    return tens, at


def _after_hundred(tokens: Tokens, at: int, hundreds: int) -> Found[int]:
    if _AND.get(tokens, at):
        digit = DIGIT.get(tokens, at + 1)
        if digit is not None:
            return hundreds + digit, at + 2
    if _TEN.get(tokens, at):
        return _after_rest(hundreds, _after_ten(tokens, at + 1, 10))
    tens = _tens(tokens, at)
    return (hundreds, at) if tens is None else _after_rest(hundreds, tens)


def _after_rest(hundreds: int, rest: Found[int]) -> Found[int]:
    return hundreds + rest[0], rest[1]
