"""The linear rankers learnt from the phrasings: complement Bayes and perceptrons.

All are tables of weights, a row for each feature and a column for each entry. `Bayes` is counted in a moment; a
perceptron takes a second or so, and is kept by `faq.engine.weights`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.integer[Any]]

ROUNDS, MARGIN = 5, 0.3
SMOOTHING, BAYES_SCALE = 0.05, 8.0
FINEST = 2048
"""Weights of a table are whole numbers of one 2,048th: two bytes in a file, exact as floats, as fine as is needed."""


@dataclass(frozen=True, slots=True)
class Vector:
    """The known features of a text: their rows in the tables, and how much each counts."""

    places: Places
    weights: Floats


@dataclass(frozen=True, slots=True)
class Vectors:
    """Many vectors, one after the other: vector n has the next `lengths[n]` of `places` and `weights`."""

    lengths: Places
    places: Places
    weights: Floats

    def each(self) -> list[Vector]:
        ends = np.cumsum(self.lengths, dtype=np.intp).tolist()
        places = self.places.astype(np.intp)
        return [Vector(places[start:end], self.weights[start:end]) for start, end in pairwise((0, *ends))]

    def __len__(self) -> int:
        return len(self.lengths)

    def only(self, features: npt.NDArray[np.bool_]) -> Vectors:
        """With no other features than these, each of length one again."""
        text = np.repeat(np.arange(len(self)), self.lengths)
        kept = features[self.places]
        text, weights = text[kept], self.weights[kept]
        lengths = np.sqrt(np.bincount(text, weights * weights, len(self)))
        counts = np.bincount(text, minlength=len(self))
        return Vectors(counts, self.places[kept], (weights / lengths[text]).astype(np.float32))


@dataclass(frozen=True, slots=True)
class SparseTable:
    """A table of weights without its zeros, which are nine in ten.

    Row n, a feature, has the next `filled[n]` of `columns`, which are entries, and of `weights`; of `width` entries.
    """

    filled: Places
    columns: Places
    weights: Floats
    width: int
    starts: Places

    @classmethod
    def of(cls, filled: Places, columns: Places, weights: Floats, width: int) -> SparseTable:
        """Raises ValueError for parts that do not fit together."""
        if int(filled.sum()) != len(columns) or len(columns) != len(weights) or columns.max(initial=0) >= max(width, 1):
            raise ValueError("the parts of a table do not fit together")
        return cls(filled, columns, weights, width, np.cumsum(filled, dtype=np.intp) - filled)

    @classmethod
    def without_zeros(cls, full: Floats) -> SparseTable:
        """Of weights rounded to the finest step; what is less than half of it is left out too."""
        rounded = np.rint(full * np.float32(FINEST)) / np.float32(FINEST)
        rows, columns = np.nonzero(rounded)
        filled = np.bincount(rows, minlength=len(full))
        return cls.of(filled, columns, rounded[rows, columns], full.shape[1])

    def full(self) -> Floats:
        """With its zeros: features × entries."""
        found = np.zeros((len(self.filled), self.width), np.float32)
        found[np.repeat(np.arange(len(self.filled)), self.filled), self.columns] = self.weights
        return found

    def scores(self, vector: Vector) -> Floats:
        """The score of each entry."""
        filled = self.filled[vector.places].astype(np.intp)
        ends = np.cumsum(filled)
        # where the weights of each feature stand, one stretch after the other
        held = np.arange(len(filled) and ends[-1]) + np.repeat(self.starts[vector.places] - ends + filled, filled)
        products = self.weights[held] * np.repeat(vector.weights, filled)
        return np.bincount(self.columns[held], products, self.width).astype(np.float32)


def perceptron(vectors: Vectors, owners: Sequence[int], marks: Sequence[int], features: int, entries: int) -> Floats:
    """Multiclass, with a margin, averaged over all steps: corrects itself where neighbours are confused.

    `marks`: a number for each phrasing, far from all others, that depends on nothing but itself. They are taken in the
    order of these, another one every round, so that one more phrasing changes the order of no other two.
    """
    weights = np.zeros((features, entries), np.float32)
    later = np.zeros_like(weights)
    cells, later_cells = weights.ravel(), later.ravel()  # the same tables, a column of some rows found in half the time
    step = 0
    taken = vectors.each()
    for turn in range(ROUNDS if entries > 1 else 0):
        for place in sorted(range(len(taken)), key=lambda place: _scattered(turn, marks[place])):
            step += 1
            vector, mine = taken[place], owners[place]
            scores = vector.weights @ weights.take(vector.places, axis=0)
            own, scores[mine] = float(scores[mine]), -math.inf
            rival = int(scores.argmax())
            gap = own - float(scores[rival])
            if gap >= MARGIN:
                continue
            push = min(1.0, (MARGIN - gap) / 2) * vector.weights
            rows = vector.places * entries
            for table, by in ((cells, push), (later_cells, push * step)):
                table[rows + mine] += by
                table[rows + rival] -= by
    return weights - later / np.float32(step + 1)


@dataclass(frozen=True, slots=True)
class Bayes:
    """Complement naive Bayes: how much likelier a feature is in an entry than elsewhere.

    `gains` has a row only for features that take part; `rows` says which, −1 for the others.
    """

    gains: Floats
    sizes: Floats
    rows: Places

    @classmethod
    def learn(cls, vectors: Vectors, owners: Sequence[int], counted: npt.NDArray[np.bool_], entries: int) -> Bayes:
        """`counted`: which features take part (words and concepts; pairs of words say it again)."""
        kinds = int(np.count_nonzero(counted))
        rows = np.where(counted, np.cumsum(counted, dtype=np.int32) - 1, -1)
        taking = counted[vectors.places]
        of = np.repeat(np.array(owners, np.min_scalar_type(entries)), vectors.lengths)[taking]
        places, weights = rows[vectors.places[taking]], vectors.weights[taking]
        inside = np.zeros((kinds, entries), np.float32)
        for entry in range(entries):
            mine = of == entry
            inside[:, entry] = np.bincount(places[mine], weights[mine], kinds)
        own, total = inside.sum(axis=0), inside.sum()
        sizes = np.log(total - own + SMOOTHING * kinds) - np.log(own + SMOOTHING * kinds)
        for some in np.array_split(inside, max(1, kinds // 1_000)):  # in place: no other table is as large
            elsewhere = some.sum(axis=1, keepdims=True) - some
            np.log((some + SMOOTHING) / (elsewhere + SMOOTHING), out=some)
        return cls(inside, sizes.astype(np.float32), rows)

    def scores(self, vector: Vector) -> Floats:
        rows = self.rows[vector.places]
        weights, rows = vector.weights[rows >= 0], rows[rows >= 0]
        found: Floats = (weights @ self.gains[rows] + weights.sum() * self.sizes) / BAYES_SCALE
        return found


def _scattered(turn: int, mark: int) -> int:
    """Another order each turn: Knuth's multiplicative hash."""
    return mark * pow(2654435761, turn + 1, 2**64) % 2**64
