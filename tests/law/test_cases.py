"""Every worked case comes out as the law says; what a case can get wrong is said, never a crash."""

from __future__ import annotations

import ast
import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.calculations import CALCULATIONS, json_figures
from law.cases import EXPLAINED, matches, run_cases

HERE = Path(__file__).parent


def test_case(law: Law, case: Mapping[str, object]) -> None:
    assert run_cases(law, [case])["failures"] == []


def test_no_case_id_stands_twice(yaml_of: Callable[[Path], Any]) -> None:
    ids = [case["id"] for path in sorted(HERE.glob("*.yaml")) for case in yaml_of(path)]
    assert len(ids) == len(set(ids))


def test_every_calculation_has_a_case(yaml_of: Callable[[Path], Any]) -> None:
    used = {case["calculation"] for path in HERE.glob("*.yaml") for case in yaml_of(path)}
    assert set(CALCULATIONS) == used


def test_every_step_warning_and_way_is_expected_by_a_case(yaml_of: Callable[[Path], Any]) -> None:
    """A reason nobody expects may say anything: «Chi tiết và căn cứ» rests on these."""
    cases = [case for path in sorted(HERE.glob("*.yaml")) for case in yaml_of(path)]
    expected = {
        each if isinstance(each, str) else next(iter(each))
        for case in cases
        for part in EXPLAINED
        for each in case.get(part, ())
    }
    said = {name for path in (HERE.parents[1] / "law").rglob("*.py") for name in _notes_said(path)}
    assert len(said) > 75
    begun = tuple(name for name in said if name.endswith("_"))  # «join_refused_{reason}»
    assert all(any(each.startswith(name) for each in expected) for name in begun)
    assert said - expected - set(begun) == set()


