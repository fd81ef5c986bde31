"""Ranks entries for a question: nearest phrasings, complement Bayes and a perceptron, added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from faq.features import Space, Vector, features
from faq.learn import Bayes, Perceptron
from faq.letter import without_courtesy
from faq.normalize import has_accents, normalize

NEAREST, BAYES, PERCEPTRON = 0.6, 0.6, 0.8
"""What each ranker's score counts; see docs/matching.md for what each of them adds."""

CLOSEST = (0.7, 0.2, 0.1)
"""An entry is as near as its closest phrasing, a little nearer when others are near too."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Entry → score; with the perceptron's own scores and the share of known words, which tell how far to trust it."""

    scores: Mapping[str, float]
    perceptron: Mapping[str, float]
    known: float

    def best(self) -> list[str]:
        """Entries, best first; equal ones in the order of their names."""
        return sorted(self.scores, key=lambda entry: (-self.scores[entry], entry))

    def margin(self, entry: str) -> float:
        """How far the perceptron puts an entry ahead of the next, or behind the best."""
        rivals = [score for other, score in self.perceptron.items() if other != entry]
        return self.perceptron.get(entry, 0.0) - max(rivals, default=0.0)

    def with_story(self, story: Ranking, share: float) -> Ranking:
        """This ranking of a question and that of the whole letter, `share` of the weight on the question."""
        return Ranking(
            _blend(self.scores, story.scores, share), _blend(self.perceptron, story.perceptron, share), self.known
        )


def _blend(one: Mapping[str, float], other: Mapping[str, float], share: float) -> dict[str, float]:
    return {
        entry: share * one.get(entry, 0.0) + (1 - share) * other.get(entry, 0.0) for entry in one.keys() | other.keys()
    }


@dataclass(frozen=True, slots=True)
class Ranker:
    """All phrasings, made ready."""

    owners: tuple[str, ...]
    space: Space
    postings: Mapping[str, Sequence[tuple[int, float]]]
    bayes: Bayes
    perceptron: Perceptron

    @classmethod
    def build(cls, phrasings: Iterable[tuple[str, str]]) -> Ranker:
        """From (entry id, phrasing) pairs."""
        pairs = tuple(phrasings)
        owners = tuple(owner for owner, _ in pairs)
        counted = [features(without_courtesy(normalize(phrasing)), has_accents(phrasing)) for _, phrasing in pairs]
        space = Space.build(counted)
        vectors = [space.vector(counts) for counts in counted]
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, vector in enumerate(vectors):
            for name, weight in vector.items():
                postings[name].append((place, weight))
        return cls(owners, space, dict(postings), Bayes.learn(vectors, owners), Perceptron.learn(vectors, owners))

    def rank(self, plain: str, accents: bool) -> Ranking:
        """Scores of a normalized text for every entry, about 0 to 3."""
        counts = features(plain, accents)
        vector = self.space.vector(counts)
        nearest = self._nearest(vector)
        bayes, perceptron = self.bayes.scores(vector), self.perceptron.scores(vector)
        scores = {
            entry: NEAREST * near + BAYES * bayes.get(entry, 0.0) + PERCEPTRON * perceptron.get(entry, 0.0)
            for entry, near in nearest.items()
        }
        return Ranking(scores, perceptron, self.space.known(counts))

    def _nearest(self, vector: Vector) -> dict[str, float]:
        near = [0.0] * len(self.owners)
        for name, weight in vector.items():
            for place, other in self.postings.get(name, ()):
                near[place] += weight * other
        grouped: dict[str, list[float]] = defaultdict(list)
        for owner, score in zip(self.owners, near, strict=True):
            grouped[owner].append(score)
        return {
            owner: sum(part * score for part, score in zip(CLOSEST, sorted(found, reverse=True), strict=False))
            for owner, found in grouped.items()
        }
