"""Two linear rankers learnt from the phrasings at start, in plain Python: complement Bayes and a perceptron.

Both are tables feature → entry → weight. They take about a second for 2,500 phrasings, so adding a phrasing
to a file is all it takes to teach it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from faq.features import CONCEPT, CONCEPTS, WORD, Vector

Table = Mapping[str, Mapping[str, float]]

ROUNDS, MARGIN = 3, 0.3
SMOOTHING, BAYES_SCALE = 0.05, 8.0


@dataclass(frozen=True, slots=True)
class Perceptron:
    """Multiclass, with a margin, averaged over all steps: corrects itself where neighbours are confused."""

    weights: Table

    @classmethod
    def learn(cls, vectors: Sequence[Vector], owners: Sequence[str]) -> Perceptron:
        """Always the same for the same phrasings, which are taken in another scattered order every round."""
        entries = sorted(set(owners))
        number = {entry: place for place, entry in enumerate(entries)}
        weights: dict[str, dict[int, float]] = defaultdict(dict)
        later: dict[str, dict[int, float]] = defaultdict(dict)
        step = 0
        for turn in range(ROUNDS if len(entries) > 1 else 0):
            for place in sorted(range(len(vectors)), key=partial(_scattered, turn)):
                step += 1
                vector, mine = vectors[place], number[owners[place]]
                scores = [0.0] * len(entries)
                for name, weight in vector.items():
                    for entry, gain in weights[name].items():
                        scores[entry] += weight * gain
                own, scores[mine] = scores[mine], -math.inf
                gap = own - max(scores)
                if gap >= MARGIN:
                    continue
                rival = scores.index(max(scores))
                push = min(1.0, (MARGIN - gap) / 2)
                for name, weight in vector.items():
                    for row, by in ((weights[name], push * weight), (later[name], push * weight * step)):
                        row[mine] = row.get(mine, 0.0) + by
                        row[rival] = row.get(rival, 0.0) - by
        return cls(
            {
                name: {entries[at]: weight - later[name][at] / (step + 1) for at, weight in row.items()}
                for name, row in weights.items()
            }
        )

    def scores(self, vector: Vector) -> Mapping[str, float]:
        return _added(self.weights, vector)


@dataclass(frozen=True, slots=True)
class Bayes:
    """Complement naive Bayes on words and concepts: how much likelier a feature is in an entry than elsewhere."""

    gains: Table
    absent: Mapping[str, float]
    sizes: Mapping[str, float]

    @classmethod
    def learn(cls, vectors: Sequence[Vector], owners: Sequence[str]) -> Bayes:
        inside: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        size: dict[str, float] = defaultdict(float)
        for vector, owner in zip(vectors, owners, strict=True):
            for name, weight in vector.items():
                if name[0] in (WORD, CONCEPT, CONCEPTS):
                    inside[name][owner] += weight
                    size[owner] += weight
        kinds, total = len(inside), sum(size.values())
        sizes = {
            entry: math.log(total - own + SMOOTHING * kinds) - math.log(own + SMOOTHING * kinds)
            for entry, own in size.items()
        }
        gains, absent = {}, {}
        for name, row in inside.items():
            everywhere = sum(row.values())
            absent[name] = math.log(SMOOTHING) - math.log(everywhere + SMOOTHING)
            gains[name] = {
                entry: math.log(own + SMOOTHING) - math.log(everywhere - own + SMOOTHING) - absent[name]
                for entry, own in row.items()
            }
        return cls(gains, absent, sizes)

    def scores(self, vector: Vector) -> Mapping[str, float]:
        known = {name: weight for name, weight in vector.items() if name in self.gains}
        length, base = sum(known.values()), sum(weight * self.absent[name] for name, weight in known.items())
        gained = _added(self.gains, known)
        return {
            entry: (base + length * size + gained.get(entry, 0.0)) / BAYES_SCALE for entry, size in self.sizes.items()
        }


def _scattered(turn: int, place: int) -> int:
    """A fixed place far from its neighbours', another one each turn: Knuth's multiplicative hash."""
    return (place + 1) * 2654435761 * (2 * turn + 1) % 2**32


def _added(table: Table, vector: Vector) -> dict[str, float]:
    scores: dict[str, float] = {}
    for name, weight in vector.items():
        for entry, gain in table.get(name, {}).items():
            scores[entry] = scores.get(entry, 0.0) + weight * gain
    return scores
