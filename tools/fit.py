"""Fits the weights of `faq/engine/confidence.py`: `make fit`, half a minute.

A logistic regression on two kinds of questions. Every phrasing is asked of an engine that learnt four fifths of the
phrasings without it. The labelled questions of `labelled.jsonl`, in nobody's entries and not held out, are asked of
engines that learnt no phrasing resembling them; as real people's they count six times. Letters count a tenth, for
phrasings had been written with some of them in view. How sure the first entry is, is fitted on the questions of the FAQ
alone: with the others it would learn a second time whether a question is ours, and lift wrong entries with the right.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.base.content import read_content
from bot.evaluation.held_out import read_rows
from faq.engine import letter, likeness
from faq.engine.confidence import INSIDE, SURE, Signals
from faq.engine.evaluate import LabelledQuestion
from faq.engine.match import Matcher
from faq.engine.weights import Weights
from faq.library import Library
from vietnamese.masking import mask
from vietnamese.normalize import has_accents

LABELLED = Path(__file__).with_name("labelled.jsonl")
FIFTHS, QUARTERS = 5, 4
LABELLED_COUNT, LETTERS_COUNT = 6.0, 0.1
_DIGITS = 2

Phrasing = tuple[str, str]
"""(entry id, phrasing)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a ranking showed of a question, and how that ended: the first entry was right, the FAQ has it at all."""

    signals: Signals
    right: bool
    inside: bool
    counts: float


def fitted(shown: Sequence[Shown]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The weights of `Signals.sure` and of `Signals.inside`, to the digits they are written with."""
    ours = [each for each in shown if each.inside]
    return (
        _regression([(each.signals.sure, each.right, each.counts) for each in ours]),
        _regression([(each.signals.inside, each.inside, each.counts) for each in shown]),
    )


def shown(library: Library, labelled: Sequence[LabelledQuestion], kept: Weights) -> Iterator[Shown]:
    """Every phrasing and every labelled question, asked of an engine that does not know it."""
    phrasings = [(entry.id, phrasing) for entry in library for phrasing in entry.phrasings]
    for fifth in range(FIFTHS):
        left_out = phrasings[fifth::FIFTHS]
        matcher = _without(library, left_out, kept)
        for id, phrasing in left_out:
            yield from _asked(matcher, phrasing, (id,) if library[id].kind == "answer" else (), 1.0)
    worded = [(phrasing, likeness.words(phrasing[1])) for phrasing in phrasings]
    for quarter in range(QUARTERS):
        rows = labelled[quarter::QUARTERS]
        asked = {likeness.words(mask(row.text)[0]) for row in rows}
        resembling = [each for each, words in worded if likeness.alike(words, asked, likeness.ALIKE) is not None]
        matcher = _without(library, resembling, kept)
        for row in rows:
            yield from _asked(matcher, row.text, row.expect, LABELLED_COUNT)


def _without(library: Library, left_out: Collection[Phrasing], kept: Weights) -> Matcher:
    gone = frozenset(left_out)
    entries = {
        entry.id: dataclasses.replace(
            entry, phrasings=tuple(each for each in entry.phrasings if (entry.id, each) not in gone)
        )
        for entry in library
    }
    return Matcher.build(dataclasses.replace(library, entries=entries), kept)


def _asked(matcher: Matcher, text: str, expect: Sequence[str], counts: float) -> Iterator[Shown]:
    masked = mask(text)[0]
    read = letter.read(masked)
    if not read.whole:
        return
    ranking = matcher.rank(read, has_accents(masked))
    ours, others = matcher.apart(ranking.best())
    signals = Signals.of(ranking, ours, others, read)
    weight = counts * (LETTERS_COUNT if read.question != read.whole else 1.0)
    yield Shown(signals, ours[0] in expect, bool(expect), weight)


def _regression(rows: list[tuple[tuple[float, ...], bool, float]]) -> tuple[float, ...]:
    """Of signals, what was true, and how much that counts; without a penalty, so that there is one answer.

    The first signal is always 1 and stands for the base.
    """
    from sklearn.linear_model import LogisticRegression  # two seconds to import, for a few calls

    regression = LogisticRegression(C=np.inf, fit_intercept=False, solver="newton-cholesky", tol=1e-10, max_iter=1000)
    regression.fit(*map(list, zip(*rows, strict=True)))
    return tuple(round(float(weight), _DIGITS) for weight in regression.coef_[0])


def main() -> None:
    content = read_content()
    questions = list(shown(content.library, read_rows(LABELLED), content.matcher.weights))
    sure, inside = fitted(questions)
    print(f"fitted on {len(questions):,} questions")
    for name, weights, written in (("SURE", sure, SURE), ("INSIDE", inside, INSIDE)):
        print(f"{name} = {weights}" + ("" if weights == written else f"  # faq/engine/confidence.py has {written}"))


if __name__ == "__main__":
    main()
