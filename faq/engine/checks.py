"""Whether a phrasing makes the answers worse: the check questions asked before and after, in memory.

Learning the same phrasings in another order moves up to two of 170 check questions over a threshold (answered wrong 2
to 4 of 120, first 103 to 105). So a phrasing is refused for what it does itself: its entry is answered, crowds out the
right ones or is offered where it is wrong, or it is worded like a check question to which its entry is no answer; who
comes first in a choice that still holds the right entry is chance.
Beside that no measure may fall by more than the gate of the tests allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from faq.engine import likeness
from faq.engine.evaluate import SHOWN, Evaluation, LabelledQuestion, evaluate
from faq.engine.match import Match, Matcher
from faq.library import Library
from vietnamese.masking import mask
from vietnamese.normalize import normalize

HIGHER_IS_WORSE = (("in_scope", "answered_wrong"), ("out_of_scope", "answered"), ("out_of_scope", "offered"))
LOWER_IS_WORSE = (("in_scope", "top3"), ("in_scope", "top1"))
"""Fractions of an evaluation's report, the rows of trust first."""
WORDED_LIKE = 85
"""So alike (0 to 100), five pairs of phrasings in six belong to one entry."""
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
    """What a phrasing does: the check questions it draws to its entry wrongly, and the measures that fell."""

    asked: int
    drawn: tuple[LabelledQuestion, ...]
    worse: tuple[Worsening, ...]


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
    first, second = _measured(one, rows), _measured(other, rows)
    worse = [
        Worsening(part, name, _share(first, part, name), _share(second, part, name))
        for measures, sign in ((HIGHER_IS_WORSE, 1), (LOWER_IS_WORSE, -1))
        for part, name in measures
        if sign * (_share(second, part, name) - _share(first, part, name)) > SLACK
    ]
    return Comparison(len(rows), tuple(drawn), tuple(worse))


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


def _asked(matcher: Matcher, rows: Sequence[LabelledQuestion]) -> dict[str, Match]:
    return {row.text: matcher.match(mask(row.text)[0]) for row in rows}


def _measured(found: dict[str, Match], rows: Sequence[LabelledQuestion]) -> Evaluation:
    return evaluate(found.__getitem__, rows, lambda: 0.0)


def _share(evaluation: Evaluation, part: str, name: str) -> float:
    measured = evaluation.report[part]
    assert isinstance(measured, dict)
    return float(measured[name])
