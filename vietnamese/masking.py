"""Takes out of a message what tells who somebody is: citizen ID, insurance number, phone, account, card code, name.

Years, dates and amounts of money stay, for they are part of the question.
"""

from __future__ import annotations

import functools
import re

from vietnamese import names

NUMBER = "[số]"
NAME = "[tên]"
EMAIL = "[email]"

_MASK = re.compile(r"\[[^\[\]\n]{1,20}\]")
_MASK_BEFORE_SIGN = re.compile(rf"\s?{_MASK.pattern}(?=[,.;:!?])")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_SEPARATED = re.compile(r"(?<!\d)(?:\(?\+?\d)(?:[\s.\-_/()·•]{0,3}\d){6,40}")
_RUN = re.compile(r"(?:\b[A-Za-z]{2})?\+?\d{9,}")
_MONEY = re.compile(
    r"(?<!\d)[1-9]\d{0,2}"
    r"(?:(?:\.\d{3})+(?![.\d])|(?:,\d{3})+(?![,\d])|(?:[ \u00a0]\d{3})*[ \u00a0]000(?![ \u00a0]?\d))"
)
_PHONE = re.compile(r"(?:0|\+?84)[2-9]\d{7,9}")
_SHORTEST = 9


@functools.lru_cache(maxsize=16)  # one message is looked at by several
def mask(text: str) -> tuple[str, bool]:
    """The message with personal numbers as «[số]» and names as «[tên]», and whether a number was masked.

    A number is what people are warned of; a name is left out without a word.
    """
    masked, warned = mask_numbers(text)
    return mask_names(masked), warned


def mask_names(text: str) -> str:
    """The message with the names of people as «[tên]».

    >>> mask_names("Tôi là Nguyễn Văn Bảy, quê ở Thanh Hà")
    'Tôi là [tên], quê ở Thanh Hà'
    """
    parts: list[str] = []
    at = 0
    for start, end in names.spans(text):
        parts += (text[at:start], NAME)
        at = end
    return "".join((*parts, text[at:]))


def mask_numbers(text: str) -> tuple[str, bool]:
    """The message with personal numbers as «[số]», and whether anything was masked.

    Masks every run of nine digits or more, and phone, ID and card numbers typed in groups
    («0912 345 678», «001-075-012345»). Keeps «1.500.000», «15/03/1975», «2015-2017», «1900 9068».
    """
    masked = _EMAIL.sub(EMAIL, text)
    masked = _SEPARATED.sub(_mask_groups, masked)
    masked = _RUN.sub(NUMBER, masked)
    return masked, masked != text


def without_masks(text: str) -> str:
    """The message on one line, with what is masked left out: what is to be read by others, or learnt from.

    >>> without_masks("Nuôi tôm, gọi 0912345678 thì sao?")
    'Nuôi tôm, gọi thì sao?'
    """
    return " ".join(_MASK.sub(" ", _MASK_BEFORE_SIGN.sub("", mask(text)[0])).split())


def _mask_groups(found: re.Match[str]) -> str:
    typed = found[0]
    groups = re.findall(r"\d+", typed)
    digits = "".join(groups)
    if len(digits) < _SHORTEST or len(groups) == 1:
        return typed
    if _PHONE.fullmatch(("+" if "+" in typed else "") + digits):
        return NUMBER
    if _is_money(typed) or _are_dates(groups):
        return typed
    return NUMBER


def _is_money(typed: str) -> bool:
    """Thousands in threes, alone or beside short numbers: «1.500.000 - 2.000.000», «150 000 000»."""
    rest, amounts = _MONEY.subn(" ", typed)
    return amounts > 0 and sum(c.isdigit() for c in rest) < _SHORTEST - 2


def _are_dates(groups: list[str]) -> bool:
    """Days, months and years only, with at least one year: «01.01.2020-31.12.2021», «2018 2019 2020»."""
    years = [group for group in groups if len(group) == 4]
    if not years or not all(1900 <= int(year) <= 2100 for year in years):
        return False
    return all(len(group) <= 2 or group in years for group in groups)
