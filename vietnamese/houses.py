"""Finds the addresses of houses: «số nhà 12 ngõ 5», «thôn 3», «tổ 8, khu phố 2», «địa chỉ: 27 Lý Thường Kiệt».

A number makes the address: «tổ dân phố», «ở thôn», a street and a commune stay, for they are no one's house.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from vietnamese.flat import Flat
from vietnamese.normalize import fold

_NUMBER = r"\d{1,4}[a-h]?(?:/\d{1,4}[a-h]?){0,4}(?![\d.,]?\d|[/\-]\d|\w)"
_NO_AMOUNT = (
    r"(?!\s?(?:nam|thang|tuoi|nguoi|trieu|tr|nghin|ngan|k|dong|d|vnd|%|phan tram|lan|ngay|con|tram|ty|loai|muc|khoan"
    r"|hinh)(?![a-z]))"
)
_LANE = "(?:ngo|ngach|hem|kiet)"
_QUARTER = "(?:to dan pho|khu dan cu|khu pho|thon|xom|khom|tdp|kdc|kp)"
_ALSO_OTHERWISE = "(?:ap|to|doi|khu|ban|buon|lang)"
"""«tổ» and «tờ», «đội» and «đổi»: an address only where a place follows, or somebody lives there."""
_PART = rf"(?:{_LANE}|{_QUARTER}|{_ALSO_OTHERWISE}|can ho|phong|lo|so nha|so|tang|toa)"
_MORE = rf"(?:[,\s\-]{{1,3}}{_PART}(?:\s?so)?\s?{_NUMBER}{_NO_AMOUNT}){{0,4}}"
_STREET_BEHIND = (
    r"(?=[,\s]{1,2}(?:duong|pho|ngo|ngach|hem|kiet|dai lo|quoc lo|ql|tinh lo|thon|xom|ap|khu pho|to dan pho)(?![a-z]))"
)
_PLACE_BEHIND = (
    r"(?=[,\s]{1,3}(?:xa|phuong|p|thi tran|tt|thi xa|tx|huyen|quan|q|tp|thanh pho|khu pho|kp|thon|xom|ap|lang|ban|buon"
    r"|khom|khu|tinh|to dan pho)(?![a-z]))"
)
_LIVES = (
    r"(?<![a-z])(?:o|tai|nha|que|tru|dia chi|d/c)[:\s]{1,3}"
    r"(?:(?:toi|em|minh|con|chau|ba|ong|la|o|tai)[:\s]{1,2}){0,3}"
)

_HOUSES = [
    re.compile(rf"(?<![a-z]){each}{_MORE}")
    for each in (
        r"(?:so nha|nha so|can ho(?: so)?)[\s:]{1,2}(?:la |cua toi la )?[a-z]?\d{1,4}[a-z]?"
        r"(?:[/.]\d{1,4}[a-z]?){0,4}(?!\d)",
        rf"so\s?{_NUMBER}{_STREET_BEHIND}",
        rf"{_LANE}(?:\s?so)?\s?{_NUMBER}{_NO_AMOUNT}",
        rf"{_QUARTER}(?:\s?so)?\s?{_NUMBER}{_NO_AMOUNT}",
    )
]
_IN_PLACE = re.compile(rf"(?<![a-z]){_ALSO_OTHERWISE}(?:\s?so)?\s?{_NUMBER}{_NO_AMOUNT}{_MORE}{_PLACE_BEHIND}")
_LIVED_IN = re.compile(rf"{_LIVES}({_ALSO_OTHERWISE}(?:\s?so)?\s?{_NUMBER}{_NO_AMOUNT}{_MORE})")
_TOLD = re.compile(
    r"(?<![a-z])(?:dia chi|d/c|dc(?=:)|noi o|cho o|nha (?:toi |em |minh )?o)[:\s]{1,3}"
    r"(?:(?:nha|toi|em|minh|thuong tru|la|o|tai|cua)[:\s]{1,2}){0,4}"
    rf"((?:so )?{_NUMBER}{_NO_AMOUNT})(?!\s?(?:noi|cho|dau|xa|tinh|huyen|vung|khu vuc)(?![a-z]))"
)
_IN_STREET = re.compile(rf"(?<![a-z])(?:o|tai|den|ve)\s(?:nha\s)?((?:so\s)?{_NUMBER}{_NO_AMOUNT})(?=\s)")
_FIRST = re.compile(r"[^\s\d,.:]+")
_WRITTEN = frozenset("số nhà căn ngõ ngỏ ngách hẻm hẽm kiệt tổ khu thôn xóm khóm ấp đội bản buôn làng".split())
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"(?:\s[^\W\d_]{1,7}){1,4}")
_NO_STREET = frozenset(
    "xa phuong p thi tran huyen quan q tp thanh pho tinh duong khu to thon xom ap toi em minh muon nop dong hoi o va "
    "co khong nha la gan ben".split()
)


def spans(text: str, folded: Flat) -> Iterator[tuple[int, int]]:
    """Where addresses of houses stand in a text; in no order, some within others."""
    if not _DIGIT.search(text):
        return
    parts = [folded.of(found) for each in (*_HOUSES, _IN_PLACE) for found in each.finditer(folded.text)]
    parts += [folded.of(found, 1) for found in _LIVED_IN.finditer(folded.text)]
    yield from (span for span in parts if _is_meant(text, span[0]))
    for found in _TOLD.finditer(folded.text):
        start, end = folded.of(found, 1)
        yield start, max(end, _end_of_street(text, end))
    for found in _IN_STREET.finditer(folded.text):
        start, end = folded.of(found, 1)
        if street := _end_of_street(text, end, capitals=True):
            yield start, street


def _is_meant(text: str, start: int) -> bool:
    """Whether the word that begins an address carries its own accents, or none: «bản số 3», no «bàn số 3»."""
    found = _FIRST.match(text, start)
    word = unicodedata.normalize("NFC", found[0]).lower() if found else ""
    return word.isascii() or word in _WRITTEN


def _end_of_street(text: str, start: int, *, capitals: bool = False) -> int:
    """Where the name of a street ends that follows a number: two words at least, in `capitals` if so; 0 for none."""
    found = _WORDS.match(text, start)
    end, words = 0, 0
    for word in re.finditer(r"\S+", found[0]) if found else ():
        if fold(word[0]) in _NO_STREET or (capitals and not word[0][0].isupper()):
            break
        end, words = start + word.end(), words + 1
    return end if words > 1 else 0
