"""The concepts a question speaks of, so that it is found by what it means and not only by its words.

Where a person types accents they must agree with the table («mật» is not «mất»); where not, «mat» is any of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from faq.engine.synonyms import CONCEPTS
from vietnamese.normalize import fold


def _read(table: str) -> dict[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    for line in table.strip().replace("\n  ", " ").splitlines():
        name, _, phrases = line.partition(": ")
        for phrase in phrases.split(","):
            key = _one_tilde(phrase.strip())
            known = named.get(key, ())
            if key and name not in known:
                named[key] = (*known, name)
    return named


def _one_tilde(text: str) -> str:
    """«ngã» written as «hỏi»: half of the country says and spells the two alike."""
    return text.translate(_TILDE)


_TILDE = str.maketrans("ãẵẫẽễĩõỗỡũữỹ", "ảẳẩẻểỉỏổởủửỷ")
_ACCENTED = _read(CONCEPTS)


def _folded(accented: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Without accents; single words that would then be too many others are left out («giả» beside «tham gia»)."""
    ambiguous = frozenset(_AMBIGUOUS.split())
    folded: dict[str, tuple[str, ...]] = {}
    for phrase, names in accented.items():
        if fold(phrase) in ambiguous:
            continue
        known = folded.get(fold(phrase), ())
        folded[fold(phrase)] = (*known, *(name for name in names if name not in known))
    return folded


_AMBIGUOUS = """
gia dau tran lai nga te de bau tuat so don goi phong phat quan tiem sap lua hat mua dich vay chao oi quy cai thue doi
theu det tra tre no lo thai liet mat xem hi 22 75 thu ban cong khuat met ngan lao xa tay
"""
_FOLDED = _folded(_ACCENTED)


def _lengths(phrases: Mapping[str, object]) -> dict[str, int]:
    """The words of the longest phrase that begins with a word, by that word without accents."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        first = fold(phrase.split(" ", 1)[0])
        longest[first] = max(longest.get(first, 0), phrase.count(" ") + 1)
    return longest


_LONGEST = _lengths(_ACCENTED)


def concepts(plain: str, accents: bool) -> tuple[str, ...]:
    """The concepts a normalized text speaks of, in order; `accents`: whether its writer types them.

    The longest phrase is taken and the shorter ones inside it are not: «hưu trí xã hội» is no pension.
    """
    words = _one_tilde(plain).split()
    bare = fold(" ".join(words)).split()
    found: dict[str, None] = {}
    covered = 0
    for start in range(len(words)):
        longest = _LONGEST.get(bare[start], 0)
        for end in range(min(start + longest, len(words)), max(start, covered), -1):
            phrase = " ".join(words[start:end])
            names = _ACCENTED.get(phrase, ())
            if not accents or (end - start > 1 and phrase.isascii()):
                names = (*names, *_FOLDED.get(" ".join(bare[start:end]), ()))
            if names:
                found.update(dict.fromkeys(names))
                covered = end
                break
    return tuple(found)
