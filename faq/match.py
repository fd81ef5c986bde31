"""Finds the entry a message asks for, and decides: answer, offer a choice, refer, chat, or admit not knowing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from faq import letter
from faq.guard import Special, special
from faq.library import Kind, Library
from faq.normalize import has_accents
from faq.rank import Ranker, Ranking

Decision = Literal["answer", "choose", "refer", "chat", "unknown"]

# Measured: logistic regression on the training questions and on every phrasing left out in turn by fifths
# (docs/matching.md). `lead`: how far the best entry of the FAQ is ahead of the best referral, small talk or other
# subject. `margin`: how far it is ahead of the next in the perceptron. `known`: share of known words, 0 to 1.
SURE_BASE, SURE_LEAD, SURE_MARGIN, SURE_KNOWN = -4.7, 3.35, 18.9, 3.6
"""How sure it is that the best entry is the right one."""
INSIDE_BASE, INSIDE_LEAD, INSIDE_MARGIN, INSIDE_KNOWN = -6.5, 14.2, -7.5, 5.2
"""How sure it is that the question belongs to the FAQ at all."""

ANSWER_FROM = 0.85
CHOOSE_FROM = 0.3
KEYWORDS, CHOOSE_KEYWORDS_FROM = 2, 0.05
"""A word or two alone («thai sản») are rather offered than sent away."""
QUESTION_SHARE = 0.5
"""How much the question counts in a long message; the story before it counts the rest."""
CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Match:
    """What was found: `entries` best first with their `scores`, and the part of the text that asked.

    The first entry is the one to answer, refer to or chat with; when nothing is known, the nearest of the FAQ.
    `sure` and `inside` (0 to 1) are what the decision rests on: the first entry is right; the FAQ has it at all.
    """

    decision: Decision
    entries: tuple[str, ...]
    scores: tuple[float, ...]
    question: str
    more_questions: tuple[str, ...] = ()
    special: Special | None = None
    sure: float = 0.0
    inside: float = 0.0


@dataclass(frozen=True, slots=True)
class Matcher:
    """The library made ready for matching."""

    ranker: Ranker
    kinds: Mapping[str, Kind]

    @classmethod
    def build(cls, library: Library) -> Matcher:
        """Compute everything that does not depend on the message; about two seconds for 2,500 phrasings."""
        asked = [(entry.id, entry.question) for entry in library if entry.kind == "answer"]
        asked += [(entry.id, phrasing) for entry in library for phrasing in entry.phrasings]
        return cls(Ranker.build(asked), {entry.id: entry.kind for entry in library})

    def match(self, text: str) -> Match:
        """The decision on a masked message (see `faq.masking`) and the entries it rests on."""
        read = letter.read(text)
        kept = special(text, read.whole)
        if kept or not read.whole:
            return Match("unknown", (), (), read.whole, special=kept)
        ranking = self._rank(read, has_accents(text))
        scores, best = ranking.by_entry(), ranking.best()
        ours = [id for id in best if self.kinds[id] == "answer"]
        others = [id for id in best if self.kinds[id] != "answer"]
        sure, inside = self._confidence(ranking, ours, others)
        decision: Decision
        enough = CHOOSE_KEYWORDS_FROM if len(read.whole.split()) <= KEYWORDS else CHOOSE_FROM
        if ours and inside >= enough:
            decision, entries = ("answer" if sure >= ANSWER_FROM else "choose"), ours
        else:
            first = best[0]
            decision = self.kinds[first] if first in others else "unknown"
            entries = ours if decision == "unknown" else [first, *ours]
        shown = tuple(entries[:CANDIDATES])
        return Match(
            decision,
            shown,
            tuple(round(scores[id], 4) for id in shown),
            read.question,
            read.questions[1:],
            sure=round(sure, 4),
            inside=round(inside, 4),
        )

    def _rank(self, read: letter.Letter, accents: bool) -> Ranking:
        asked = self.ranker.rank(read.question, accents)
        if read.question == read.whole:
            return asked
        return asked.with_story(self.ranker.rank(read.whole, accents), QUESTION_SHARE)

    def _confidence(self, ranking: Ranking, ours: list[str], others: list[str]) -> tuple[float, float]:
        if not ours:
            return 0.0, 0.0
        scores = ranking.by_entry()
        lead = scores[ours[0]] - (scores[others[0]] if others else 0.0)
        margin = ranking.margin(ours[0])
        sure = SURE_BASE + SURE_LEAD * lead + SURE_MARGIN * margin + SURE_KNOWN * ranking.known
        inside = INSIDE_BASE + INSIDE_LEAD * lead + INSIDE_MARGIN * margin + INSIDE_KNOWN * ranking.known
        return _probability(sure), _probability(inside)


def _probability(score: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))
