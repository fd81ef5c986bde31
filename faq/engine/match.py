"""Finds the entry a message asks for, and decides: answer, offer a choice, refer, chat, or admit not knowing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from faq.engine import letter
from faq.engine.concepts import Concepts
from faq.engine.confidence import Signals, confidence
from faq.engine.guard import Special, is_gibberish, special
from faq.engine.rank import Ranker, Ranking
from faq.engine.weights import Weights
from faq.library import EntryKind, Library
from vietnamese.encodings import repaired
from vietnamese.normalize import has_accents

Decision = Literal["answer", "choose", "refer", "chat", "unknown"]

ANSWER_FROM = 0.8
CERTAIN_FROM = 0.97
HEDGE_FROM, HEDGE_INSIDE_FROM = 0.65, 0.9
CHOOSE_FROM = 0.7
CHOOSE_BEFORE_REFERRAL_FROM = 0.2
"""Where an entry of ours ranks first of all and a referral comes next, the question is about our subjects: rather
offered than not known."""
KEYWORDS, CHOOSE_KEYWORDS_FROM, ABREAST, KNOWN = 2, 0.05, 0.95, 0.5
"""A word or two alone («thai sản») are rather offered than sent away, and always where they are known words and
a referral ranks no higher than an entry of ours."""
FEW_WORDS, NEAR_REFERRAL = 3, 0.7
"""Of so few words that name a subject we share with others («hộ cận nghèo») no one can tell which is meant: they are
offered where our score is not below this share of the referral's."""
BESIDE_REFERRAL, BESIDE_REFERRAL_INSIDE = 0.6, 0.05
"""From one of these on, the share of a referral's score or `inside`, our nearest entry belongs beside the referral."""
CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Match:
    """What was found: `entries` best first with their `scores`, and the part of the text that asked.

    The first entry is the one to answer, refer to or chat with; when nothing is known, the nearest of the FAQ.
    `sure` and `inside` (0 to 1) are what the decision rests on: the first entry is right; the FAQ has it at all.
    `hedged`: a choice whose first entry may be answered at once with a reserve, two times in three it is the right one.
    """

    decision: Decision
    entries: tuple[str, ...]
    scores: tuple[float, ...]
    question: str
    more_questions: tuple[str, ...] = ()
    special: Special | None = None
    sure: float = 0.0
    inside: float = 0.0
    hedged: bool = False

    @property
    def certain(self) -> bool:
        """Whether an answer needs nothing beside it: of a hundred such, fewer than one is wrong."""
        return self.decision == "answer" and self.sure >= CERTAIN_FROM

    @property
    def beside(self) -> str | None:
        """The entry that belongs on a button under what is said, because the person may have meant it.

        Of an answer that is not certain and of a hedged one the second candidate, which is the right one nearly always
        where the first is wrong; of a referral the nearest entry of the FAQ, if one is near.
        """
        if len(self.entries) < 2 or self.certain:
            return None
        if self.decision == "answer" or self.hedged:
            return self.entries[1]
        near = self.scores[1] >= BESIDE_REFERRAL * self.scores[0] or self.inside >= BESIDE_REFERRAL_INSIDE
        return self.entries[1] if self.decision == "refer" and near else None


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
        text = repaired(text)
        read = letter.read(text)
        kept = special(text, read.whole)
        if kept or not read.whole or is_gibberish(text):
            return Match("unknown", (), (), read.whole, special=kept)
        ranking = self.rank(read, has_accents(text))
        scores, best = ranking.by_entry(), ranking.best()
        ours, others = self.apart(best)
        sure, inside = confidence(Signals.of(ranking, ours, others, read)) if ours else (0.0, 0.0)
        decision: Decision
        keywords = len(read.whole.split()) <= KEYWORDS
        hedged = False
        if ours and (inside >= CHOOSE_FROM or self._offered(read, ranking, ours[0], others[:1], inside)):
            decision, entries = ("answer" if sure >= ANSWER_FROM and not keywords else "choose"), ours
            hedged = decision == "choose" and not keywords and sure >= HEDGE_FROM and inside >= HEDGE_INSIDE_FROM
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
            hedged=hedged,
        )

    def _offered(self, read: letter.Letter, ranking: Ranking, ours: str, others: Sequence[str], inside: float) -> bool:
        """Whether our best entry is offered although the FAQ may not have the question; `others`: the best of them."""
        scores = ranking.by_entry()
        mine, theirs = scores[ours], max((scores[id] for id in others), default=0.0)
        words, referral = len(read.whole.split()), any(self.kinds[id] == "refer" for id in others)
        if words <= KEYWORDS and inside >= CHOOSE_KEYWORDS_FROM:
            return True
        if ranking.known < KNOWN:
            return False
        if words <= KEYWORDS and mine >= ABREAST * theirs:
            return True
        if not referral:
            return False
        if words <= FEW_WORDS and mine >= NEAR_REFERRAL * theirs:
            return True
        return read.question == read.whole and mine > theirs and inside >= CHOOSE_BEFORE_REFERRAL_FROM

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
