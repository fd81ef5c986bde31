"""What can't be so is refused by every calculation with an error that names it, never reckoned with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from law.base.estimate import Estimate, Outcome, Refusal
from law.base.law import Law, NoSuchParameter

PAID = [{"from": "2014-01", "to": "2015-12", "income": 2000000}]


@pytest.mark.parametrize(
    ("name", "given", "named"),
    [
        ("accident_insurance_premium", {"month": "2026-11", "months": 9}, "6, 12"),
        (
            "monthly_allowance",
            {"month": "2026-11", "average": -1, "months_paid": 1, "months_until_social_pension": 1},
            "below zero",
        ),
        ("social_pension", {"month": "2026-11", "born": "1950-01", "monthly_benefit": -1}, "below zero"),
        (
            "former_worker",
            {"today": "2026-11", "sex": "male", "born": "1970-01", "compulsory_months": -1},
            "below zero",
        ),
        (
            "can_join",
            {"age": -1, "citizen": True, "compulsory": False, "receiving_monthly_benefit": False},
            "age",
        ),
        (
            "can_withdraw",
            {"first_contribution": "2020-01", "stopped_months": -1, "total_months": 1, "age": 1},
            "below zero",
        ),
        (
            "can_withdraw",
            {
                "first_contribution": "2020-01",
                "stopped_months": 1,
                "total_months": 1,
                "age": 1,
                "reason": "a new motorbike",
            },
            "a new motorbike",
        ),
        (
            "can_withdraw",
            {"first_contribution": "2020-01", "stopped_months": 1, "total_months": 1, "age": 1, "sex": "nam"},
            "nam",
        ),
        ("lump_sum", {"settled_in": "2026-07", "reason": "because", "periods": PAID}, "because"),
        (
            "lump_sum",
            {"settled_in": "2026-07", "reason": "settling_abroad", "groups": ["rich"], "periods": PAID},
            "rich",
        ),
        ("maternity_grant", {"birth": "2026-11", "months_paid_in_last_12": -1}, "below zero"),
        ("maternity_grant", {"birth": "2026-11", "months_paid_in_last_12": 13}, "last 12 months"),
        ("missing_time_payment", {"paid_in": "2026-11", "income": 1500000, "months_missing": 0}, "one month"),
        ("late_payment", {"paid_in": "2020-11", "amount": 330000, "months_late": -1}, "below zero"),
        (
            "advance_payment",
            {"paid_in": "2026-11", "income": 1500000, "years": 2, "monthly_fund_rate_percent": -1},
            "fund rate",
        ),
        (
            "advance_refund",
            {"income": 1500000, "years": 2, "months_left": 25, "monthly_fund_rate_percent": 0},
            "0 to 24",
        ),
        (
            "funeral_allowance",
            {"month_of_death": "2026-11", "voluntary_months": 61, "compulsory_months": -1},
            "below zero",
        ),
        ("survivor_lump_sum", {}, "payer"),
        ("survivor_lump_sum", {"average": 1, "pension": 1, "months_received": 1}, "payer"),
        ("survivor_lump_sum", {"average": 1, "months_from_2014": -1}, "below zero"),
        ("survivor_lump_sum", {"pension": 1}, "months_received"),
        (
            "goal",
            {"today": "2026-11", "sex": "male", "born": "1980-01", "months_paid": 0, "wanted_pension": 0},
            "above zero",
        ),
        (
            "forecast",
            {
                "today": "2026-11",
                "sex": "male",
                "born": "1980-01",
                "months_paid": 1,
                "income": 1500000,
                "past_income": -1,
            },
            "past income",
        ),
        ("retires_at_old_age", {"first_voluntary": "2010-01", "voluntary_months": 1, "sex": "x"}, "sex"),
    ],
)
def test_is_an_error_that_names_it(
    run: Callable[..., Outcome], name: str, given: dict[str, object], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        run(name, **given)


def test_a_withdrawal_before_the_first_known_law_is_refused(law: Law, refused: Callable[..., Refusal]) -> None:
    assert (
        refused(
            "can_withdraw", first_contribution="2010-01", stopped_months=12, total_months=9, age=30, law_of="2015-01"
        ).reason
        == "before_known_law"
    )


def test_long_compulsory_months_under_the_old_law_have_its_floor(estimated: Callable[..., Estimate]) -> None:
    """Luật 58/2014 Điều 56 khoản 5: the base salary of then."""
    found = estimated(
        "pension",
        sex="male",
        born="1964-01",
        settled_in="2025-06",
        periods=[{"from": "2004-01", "to": "2024-12", "income": 500000, "scheme": "compulsory"}],
    )
    assert found.figures["eligible"] is True
    assert (found.figures["floored"], found.figures["pension"]) == (True, 2340000)


def test_who_joined_after_the_new_law_has_no_floor(estimated: Callable[..., Estimate]) -> None:
    found = estimated(
        "pension",
        sex="male",
        born="1980-01",
        settled_in="2046-01",
        periods=[{"from": "2025-07", "to": "2045-06", "income": 3000000, "scheme": "compulsory"}],
    )
    assert (found.figures["eligible"], found.figures["floored"]) == (True, False)
    assert "not_indexed" in [note.name for note in found.warnings]


def test_a_payer_of_both_kinds_is_told_how_the_average_mixes(estimated: Callable[..., Estimate]) -> None:
    found = estimated(
        "average_income",
        settled_in="2026-07",
        periods=[
            {"from": "2020-01", "to": "2020-12", "income": 5000000, "scheme": "compulsory"},
            {"from": "2020-06", "to": "2021-05", "income": 1000000},
        ],
    )
    assert [note.figures for note in found.warnings if note.name == "overlap_refunded"] == [{"months": 7}]
    assert found.figures["months"] == 17


def test_a_lump_sum_that_is_not_allowed_says_so(estimated: Callable[..., Estimate]) -> None:
    found = estimated(
        "lump_sum",
        settled_in="2027-01",
        reason="stopped_12_months",
        periods=[{"from": "2025-07", "to": "2025-12", "income": 1500000}],
    )
    assert "lump_sum_not_allowed" in [note.name for note in found.warnings]


def test_an_amount_that_was_not_told_is_said_to_be_assumed(estimated: Callable[..., Estimate]) -> None:
    told = estimated("survivor_lump_sum", average=2000000, months_from_2014=10, amount_paid=4400000)
    assert told.warnings == ()
    assumed = estimated("survivor_lump_sum", average=2000000, months_from_2014=10)
    assert [note.name for note in assumed.warnings] == ["amount_paid_assumed"]


def test_a_parameter_no_file_holds_is_named(law: Law) -> None:
    with pytest.raises(NoSuchParameter, match="luck"):
        law.parameter("luck")
