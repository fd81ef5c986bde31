"""What of the law staff are told is due: reviews, known changes, and periods that end."""

from __future__ import annotations

import datetime

from law.base import freshness
from law.base.law import Law

TODAY = datetime.date(2026, 11, 26)
IN_A_YEAR = datetime.date(2027, 11, 26)


def test_a_review_is_due_the_day_after_its_date(law: Law) -> None:
    names = [each.name for each in freshness.due(law, datetime.date(2027, 1, 16))]
    assert "rural_poverty_line" in names
    assert freshness.due(law, datetime.date(2027, 1, 15)) == ()


def test_the_change_of_the_poverty_line_is_told_before_it_comes(law: Law, coming_floor: int) -> None:
    found = {each.parameter.name: each for each in freshness.changes(law, TODAY, IN_A_YEAR)}
    line = found["rural_poverty_line"]
    assert (line.since, line.before, line.value) == (datetime.date(2027, 1, 1), 1_500_000, coming_floor)
    later = freshness.changes(law, line.since, IN_A_YEAR)
    assert "rural_poverty_line" not in {each.parameter.name for each in later}


def test_a_value_that_is_only_confirmed_is_no_change(law: Law) -> None:
    """2026-01-01: the decree of that year kept the 1.500.000 of before."""
    found = freshness.changes(law, datetime.date(2025, 12, 1), datetime.date(2026, 3, 1))
    assert "rural_poverty_line" not in {each.parameter.name for each in found}


def test_a_period_that_ends_with_nothing_known_to_follow_is_told(law: Law) -> None:
    found = {each.parameter.name: each.until for each in freshness.endings(law, TODAY, IN_A_YEAR)}
    assert found["fund_rate"] == datetime.date(2026, 12, 31)
    assert "rural_poverty_line" not in found  # 2027 is known
