"""A target over time as steps: how long each value holds, for whatever draws it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby


def steps(targets: Sequence[float | None]) -> list[tuple[float, int, int]]:
    """Each target with the first and the last of the places side by side for which it holds; none for None."""
    found = []
    for target, some in groupby(enumerate(targets), key=lambda each: each[1]):
        places = [place for place, _ in some]
        if target is not None:
            found.append((target, places[0], places[-1]))
    return found
