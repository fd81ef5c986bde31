"""Two linear rankers learnt from the phrasings at start: complement Bayes and a perceptron.

Both are tables of weights, a row for each feature and a column for each entry. Learning takes about a second,
so adding a phrasing to a file is all it takes to teach it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

ROUNDS, MARGIN = 3, 0.3
SMOOTHING, BAYES_SCALE = 0.05, 8.0


@dataclass(frozen=True, slots=True)
class Vector:
    """The known features of a text: their rows in the tables, and how much each counts."""

    places: Places
    weights: Floats


def perceptron(vectors: Sequence[Vector], owners: Sequence[int], features: int, entries: int) -> Floats:
    """Multiclass, with a margin, averaged over all steps: corrects itself where neighbours are confused.

    Always the same for the same phrasings, which are taken in another scattered order every round.
    """
    weights = np.zeros((features, entries), np.float32)
    later = np.zeros_like(weights)
    step = 0
    for turn in range(ROUNDS if entries > 1 else 0):
        for place in sorted(range(len(vectors)), key=lambda place: _scattered(turn, place)):
            step += 1
            vector, mine = vectors[place], owners[place]
            scores = vector.weights @ weights[vector.places]
            own, scores[mine] = float(scores[mine]), -math.inf
            rival = int(scores.argmax())
            gap = own - float(scores[rival])
            if gap >= MARGIN:
                continue
            push = min(1.0, (MARGIN - gap) / 2) * vector.weights
            for table, by in ((weights, push), (later, push * step)):
                table[vector.places, mine] += by
                table[vector.places, rival] -= by
    return weights - later / np.float32(step + 1)


@dataclass(frozen=True, slots=True)
class Bayes:
    """Complement naive Bayes: how much likelier a feature is in an entry than elsewhere."""

    gains: Floats
    sizes: Floats
    counted: npt.NDArray[np.bool_]

    @classmethod
    def learn(
        cls,
        vectors: Sequence[Vector],
        owners: Sequence[int],
        counted: npt.NDArray[np.bool_],
        entries: int,
    ) -> Bayes:
        """`counted`: which features take part (words and concepts; pairs of words say it again)."""
        inside = np.zeros((len(counted), entries), np.float32)
        for vector, owner in zip(vectors, owners, strict=True):
            inside[vector.places, owner] += vector.weights
        inside[~counted] = 0
        kinds = int(np.count_nonzero(inside.any(axis=1)))
        own, total = inside.sum(axis=0), inside.sum()
        sizes = np.log(total - own + SMOOTHING * kinds) - np.log(own + SMOOTHING * kinds)
        gains = np.log(inside + SMOOTHING) - np.log(inside.sum(axis=1, keepdims=True) - inside + SMOOTHING)
        gains[~counted] = 0
        return cls(gains, sizes, counted)

    def scores(self, vector: Vector) -> Floats:
        length = vector.weights[self.counted[vector.places]].sum()
        found: Floats = (vector.weights @ self.gains[vector.places] + length * self.sizes) / BAYES_SCALE
        return found


def _scattered(turn: int, place: int) -> int:
    """A fixed place far from its neighbours', another one each turn: Knuth's multiplicative hash."""
    return (place + 1) * 2654435761 * (2 * turn + 1) % 2**32
