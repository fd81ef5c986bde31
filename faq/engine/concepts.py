"""The concepts a question speaks of, so that it is found by what it means and not only by its words.

Where a person types accents they must agree with the table («mật» is not «mất»); where not, «mat» is any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from faq.synonyms import Synonyms
from vietnamese.normalize import fold

_TILDE = str.maketrans("ãẵẫẽễĩõỗỡũữỹ", "ảẳẩẻểỉỏổởủửỷ")


@dataclass(frozen=True, slots=True)
class Concepts:
    """The table of synonyms made ready: phrase → concepts, with accents and without.

    `longest`: the words of the longest phrase that begins with a word, by that word without accents.
    """

    accented: Mapping[str, tuple[str, ...]]
    folded: Mapping[str, tuple[str, ...]]
    longest: Mapping[str, int]

    @classmethod
    def of(cls, synonyms: Synonyms) -> Concepts:
        accented = _by_phrase(synonyms)
        return cls(accented, _folded(accented, synonyms.ambiguous), _longest(accented))

    def spoken(self, plain: str, accents: bool) -> tuple[str, ...]:
        """The concepts a normalized text speaks of, in order; `accents`: whether its writer types them.

        The longest phrase is taken and the shorter ones inside it are not: «hưu trí xã hội» is no pension.
        """
        words = _one_tilde(plain).split()
        bare = fold(" ".join(words)).split()
        found: dict[str, None] = {}
        covered = 0
        for start in range(len(words)):
            longest = self.longest.get(bare[start], 0)
            for end in range(min(start + longest, len(words)), max(start, covered), -1):
                phrase = " ".join(words[start:end])
                names = self.accented.get(phrase, ())
                if not accents or (end - start > 1 and phrase.isascii()):
                    names = (*names, *self.folded.get(" ".join(bare[start:end]), ()))
                if names:
                    found.update(dict.fromkeys(names))
                    covered = end
                    break
        return tuple(found)


def _by_phrase(synonyms: Synonyms) -> dict[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    for name, phrases in synonyms.concepts.items():
        for phrase in map(_one_tilde, phrases):
            known = named.get(phrase, ())
            if name not in known:
                named[phrase] = (*known, name)
    return named


def _one_tilde(text: str) -> str:
    """«ngã» written as «hỏi»: half of the country says and spells the two alike."""
    return text.translate(_TILDE)


def _folded(accented: Mapping[str, tuple[str, ...]], ambiguous: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Without accents; single words that would then be too many others are left out («giả» beside «tham gia»)."""
    folded: dict[str, tuple[str, ...]] = {}
    for phrase, names in accented.items():
        bare = fold(phrase)
        if bare in ambiguous:
            continue
        known = folded.get(bare, ())
        folded[bare] = (*known, *(name for name in names if name not in known))
    return folded


def _longest(phrases: Mapping[str, object]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for phrase in phrases:
        first = fold(phrase.split(" ", 1)[0])
        longest[first] = max(longest.get(first, 0), phrase.count(" ") + 1)
    return longest
