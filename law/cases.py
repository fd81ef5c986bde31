"""Worked cases of the law: whether each calculation returns what a case expects."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from law import inputs
from law.base.estimate import Figure, Outcome, Refusal
from law.base.law import Law
from law.base.month import Month
from law.calculations import CALCULATIONS, Json, json_figure
from law.inputs import WrongInput


def run_cases(law: Law, cases: Sequence[Mapping[str, object]]) -> dict[str, Any]:
    """Run cases: id, calculation, input, expect, tolerance (dong, 0 unless given).

    Returns passed and failed (numbers of cases) and failures: id, key, expected, got – one for each expected
    key that is not met. A case that can't be run fails with the reason in `got`; nothing is raised for what a
    case says.
    """
    failures: list[dict[str, Json]] = []
    failed = 0
    for number, case in enumerate(cases, start=1):
        wrong = _failures(law, case)
        failed += bool(wrong)
        id_ = case.get("id", number) if isinstance(case, Mapping) else number
        failures += [{"id": _shown(id_), **each} for each in wrong]
    return {"passed": len(cases) - failed, "failed": failed, "failures": failures}


def _failures(law: Law, case: object) -> list[dict[str, Json]]:
    if not isinstance(case, Mapping):
        return [_failure("case", "a mapping with id, calculation, input and expect", _shown(case))]
    name, given, expect = case.get("calculation"), case.get("input"), case.get("expect")
    calculation = CALCULATIONS.get(name) if isinstance(name, str) else None
    if calculation is None:
        return [_failure("calculation", f"one of {', '.join(CALCULATIONS)}", f"unknown calculation {name!r}")]
    if not isinstance(given, Mapping):
        return [_failure("input", "a mapping", _shown(given))]
    if not isinstance(expect, Mapping) or not expect:
        return [_failure("expect", "at least one key with its value", _shown(expect))]
    try:
        tolerance = inputs.NUMBER.read(case.get("tolerance", 0))
        outcome = calculation.run(law, given)
    except ValueError as wrong:
        what = "input" if isinstance(wrong, WrongInput) else "calculation"
        return [_failure(what, "an input that can be reckoned with", str(wrong))]
    assert isinstance(tolerance, Decimal)
    figures: dict[str, Figure] = dict(outcome.figures)
    if isinstance(outcome, Refusal):
        figures["error"] = outcome.reason
    return [
        _failure(str(key), _shown(expected), _got(figures, str(key), outcome))
        for key, expected in expect.items()
        if not (_is_there(figures, str(key), expected) and matches(expected, figures.get(str(key)), tolerance))
    ]


def _is_there(figures: Mapping[str, Figure], key: str, expected: object) -> bool:
    return key in figures or (key == "error" and expected is None)


def _got(figures: Mapping[str, Figure], key: str, outcome: Outcome) -> Json:
    if key in figures:
        return json_figure(figures[key])
    if isinstance(outcome, Refusal):
        return f"error: {outcome.reason}"
    if key == "error":
        return None
    return f"no figure {key}; there are {', '.join(figures)}"


def _failure(key: str, expected: Json, got: Json) -> dict[str, Json]:
    return {"key": key, "expected": expected, "got": got}


def matches(expected: object, got: Figure, tolerance: Decimal = Decimal(0)) -> bool:
    """Whether a figure is the expected one: numbers within the tolerance, months as «YYYY-MM»."""
    if isinstance(expected, bool) or isinstance(got, bool) or expected is None or got is None:
        return expected is got
    if isinstance(got, int | Decimal | Fraction):
        wanted = _exact(expected)
        return wanted is not None and abs(wanted - Fraction(got)) <= Fraction(tolerance)
    if isinstance(got, Month) and isinstance(expected, datetime.date):
        return Month.of(expected) == got
    return str(expected).strip() == str(got)


def _exact(expected: object) -> Fraction | None:
    try:
        return Fraction(Decimal(str(expected).strip()))
    except (ArithmeticError, ValueError):
        return None


def _shown(value: object) -> Json:
    return value if value is None or isinstance(value, bool | int | str) else _as_number(value)


def _as_number(value: object) -> Json:
    return json_figure(value) if isinstance(value, Decimal) else str(value)
