"""Worked cases of the law: each calculation by name, and whether it returns what a case expects."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from inspect import signature
from typing import Any

from law import inputs
from law.base.estimate import Figure, Outcome, Refusal
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.benefits.accident import accident_insurance_premium
from law.benefits.allowance import monthly_allowance
from law.benefits.lump_sum import can_withdraw, lump_sum
from law.benefits.maternity import maternity_grant
from law.benefits.social_pension import social_pension
from law.benefits.survivors import funeral_allowance, survivor_lump_sum
from law.inputs import Option, WrongInput, read_options
from law.paying.contribution import contribution, income_bounds
from law.paying.joining import can_join
from law.paying.payment import advance_payment, late_payment, missing_time_payment
from law.paying.refund import advance_refund, payment_refund
from law.pension.forecast import forecast
from law.pension.former_worker import former_worker
from law.pension.goal import goal
from law.pension.indexation import average_income
from law.pension.plan import plan
from law.pension.rate import pension_rate
from law.pension.retirement import retirement, retires_at_old_age
from law.pension.settlement import pension
from law.pension.start import pension_start

JsonValue = int | float | str | bool | None

_LAW_OF = "law_of"
"""The month whose law counts; never called `on`, which plain YAML reads as true."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation that a case or the command line can ask for by name."""

    name: str
    function: Callable[..., Outcome]
    options: Mapping[str, Option]
    dated: bool = True
    """Whether it has a month of its own; if not, `law_of` says by which law (the newest known if not given)."""

    def run(self, law: Law, given: Mapping[str, object]) -> Outcome:
        """The outcome for inputs as they stand in a case file or on the command line.

        Raises WrongInput (a ValueError) for an input that is unknown, missing or badly written, and
        ValueError for one no calculation can be made with. A month before the first known law is a Refusal.
        """
        read: dict[str, Any] = read_options(self.options, given)
        if not self.dated:
            read["on"] = read.pop(_LAW_OF, law.newest)
        try:
            return self.function(law, **read)
        except NoValueKnownOn as unknown:
            return Refusal(self.name, "before_known_law", {"known_from": unknown.first})


def _dated(function: Callable[..., Outcome], **options: Option) -> Calculation:
    defaults = {name for name, each in signature(function).parameters.items() if each.default is not each.empty}
    known = {name: replace(option, required=name not in defaults) for name, option in options.items()}
    return Calculation(function.__name__, function, known)


def _undated(function: Callable[..., Outcome], **options: Option) -> Calculation:
    found = _dated(function, **options)
    return replace(found, options={**found.options, _LAW_OF: replace(inputs.MONTH, required=False)}, dated=False)


_PAYER = {"paid_in": inputs.MONTH, "income": inputs.WHOLE}
_SUPPORTED = {"groups": inputs.GROUP_LIST, "supported_months_used": inputs.WHOLE}

