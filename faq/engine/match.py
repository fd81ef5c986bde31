"""Finds the entry a message asks for, and decides: answer, offer a choice, refer, chat, or admit not knowing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from faq.engine import letter
from faq.engine.concepts import Concepts
from faq.engine.confidence import Signals, confidence
from faq.engine.guard import Special, special
from faq.engine.rank import Ranker, Ranking
from faq.engine.weights import Weights
from faq.library import EntryKind, Library
from vietnamese.normalize import has_accents

Decision = Literal["answer", "hedge", "choose", "refer", "chat", "unknown"]

ANSWER_FROM = 0.8
CHOOSE_FROM = 0.4
KEYWORDS, CHOOSE_KEYWORDS_FROM, ABREAST, KNOWN = 2, 0.05, 0.95, 0.5
"""A word or two alone («thai sản») are rather offered than sent away, and always where they are known words and
a referral ranks no higher than an entry of ours."""
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
    certain: bool = True
    sure: float = 0.0
    inside: float = 0.0


@dataclass(frozen=True, slots=True)
class Matcher:
    """The library made ready for matching."""

    ranker: Ranker
    kinds: Mapping[str, EntryKind]

    @classmethod
    def build(cls, library: Library, kept: Weights | None = None) -> Matcher:
        """Compute everything that does not depend on the message: a second or two for 7,000 phrasings, but a moment
        where `kept`, learnt earlier, still hold.
        """
        asked = [(entry.id, entry.question) for entry in library if entry.kind == "answer"]
        asked += [(entry.id, phrasing) for entry in library for phrasing in entry.phrasings]
        kinds = {entry.id: entry.kind for entry in library}
        ours = {id for id, kind in kinds.items() if kind == "answer"}
        concepts = Concepts.of(library.synonyms)
        weights = Weights.of(asked, ours, library.synonyms, concepts, kept)
        return cls(Ranker.of(weights, [owner for owner, _ in asked], concepts), kinds)

    @property
    def weights(self) -> Weights:
        """What was learnt, for the next one."""
        return self.ranker.weights

    def match(self, text: str) -> Match:
        """The decision on a masked message (see `vietnamese.masking`) and the entries it rests on, best first.

        >>> found = matcher.match("muc dong thap nhat la bao nhieu")
        >>> (found.decision, found.entries[0])
        ('answer', 'min_income')
        >>> matcher.match("thời tiết hôm nay thế nào").decision
        'unknown'
        """
        read = letter.read(text)
        kept = special(text, read.whole)
        if kept or not read.whole:
            return Match("unknown", (), (), read.whole, special=kept)
        ranking = self.rank(read, has_accents(text))
        scores, best = ranking.by_entry(), ranking.best()
        ours, others = self.apart(best)
        sure, inside = confidence(Signals.of(ranking, ours, others, read)) if ours else (0.0, 0.0)
        decision: Decision
        keywords = len(read.whole.split()) <= KEYWORDS
        abreast = keywords and ranking.known >= KNOWN and bool(ours) and scores[ours[0]] >= ABREAST * scores[best[0]]
        if ours and (abreast or inside >= (CHOOSE_KEYWORDS_FROM if keywords else CHOOSE_FROM)):
            decision, entries = ("answer" if sure >= ANSWER_FROM and not keywords else "choose"), ours
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

    def apart(self, entries: Sequence[str]) -> tuple[list[str], list[str]]:
        """The questions of the FAQ among the entries, and the others, in their order."""
        ours = [id for id in entries if self.kinds[id] == "answer"]
        return ours, [id for id in entries if self.kinds[id] != "answer"]

    def rank(self, read: letter.Letter, accents: bool) -> Ranking:
        """Every entry's scores for a message; of a letter, all three readings in one."""
        asked = self.ranker.rank(read.question, accents)
        if read.question == read.whole:
            return asked
        context, whole = (self.ranker.rank(part, accents) for part in (read.context, read.whole))
        return Ranking.of_letter(asked, context, whole)
