"""What of the law staff are told is due: reviews, known changes, and periods that end."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import law as package
from law.base import freshness
from law.base.law import Law
from law.base.parameter import Parameter, read_parameter

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


NEW_YEAR = datetime.date(2027, 1, 1)
FOLDER = Path(package.__file__).parent / "parameters"


def test_what_is_to_be_entered_in_the_new_year_is_told_from_two_months_before(law: Law) -> None:
    asked = {each.parameter.name: each.known for each in freshness.to_enter(law, NEW_YEAR)}
    assert asked == {
        "fund_rate": False,
        "income_coefficients": False,
        "wage_coefficients_before_2008": False,
        "region_iv_min_wage": False,
        "rural_poverty_line": True,
    }
    assert {each.parameter.name for each in freshness.to_enter(law, datetime.date(2026, 11, 28))} == set(asked)
    assert freshness.to_enter(law, datetime.date(2026, 9, 1)) == ()


def with_line(name: str, line: str, yaml_of: Callable[[Path], Any], tmp_path: Path) -> Parameter | None:
    """The parameter with one more line at the end of its values; None where it can't be read."""
    file = tmp_path / f"{name}.yaml"
    written = (FOLDER / file.name).read_text(encoding="utf-8").rstrip()
    file.write_text(f"{written}\n  {line}\n", encoding="utf-8")
    found, problems = read_parameter(name, yaml_of(file), frozenset({"moi", *SOURCES}))
    return found if not problems else None


SOURCES = ("cv-151-2026", "cv-340-2026", "nd-293-2025", "tt-20-2023", "tt-01-2025")


@pytest.mark.parametrize(
    "name", ["fund_rate", "income_coefficients", "wage_coefficients_before_2008", "region_iv_min_wage"]
)
def test_the_line_that_is_told_can_be_written_as_it_stands_once_it_is_filled_in(
    law: Law, name: str, yaml_of: Callable[[Path], Any], tmp_path: Path
) -> None:
    (asked,) = [each for each in freshness.to_enter(law, NEW_YEAR) if each.parameter.name == name]
    assert with_line(name, asked.line, yaml_of, tmp_path) is None  # nothing is read in it yet
    filled = asked.line.replace("source: …", "source: moi").replace("…", "1")
    entered = with_line(name, filled, yaml_of, tmp_path)
    assert entered is not None
    assert entered.values[-1].since == NEW_YEAR
    assert entered.values[-1].until == datetime.date(2027, 12, 31)


def test_a_table_by_years_asks_for_the_new_year_too(law: Law) -> None:
    lines = {each.parameter.name: each.line for each in freshness.to_enter(law, NEW_YEAR)}
    assert '2026: "…", 2027: "…"}' in lines["income_coefficients"]
    assert "2008" not in lines["wage_coefficients_before_2008"]
