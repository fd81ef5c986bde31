"""What a question is compared by: its words, word pairs, concepts and pairs of concepts, weighed by rarity."""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise

import numpy as np
import numpy.typing as npt

from faq.engine.concepts import Concepts
from faq.engine.learn import Places, Vector, Vectors
from vietnamese.normalize import fold

WORD, PAIR, CONCEPT, CONCEPTS = "w", "p", "k", "q"
WEIGHTS: Mapping[str, float] = {WORD: 1.0, PAIR: 0.8, CONCEPT: 1.2, CONCEPTS: 0.7}
"""How much each kind of feature counts; flat between 0.6 and 1.5 times these values on the training questions."""

MOST_CONCEPTS = 14
_AT_ONCE = 1_000
"""Texts whose vectors are worked out together: all of them at once take four times the memory of what is kept."""
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
class Counted:
    """The counted features of many texts, one text after the other, in numbers as small as they go.

    `names` says which feature has which number; text n has the next `lengths[n]` of `places`, which are such numbers,
    and says each of them as often as `counts` has it.
    """

    names: tuple[str, ...]
    lengths: Places
    places: Places
    counts: Places

    @classmethod
    def of(cls, texts: Iterable[Mapping[str, int]]) -> Counted:
        number: dict[str, int] = {}
        lengths: list[int] = []
        places: list[int] = []
        counts: list[int] = []
        for text in texts:
            lengths.append(len(text))
            places += [number.setdefault(name, len(number)) for name in text]
            counts += text.values()
        return cls(tuple(number), *map(small, (lengths, places, counts)))

    def texts(self) -> Iterator[dict[str, int]]:
        """The features of each text again."""
        places, counts = iter(self.places.tolist()), iter(self.counts.tolist())
        for length in self.lengths.tolist():
            yield {self.names[place]: count for place, count in islice(zip(places, counts, strict=True), length)}

    def __len__(self) -> int:
        return len(self.lengths)


def small(numbers: Sequence[int]) -> Places:
    """Whole numbers from 0 on in the smallest type that holds them."""
    return np.array(numbers, np.min_scalar_type(max(numbers, default=0)))


@dataclass(frozen=True, slots=True)
class Space:
    """Every feature among the phrasings, its row and its rarity; turns counted features into vectors."""

    rows: Mapping[str, int]
    rarity: Sequence[float]
    unknown: float

    @classmethod
    def build(cls, counted: Counted) -> Space:
        seen = np.bincount(counted.places, minlength=len(counted.names))
        kinds = np.array([WEIGHTS[name[0]] for name in counted.names])
        rarity = np.log(1 + len(counted) / (1 + seen)) * kinds
        rows = {name: row for row, name in enumerate(counted.names)}
        return cls(rows, array("d", rarity.tobytes()), math.log(1 + len(counted)))

    def of_kinds(self, *kinds: str) -> npt.NDArray[np.bool_]:
        """Which rows are features of these kinds."""
        return np.fromiter((name[0] in kinds for name in self.rows), np.bool_, len(self.rows))

    def vectors(self, counted: Counted) -> Vectors:
        """All texts the space was built of, each as `vector` gives it."""
        rarity = np.array(self.rarity)
        weights = np.empty(len(counted.places), np.float32)
        ends = np.cumsum(counted.lengths, dtype=np.intp)
        for first in range(0, len(counted), _AT_ONCE):
            lengths = counted.lengths[first : first + _AT_ONCE]
            end = int(ends[first + len(lengths) - 1])
            part = slice(end - int(lengths.sum()), end)
            given = (1 + np.log(counted.counts[part], dtype=np.float64)) * rarity[counted.places[part]]
            text = np.repeat(np.arange(len(lengths)), lengths)
            weights[part] = given / np.sqrt(np.bincount(text, given * given, len(lengths)))[text]
        return Vectors(counted.lengths, counted.places, weights)

    def vector(self, counts: Mapping[str, int]) -> Vector:
        """Of length one with its unknown features: a question full of new words is near nothing."""
        rows = [self.rows.get(name, -1) for name in counts]
        weights = [
            (1 + math.log(n)) * (self.rarity[row] if row >= 0 else self.unknown * WEIGHTS[name[0]])
            for row, (name, n) in zip(rows, counts.items(), strict=True)
        ]
        length = math.sqrt(sum(weight * weight for weight in weights))
        known = [(row, weight / length) for row, weight in zip(rows, weights, strict=True) if row >= 0]
        return Vector(
            np.array([row for row, _ in known], np.intp), np.array([weight for _, weight in known], np.float32)
        )

    def known(self, counts: Mapping[str, int]) -> float:
        """Share of the words that occur in any phrasing, the rare ones counting more; 0 to 1."""
        words = [(self.rows.get(name, -1), n) for name, n in counts.items() if name[0] == WORD]
        known = sum(n * self.rarity[row] for row, n in words if row >= 0)
        whole = known + sum(n * self.unknown for row, n in words if row < 0)
        return known / whole if whole else 0.0
