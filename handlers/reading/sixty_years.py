"""Reads a year of birth by its name in the calendar of sixty years: «tuổi Mậu Thân» is 1968."""

from __future__ import annotations

from handlers.reading.dates import Birth
from handlers.reading.passages import Passage
from handlers.reading.words import Found, Lexicon, words

_STEMS = Lexicon({name: place for place, name in enumerate("canh tân nhâm quý giáp ất bính đinh mậu kỷ".split())})
"""By the last digit of the year."""
_BRANCHES = Lexicon(
    {
        name: place
        for place, names in enumerate(
            "thân|dậu|tuất|hợi|tý tí|sửu|dần|mão mẹo|thìn|tỵ tị|ngọ|mùi vị".split("|"),
        )
        for name in names.split()
    }
)
"""By the remainder of the year, divided by twelve."""
_CALLED = words("tuổi năm sinh cầm")
_MOST_CALLED = 4
"""Words before a name; where more stand, looking for their end from each of them would take long."""
_YOUNGEST = 16
"""Years; of the two years of a name that are sixty apart, the one of somebody as old as that."""


def year_by_name(passage: Passage, at: int) -> Found[Birth] | None:
    """«tuổi Mậu Thân», «sinh năm Kỷ Dậu»: a name alone counts where it is all of a clause."""
    tokens = passage.tokens
    here = at
    while here < at + _MOST_CALLED and _CALLED.get(tokens, here) and not passage.begins(here + 1):
        here += 1
    if (stem := _STEMS.get(tokens, here)) is None:
        return None
    branch = _BRANCHES.get(tokens, here + 1)
    if branch is None or tokens[here + 1].gap:
        return None
    if here == at and not (passage.begins(at) and passage.begins(at + 2)):
        return None
    last = passage.today.year - _YOUNGEST
    year = next((year for year in range(last, last - 60, -1) if (year % 10, year % 12) == (stem, branch)), None)
    return None if year is None else (Birth(year), here + 2)
