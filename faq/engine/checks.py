"""Whether a phrasing makes the answers worse: the check questions asked before and after, in memory.

Learning the same phrasings in another order moves up to two of 170 check questions over a threshold (answered wrong 2
to 4 of 120, first 103 to 105). So a phrasing is refused for what it does itself: its entry is answered, crowds out the
right ones or is offered where it is wrong, or it is worded like a check question to which its entry is no answer; who
comes first in a choice that still holds the right entry is chance.
Beside that no measure may fall by more than the gate of the tests allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faq.engine import letter, likeness
from faq.engine.evaluate import SHOWN, Evaluation, LabelledQuestion, evaluate
from faq.engine.features import features
from faq.engine.learn import Floats
from faq.engine.match import Match, Matcher
from faq.library import EntryKind, Library
from vietnamese.masking import mask
from vietnamese.normalize import has_accents, normalize

HIGHER_IS_WORSE = (("in_scope", "answered_wrong"), ("out_of_scope", "answered"), ("out_of_scope", "offered"))
LOWER_IS_WORSE = (("in_scope", "top3"), ("in_scope", "top1"))
"""Fractions of an evaluation's report, the rows of trust first."""
WORDED_LIKE = 85
"""So alike (0 to 100), five pairs of phrasings in six belong to one entry."""
RESEMBLES = 0.1
"""What is put in other words after reading a question shares more with it than what two people ask by themselves."""
SLACK = 0.02
"""What a measure may fall by without the phrasing being seen in it."""


@dataclass(frozen=True, slots=True)
class Worsening:
    """A measure that fell by more than the slack (fractions of its n)."""

    part: str
    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a phrasing does: the check questions it draws to its entry wrongly, those that were right and are answered
    wrong or not at all, and the measures that fell.
    """

    asked: int
    drawn: tuple[LabelledQuestion, ...]
    spoiled: tuple[LabelledQuestion, ...]
    worse: tuple[Worsening, ...]


@dataclass(frozen=True, slots=True)
class Retold:
    """What people asked, `times` times, and what they would be told otherwise with a phrasing."""

    text: str
    times: int
    before: Match
    after: Match
    related: bool
    """Whether it has to do with the phrasing; else learning anew moved it over a threshold."""

    @property
    def worse(self) -> bool:
        """Whether it was answered or, where it is related, offered something and is not known now; or a certain answer
        is not even offered.
        """
        before, after = self.before, self.after
        if after.decision == "unknown" and (
            before.decision == "answer" or (before.decision == "choose" and self.related)
        ):
            return True
        return before.certain and before.entries[0] not in told(after)


def check_rows(library: Library, held_out: Iterable[LabelledQuestion]) -> list[LabelledQuestion]:
    """The check questions: those written in the entries, and the held-out ones given."""
    written = [
        LabelledQuestion(f"{entry.id}-{number}", check, (entry.id,) if entry.kind == "answer" else (), "check")
        for entry in library
        for number, check in enumerate(entry.checks, 1)
    ]
    return [*written, *held_out]


def compare(before: Matcher, after: Matcher, rows: Sequence[LabelledQuestion], entry: str, phrasing: str) -> Comparison:
    """Ask every row of both; `after` knows one more `phrasing` of `entry`. Some ten milliseconds a row."""
    one, other = _asked(before, rows), _asked(after, rows)
    resembles = likeness.words(phrasing)

    def contradicts(row: LabelledQuestion) -> bool:
        """A check question in almost the same words, to which the entry is no answer."""
        same = likeness.alike(likeness.words(row.text), (resembles,), WORDED_LIKE) is not None
        return same and entry not in row.expect

    drawn = [
        row
        for row in rows
        if contradicts(row) or _drawn(row, other[row.text], entry) - _drawn(row, one[row.text], entry)
    ]
    spoiled = [
        row
        for row in rows
        if _is_right(row, one[row.text])
        and _is_spoiled(row, other[row.text])
        and _concerns(before, phrasing, entry, row.text, other[row.text])
    ]
    first, second = _measured(one, rows), _measured(other, rows)
    worse = [
        Worsening(part, name, _share(first, part, name), _share(second, part, name))
        for measures, sign in ((HIGHER_IS_WORSE, 1), (LOWER_IS_WORSE, -1))
        for part, name in measures
        if sign * (_share(second, part, name) - _share(first, part, name)) > SLACK
    ]
    return Comparison(len(rows), tuple(drawn), tuple(spoiled), tuple(worse))


def changes(before: Matcher, after: Matcher, asked: Mapping[str, int], entry: str, phrasing: str) -> list[Retold]:
    """What people asked, with how often, as far as it is answered otherwise; the most frequent first."""
    changed = []
    for text, times in asked.items():
        one, other = before.match(text), after.match(text)
        if _differ(one, other):
            changed.append(Retold(text, times, one, other, _concerns(before, phrasing, entry, text, other)))
    return sorted(changed, key=lambda each: -each.times)


def _concerns(matcher: Matcher, phrasing: str, entry: str, text: str, found: Match) -> bool:
    """Whether what became of a question is the doing of a phrasing: its entry is told or shown, or it asks the like."""
    return entry in found.entries[:SHOWN] or resemblance(matcher, text, (phrasing,)) >= RESEMBLES


def told(found: Match) -> tuple[str, ...]:
    """The entries a person is told, or offered, the best first."""
    if found.decision == "unknown":
        return ()
    return found.entries[: SHOWN if found.decision == "choose" else 1]


def leads_to(found: Match, entry: str, kind: EntryKind) -> bool:
    """Whether who asks is told an entry, or shown it to choose; one that answers nothing is shown to nobody."""
    if found.decision in ("answer", "refer", "chat"):
        return found.entries[:1] == (entry,)
    return entry in found.entries[:SHOWN] if found.decision == "choose" else kind == "unknown"


def worth(found: Match, entry: str, kind: EntryKind) -> int:
    """How well a question is served that `entry` is to answer, 0 to 4."""
    if found.decision != "choose" and leads_to(found, entry, kind):
        return 4
    return {"answer": 3, "choose": 2, "refer": 1, "chat": 1, "unknown": 0}[found.decision]


def resemblance(matcher: Matcher, text: str, others: Iterable[str]) -> float:
    """How much a text asks what one of others does, 0 to 1, by its words and what they mean, the rare ones counting
    more. Two phrasings of one entry, by different people, have .1 or more in 43 of 100 pairs; of two entries in 3.
    """
    mine = _meaning(matcher, text)
    return max(float(mine @ _meaning(matcher, each)) for each in others)


def _meaning(matcher: Matcher, text: str) -> Floats:
    """The features of what a text asks, of length one."""
    space = matcher.ranker.space
    found = space.vector(features(letter.read(text).question, has_accents(text), matcher.ranker.concepts))
    spread = np.zeros(len(space.rows), np.float32)
    spread[found.places] = found.weights
    return spread


def two_meanings(text: str, entry: str, library: Library) -> tuple[str, str] | None:
    """The (entry, phrasing) of another entry from which a text can't be told apart."""
    mine = likeness.words(text)
    others = {
        likeness.words(each): (other.id, each)
        for other in library
        if other.id != entry
        for each in (other.question, *other.phrasings)
    }
    found = likeness.alike(mine, others.keys(), likeness.TWO_MEANINGS)
    return None if found is None else others[found]


