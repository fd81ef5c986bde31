"""From what people type to plain words: one pipeline, read from top to bottom in `normalize`.

`normalize` keeps accents («đóng bảo hiểm xã hội»), `fold` takes them away («dong bao hiem xa hoi»), `folded_words` does
both.
Whether the writer typed accents at all is a signal of its own: `has_accents`.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from vietnamese.abbreviations import AFTER_NUMBER, BEFORE_NUMBER, IN_COMPANY, PHRASES, SHORT
from vietnamese.keystrokes import from_telex, from_vni
from vietnamese.syllable import is_syllable

_MASK = re.compile(r"\[[^\[\]\n]{1,20}\]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_BEFORE_YEAR = re.compile(r"(?<=\d)[/.](?=(?:19|20)\d\d(?![\d.,/]))")
_STUTTER = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+")
_VNI_WORD = re.compile(r"(?<!\w)[a-z]+[1-9][a-z1-9]*(?!\w)", re.ASCII)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_COUNTED = frozenset(["thang", "nam", "ngay", "quy", "tuoi", "lan", "thu", "muc", "dieu", "so", "khoan"])

_ALREADY = re.compile(
    r"(?<!muc )(?<!dong )(?<!nop )(?<!gian )(?<!duoc )(?<!la )(?<!tro )(?<!lan )(?<!so nam )\btoi da "
    r"(?=(?:dong|nop|tham gia|mua|nghi|lam|rut|nhan)\b(?: \w+){0,3} \d)"
)
"""«toi da dong 5 nam»: «tôi đã», and no «tối đa»; «đã» is left out, for without its accents it would be that again."""

_LOANS = """
app web sms mail email gmail otp max min atm bank visa card ios us usd ads box tax job bus gas fax internet wifi
online offline link file scan test ok alo hello hi zalo google facebook android iphone samsung vneid vssid momo
viettel vnpt bidv agribank vietcombank shopee tiktok youtube grab video admin menu
"""
_ENGLISH = """
as is of or for her his has not this that with from are was were how much does what where when why who the and my
pay here please safe by should would could your you they we she help want need there these those been have about join
"""
LOANS = frozenset(_LOANS.split())
"""Foreign words that Vietnamese people use, and that are not Telex keystrokes although they look like it."""
ENGLISH = frozenset(_ENGLISH.split())
"""Words that tell another language, and that are not Telex keystrokes either."""


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(c for c in parts if not unicodedata.combining(c))


_BARE = {code: _bare(chr(code)) for span in ((0xC0, 0x250), (0x300, 0x370), (0x1E00, 0x1F00)) for code in range(*span)}
_BARE[ord("đ")] = "d"


_LETTERS = [*map(chr, range(ord("A"), ord("z") + 1)), *(chr(code) for code in _BARE if chr(code).isalpha())]
_LOWER, _UPPER = "".join(filter(str.islower, _LETTERS)), "".join(filter(str.isupper, _LETTERS))
_GLUED = re.compile(f"(?<=[{_LOWER}])(?=[{_UPPER}][{_LOWER}])")


_A_WORD = 16


def fold(text: str) -> str:
    """Lower case without accents: «Đóng BHXH» → «dong bhxh»."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return _folded_word(lowered) if len(lowered) <= _A_WORD else lowered.translate(_BARE)


@functools.lru_cache(maxsize=4096)  # the same words stand in most messages
def _folded_word(lowered: str) -> str:
    return lowered.translate(_BARE)


@functools.lru_cache(maxsize=64)  # one message is looked through for many things
def folded_words(text: str) -> str:
    """The words of a message, spelled out, lower case, without accents: «Mỗi thg đóng» → «moi thang dong»."""
    return fold(normalize(text))


@functools.lru_cache(maxsize=64)  # one message is looked through for many things
def normalize(text: str) -> str:
    """The words of a message, spelled out, lower case, one space between, accents as typed.

    Masks («[số]»), emoji and punctuation are left out; what was normalized already stays as it is.
    """
    text = _MASK.sub(" ", unicodedata.normalize("NFKC", text))
    text = _INVISIBLE.sub("", text)
    text = _unglued(text).lower()
    text = _BEFORE_YEAR.sub(" ", _GROUPED.sub("", unicodedata.normalize("NFC", text)))
    text = _without_vni(text)
    words = [_spelled(word) for word in _WORD.findall(text)]
    return _ALREADY.sub("tôi ", _phrases(" ".join(_spelled_out(words))))


def has_accents(text: str) -> bool:
    """Whether the writer types accents: at least three words in ten carry one."""
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text.lower()))
    accented = sum(word != bare for word, bare in zip(words, fold(" ".join(words)).split(), strict=True))
    return bool(accented and accented * 10 >= len(words) * 3)


def _unglued(text: str) -> str:
    """«ởHồ Chí Minh» as two words; «VssID» stays one."""
    return _GLUED.sub(" ", text)


def _without_vni(text: str) -> str:
    """VNI keys of two words or more; one word such as «nam2» is rather «năm 2»."""
    typed = {word: from_vni(word) for word in _VNI_WORD.findall(text)}
    sure = [word for word, meant in typed.items() if meant and word.rstrip("123456789") not in _COUNTED]
    if len(sure) < 2:
        return text
    return _VNI_WORD.sub(lambda found: typed.get(found[0]) or found[0], text)


@functools.lru_cache(maxsize=16_384)
def _spelled(word: str) -> str:
    """A word without the slips of its keyboard; the same few thousand words come again and again."""
    return _tone_style(_without_telex(_without_stutter(word)))


def _without_stutter(word: str) -> str:
    """«đượcccc» is «được»."""
    return word if word in SHORT else _STUTTER.sub(r"\1", word)


def _without_telex(word: str) -> str:
    if word in SHORT or word in LOANS | ENGLISH or is_syllable(word):
        return word
    return from_telex(word) or word


def _tone_style(word: str) -> str:
    """«hoà», «huỷ» as «hòa», «hủy»: the two ways of placing a tone become one."""
    if len(word) < 2 or word.isascii() or word.startswith("qu"):
        return word
    last = unicodedata.normalize("NFD", word[-1])
    if len(last) == 2 and word[-2] + last[0] in {"oa", "oe", "uy"} and last[1] in _TONES:
        return word[:-2] + unicodedata.normalize("NFC", word[-2] + last[1]) + last[0]
    return word


_ABBREVIATED = frozenset(("0", *AFTER_NUMBER, *BEFORE_NUMBER, *SHORT, *(short for short, _, _ in IN_COMPANY)))


def _spelled_out(words: list[str]) -> list[str]:
    out: list[str] = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        out.append(_meant(word, before, after, out[-1] if out else ""))
    return out


def _meant(word: str, before: str, after: str, spelled_before: str) -> str:
    if word not in _ABBREVIATED:
        return word
    if word in AFTER_NUMBER and before[:1].isdigit():
        return AFTER_NUMBER[word]
    if word in BEFORE_NUMBER and after[:1].isdigit():
        return BEFORE_NUMBER[word]
    if word == "0" and not after and before and not before[0].isdigit():
        return "không"
    last = spelled_before.rpartition(" ")[2]
    for short, company, full in IN_COMPANY:
        if word == short and not company.isdisjoint((before, last)):
            return full
    first, _, rest = SHORT.get(word, word).partition(" ")
    return rest if rest and last == first else f"{first} {rest}".strip()


def _phrases(text: str) -> str:
    padded = f" {text} "
    for slip, right in PHRASES.items():
        padded = padded.replace(f" {slip} ", f" {right} ")
    return padded.strip()
