"""Ranks entries for a question: nearest phrasings, complement Bayes and a perceptron, added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faq.features import CONCEPT, CONCEPTS, WORD, Space, features
from faq.learn import Bayes, Floats, Places, Vector, perceptron
from faq.letter import without_courtesy
from faq.normalize import has_accents, normalize

NEAREST, BAYES, PERCEPTRON = 0.6, 0.6, 0.8
"""What each ranker's score counts; see docs/matching.md for what each of them adds."""

CLOSEST = np.array([0.7, 0.2, 0.1], np.float32)
"""An entry is as near as its closest phrasing, a little nearer when others are near too."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Entry → score; with each ranker's own scores and the share of known words, which tell how far to trust it."""

    entries: tuple[str, ...]
    nearest: Floats
    bayes: Floats
    perceptron: Floats
    known: float

    @property
    def total(self) -> Floats:
        """What the entries are ranked by, about 0 to 3."""
        found: Floats = NEAREST * self.nearest + BAYES * self.bayes + PERCEPTRON * self.perceptron
        return found

    def by_entry(self) -> dict[str, float]:
        """Entry → total score."""
        return dict(zip(self.entries, self.total.tolist(), strict=True))

    def best(self) -> list[str]:
        """Entries, best first; equal ones in the order of their names."""
        return [self.entries[place] for place in np.argsort(-self.total, kind="stable").tolist()]

    def margin(self, entry: str) -> float:
        """How far the perceptron puts an entry ahead of the next, or behind the best."""
        mine = self.entries.index(entry)
        rivals = np.delete(self.perceptron, mine)
        return float(self.perceptron[mine]) - float(rivals.max(initial=0.0))

    def with_story(self, story: Ranking, share: float) -> Ranking:
        """This ranking of a question and that of the whole letter, `share` of the weight on the question."""
        rest = 1 - share
        return Ranking(
            self.entries,
            share * self.nearest + rest * story.nearest,
            share * self.bayes + rest * story.bayes,
            share * self.perceptron + rest * story.perceptron,
            self.known,
        )


@dataclass(frozen=True, slots=True)
class Posting:
    """The phrasings a feature occurs in, and its weight in each."""

    phrasings: Places
    weights: Floats


@dataclass(frozen=True, slots=True)
class Ranker:
    """All phrasings, made ready; `groups` holds the phrasings of each entry, a row each, filled up with −1."""

    entries: tuple[str, ...]
    space: Space
    postings: Mapping[int, Posting]
    groups: Places
    bayes: Bayes
    perceptron: Floats

    @classmethod
    def build(cls, phrasings: Iterable[tuple[str, str]]) -> Ranker:
        """From (entry id, phrasing) pairs."""
        pairs = tuple(phrasings)
        counted = [features(without_courtesy(normalize(phrasing)), has_accents(phrasing)) for _, phrasing in pairs]
        space = Space.build(counted)
        vectors = [space.vector(counts) for counts in counted]
        entries = tuple(sorted({owner for owner, _ in pairs}))
        number = {entry: place for place, entry in enumerate(entries)}
        owners = [number[owner] for owner, _ in pairs]
        words = space.of_kinds(WORD, CONCEPT, CONCEPTS)
        return cls(
            entries,
            space,
            _postings(vectors),
            _groups(owners, len(entries)),
            Bayes.learn(vectors, owners, words, len(entries)),
            perceptron(vectors, owners, len(space.rows), len(entries)),
        )

    def rank(self, plain: str, accents: bool) -> Ranking:
        """Scores of a normalized text for every entry."""
        counts = features(plain, accents)
        vector = self.space.vector(counts)
        corrected: Floats = vector.weights @ self.perceptron[vector.places]
        known = self.space.known(counts)
        return Ranking(self.entries, self._nearest(vector), self.bayes.scores(vector), corrected, known)

    def _nearest(self, vector: Vector) -> Floats:
        near = np.zeros(self.groups.max(initial=-1) + 2, np.float32)  # the last for the −1 that fill up
        for row, weight in zip(vector.places.tolist(), vector.weights.tolist(), strict=True):
            posting = self.postings[row]
            near[posting.phrasings] += weight * posting.weights
        best = np.partition(near[self.groups], -len(CLOSEST), axis=1)[:, -len(CLOSEST) :]
        best.sort(axis=1)
        found: Floats = best[:, ::-1] @ CLOSEST
        return found


def _postings(vectors: Sequence[Vector]) -> dict[int, Posting]:
    rows = np.concatenate([vector.places for vector in vectors]) if vectors else np.empty(0, np.intp)
    weights = np.concatenate([vector.weights for vector in vectors]) if vectors else np.empty(0, np.float32)
    phrasings = np.repeat(np.arange(len(vectors)), [len(vector.places) for vector in vectors])
    order = np.argsort(rows, kind="stable")
    starts = np.flatnonzero(np.diff(rows[order], prepend=-1))
    parts = zip(np.split(phrasings[order], starts[1:]), np.split(weights[order], starts[1:]), strict=True)
    return {int(row): Posting(*part) for row, part in zip(rows[order][starts], parts, strict=True)}


def _groups(owners: Sequence[int], entries: int) -> Places:
    of: list[list[int]] = [[] for _ in range(entries)]
    for place, owner in enumerate(owners):
        of[owner].append(place)
    width = max((*map(len, of), len(CLOSEST)))
    return np.array([group + [-1] * (width - len(group)) for group in of], np.intp).reshape(entries, width)