CALCULATIONS: Mapping[str, Calculation] = {
    calculation.name: calculation
    for calculation in (
        _dated(income_bounds, paid_in=inputs.MONTH),
        _dated(
            contribution,
            **_PAYER,
            **_SUPPORTED,
            months=inputs.WHOLE,
            local_top_up=inputs.WHOLE,
        ),
        _dated(advance_payment, **_PAYER, **_SUPPORTED, years=inputs.WHOLE, monthly_fund_rate_percent=inputs.NUMBER),
        _dated(
            missing_time_payment,
            **_PAYER,
            **_SUPPORTED,
            months_missing=inputs.WHOLE,
            monthly_fund_rate_percent=inputs.NUMBER,
        ),
        _dated(
            late_payment,
            paid_in=inputs.MONTH,
            amount=inputs.WHOLE,
            months_late=inputs.WHOLE,
            monthly_fund_rate_percent=inputs.NUMBER,
        ),
        _undated(
            advance_refund,
            income=inputs.WHOLE,
            years=inputs.WHOLE,
            months_left=inputs.WHOLE,
            monthly_fund_rate_percent=inputs.NUMBER,
            support_to_return=inputs.WHOLE,
            cause=inputs.WORD,
        ),
        _dated(
            payment_refund,
            **_PAYER,
            **_SUPPORTED,
            months=inputs.WHOLE,
            months_left=inputs.WHOLE,
            cause=inputs.WORD,
            stopped_in=inputs.MONTH,
        ),
        _dated(retirement, sex=inputs.WORD, born=inputs.BIRTH),
        _undated(
            retires_at_old_age,
            first_voluntary=inputs.MONTH,
            voluntary_months=inputs.WHOLE,
            sex=inputs.WORD,
        ),
        _undated(pension_rate, sex=inputs.WORD, months=inputs.WHOLE),
        _undated(
            pension_start,
            sex=inputs.WORD,
            born=inputs.BIRTH,
            full_in=inputs.MONTH,
            last_paid=inputs.MONTH,
            requested=inputs.MONTH,
            prepaid=inputs.FLAG,
            missing_paid_in=inputs.MONTH,
            early_route=inputs.FLAG,
        ),
        _dated(
            forecast,
            today=inputs.MONTH,
            sex=inputs.WORD,
            born=inputs.BIRTH,
            months_paid=inputs.WHOLE,
            income=inputs.WHOLE,
            groups=inputs.GROUP_LIST,
            supported_months_used=inputs.WHOLE,
            past_income=inputs.WHOLE,
        ),
        _dated(
            goal,
            today=inputs.MONTH,
            sex=inputs.WORD,
            born=inputs.BIRTH,
            months_paid=inputs.WHOLE,
            wanted_pension=inputs.WHOLE,
            groups=inputs.GROUP_LIST,
            local_top_up=inputs.WHOLE,
            past_income=inputs.WHOLE,
            supported_months_used=inputs.WHOLE,
        ),
        _dated(
            plan,
            today=inputs.MONTH,
            sex=inputs.WORD,
            born=inputs.BIRTH,
            periods=inputs.PERIODS,
            income=inputs.WHOLE,
            groups=inputs.GROUP_LIST,
            supported_months_used=inputs.WHOLE,
            local_top_up=inputs.WHOLE,
        ),
        _dated(average_income, settled_in=inputs.MONTH, periods=inputs.PERIODS),
        _dated(pension, sex=inputs.WORD, born=inputs.BIRTH, settled_in=inputs.MONTH, periods=inputs.PERIODS),
        _dated(
            lump_sum,
            settled_in=inputs.MONTH,
            reason=inputs.WORD,
            groups=inputs.GROUP_LIST,
            periods=inputs.PERIODS,
        ),
        _undated(
            can_withdraw,
            first_contribution=inputs.MONTH,
            stopped_months=inputs.WHOLE,
            total_months=inputs.WHOLE,
            age=inputs.WHOLE,
            sex=inputs.WORD,
            reason=inputs.WORD,
        ),
        _dated(
            monthly_allowance,
            month=inputs.MONTH,
            average=inputs.WHOLE,
            months_paid=inputs.WHOLE,
            months_until_social_pension=inputs.WHOLE,
        ),
        _dated(
            social_pension,
            month=inputs.MONTH,
            born=inputs.MONTH,
            poor=inputs.FLAG,
            monthly_benefit=inputs.WHOLE,
        ),
        _dated(
            former_worker,
            today=inputs.MONTH,
            sex=inputs.WORD,
            born=inputs.BIRTH,
            compulsory_months=inputs.WHOLE,
            voluntary_months=inputs.WHOLE,
        ),
        _dated(
            funeral_allowance,
            month_of_death=inputs.MONTH,
            voluntary_months=inputs.WHOLE,
            compulsory_months=inputs.WHOLE,
            pensioner=inputs.FLAG,
        ),
        _undated(
            survivor_lump_sum,
            average=inputs.WHOLE,
            months_before_2014=inputs.WHOLE,
            months_from_2014=inputs.WHOLE,
            pension=inputs.WHOLE,
            months_received=inputs.WHOLE,
            amount_paid=inputs.WHOLE,
            compulsory_months=inputs.WHOLE,
        ),
        _dated(
            maternity_grant,
            birth=inputs.MONTH,
            months_paid_in_last_12=inputs.WHOLE,
            children=inputs.WHOLE,
        ),
        _dated(accident_insurance_premium, month=inputs.MONTH, months=inputs.WHOLE),
        _undated(
            can_join,
            age=inputs.WHOLE,
            citizen=inputs.FLAG,
            compulsory=inputs.FLAG,
            receiving_monthly_benefit=inputs.FLAG,
        ),
    )
}


def json_figures(outcome: Outcome) -> dict[str, JsonValue]:
    """The figures of an outcome for machines: months as «YYYY-MM», numbers as such; `error` of a refusal."""
    figures = {name: json_figure(value) for name, value in outcome.figures.items()}
    return {"error": outcome.reason, **figures} if isinstance(outcome, Refusal) else figures


def json_figure(value: Figure) -> JsonValue:
    """One figure for machines. JSON knows no exact fraction: one that is not whole becomes a decimal."""
    if isinstance(value, Month | datetime.date):
        return str(value)
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else float(value)
    return value


def run_cases(law: Law, cases: Sequence[Mapping[str, object]]) -> dict[str, Any]:
    """Run cases: id, calculation, input, expect, tolerance (dong, 0 unless given).

    Returns passed and failed (numbers of cases) and failures: id, key, expected, got – one for each expected
    key that is not met. A case that can't be run fails with the reason in `got`; nothing is raised for what a
    case says.
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