def is_check(text: str, rows: Iterable[LabelledQuestion]) -> bool:
    """Whether a text is one of the check questions in other letters: it may not become a phrasing."""
    plain = normalize(text)
    return any(normalize(row.text) == plain for row in rows)


def _drawn(row: LabelledQuestion, found: Match, entry: str) -> frozenset[str]:
    """Where an entry stands in the way of what is right for a row."""
    if entry in row.expect:
        return frozenset()
    first, shown = found.entries[:1] == (entry,), entry in found.entries[:SHOWN]
    ways = {
        "answered": first and found.decision == "answer",
        "shown": shown and bool(row.expect) and not set(found.entries[:SHOWN]) & set(row.expect),
        "offered": shown and not row.expect and found.decision == "choose",
    }
    return frozenset(way for way, stands in ways.items() if stands)


def _is_right(row: LabelledQuestion, found: Match) -> bool:
    """Whether a question is answered as it should be; one that is not for the FAQ, by no answer."""
    if not row.expect:
        return found.decision != "answer"
    return found.decision == "answer" and found.entries[0] in row.expect


def _is_spoiled(row: LabelledQuestion, found: Match) -> bool:
    """Whether a question is answered by what is no answer to it, or not at all though the FAQ has it."""
    if found.decision == "answer":
        return found.entries[0] not in row.expect
    return bool(row.expect) and found.decision != "choose"


def _differ(one: Match, other: Match) -> bool:
    """Whether a person is told something else, the order of a choice aside."""
    return one.decision != other.decision or set(told(one)) != set(told(other))


def _asked(matcher: Matcher, rows: Sequence[LabelledQuestion]) -> dict[str, Match]:
    return {row.text: matcher.match(mask(row.text)[0]) for row in rows}


def _measured(found: dict[str, Match], rows: Sequence[LabelledQuestion]) -> Evaluation:
    return evaluate(found.__getitem__, rows, lambda: 0.0)


def _share(evaluation: Evaluation, part: str, name: str) -> float:
    measured = evaluation.report[part]
    assert isinstance(measured, dict)
    return float(measured[name])
