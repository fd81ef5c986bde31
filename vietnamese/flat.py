"""A text without accents and in small letters, of which every place is known in the text as it was typed."""

from __future__ import annotations

import re
from typing import NamedTuple

from vietnamese.normalize import fold


class Flat(NamedTuple):
    """`text`: folded; `places`: where each of its letters stands in what was typed, None where all stand alike."""

    text: str
    places: list[int] | None
    typed: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """From and to in what was typed; accents that were typed apart belong to their letter."""
        if self.places is None:
            return start, end
        after = self.places[end] if end < len(self.places) else self.typed
        return self.places[start], after

    def of(self, found: re.Match[str], group: int = 0) -> tuple[int, int]:
        """Where a match stands in what was typed."""
        return self.span(found.start(group), found.end(group))


def flat(text: str) -> Flat:
    """The text folded.

    >>> flat("Số nhà 5").text
    'so nha 5'
    """
    whole = fold(text)
    if len(whole) == len(text):  # nothing was typed apart
        return Flat(whole, None, len(text))
    letters = [(bare, place) for place, letter in enumerate(text) for bare in fold(letter)]
    return Flat("".join(bare for bare, _ in letters), [place for _, place in letters], len(text))
