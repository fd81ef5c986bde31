"""Every calculation runs at every date on which anything in the law changes, and says what it rests on."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
import yaml

from law import inputs
from law.base.estimate import Estimate, Outcome, Refusal
from law.base.law import Law
from law.base.month import Month
from law.calculations import CALCULATIONS
from law.figures import figures

HERE = Path(__file__).parent
PERIODS = [
    {"from": "2010-03", "to": "2013-08", "income": 3200000, "scheme": "compulsory"},
    {"from": "2014-01", "to": "2015-12", "income": 2000000},
]
MIXES: Mapping[str, Mapping[str, object]] = {
    "income_bounds": {"paid_in": "MONTH"},
    "contribution": {"paid_in": "MONTH", "income": 5000000, "months": 12, "groups": ["ethnic_minority"]},
    "income_for_payment": {"paid_in": "MONTH", "own": 900000, "groups": ["poor"]},
    "advance_payment": {"paid_in": "MONTH", "income": 5000000, "years": 3},
    "missing_time_payment": {"paid_in": "MONTH", "income": 5000000, "months_missing": 60},
    "late_payment": {"paid_in": "MONTH", "amount": 330000, "months_late": 2, "monthly_fund_rate_percent": "0.3"},
    "advance_refund": {
        "income": 5000000,
        "years": 3,
        "months_left": 4,
        "monthly_fund_rate_percent": "0.3",
        "law_of": "MONTH",
    },
    "payment_refund": {"paid_in": "MONTH", "income": 5000000, "months": 6, "months_left": 2, "cause": "death"},
    "retirement": {"sex": "female", "born": "1970-05"},
    "retires_at_old_age": {
        "first_voluntary": "2010-01",
        "voluntary_months": 240,
        "sex": "male",
        "law_of": "MONTH",
    },
    "pension_rate": {"sex": "male", "months": 250, "law_of": "MONTH"},
    "pension_start": {"sex": "male", "born": "1970-05", "full_in": "2031-01", "early_route": True, "law_of": "2026-11"},
    "forecast": {"today": "MONTH", "sex": "male", "born": "1970-05", "months_paid": 30, "income": 5000000},
    "goal": {"today": "MONTH", "sex": "male", "born": "1970-05", "months_paid": 30, "wanted_pension": 1000000},
    "plan": {
        "today": "MONTH",
        "sex": "female",
        "born": "1970-05",
        "income": 5000000,
        "periods": [
            {"from": "1994-03", "to": "2007-08", "income": 700000, "scheme": "compulsory"},
            {"from": "2008-01", "to": "2012-12", "income": 2000000},
        ],
    },
    "average_income": {"settled_in": "MONTH", "periods": PERIODS},
    "pension": {"sex": "female", "born": "1955-05", "settled_in": "MONTH", "periods": PERIODS},
    "lump_sum": {"settled_in": "MONTH", "reason": "settling_abroad", "groups": ["poor"], "periods": PERIODS},
    "can_withdraw": {
        "first_contribution": "2020-01",
        "stopped_months": 12,
        "total_months": 30,
        "age": 50,
        "law_of": "MONTH",
    },
    "monthly_allowance": {
        "month": "MONTH",
        "average": 2000000,
        "months_paid": 100,
        "months_until_social_pension": 150,
    },
    "social_pension": {"month": "MONTH", "born": "1952-03", "poor": True},
    "former_worker": {
        "today": "MONTH",
        "sex": "female",
        "born": "1972-05",
        "compulsory_months": 250,
        "voluntary_months": 12,
    },
    "funeral_allowance": {"month_of_death": "MONTH", "voluntary_months": 60, "compulsory_months": 12},
    "survivor_lump_sum": {"average": 2000000, "months_before_2014": 7, "months_from_2014": 70, "law_of": "MONTH"},
    "accident_insurance_premium": {"month": "MONTH", "months": 12},
    "can_join": {
        "age": 40,
        "citizen": True,
        "compulsory": False,
        "receiving_monthly_benefit": False,
        "law_of": "MONTH",
    },
}


def _as_its_first_case(name: str) -> Mapping[str, object]:
    """What the first worked case of a calculation gives, in every month: for one that has no mix of its own."""
    cases = [
        case for path in sorted(HERE.glob("*.yaml")) for case in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    ]
    given = next(case["input"] for case in cases if case["calculation"] == name)
    month = next(key for key, option in CALCULATIONS[name].options.items() if option.read is inputs.MONTH.read)
    return {**given, month: "MONTH"}


MIXES = {name: MIXES[name] if name in MIXES else _as_its_first_case(name) for name in CALCULATIONS}
NOT_KNOWN = {"before_known_law", "fund_rate_unknown", "coefficient_unknown"}
"""What a month may be refused for when its law was not read."""


@cache
def _outcomes(law: Law, name: str) -> Sequence[tuple[Month, Outcome]]:
    changes = {Month.of(day) for day in law.change_dates()}
    found = []
    for month in sorted(changes | {each + -1 for each in changes}):
        given = {key: str(month) if value == "MONTH" else value for key, value in MIXES[name].items()}
        found.append((month, CALCULATIONS[name].run(law, given)))
    return found


@pytest.mark.parametrize("name", sorted(CALCULATIONS))
def test_runs_around_every_change_of_the_law(law: Law, name: str) -> None:
    for month, outcome in _outcomes(law, name):
        if isinstance(outcome, Refusal):
            assert outcome.reason in NOT_KNOWN | {"no_rule"}, (month, outcome)


@pytest.mark.parametrize("name", sorted(set(CALCULATIONS) - {"late_payment"}))
def test_today_and_tomorrow_are_never_refused(law: Law, name: str) -> None:
    for month, outcome in _outcomes(law, name):
        if month >= Month(2026, 1):
            assert isinstance(outcome, Estimate), (month, outcome)


@pytest.mark.parametrize("name", sorted(CALCULATIONS))
def test_every_estimate_names_documents_that_exist(law: Law, name: str) -> None:
    for _month, outcome in _outcomes(law, name):
        if isinstance(outcome, Estimate):
            assert outcome.articles
            assert {article.source for article in outcome.articles} <= set(law.sources)
            assert all(used.term and used.unit for used in outcome.used)


@pytest.mark.parametrize("name", sorted(CALCULATIONS))
def test_money_is_whole_and_nothing_is_a_float(law: Law, name: str) -> None:
    for _month, outcome in _outcomes(law, name):
        assert not [key for key, value in outcome.figures.items() if isinstance(value, float)]


def test_a_carried_on_value_is_said(law: Law) -> None:
    """A payment of 2027 is reckoned on the fund's return of 2026, and the citizen is told."""
    outcome = CALCULATIONS["missing_time_payment"].run(
        law, {"paid_in": "2027-03", "income": 5000000, "months_missing": 12}
    )
    warned = {warning.name: warning.figures for warning in outcome.warnings}
    assert warned["value_expired"]["until"] == datetime.date(2026, 12, 31)
    assert "value_uncertain" in warned


def test_a_value_within_its_period_is_not(law: Law) -> None:
    outcome = CALCULATIONS["contribution"].run(law, {"paid_in": "2030-12", "income": 5000000})
    assert outcome.warnings == ()
    outcome = CALCULATIONS["contribution"].run(law, {"paid_in": "2031-01", "income": 5000000})
    assert [warning.name for warning in outcome.warnings] == ["value_expired"]


def test_figures_exist_at_every_change_of_the_law(law: Law) -> None:
    for day in law.change_dates():
        for on in (day - datetime.timedelta(days=1), day):
            for name, each in figures(law, on).items():
                assert each.value is not None, (on, name)
                assert not isinstance(each.value, float), (on, name)
