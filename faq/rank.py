"""Ranks entries for a question: several rankers over the ways people ask each of them, added up."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from faq.normalize import fold, has_accents, normalize

Vector = Mapping[str, float]


def features(plain: str, accents: bool) -> Counter[str]:
    """What a normalized text is compared by: words, word pairs and letter groups without accents,
    and words with accents where the writer types them."""
    words = [_number(word) for word in plain.split()]
    folded = [fold(word) for word in words]
    found: Counter[str] = Counter()
    for word in folded:
        found["w:" + word] += 1
    for pair in zip(folded, folded[1:], strict=False):
        found["p:" + "_".join(pair)] += 1
    for pair in zip(folded, folded[2:], strict=False):
        found["s:" + "_".join(pair)] += 1
    joined = "_" + "_".join(folded) + "_"
    for size in (3, 4, 5):
        for start in range(len(joined) - size + 1):
            found["c:" + joined[start : start + size]] += 1
    if accents:
        for word in words:
            found["a:" + word] += 1
    return found


_WEIGHTS = {"w": 1.0, "p": 1.0, "s": 0.5, "c": 0.35, "a": 0.7}


def _number(word: str) -> str:
    if not word[0].isdigit():
        return word
    if word.isdigit() and 1900 <= int(word) <= 2100:
        return "#năm"
    return word if word in {"1", "2", "15", "20"} else "#số"


@dataclass(frozen=True, slots=True)
class Index:
    """Phrasings as vectors, with an inverted index; `owners[i]` is the entry of phrasing i."""

    owners: tuple[str, ...]
    folded: tuple[str, ...]
    idf: Mapping[str, float]
    postings: Mapping[str, Sequence[tuple[int, float]]]
    vocabulary: frozenset[str]

    @classmethod
    def build(cls, phrasings: Iterable[tuple[str, str]]) -> Index:
        """From (entry id, phrasing) pairs."""
        owners, folded, counted = [], [], []
        for owner, phrasing in phrasings:
            plain = normalize(phrasing)
            owners.append(owner)
            folded.append(fold(plain))
            counted.append(features(plain, has_accents(phrasing)))
        seen: dict[str, set[str]] = defaultdict(set)
        df: Counter[str] = Counter()
        for owner, counts in zip(owners, counted, strict=True):
            df.update(counts.keys())
            for name in counts:
                seen[name].add(owner)
        total = len(owners)
        idf = {name: math.log(1 + total / (1 + df[name])) * _WEIGHTS[name[0]] for name in df}
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, counts in enumerate(counted):
            vector = _unit({name: (1 + math.log(n)) * idf[name] for name, n in counts.items()})
            for name, weight in vector.items():
                postings[name].append((place, weight))
        vocabulary = frozenset(name[2:] for name in df if name[0] == "w")
        return cls(tuple(owners), tuple(folded), idf, dict(postings), vocabulary)

    def cosine(self, plain: str, accents: bool) -> dict[str, float]:
        """Entry → how close its closest phrasings come, 0 to 1."""
        counts = features(plain, accents)
        unknown = math.log(1 + len(self.owners))
        vector = _unit(
            {
                name: (1 + math.log(n)) * self.idf.get(name, unknown * _WEIGHTS[name[0]])
                for name, n in counts.items()
            }
        )
        scores = [0.0] * len(self.owners)
        for name, weight in vector.items():
            for place, other in self.postings.get(name, ()):
                scores[place] += weight * other
        return self._by_entry(scores)

    def overlap(self, plain: str) -> dict[str, float]:
        """Entry → share of words in common with its closest phrasing, 0 to 1."""
        found = process.extract(fold(plain), self.folded, scorer=fuzz.token_set_ratio, limit=60)
        best: dict[str, float] = {}
        for _, score, place in found:
            best.setdefault(self.owners[place], score / 100)
        return best

    def _by_entry(self, scores: Sequence[float]) -> dict[str, float]:
        grouped: dict[str, list[float]] = defaultdict(list)
        for owner, score in zip(self.owners, scores, strict=True):
            grouped[owner].append(score)
        best = {}
        for owner, values in grouped.items():
            values.sort(reverse=True)
            first, second, third = [*values, 0.0, 0.0][:3]
            best[owner] = 0.7 * first + 0.2 * second + 0.1 * third
        return best


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {name: weight / length for name, weight in vector.items()}
