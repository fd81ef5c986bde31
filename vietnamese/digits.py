"""Finds numbers of people that are no plain run of digits: in words, with letters for digits, short ones after a word.

«không chín một hai …», «o9i2 345 678», «0912, 345, 678», «sđt 3852 123», «stk 12345678».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from vietnamese.flat import Flat

_WORDS = {
    "không": "0", "một": "1", "mốt": "1", "hai": "2", "ba": "3", "bốn": "4", "tư": "4", "năm": "5", "lăm": "5",
    "sáu": "6", "bảy": "7", "bẩy": "7", "tám": "8", "chín": "9", "mười": "1", "mươi": "",
}  # fmt: skip
_BARE = {
    "khong": "0", "ko": "0", "mot": "1", "hai": "2", "ba": "3", "bon": "4", "nam": "5", "lam": "5", "sau": "6",
    "bay": "7", "tam": "8", "chin": "9", "muoi": "1",
}  # fmt: skip
_SAID = frozenset((*_BARE, "tu"))
_LIKE_DIGITS = str.maketrans("oil", "011")

_PIECE = re.compile(r"\d+|[a-z]+|[^\da-z]+")
_DIGIT = re.compile(r"\d")
_BETWEEN = re.compile(r"[\s.,\-_/·•*|+~]{1,3}")
_MOBILE = re.compile(r"(?:0|84)[2-9]\d{7,9}")
_FEWEST, _FEWEST_SAID, _FEWEST_SEEN, _LONGEST = 9, 8, 6, 20
"""Digits of a number, of one said in words, of one beside letters that stand for digits; and of the longest."""
_MOST_BEHIND = 2
"""Digits behind a number that are rather a part of it."""

_CUE = re.compile(
    r"(?<![a-z])(?:s?dt|so dien thoai|dien thoai|so may|may ban|hotline|phone|tel|alo|zalo|viber|momo|stk|so tai khoan"
    r"|so tk|tai khoan|tk|so so|ma so|so the|ma the|so bhxh|cccd|cmnd|cmt|can cuoc)(?![a-z])"
    r"(?:[\s:.\-]{1,3}(?:cua|la|so|em|toi|minh|chi|anh|nha|ban|bhxh|bo|me|vo|chong)(?![a-z])){0,4}[\s:.\-(]{0,3}"
    r"(?!1[89]00)(\d[\d.\- ]{4,18}\d|\d{1,4}[a-z]{1,2}\d{5,12}|\d{6,})(?![\d/])"
    r"(?!\s?(?:d|dong|vnd|trieu|tr|k|nghin|ngan(?! hang)|thang|nam|tuoi|%)(?![a-z]))"
)
_SHORTEST = 6
_YEARS = re.compile(r"(?:(?:19|20)\d\d[.\- ]*)+")
_ROUND = re.compile(r"\d{1,3}(?:[. ]?\d{3})*[. ]?000")


def spans(text: str, folded: Flat) -> Iterator[tuple[int, int]]:
    """Where such numbers stand in a text; in no order."""
    for found in _CUE.finditer(folded.text) if _DIGIT.search(text) else ():
        typed = found[1]
        few = sum(each.isdigit() for each in typed) < _SHORTEST
        if not few and not _YEARS.fullmatch(typed) and not _ROUND.fullmatch(typed):
            yield folded.of(found, 1)
    pieces = _PIECE.findall(folded.text)
    if sum(len(each) if each[0].isdigit() else each in _SAID for each in pieces) < _FEWEST_SEEN:
        return
    for run in _runs(text, folded):
        if span := run.number():
            yield folded.span(*span)


class _Run:
    """Digits in whatever dress, one after the other."""

    def __init__(self) -> None:
        self.digits = ""
        self.begins: list[int] = []
        self.places: list[tuple[int, int]] = []
        self.words = 0
        self.dressed = False
        self.between = ""

    def add(self, digits: str, start: int, end: int) -> None:
        """One piece: each digit at its own place, or all of them at that of the word."""
        self.begins.append(len(self.digits))
        alone = end - start == len(digits)
        self.digits += digits
        self.places += [(start + n, start + n + 1) if alone else (start, end) for n in range(len(digits))]

    def number(self) -> tuple[int, int] | None:
        """From and to of the number in the folded text; None where it is none, or one that is found by its digits."""
        if self.words > self._half() and len(self.digits) >= _FEWEST:
            return self.places[0][0], self.places[-1][1]
        if not (self.words or self.dressed or "," in self.between or "*" in self.between or "|" in self.between):
            return None
        found = next(filter(None, (_MOBILE.match(self.digits, begin) for begin in self.begins)), None)
        at, end = found.span() if found else (self.digits.find("0"), len(self.digits))
        said = self.words > self._half() and at >= 0 and end - at >= _FEWEST_SAID
        if not found and not said:
            return None
        end = len(self.digits) if len(self.digits) - end <= _MOST_BEHIND else end
        return self.places[at][0], self.places[end - 1][1]

    def _half(self) -> int:
        return len(self.digits) // 2


def _runs(text: str, folded: Flat) -> Iterator[_Run]:
    """The runs of digits and of words for digits; what is longer than any number ends one."""
    run, waiting = _Run(), ""
    pieces = [*_PIECE.finditer(folded.text)]
    for n, piece in enumerate(pieces):
        said = piece[0]
        if not said[0].isalnum():
            waiting += said
            if not _BETWEEN.fullmatch(said) or "\n" in said:
                yield run
                run = _Run()
            continue
        digits = said if said[0].isdigit() else _meant(text, folded, pieces, n)
        if digits is None or len(run.digits) > _LONGEST:
            yield run
            run = _Run()
        if digits is not None:
            run.between += waiting if run.digits else ""
            if said[0].isalpha():
                dressed = said.translate(_LIKE_DIGITS).isdigit()
                run.dressed, run.words = run.dressed or dressed, run.words + (not dressed)
            run.add(digits, piece.start(), piece.end())
        waiting = ""
    yield run


def _meant(text: str, folded: Flat, pieces: list[re.Match[str]], at: int) -> str | None:
    """The digits that letters stand for: «chín», or «o» and «l» that touch a digit; None for other words."""
    said = pieces[at][0]
    if said in _BARE or said == "tu":
        start, end = folded.of(pieces[at])
        typed = unicodedata.normalize("NFC", text[start:end]).lower()
        return _WORDS.get(typed, _BARE.get(typed))
    touches = any(0 <= each < len(pieces) and pieces[each][0][0].isdigit() for each in (at - 1, at + 1))
    digits = said.translate(_LIKE_DIGITS)
    return digits if touches and len(said) <= _MOST_BEHIND and digits.isdigit() else None
