"""Whether a change of the phrasings makes the answers worse: the check questions asked before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from faq.evaluate import SHOWN, Error, Evaluation, Row, evaluate
from faq.library import Library
from faq.masking import mask
from faq.match import Matcher
from faq.normalize import normalize

HIGHER_IS_WORSE = (("in_scope", "answered_wrong"), ("out_of_scope", "answered"), ("out_of_scope", "offered"))
LOWER_IS_WORSE = (("in_scope", "top3"), ("in_scope", "top1"))
"""What may not get worse, the rows of trust first; fractions of an evaluation's report."""


@dataclass(frozen=True, slots=True)
class Worsening:
    """One measure that got worse (fractions of its n)."""

    part: str
    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change does to the check questions: the measures that got worse, and the questions that now fail."""

    asked: int
    worse: tuple[Worsening, ...]
    failing: tuple[Row, ...]


def check_rows(library: Library, held_out: Iterable[Row]) -> list[Row]:
    """The check questions: those written in the entries, and the held-out ones given."""
    written = [
        Row(f"{entry.id}-{number}", check, (entry.id,) if entry.kind == "answer" else (), "check")
        for entry in library
        for number, check in enumerate(entry.checks, 1)
    ]
    return [*written, *held_out]


def compare(before: Matcher, after: Matcher, rows: Sequence[Row]) -> Comparison:
    """Ask every row of both. Some ten milliseconds a row."""
    one, other = _asked(before, rows), _asked(after, rows)
    worse = [
        Worsening(part, name, _share(one, part, name), _share(other, part, name))
        for measures, sign in ((HIGHER_IS_WORSE, 1), (LOWER_IS_WORSE, -1))
        for part, name in measures
        if sign * (_share(other, part, name) - _share(one, part, name)) > 0
    ]
    failed = {error.row.id: error for error in one.errors}
    failing = [error.row for error in other.errors if _is_worse(failed.get(error.row.id), error)]
    return Comparison(len(rows), tuple(worse), tuple(failing))


def _is_worse(before: Error | None, after: Error) -> bool:
    """Whether a question that went wrong went better before."""
    if before is None or (after.what == "answered_wrong" and before.what != "answered_wrong"):
        return True
    return _shown(before) and not _shown(after)


def _shown(error: Error) -> bool:
    return any(id in error.row.expect for id in error.entries[:SHOWN])


def is_check(text: str, rows: Iterable[Row]) -> bool:
    """Whether a text is one of the check questions in other letters: it may not become a phrasing."""
    plain = normalize(text)
    return any(normalize(row.text) == plain for row in rows)


def _asked(matcher: Matcher, rows: Sequence[Row]) -> Evaluation:
    return evaluate(lambda text: matcher.match(mask(text)[0]), rows, lambda: 0.0)


def _share(evaluation: Evaluation, part: str, name: str) -> float:
    found = evaluation.report[part]
    assert isinstance(found, dict)
    return float(found[name])
