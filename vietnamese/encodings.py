"""Text that old fonts and wrong encodings spoiled, made readable again before anything else looks at it.

People paste from old documents, and phones and web pages read one encoding as another. `repaired` puts right what can
be; `is_damaged` tells of text whose letters are gone («B?o hi?m x? h?i»), so that the person can be told.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from vietnamese.normalize import fold
from vietnamese.syllable import is_syllable

_LETTERS = "aăâeêioôơuưy"
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_VIETNAMESE = frozenset(
    "abcdđeghiklmnopqrstuvxy"
    + _LETTERS
    + "".join(
        unicodedata.normalize("NFC", letter + tone)
        for letter in _LETTERS
        for tone in (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT)
    )
)

_LOOK_ALIKE = str.maketrans("ÐƉðɖƣƢ", "ĐĐđđưƯ")
"""Eth, the African D, and the oi that fonts and keyboards of other languages put for «đ» and «ư»."""
_CYRILLIC = str.maketrans("аеорсухіѕАЕОРСУХІЅВНКМТ", "aeopcyxisAEOPCYXISBHKMT")
_LATIN, _SLAVIC = "a-zA-ZÀ-ɏḀ-ỹ", "а-яА-ЯіѕІЅ"
_MIXED = re.compile(rf"[{_LATIN}][{_SLAVIC}]|[{_SLAVIC}][{_LATIN}]")
_LETTERS_IN_A_ROW = re.compile(r"[^\W\d_]+")

# TCVN 5712:1993, which the fonts .VnTime and the like are drawn for, read as Latin-1.
_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)

# The fonts VNI-Times and the like: a letter is followed by the mark it carries, read as Latin-1.
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_MARKS = {
    **{mark: ("", tone) for mark, tone in _VNI_TONES.items()},
    **dict(zip("âáàåãä", (("\u0302", tone) for tone in ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT)), strict=True)),
    **dict(zip("êéèúüë", (("\u0306", tone) for tone in ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT)), strict=True)),
}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile(r"([aeouyôö])([ùøûõïâáàåãäêéèúüë])|([ñôöíìæóòî])", re.IGNORECASE)

_MOJIBAKE = re.compile("[ÃÄÅÆÂáẠ][\x80-\xbfºª»€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|á[»º]")
"""The beginning of a letter in UTF-8, read in another encoding."""
_LOST = re.compile("[?\ufffd]+")
_FEWEST = 2
"""So many words must be better for a reading, or damaged for a text, to be taken for that."""
_AROUND = " .,;:!?()[]{}\"'…-–/+*=~<>«»“”‘’0123456789%"


def repaired(text: str) -> str:
    """The text with letters of other alphabets and encodings made Vietnamese ones; sound text comes back as it is.

    Understood are UTF-8 read as something else (once or twice), the fonts of TCVN3 (ABC) and of VNI, and letters that
    only look like ours.
    """
    if text.isascii():
        return text
    best, words = text, _words(text) + _FEWEST
    for decoded in _readings(text) if words <= len(text.split()) else ():
        if (now := _words(decoded)) >= words:
            best, words = decoded, now + 1
    best = best.translate(_LOOK_ALIKE)
    return _LETTERS_IN_A_ROW.sub(_in_one_alphabet, best) if _MIXED.search(best) else best


def _in_one_alphabet(word: re.Match[str]) -> str:
    return word[0].translate(_CYRILLIC) if _MIXED.search(word[0]) else word[0]


def is_damaged(text: str) -> bool:
    """Whether letters are gone that nobody can guess: question marks inside at least two words and a quarter of all."""
    tokens = text.split()
    lost = sum(map(_is_lost, tokens))
    return lost >= _FEWEST and lost * 4 >= len(tokens)


def _readings(text: str) -> Iterator[str]:
    if _MOJIBAKE.search(text):
        from ftfy import fix_encoding  # a tenth of a second to import, for the few texts that need it

        yield fix_encoding(text.replace("Ã ", "Ã\xa0"))  # «à», whose second half often became a common space
    yield text.translate(_TCVN3)
    yield unicodedata.normalize("NFC", _VNI.sub(_vni_letter, unicodedata.normalize("NFC", text)))


def _vni_letter(found: re.Match[str]) -> str:
    base, mark, alone = found.groups()
    if alone:
        letter = _VNI_ALONE[alone.lower()]
        return letter.upper() if alone.isupper() else letter
    shape, tone = _VNI_MARKS[mark.lower()]
    letter = _VNI_ALONE.get(base.lower(), base.lower())
    composed = unicodedata.normalize("NFC", letter + shape + tone)
    return composed.upper() if base.isupper() else composed


def _is_lost(token: str) -> bool:
    """«h?i», «?óng», but not «không?» nor «không?được»."""
    parts = _LOST.split(token.rstrip("?"))
    return (
        len(parts) > 1 and any(map(str.isalpha, token)) and not all(len(each) > 1 and _is_word(each) for each in parts)
    )


def _words(text: str) -> int:
    """How many words are spelled in Vietnamese."""
    return sum(_is_word(token.strip(_AROUND)) for token in text.split())


@functools.lru_cache(maxsize=16_384)
def _is_word(word: str) -> bool:
    plain = unicodedata.normalize("NFC", word.lower())
    return _VIETNAMESE.issuperset(plain) and is_syllable(fold(plain))