def _notes_said(path: Path) -> Iterator[str]:
    """The names given to `working.step`, `warn` and `option`; of a choice between two, both."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(ast.Attribute(attr="step" | "warn" | "option"), [name, *_]):
                yield from (
                    each.value
                    for each in ast.walk(name)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                )


def _contribution(**more: object) -> dict[str, object]:
    return {
        "id": "x",
        "calculation": "contribution",
        "input": {"paid_in": "2026-11", "income": 1500000, **more},
        "expect": {"own": 264000},
    }


def _only_failure(law: Law, case: Any) -> dict[str, object]:
    report = run_cases(law, [case])
    assert (report["passed"], report["failed"]) == (0, 1)
    [failure] = report["failures"]
    return dict(failure)


def test_counts_cases_not_keys(law: Law) -> None:
    wrong = {**_contribution(), "expect": {"own": 1, "gross": 2, "support": 66000}}
    report = run_cases(law, [_contribution(), wrong])
    assert (report["passed"], report["failed"]) == (1, 1)
    assert report["failures"] == [
        {"id": "x", "key": "own", "expected": 1, "got": 264000},
        {"id": "x", "key": "gross", "expected": 2, "got": 330000},
    ]


def test_unknown_calculation_fails_with_its_name(law: Law) -> None:
    failure = _only_failure(law, {**_contribution(), "calculation": "pension_by_magic"})
    assert failure["key"] == "calculation"
    assert "pension_by_magic" in str(failure["got"])


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"colour": "red"}, "colour"),
        ({"income": "a lot"}, "income"),
        ({"income": Decimal("1500000.5")}, "income"),
        ({"income": 1500000.0}, "float"),
        ({"income": True}, "income"),
        ({"paid_in": "November"}, "paid_in"),
        ({"paid_in": 2026}, "paid_in"),
        ({"paid_in": "2026-13"}, "paid_in"),
        ({"groups": [1]}, "groups"),
        ({"groups": 7}, "groups"),
    ],
)
def test_input_that_cannot_be_read_names_its_key(law: Law, more: dict[str, object], named: str) -> None:
    failure = _only_failure(law, _contribution(**more))
    assert failure["key"] == "input"
    assert named in str(failure["got"])


def test_missing_input_is_named(law: Law) -> None:
    case = {**_contribution(), "input": {"paid_in": "2026-11"}}
    assert "income: missing" in str(_only_failure(law, case)["got"])


@pytest.mark.parametrize("more", [{"groups": ["rich"]}, {"months": 5}, {"supported_months_used": -1}])
def test_input_no_law_can_reckon_with_fails_without_a_crash(law: Law, more: dict[str, object]) -> None:
    assert _only_failure(law, _contribution(**more))["key"] == "calculation"


def test_case_that_expects_nothing_fails(law: Law) -> None:
    assert _only_failure(law, {**_contribution(), "expect": {}})["key"] == "expect"


def test_case_without_input_fails(law: Law) -> None:
    assert _only_failure(law, {**_contribution(), "input": None})["key"] == "input"


def test_case_that_is_no_mapping_fails(law: Law) -> None:
    assert _only_failure(law, "contribution")["key"] == "case"


def test_key_the_calculation_does_not_have_fails(law: Law) -> None:
    failure = _only_failure(law, {**_contribution(), "expect": {"owm": 264000}})
    assert failure["key"] == "owm"
    assert "no figure owm" in str(failure["got"])


def test_error_where_none_is_expected_is_shown(law: Law) -> None:
    failure = _only_failure(law, _contribution(income=1000))
    assert failure["got"] == "error: income_out_of_range"


def test_missing_error_is_shown(law: Law) -> None:
    failure = _only_failure(law, {**_contribution(), "expect": {"error": "income_out_of_range"}})
    assert failure == {"id": "x", "key": "error", "expected": "income_out_of_range", "got": None}


def test_no_error_can_be_expected(law: Law) -> None:
    assert run_cases(law, [{**_contribution(), "expect": {"error": None}}])["passed"] == 1


def test_tolerance_is_in_dong_on_either_side(law: Law) -> None:
    for own, passes in ((263998, True), (264002, True), (264003, False), (263997, False)):
        case = {**_contribution(), "expect": {"own": own}, "tolerance": 2}
        assert run_cases(law, [case])["passed"] == passes


def test_dates_may_be_read_by_yaml_already(law: Law) -> None:
    assert run_cases(law, [_contribution(paid_in=datetime.date(2026, 11, 1))])["passed"] == 1
    assert run_cases(law, [_contribution(paid_in="2026-11-24")])["passed"] == 1
    assert run_cases(law, [_contribution(paid_in=Month(2026, 11))])["passed"] == 1


@pytest.mark.parametrize("born", [1969, "1969", "1969-01", datetime.date(1969, 1, 20)])
def test_birth_may_be_a_year_or_a_month(run: Callable[..., Any], born: object) -> None:
    assert str(run("retirement", sex="female", born=born).figures["reached"]) == "2025-09"


@pytest.mark.parametrize("born", [True, 69, "69", "spring", None])
def test_birth_that_is_neither_is_refused(run: Callable[..., Any], born: object) -> None:
    with pytest.raises(ValueError, match="born"):
        run("retirement", sex="female", born=born)


def test_command_line_writes_lists_as_text(run: Callable[..., Any]) -> None:
    by_text = run("contribution", paid_in="2026-11", income="1500000", groups="near_poor, ethnic_minority")
    assert by_text.figures["own"] == 198000
    assert run("contribution", paid_in="2026-11", income="1500000", groups=None).figures["own"] == 264000
    periods = '[{"from": "2022-01", "to": "2022-12", "income": 1500000, "scheme": "voluntary"}]'
    average = run("average_income", settled_in="2026-07", periods=periods)
    assert average.figures == {"months": 12, "average": 1665000}


@pytest.mark.parametrize(
    "periods",
    [
        "2022-01..2022-12",
        {"from": "2022-01"},
        ["2022"],
        [{"from": "2022-01", "to": "2022-12"}],
        [{"from": "2022-01", "to": "2022-12", "income": 1, "wage": 2}],
        [{"from": "2022-12", "to": "2022-01", "income": 1}],
        [{"from": "2022-01", "to": "2022-12", "income": -1}],
        [{"from": "2022-01", "to": "2022-12", "income": 1, "scheme": "private"}],
        [],
    ],
)
def test_history_that_cannot_be_read_is_refused(run: Callable[..., Any], periods: object) -> None:
    with pytest.raises(ValueError, match="period"):
        run("average_income", settled_in="2026-07", periods=periods)


@pytest.mark.parametrize(("written", "read"), [("true", True), ("No", False), (True, True)])
def test_flags_are_read(run: Callable[..., Any], written: object, read: bool) -> None:
    joined = run("can_join", age="40", citizen=written, compulsory="false", receiving_monthly_benefit=False)
    assert joined.figures["allowed"] is read


@pytest.mark.parametrize("given", ["maybe", 1, None])
def test_flags_that_are_none_are_refused(run: Callable[..., Any], given: object) -> None:
    with pytest.raises(ValueError, match="citizen"):
        run("can_join", age=40, citizen=given, compulsory=False, receiving_monthly_benefit=False)


def test_words_that_are_none_are_refused(run: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="sex"):
        run("pension_rate", sex=1, months=180)


def test_numbers_are_compared_by_value_never_as_floats() -> None:
    assert matches("45.0", Decimal("45"))
    assert matches(Decimal("40.50"), Decimal("40.5"))
    assert matches(0.1 + 0.2, Fraction(3, 10)) is False
    assert not matches("many", 3)
    assert not matches(1, True)
    assert not matches(None, 0)
    assert matches(datetime.date(2026, 5, 1), Month(2026, 5))


def test_figures_can_be_written_as_json(law: Law, estimated: Callable[..., Estimate]) -> None:
    figures = json_figures(estimated("pension_rate", sex="male", months=186))
    assert json.loads(json.dumps(figures))["percent"] == 40.5
    figures = json_figures(estimated("contribution", paid_in="2026-11", income=1500000))
    assert json.loads(json.dumps(figures))["full_price_from"] == "2036-11"
    assert figures["rate"] == 0.22


def test_every_failure_can_be_written_as_json(law: Law) -> None:
    case = {**_contribution(), "id": datetime.date(2026, 1, 1), "expect": {"own": Decimal("1.5"), "gross": [1]}}
    json.dumps(run_cases(law, [case]))


def _explained(**parts: object) -> dict[str, object]:
    own = {"gross": 330000, "support": 66000, "top_up": 0, "own": 264000, "months": 1}
    steps = ["contribution_gross", {"contribution_support": {"support_rate": "0.2"}}, {"contribution_own": own}]
    return {**_contribution(), "steps": steps, "warnings": [], "options": [], **parts}


def test_reasons_may_be_expected(law: Law) -> None:
    assert run_cases(law, [_explained()])["failures"] == []


@pytest.mark.parametrize(
    ("parts", "key", "got"),
    [
        ({"steps": ["contribution_gross"]}, "steps", "contribution_gross, contribution_support, contribution_own"),
        ({"warnings": ["support_assumed"]}, "warnings", ""),
        (
            {"steps": ["contribution_gross", {"contribution_support": {"support_rate": "0.3"}}, "contribution_own"]},
            "steps.contribution_support.support_rate",
            0.2,
        ),
        ({"steps": ["contribution_gross", {"contribution_support": {"rte": 1}}, "contribution_own"]}, None, None),
        ({"steps": "contribution_gross"}, "steps", "contribution_gross"),
        ({"steps": [{"one": {}, "two": {}}]}, "steps", None),
        ({"steps": [{"contribution_gross": 1}]}, "steps", None),
        ({"steps": [7]}, "steps", None),
    ],
)
def test_reasons_that_are_others_are_named(law: Law, parts: dict[str, object], key: str | None, got: object) -> None:
    failure = _only_failure(law, _explained(**parts))
    assert key is None or failure["key"] == key
    assert got is None or failure["got"] == got


def test_a_refusal_has_no_steps(law: Law) -> None:
    refused = {**_contribution(income=1), "expect": {"error": "income_out_of_range"}, "steps": []}
    assert run_cases(law, [refused])["passed"] == 1


def test_an_amount_may_be_a_sum_of_figures_of_the_month(law: Law, coming_floor: int) -> None:
    case = {
        **_contribution(paid_in="2027-01", income="{income_floor} + 100"),
        "expect": {
            "gross": "0.22 * ({income_floor} + 100)",
            "own": "{contribution_min} - 2 * {support_other} / 2 + 22",
        },
    }
    assert run_cases(law, [case])["failures"] == []
    wrong = {**case, "expect": {"gross": "{contribution_min}"}}
    assert _only_failure(law, wrong)["expected"] == 22 * coming_floor // 100


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("{luck} + 1", "luck"),
        ("{hotline} + 1", "hotline"),
        ("{income_floor} ** 2", "income_floor ** 2"),
        ("open({income_floor})", "open"),
        ("{income_floor} +", "no sum"),
        ("{income_floor} / 0", "no sum"),
    ],
)
def test_what_is_no_sum_is_said(law: Law, written: str, named: str) -> None:
    assert named in str(_only_failure(law, {**_contribution(), "expect": {"own": written}})["got"])
