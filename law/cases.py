"""Worked cases of the law: whether each calculation returns, and explains, what a case expects."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from law import inputs
from law.arithmetic import is_sum, reckoned
from law.base.estimate import Figure, Note, Outcome, Refusal
from law.base.law import Law
from law.base.month import Month
from law.base.rounding import dong
from law.calculations import CALCULATIONS, Calculation, JsonValue, json_figure
from law.figures import figures
from law.inputs import WrongInput

EXPLAINED = ("steps", "warnings", "options")
"""What a case may expect beside figures: the reasons given with them."""


def run_cases(law: Law, cases: Sequence[Mapping[str, object]]) -> dict[str, Any]:
    """Run cases: id, calculation, input, expect, tolerance (dong, 0 unless given); steps, warnings, options.

    An amount may be a sum that quotes figures of the case's month («12 * {own_min_other}», see
    `law.arithmetic`), rounded as money is. The last three are whole lists, in order: each a name, or a name with
    those of its figures that are to be checked («- advance_payment: {months: 24}»); a list that is not given is
    not looked at.

    Returns passed and failed (numbers of cases) and failures: id, key, expected, got – one for each expected
    key that is not met. A case that can't be run fails with the reason in `got`; nothing is raised for what a
    case says.

    >>> given = {"calculation": "pension_rate", "input": {"sex": "male", "months": 240}, "expect": {"percent": 44}}
    >>> run_cases(law, [given])
    {'passed': 0, 'failed': 1, 'failures': [{'id': 1, 'key': 'percent', 'expected': 44, 'got': 45}]}
    """
    failures: list[dict[str, JsonValue]] = []
    failed = 0
    for number, case in enumerate(cases, start=1):
        wrong = _failures(law, case)
        failed += bool(wrong)
        id_ = case.get("id", number) if isinstance(case, Mapping) else number
        failures += [{"id": _shown(id_), **each} for each in wrong]
    return {"passed": len(cases) - failed, "failed": failed, "failures": failures}


def _failures(law: Law, case: object) -> list[dict[str, JsonValue]]:
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
        quoted = _Quoted(law, _month(calculation, given, law))
        given, expect = quoted.in_(given), quoted.in_(expect)
        reasons = {part: quoted.in_(case[part]) for part in EXPLAINED if part in case}
        outcome = calculation.run(law, given)
    except ValueError as wrong:
        what = "input" if isinstance(wrong, WrongInput) else "calculation"
        return [_failure(what, "an input that can be reckoned with", str(wrong))]
    assert isinstance(tolerance, Decimal)
    there: dict[str, Figure] = dict(outcome.figures)
    if isinstance(outcome, Refusal):
        there["error"] = outcome.reason
    found = _unmet(expect, there, outcome, tolerance)
    for part, wanted in reasons.items():
        found += _unexplained(part, wanted, getattr(outcome, part, ()), tolerance)
    return found


def _month(calculation: Calculation, given: Mapping[object, object], law: Law) -> Month:
    """The month whose figures a case quotes: the first among its inputs (of the payment, the settlement, or today)."""
    for name, option in calculation.options.items():
        if option.read is inputs.MONTH.read and name in given:
            try:
                found = option.read(given[name])
            except WrongInput:  # said when the inputs are read
                break
            assert isinstance(found, Month)
            return found
    return law.newest


@dataclass(frozen=True, slots=True)
class _Quoted:
    """Puts amounts in place of the sums of a case."""

    law: Law
    month: Month

    def in_(self, value: Any) -> Any:
        """A value of a case, or all of them in a mapping or list."""
        if isinstance(value, Mapping):
            return {key: self.in_(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.in_(each) for each in value]
        if not is_sum(value):
            return value
        known = figures(self.law, self.month.first_day)
        return dong(reckoned(value, {name: each.value for name, each in known.items()}))


def _unmet(
    expect: Mapping[object, object], there: Mapping[str, Figure], outcome: Outcome, tolerance: Decimal
) -> list[dict[str, JsonValue]]:
    return [
        _failure(str(key), _shown(expected), _got(there, str(key), outcome))
        for key, expected in expect.items()
        if not (_is_there(there, str(key), expected) and matches(expected, there.get(str(key)), tolerance))
    ]


def _unexplained(part: str, expected: object, got: Sequence[Note], tolerance: Decimal) -> list[dict[str, JsonValue]]:
    """Where the steps, warnings or options are other ones, or quote other figures, than a case expects."""
    wanted = _notes(expected)
    if wanted is None:
        return [_failure(part, "a list of names, or of a name with its figures", _shown(expected))]
    names, there = [name for name, _ in wanted], [note.name for note in got]
    if names != there:
        return [_failure(part, ", ".join(names), ", ".join(there))]
    return [
        _failure(f"{part}.{name}.{key}", _shown(value), json_figure(note.figures.get(str(key))))
        for (name, quoted), note in zip(wanted, got, strict=True)
        for key, value in quoted.items()
        if not (key in note.figures and matches(value, note.figures[str(key)], tolerance))
    ]


def _notes(expected: object) -> list[tuple[str, Mapping[object, object]]] | None:
    """«[todays_money, floor_rises: {minimum: 2200000}]» as names with figures; None for anything else."""
    found: list[tuple[str, Mapping[object, object]]] = []
    for each in expected if isinstance(expected, list) else [None]:
        named = {each: {}} if isinstance(each, str) else each
        if not isinstance(named, Mapping) or len(named) != 1:
            return None
        [(name, figures)] = named.items()
        if not isinstance(name, str) or not isinstance(figures, Mapping):
            return None
        found.append((name, figures))
    return found


def _is_there(figures: Mapping[str, Figure], key: str, expected: object) -> bool:
    return key in figures or (key == "error" and expected is None)


def _got(figures: Mapping[str, Figure], key: str, outcome: Outcome) -> JsonValue:
    if key in figures:
        return json_figure(figures[key])
    if isinstance(outcome, Refusal):
        return f"error: {outcome.reason}"
    if key == "error":
        return None
    return f"no figure {key}; there are {', '.join(figures)}"


def _failure(key: str, expected: JsonValue, got: JsonValue) -> dict[str, JsonValue]:
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


def _shown(value: object) -> JsonValue:
    return value if value is None or isinstance(value, bool | int | str) else _as_number(value)


def _as_number(value: object) -> JsonValue:
    return json_figure(value) if isinstance(value, Decimal) else str(value)
