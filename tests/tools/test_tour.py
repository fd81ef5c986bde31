"""The checker of the tour: it says done of what is done, and not of a half."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tools import tour
from tools.tour import Ran, Step, Work

EMPTY: dict[str, Any] = {
    "questions": {},
    "values": {"base_salary 2026-07-01": "2530000"},
    "calculations": [],
    "forms": [],
    "channels": {},
    "reports": {},
}


@dataclass(frozen=True)
class Tried(Work):
    """Work whose commands all end as told: what they do is held by their own tests."""

    code: int = 0

    def runs(self, *words: str, folder: Path | None = None) -> Ran:
        return Ran(self.code, "[]")


def steps(exercise: Callable[[Work], Iterator[Step]], work: Work) -> list[Step]:
    return list(exercise(work))


@pytest.mark.parametrize("name", list(tour.EXERCISES))
def test_where_nothing_was_changed_nothing_is_done(name: str) -> None:
    found = steps(tour.EXERCISES[name], Tried(EMPTY, EMPTY, frozenset()))
    assert not found[0].done
    assert str(found[0]).startswith("✘")


def test_a_number_needs_its_value_alone_its_case_and_its_line_in_the_changelog(tmp_path: Path) -> None:
    now = EMPTY | {"values": EMPTY["values"] | {"base_salary 2027-07-01": "2700000"}}
    (tmp_path / "CHANGELOG.md").write_text(
        "## The law\n\n### 2027-07-01\n\n- `base_salary`: 2.700.000.\n\n### 2026-07-01\n"
    )
    done = Tried(EMPTY, now, frozenset({"law/parameters/base_salary.yaml", "tests/law/cases.yaml"}), tmp_path)
    left = [each.said for each in steps(tour.number, done) if not each.done]
    assert left == ["without the new value one of them fails"], "the commands were all told to pass"
    with_module = Tried(EMPTY, now, done.changed | {"law/calculations.py"}, tmp_path)
    assert "no module had to be changed" in [each.said for each in steps(tour.number, with_module) if not each.done]
    (tmp_path / "CHANGELOG.md").write_text("## The law\n\n### 2026-07-01\n\n- `base_salary`\n")
    assert any("CHANGELOG" in each.said and not each.done for each in steps(tour.number, done))


def test_a_number_that_is_taken_away_or_two_that_change_are_not_the_exercise() -> None:
    gone = EMPTY | {"values": {"base_salary 2027-07-01": "2700000"}}
    two = EMPTY | {"values": EMPTY["values"] | {"base_salary 2027-07-01": "1", "fund_rate 2027-01-01": "2"}}
    for now in (gone, two):
        assert not steps(tour.number, Tried(EMPTY, now, frozenset()))[0].done


def test_a_question_whose_checks_are_not_answered_by_it_is_not_done() -> None:
    now = EMPTY | {"questions": {"hours": ["bot lam viec may gio"]}}
    found = steps(tour.question, Tried(EMPTY, now, frozenset()))
    assert [each.done for each in found if "checks" in each.said] == [False]


def test_a_test_has_to_name_what_was_added_and_pass(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text("# the report «hours»")
    work = Tried(EMPTY, EMPTY, frozenset({"test_one.py"}), tmp_path)
    assert tour.tested(work, "hours", "test_").done
    assert not tour.tested(work, "days", "test_").done
    assert not tour.tested(Tried(EMPTY, EMPTY, work.changed, tmp_path, code=1), "hours", "test_").done


@pytest.mark.slow
def test_what_the_checkout_holds_is_read_off_it() -> None:
    held = tour._holding(tour.ROOT)
    assert "annual" in held["reports"]
    assert "telegram" in held["channels"]
    assert "pension" in held["forms"]
    assert "base_salary 2026-07-01" in held["values"]
