"""The month of retirement against a second way of finding it, and the range of a birth year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.base.law import Law
from law.base.month import Month
from law.base.working import Working
from law.pension.retirement import retirement, retirement_age, retirement_range, retires_at_old_age

births = st.builds(lambda number: Month(1957, 1) + number, st.integers(0, 12 * 60))
sexes = st.sampled_from(["male", "female"])


@given(born=births, sex=sexes)
def test_reached_in_the_first_month_old_enough_for_its_year(law: Law, born: Month, sex: str) -> None:
    """Walk month by month: the first in which the age is at least what the year of that month asks."""
    month = born + 12 * 50
    while month - born < retirement_age(Working(law, "scan", max(month, Month(2016, 1))), sex):
        month += 1
    found = retirement(law, sex, born)
    assert found.month("reached") == month
    assert found.month("pension_from") == month + 1
    assert 12 * found.whole("age_years") + found.whole("age_months") == month - born


@given(born=births, sex=sexes)
def test_who_is_born_later_never_retires_earlier(law: Law, born: Month, sex: str) -> None:
    assert retirement(law, sex, born).month("reached") < retirement(law, sex, born + 1).month("reached")


@given(year=st.integers(1957, 2015), sex=sexes)
def test_a_year_spans_from_january_to_december(law: Law, year: int, sex: str) -> None:
    span = retirement_range(law, sex, year)
    assert span.month("earliest_reached") == retirement(law, sex, Month(year, 1)).month("reached")
    assert span.month("latest_reached") == retirement(law, sex, Month(year, 12)).month("reached")
    assert span.figures["earliest_pension_from"] == retirement(law, sex, year).figures["pension_from"]


def test_the_rule_for_papers_without_a_month_is_named_only_there(law: Law) -> None:
    by_year, by_month = retirement(law, "female", 1969), retirement(law, "female", Month(1969, 1))
    assert "tt-11-2025" in {article.source for article in by_year.articles}
    assert "tt-11-2025" not in {article.source for article in by_month.articles}
    assert "born_year_only" in {step.name for step in by_year.steps}


def test_there_are_two_sexes_in_the_roadmap(law: Law) -> None:
    with pytest.raises(ValueError, match="sex is male or female, got 'nam'"):
        retirement(law, "nam", 1969)
    with pytest.raises(ValueError, match="sex"):
        retires_at_old_age(law, Month(2010, 1), 240, "nữ")
