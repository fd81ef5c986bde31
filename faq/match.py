"""Finds the entry a message asks for, and decides whether to answer, offer a choice, refer, chat or admit not knowing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from faq import letter
from faq.guard import Special, special
from faq.library import Kind, Library
from faq.normalize import has_accents
from faq.rank import Index

Decision = Literal["answer", "choose", "refer", "chat", "unknown"]

ANSWER, ANSWER_MARGIN = 0.62, 0.05
CHOOSE = 0.42
CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Match:
    """What was found: `entries` best first with their `scores` (0 to 1), and the part of the text that asked."""

    decision: Decision
    entries: tuple[str, ...]
    scores: tuple[float, ...]
    question: str
    more_questions: tuple[str, ...] = ()
    special: Special | None = None


@dataclass(frozen=True, slots=True)
class Matcher:
    """The library made ready for matching."""

    index: Index
    kinds: Mapping[str, Kind]

    @classmethod
    def build(cls, library: Library) -> Matcher:
        """Compute everything that does not depend on the message; a second or so for 1,000 phrasings."""
        pairs = [
            (entry.id, phrasing)
            for entry in library
            for phrasing in (*([entry.question] if entry.question else []), *entry.phrasings)
        ]
        return cls(Index.build(pairs), {entry.id: entry.kind for entry in library})

    def match(self, text: str) -> Match:
        """The decision on a masked message (see `faq.masking`) and the entries it rests on."""
        read = letter.read(text)
        kept = special(text, read.whole)
        if kept or not read.whole:
            return Match("unknown", (), (), read.whole, special=kept)
        scores = self.scores(read, has_accents(text))
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return Match(
            self._decide(ranked),
            tuple(id for id, _ in ranked[:CANDIDATES]),
            tuple(round(score, 4) for _, score in ranked[:CANDIDATES]),
            read.question,
            read.questions[1:],
        )

    def scores(self, read: letter.Letter, accents: bool) -> dict[str, float]:
        """Entry → score of a message taken apart."""
        scores = self._of(read.question, accents)
        if read.question != read.whole:
            whole = self._of(read.whole, accents)
            scores = {
                id: 0.65 * scores.get(id, 0.0) + 0.35 * whole.get(id, 0.0)
                for id in scores.keys() | whole.keys()
            }
        return scores

    def _of(self, plain: str, accents: bool) -> dict[str, float]:
        close, common = self.index.cosine(plain, accents), self.index.overlap(plain)
        return {id: 0.7 * close[id] + 0.3 * common.get(id, 0.3) for id in close}

    def _decide(self, ranked: list[tuple[str, float]]) -> Decision:
        (first, score), (_, second) = ranked[0], (*ranked[1:2], ("", 0.0))[0]
        kind = self.kinds[first]
        if score < CHOOSE:
            return "unknown"
        if kind != "answer":
            return kind
        return "answer" if score >= ANSWER and score - second >= ANSWER_MARGIN else "choose"
