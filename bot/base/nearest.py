"""What may have been meant by a name there is none of."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from vietnamese.normalize import fold

_NEAR, _SHOWN = 60, 5


def nearest(given: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The few of `known` (name → its words) most like what was given in name or words, accents aside, best first.

    Of very few all are named.
    """
    if len(known) <= _SHOWN:
        return tuple(known)
    spelt = {name: fold(f"{name} {words}") for name, words in known.items()}
    found = process.extract(fold(given), spelt, scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=_SHOWN)
    return tuple(name for _, _, name in found)
