"""Whether somebody may withdraw now, known to the month: by having stopped, by age, or by a reason of the law."""

from __future__ import annotations

import pytest

from law.base.law import Law
from law.base.month import Month
from law.benefits.lump_sum import may_withdraw
from law.pension.retirement import retirement

NOW = Month(2026, 11)
MAN = Month(1965, 4)  # 61 years and 6 months in 10/2026: the age of men that year lies within a year of life


def way(
    law: Law, born: Month | int, last: Month, months: int, reason: str | None = None, in_time: bool = False
) -> object:
    return may_withdraw(law, NOW, "male", born, last, months, reason, in_time).figures["reason"]


def test_who_is_past_the_age_within_a_year_of_life_is_of_age(law: Law) -> None:
    assert retirement(law, "male", MAN).month("reached") == Month(2026, 10)
    assert way(law, MAN, Month(2026, 10), 60) == "retirement_age"
    assert way(law, MAN + 1, Month(2026, 10), 60) is None  # in the very month of the age it is not yet past


def test_who_is_of_age_with_enough_for_a_pension_may_not(law: Law) -> None:
    assert way(law, MAN, Month(2026, 10), 179) == "retirement_age"
    assert way(law, MAN, Month(2026, 10), 180) is None


@pytest.mark.parametrize(("last", "found"), [(Month(2025, 10), "stopped_12_months"), (Month(2025, 11), None)])
def test_twelve_whole_months_lie_between_the_last_paid_and_this_one(law: Law, last: Month, found: str | None) -> None:
    assert way(law, Month(1990, 1), last, 60) == found


def test_months_without_a_gap_that_began_too_late_count_for_who_began_in_time(law: Law) -> None:
    last = Month(2025, 10)
    assert way(law, Month(1990, 1), last, 4) is None  # July 2025 is the first month of the new law
    assert way(law, Month(1990, 1), last, 4, in_time=True) == "stopped_12_months"
    assert way(law, Month(1990, 1), last, 5) == "stopped_12_months"


def test_having_stopped_comes_before_the_age_and_a_reason_of_the_law_needs_neither(law: Law) -> None:
    assert way(law, MAN, Month(2024, 1), 60) == "stopped_12_months"
    assert way(law, 1990, NOW, 3, "serious_illness") == "serious_illness"
    with pytest.raises(ValueError, match="unknown reason"):
        way(law, 1990, NOW, 3, "need")
