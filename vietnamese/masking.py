"""Takes out of a message what tells who somebody is, before it is kept or handed on: one function, `mask`, for all.

Numbers (citizen ID, insurance, phone, bank, card), also in words or disguised; mail, links and accounts; addresses of
houses; names; the day of a birth. Years, months, ages, amounts of money and numbers of laws stay, for they are part of
the question. It reads a text once from left to right for each of these; no pattern is without a bound.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from vietnamese import accounts, digits, houses, names
from vietnamese.flat import flat

NUMBER = "[số]"
NAME = "[tên]"
EMAIL = "[email]"
ACCOUNT = "[tài khoản]"
ADDRESS = "[địa chỉ]"
DAY = "[ngày]"

_MASK = re.compile(r"\[[^\[\]\n]{1,20}\]")
_MASK_BEFORE_SIGN = re.compile(rf"\s?{_MASK.pattern}(?=[,.;:!?])")
_SEPARATED = re.compile(r"(?<!\d)(?:\(?\+?\d)(?:[\s.\-_/()·•]{0,3}\d){6,40}")
_RUN = re.compile(r"(?:\b[A-Za-z]{2})?\+?\d{9,}")
_SUM = re.compile(r"(?<!\d)[1-9]\d{5,8}000(?=\s?(?:đồng|dong|vnđ|vnd|đ)(?!\w))", re.I)
"""An amount that is written without points."""
_BIRTH = re.compile(
    r"(?<![a-z])(?:ngay sinh|sinh ngay|sinh|sn|ns|sinh vao ngay|sinh nhat)[\s:]{0,3}"
    r"(\d{1,2})(?=\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d\d)(?!\d)|\s(?:thang\s)?\d{1,2}[\s,]{1,2}(?:nam\s)?\d{4}(?!\d))"
)
_MONEY = re.compile(
    r"(?<!\d)[1-9]\d{0,2}"
    r"(?:(?:\.\d{3})+(?![.\d])|(?:,\d{3})+(?![,\d])|(?:[ \u00a0]\d{3})*[ \u00a0]000(?![ \u00a0]?\d))"
)
_PHONE = re.compile(r"(?:0|\+?84)[2-9]\d{7,9}")
_SHORTEST = 9


@functools.lru_cache(maxsize=16)  # one message is looked at by several
def mask(text: str) -> tuple[str, bool]:
    """The message as it may be kept, with «[số]», «[tên]» … in it, and whether its writer is to be warned.

    They are of numbers and accounts; a name, an address or the day of a birth is left out without a word.
    """
    masked, warned = mask_numbers(text)
    masked = _replaced(masked, ADDRESS, houses.spans(masked, flat(masked)))
    folded = flat(masked)
    masked = _replaced(masked, DAY, (folded.of(found, 1) for found in _BIRTH.finditer(folded.text)))
    return mask_names(masked), warned


def mask_names(text: str) -> str:
    """The message with the names of people as «[tên]».

    >>> mask_names("Tôi là Nguyễn Văn Bảy, quê ở Thanh Hà")
    'Tôi là [tên], quê ở Thanh Hà'
    """
    return _replaced(text, NAME, names.spans(text))


def mask_numbers(text: str) -> tuple[str, bool]:
    """The message without numbers and accounts of people, and whether anything was masked; its names are to be read.

    Masks every run of nine digits or more that is no sum of dong, and phone, ID and card numbers typed in groups
    («0912 345 678», «001-075-012345»), in words or disguised. Keeps «1.500.000», «15/03/1975», «2015-2017»,
    «1900 9068».
    """
    masked = _replaced(text, EMAIL, accounts.mail_spans(text))
    masked = _replaced(masked, ACCOUNT, accounts.spans(masked))
    masked = _SEPARATED.sub(_mask_groups, masked)
    sums = {found.start() for found in _SUM.finditer(masked)}
    masked = _RUN.sub(lambda found: found[0] if found.start() in sums else NUMBER, masked)
    masked = _replaced(masked, NUMBER, digits.spans(masked, flat(masked)))
    return masked, masked != text


def _replaced(text: str, by: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a mask in the place of each span; those that touch one another are one."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            parts += (text[at:start], by)
        at = max(at, end)
    return "".join((*parts, text[at:]))


def unmasked(masked: str) -> str:
    """What stands between the masks of a masked text."""
    return _MASK.sub("", masked)


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
