"""How sure a ranking is: that its first entry is the right one, and that the FAQ has the question at all.

Two logistic functions of what a ranking shows; both give 0 to 1. Their weights are fitted by `make fit`, on every
phrasing left out in turn and on labelled questions (docs/matching.md). Which entry it is and whether it is ours at all
are told apart: what says «ours» (`Ranking.ours`) speaks for the first entry no more than for the others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from faq.engine.letter import Letter
from faq.engine.rank import Ranking

SURE = (0.17, 5.25, 3.15)
"""The weights of `Signals.sure`, in its order."""
INSIDE = (-10.21, 5.34, 7.07, 4.02, 2.14, -1.17)
"""The weights of `Signals.inside`, in its order."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What a ranking shows.

    `sure`: 1, by how far the entry is ahead of all others in total, and for the perceptron. `inside`: 1, by how far the
    best entry is ahead of the best referral, small talk or other subject, how much the question is one of the FAQ, the
    share of known words, the logarithm of the number of words, and whether it is a letter, whose scores lie closer
    together.
    """

    sure: tuple[float, ...]
    inside: tuple[float, ...]

    @classmethod
    def of(cls, ranking: Ranking, ours: Sequence[str], others: Sequence[str], read: Letter) -> Signals:
        """Both lists are best first, `ours` not empty."""
        scores = ranking.by_entry()
        ahead, corrected = ranking.ahead(ours[0])
        lead = scores[ours[0]] - (scores[others[0]] if others else 0.0)
        letter = float(read.question != read.whole)
        length = math.log(1 + len(read.whole.split()))
        return cls(
            (1.0, ahead, corrected),
            (1.0, lead, ranking.ours, ranking.known, length, letter),
        )


def confidence(signals: Signals) -> tuple[float, float]:
    """That the first entry of the FAQ is right, and that one of them is."""
    inside = probability(INSIDE, signals.inside)
    return probability(SURE, signals.sure) * inside, inside


def probability(weights: Sequence[float], signals: Sequence[float]) -> float:
    """The logistic function of the weighted signals."""
    score = sum(weight * signal for weight, signal in zip(weights, signals, strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))
