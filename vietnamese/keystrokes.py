"""Telex and VNI keystrokes that a phone did not turn into letters: «hieemr» and «hie63m» are «hiểm»."""

from __future__ import annotations

import re
import unicodedata

from vietnamese.syllable import VOWELS, is_syllable

_TONE = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_TELEX_OF_VNI = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_MARKED = "ăâêôơư"
_TYPED_IN_PART = re.compile(f"[a-zđ{_MARKED}]+")
"""Letters without a tone: of a word that carries one no key is left."""


def from_telex(word: str) -> str | None:
    """The Vietnamese word typed by these Telex keys, all left over («noopj») or the last («nôpj»); None for others."""
    if not (word.isalpha() and 2 <= len(word) <= 10 and (word.isascii() or _TYPED_IN_PART.fullmatch(word))):
        return None
    tone, letters = "", ""
    for key in word:
        if key in _TONE and any(letter in "aeiouyw" or letter in _MARKED for letter in letters):
            tone = _TONE[key]
        else:
            letters += key
    if letters.startswith("d") and "d" in letters[1:]:
        letters = "đ" + letters[1:].replace("d", "", 1)
    return _spelled(_with_horns(_with_circumflex(letters)), tone)


def from_vni(word: str) -> str | None:
    """The Vietnamese word typed by these VNI keys, or None when they are none."""
    if not (word.isascii() and word.isalnum() and word[:1].isalpha()) or word.isalpha():
        return None
    tone, letters = "", ""
    for key in word:
        if key.isalpha():
            letters += key
        elif key in _TELEX_OF_VNI:
            tone = _TONE[_TELEX_OF_VNI[key]]
        elif key == "6":
            letters = _mark_last(letters, _CIRCUMFLEX)
        elif key == "7":
            letters = _with_horns(letters + "w")
        elif key == "8":
            letters = _mark_last(letters, {"a": "ă"})
        elif key == "9" and letters.startswith("d"):
            letters = "đ" + letters[1:]
        else:
            return None
    return _spelled(letters, tone)


def _with_circumflex(letters: str) -> str:
    """«hieem» and «hieme» are both «hiêm»."""
    for vowel, marked in _CIRCUMFLEX.items():
        first = letters.find(vowel)
        second = letters.find(vowel, first + 1)
        if first >= 0 and second >= 0:
            return letters[:first] + marked + letters[first + 1 : second] + letters[second + 1 :]
    return letters


def _with_horns(letters: str) -> str:
    """«duowc», «duwowc» and «dduocw» all carry «ươ»; a lone «w» is «ư»."""
    if "w" not in letters:
        return letters
    bare = letters.replace("w", "")
    if "uo" in bare:
        return bare.replace("uo", "ươ", 1)
    before = letters[: letters.index("w")]
    marked = _mark_last(before, {**_HORN, "a": "ă"})
    if marked == before:
        return letters.replace("w", "ư", 1)
    return marked + letters[letters.index("w") + 1 :]


def _mark_last(letters: str, marks: dict[str, str]) -> str:
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in marks:
            return letters[:place] + marks[letters[place]] + letters[place + 1 :]
    return letters


def _spelled(letters: str, tone: str) -> str | None:
    """The letters with the tone on the right vowel, or None when no syllable or nothing was marked."""
    folded = _bare(letters)
    if not is_syllable(folded) or (not tone and letters.isascii()):
        return None
    vowels = [place for place, letter in enumerate(folded) if letter in VOWELS]
    if folded.startswith(("qu", "gi")) and len(vowels) > 1:
        vowels = vowels[1:]
    if not tone:
        return letters
    marked = [place for place in vowels if letters[place] in _MARKED]
    if marked:
        place = marked[-1]
    elif len(vowels) == 1 or vowels[-1] != len(letters) - 1:
        place = vowels[-1]
    else:
        place = vowels[-2]
    return unicodedata.normalize("NFC", letters[: place + 1] + tone + letters[place + 1 :])


def _bare(letters: str) -> str:
    stripped = "".join(c for c in unicodedata.normalize("NFD", letters) if not unicodedata.combining(c))
    return stripped.replace("đ", "d")
