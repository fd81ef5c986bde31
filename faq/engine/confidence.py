"""How sure a ranking is: that its first entry is the right one, and that the FAQ has the question at all.

Two logistic functions of what a ranking shows, measured on every phrasing left out in turn and on labelled questions
(docs/matching.md); both give 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from faq.engine.letter import Letter
from faq.engine.rank import Ranking

SURE_BASE, SURE_AHEAD, SURE_CORRECTED, SURE_KNOWN, SURE_OURS, SURE_LETTER = -3.38, 5.42, 10.86, 2.2, 2.15, 0.8
"""By how far the entry is ahead of all others in total and for the perceptron, the share of known words, how much the
question is one of the FAQ, and whether it is a letter, whose scores lie closer together."""
INSIDE_BASE, INSIDE_LEAD, INSIDE_OURS, INSIDE_KNOWN, INSIDE_LENGTH, INSIDE_LETTER = -7.74, 6.85, 7.65, 2.59, 1.73, -0.96
"""By how far the best entry is ahead of the best referral, small talk or other subject, how much the question is one
of the FAQ, the share of known words, the logarithm of the number of words, and whether it is a letter."""


def confidence(ranking: Ranking, ours: Sequence[str], others: Sequence[str], read: Letter) -> tuple[float, float]:
    """That the first of `ours` is right, and that one of them is; both lists are best first, `ours` not empty."""
    scores = ranking.by_entry()
    ahead, corrected = ranking.ahead(ours[0])
    lead = scores[ours[0]] - (scores[others[0]] if others else 0.0)
    letter = float(read.question != read.whole)
    length = math.log(1 + len(read.whole.split()))
    return (
        _probability(
            SURE_BASE
            + SURE_AHEAD * ahead
            + SURE_CORRECTED * corrected
            + SURE_KNOWN * ranking.known
            + SURE_OURS * ranking.ours
            + SURE_LETTER * letter
        ),
        _probability(
            INSIDE_BASE
            + INSIDE_LEAD * lead
            + INSIDE_OURS * ranking.ours
            + INSIDE_KNOWN * ranking.known
            + INSIDE_LENGTH * length
            + INSIDE_LETTER * letter
        ),
    )


def _probability(score: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))
