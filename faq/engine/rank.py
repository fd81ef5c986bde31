"""Ranks entries for a question: nearest phrasings, complement Bayes and two perceptrons, added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from faq.engine.concepts import Concepts
from faq.engine.features import CONCEPT, CONCEPTS, PAIR, WORD, Space, features
from faq.engine.learn import Bayes, Floats, Places, Vector, Vectors
from faq.engine.weights import Weights

NEAREST, BAYES, PERCEPTRON, WORDED = 0.6, 0.6, 0.8, 1.6
"""What each ranker's score counts; see docs/matching.md for what each of them adds."""

CLOSEST = np.array([0.7, 0.2, 0.1], np.float32)
"""An entry is as near as its closest phrasing, a little nearer when others are near too."""

LETTER = (0.15, 0.15, 0.7)
"""How much counts in a letter: its question, the question with what leads up to it, and all of it. A question alone
(«is it possible, and what papers») often says least of what it is about: where it speaks for another entry than all of
the letter does, the letter is right more often."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Entries and each ranker's score of them, with what tells how far to trust it.

    `worded` is a perceptron that knows words and no concepts: it errs elsewhere than the one that knows both.
    `ours`: how much this is a question of the FAQ rather than anything else, about -1 to 1; `known`: share of the
    words that occur in any phrasing, 0 to 1.
    """

    entries: tuple[str, ...]
    nearest: Floats
    bayes: Floats
    perceptron: Floats
    worded: Floats
    ours: float
    known: float

    @property
    def total(self) -> Floats:
        """What the entries are ranked by, about 0 to 4."""
        found: Floats = (
            NEAREST * self.nearest + BAYES * self.bayes + PERCEPTRON * self.perceptron + WORDED * self.worded
        )
        return found

    def by_entry(self) -> dict[str, float]:
        """Entry → total score."""
        return dict(zip(self.entries, self.total.tolist(), strict=True))

    def best(self) -> list[str]:
        """Entries, best first; equal ones in the order of their names."""
        return [self.entries[place] for place in np.argsort(-self.total, kind="stable").tolist()]

    def ahead(self, entry: str) -> tuple[float, float]:
        """How far an entry is ahead of all others, or behind the best: in total, and for the perceptron."""
        mine = self.entries.index(entry)
        total, perceptron = (
            float(scores[mine]) - float(np.delete(scores, mine).max(initial=0.0))
            for scores in (self.total, self.perceptron)
        )
        return total, perceptron

    @staticmethod
    def of_letter(question: Ranking, context: Ranking, whole: Ranking) -> Ranking:
        """The three readings of a letter in one."""
        parts = tuple(zip(LETTER, (question, context, whole), strict=True))
        return Ranking(
            question.entries,
            sum((share * part.nearest for share, part in parts), np.zeros_like(question.nearest)),
            sum((share * part.bayes for share, part in parts), np.zeros_like(question.bayes)),
            sum((share * part.perceptron for share, part in parts), np.zeros_like(question.perceptron)),
            sum((share * part.worded for share, part in parts), np.zeros_like(question.worded)),
            sum(share * part.ours for share, part in parts),
            sum(share * part.known for share, part in parts),
        )


@dataclass(frozen=True, slots=True)
class Postings:
    """The phrasings each feature occurs in, and its weight in each: those of feature n stand from `starts[n]` on."""

    starts: Places
    phrasings: Places
    weights: Floats

    @classmethod
    def of(cls, vectors: Vectors, features: int) -> Postings:
        order = np.argsort(vectors.places, kind="stable")
        phrasings = np.repeat(np.arange(len(vectors), dtype=np.min_scalar_type(len(vectors))), vectors.lengths)[order]
        starts = np.searchsorted(vectors.places[order], np.arange(features + 1))
        return cls(starts.astype(np.int32), phrasings, vectors.weights[order])


@dataclass(frozen=True, slots=True)
class Ranker:
    """All phrasings, made ready; `groups` holds the phrasings of each entry, a row each, filled up with −1."""

    entries: tuple[str, ...]
    concepts: Concepts
    space: Space
    postings: Postings
    groups: Places
    bayes: Bayes
    weights: Weights

    @classmethod
    def of(cls, weights: Weights, owners: Sequence[str], concepts: Concepts) -> Ranker:
        """`owners`: the entry of each phrasing that `weights` were learnt from."""
        counted = weights.counted
        space = Space.build(counted)
        vectors = space.vectors(counted)
        entries = tuple(sorted(set(owners)))
        number = {entry: place for place, entry in enumerate(entries)}
        of = [number[owner] for owner in owners]
        return cls(
            entries,
            concepts,
            space,
            Postings.of(vectors, len(counted.names)),
            _groups(of, len(entries)),
            Bayes.learn(vectors, of, space.of_kinds(WORD, CONCEPT, CONCEPTS), len(entries)),
            weights,
        )

    def rank(self, plain: str, accents: bool) -> Ranking:
        """Scores of a normalized text for every entry."""
        counts = features(plain, accents, self.concepts)
        vector = self.space.vector(counts)
        words = self.space.vector({name: n for name, n in counts.items() if name[0] in (WORD, PAIR)})
        return Ranking(
            self.entries,
            self._nearest(vector),
            self.bayes.scores(vector),
            self.weights.corrected.scores(vector),
            self.weights.worded.scores(words),
            float(vector.weights @ self.weights.ours[vector.places]),
            self.space.known(counts),
        )

    def _nearest(self, vector: Vector) -> Floats:
        postings = self.postings
        starts, ends = postings.starts[vector.places].tolist(), postings.starts[vector.places + 1].tolist()
        held = [slice(start, end) for start, end in zip(starts, ends, strict=True)]
        phrasings = np.concatenate([postings.phrasings[:0], *(postings.phrasings[each] for each in held)])
        weights = [weight * postings.weights[each] for weight, each in zip(vector.weights, held, strict=True)]
        last = self.groups.max(initial=-1) + 2  # for the −1 that fill up
        near = np.bincount(phrasings, np.concatenate([postings.weights[:0], *weights]), last).astype(np.float32)
        best = np.partition(near[self.groups], -len(CLOSEST), axis=1)[:, -len(CLOSEST) :]
        best.sort(axis=1)
        found: Floats = best[:, ::-1] @ CLOSEST
        return found


def _groups(owners: Sequence[int], entries: int) -> Places:
    of: list[list[int]] = [[] for _ in range(entries)]
    for place, owner in enumerate(owners):
        of[owner].append(place)
    width = max((*map(len, of), len(CLOSEST)))
    return np.array([group + [-1] * (width - len(group)) for group in of], np.intp).reshape(entries, width)
