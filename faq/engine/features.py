"""What a question is compared by: its words, word pairs, concepts and pairs of concepts, weighed by rarity."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from faq.engine.concepts import Concepts
from faq.engine.learn import Vector
from vietnamese.normalize import fold

WORD, PAIR, CONCEPT, CONCEPTS = "w", "p", "k", "q"
WEIGHTS: Mapping[str, float] = {WORD: 1.0, PAIR: 0.8, CONCEPT: 1.2, CONCEPTS: 0.7}
"""How much each kind of feature counts; flat between 0.6 and 1.5 times these values on the training questions."""

MOST_CONCEPTS = 14
TELLING_NUMBERS = frozenset(["1", "2", "15", "20"])
YOUNG, OLD = 18, 58
"""Ages up to which a person may still be at school, and from which one may be too old: two questions of their own."""
_ODD_MONTHS = re.compile(r"(\d+ n[ăa]m) (?:v[àa] |r[ưu]ỡi |l[ẻe] )?\d+ th[áa]ng(?! (?:m[ộo]t|1) l[ầa]n)")


def features(plain: str, accents: bool, concepts: Concepts) -> Counter[str]:
    """Counted features of a normalized text; words lose their accents, concepts are read with them if typed."""
    plain = _ODD_MONTHS.sub(r"\1", plain)
    folded = fold(plain).split()
    words = [_number(word, after) for word, after in pairwise((*folded, ""))]
    spoken = concepts.spoken(plain, accents)
    found = Counter(f"{WORD}:{word}" for word in words)
    found.update(f"{PAIR}:{one}_{other}" for one, other in pairwise(words))
    found.update(f"{CONCEPT}:{name}" for name in spoken)
    found.update(f"{CONCEPTS}:{one}+{other}" for one, other in combinations(sorted(spoken[:MOST_CONCEPTS]), 2))
    return found


def _number(word: str, after: str) -> str:
    """Years, ages and other numbers become one each: whose birth year it is does not matter."""
    if not word[0].isdigit():
        return word
    if after == "tuoi" and word.isdigit():
        return "#young" if int(word) <= YOUNG else "#old" if int(word) >= OLD else "#age"
    if word in TELLING_NUMBERS:
        return word
    return "#year" if word.isdigit() and 1900 <= int(word) <= 2100 else "#number"


@dataclass(frozen=True, slots=True)
class Space:
    """Every feature among the phrasings, its row and its rarity; turns counted features into vectors."""

    rows: Mapping[str, int]
    rarity: Mapping[str, float]
    unknown: float

    @classmethod
    def build(cls, counted: Iterable[Mapping[str, int]]) -> Space:
        seen: Counter[str] = Counter()
        total = 0
        for counts in counted:
            seen.update(counts.keys())
            total += 1
        rarity = {name: math.log(1 + total / (1 + n)) * WEIGHTS[name[0]] for name, n in seen.items()}
        return cls({name: row for row, name in enumerate(rarity)}, rarity, math.log(1 + total))

    def of_kinds(self, *kinds: str) -> npt.NDArray[np.bool_]:
        """Which rows are features of these kinds."""
        return np.fromiter((name[0] in kinds for name in self.rows), np.bool_, len(self.rows))

    def vector(self, counts: Mapping[str, int]) -> Vector:
        """Of length one with its unknown features: a question full of new words is near nothing."""
        weighed = {
            name: (1 + math.log(n)) * self.rarity.get(name, self.unknown * WEIGHTS[name[0]])
            for name, n in counts.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        known = [(self.rows[name], weight / length) for name, weight in weighed.items() if name in self.rows]
        return Vector(
            np.array([row for row, _ in known], np.intp), np.array([weight for _, weight in known], np.float32)
        )

    def known(self, counts: Mapping[str, int]) -> float:
        """Share of the words that occur in any phrasing, the rare ones counting more; 0 to 1."""
        words = {name: n for name, n in counts.items() if name[0] == WORD}
        whole = sum(n * self.rarity.get(name, self.unknown) for name, n in words.items())
        return sum(n * self.rarity.get(name, 0.0) for name, n in words.items()) / whole if whole else 0.0
