"""Which questions are alike in their words: for people to go through what was asked, not for answering."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from rapidfuzz import fuzz, process

from faq import letter
from faq.normalize import fold

ALIKE = 78
"""From this likeness on (0 to 100) questions stand in one group. Of pairs of phrasings that are so alike, about two
in three belong to one entry; from 85 on five in six, at 75 two in five."""
SAME = 88
"""From here on a question is the one that was decided about before, typed a little differently."""
TWO_MEANINGS = 93
"""Phrasings of different entries so alike, in whatever order their words stand, can't be told apart."""

_IN_EVERY_QUESTION = re.compile(r"\bbao hiem xa hoi(?: tu nguyen)?\b")


def words(text: str) -> str:
    """The folded words of what a masked message asks, sorted, for comparing: without courtesies and the story."""
    return " ".join(sorted(_IN_EVERY_QUESTION.sub("bhxh", fold(letter.read(text).question)).split()))


def alike(words: str, others: Collection[str], least: float) -> str | None:
    """The most alike of `others` (texts as `words` gives them), or None when none is `least` alike."""
    found = process.extractOne(words, others, scorer=fuzz.ratio, score_cutoff=least)
    return None if found is None else found[0]


def grouped(texts: Iterable[str]) -> dict[str, list[str]]:
    """Leader → the texts alike to it, itself first; the first to come leads, so give the most frequent first."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        leader = alike(text, groups.keys(), ALIKE)
        groups.setdefault(text if leader is None else leader, []).append(text)
    return groups


def meaning_two(phrasings: Iterable[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Pairs of (entry, phrasing) of different entries that are the same words, in whatever order, or nearly so."""
    given = list(phrasings)
    ordered = [words(phrasing) for _, phrasing in given]
    for place, mine in enumerate(ordered):
        if not mine:
            continue
        for _, _, other in process.extract_iter(mine, ordered, scorer=fuzz.ratio, score_cutoff=TWO_MEANINGS):
            if other > place and given[other][0] != given[place][0]:
                yield given[place], given[other]
