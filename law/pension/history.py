"""A history of payments as a person tells it: whether anyone can have it.

Months in the future, months told twice, both kinds in one month, more months than since joining age.
"""

from __future__ import annotations

from collections.abc import Sequence

from law.base.estimate import Refusal
from law.base.month import Month
from law.base.working import Working
from law.pension.indexation import Period
from law.pension.paying_on import birth_month, impossible


def refuse_impossible(working: Working, born: Month | int, periods: Sequence[Period]) -> Refusal | None:
    """The refusal of a birth or a history that no one can have by the working's month; None where it can be."""
    refused = impossible(working, born, 0)
    if refused is not None:
        return refused
    for period in periods:
        if period.last > working.on:
            return working.refuse("period_in_future", first=period.first, last=period.last, today=working.on)
    ordered = sorted(periods, key=lambda each: each.first)
    for place, earlier in enumerate(ordered):
        for later in ordered[place + 1 :]:
            if later.first <= earlier.last:
                reason = "periods_overlap" if earlier.scheme == later.scheme else "both_kinds_in_one_month"
                return working.refuse(reason, first=later.first, last=min(earlier.last, later.last))
    refused = impossible(working, born, count_months(periods))
    if refused is not None:
        return refused
    youngest = working.whole("join_min_age")
    earliest = birth_month(born) + 12 * youngest
    if ordered and ordered[0].first < earliest:
        return working.refuse("period_before_joining_age", first=ordered[0].first, earliest=earliest, min_age=youngest)
    return None


def count_months(periods: Sequence[Period]) -> int:
    """The months of all periods together."""
    return sum(period.last - period.first + 1 for period in periods)
