"""Which questions are alike in their words: for people to go through what was asked, not for answering."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Collection, Iterable, Iterator

from rapidfuzz import fuzz, process

from faq.engine import letter
from vietnamese.normalize import fold

ALIKE = 78
"""From this likeness on (0 to 100) questions stand in one group. Of pairs of phrasings that are so alike, about two
in three belong to one entry; from 85 on five in six, at 75 two in five."""
SAME = 88
"""From here on a question is the one that was decided about before, typed a little differently."""
TWO_MEANINGS = 93
"""Phrasings of different entries so alike, in whatever order their words stand, can't be told apart."""

_IN_EVERY_QUESTION = re.compile(r"\bbao hiem xa hoi(?: tu nguyen)?\b")


@functools.lru_cache(maxsize=8_192)  # more than there are phrasings, each of which is compared with all others
def words(text: str) -> str:
    """The folded words of what a masked message asks, sorted, for comparing: without courtesies and the story."""
    return " ".join(sorted(_IN_EVERY_QUESTION.sub("bhxh", fold(letter.read(text).question)).split()))


def alike(words: str, others: Collection[str], least: float) -> str | None:
    """The most alike of `others` (texts as `words` gives them), or None when none is `least` alike."""
    found = process.extractOne(words, others, scorer=fuzz.ratio, score_cutoff=least)
    return None if found is None else found[0]


def meaning_two(phrasings: Iterable[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Pairs of (entry, phrasing) of different entries that are the same words, in whatever order, or nearly so."""
    worded = sorted(((words(each[1]), each) for each in phrasings), key=lambda pair: len(pair[0]))
    ordered = [mine for mine, _ in worded]
    lengths = [len(mine) for mine in ordered]
    for place, (mine, one) in enumerate(worded):
        if not mine:
            continue
        # texts so alike differ little in length: ratio = 2 × common / (both lengths)
        end = bisect.bisect_right(lengths, len(mine) * (200 - TWO_MEANINGS) / TWO_MEANINGS)
        longer = ordered[place + 1 : end]
        for _, _, ahead in process.extract_iter(mine, longer, scorer=fuzz.ratio, score_cutoff=TWO_MEANINGS):
            other = worded[place + 1 + ahead][1]
            if other[0] != one[0]:
                yield one, other
