"""The figures answers quote: what they say today, next year, and what is not there is not said."""

from __future__ import annotations

import datetime

import pytest

from law.base.law import Law
from law.figures import FigureOf, figures

TODAY = datetime.date(2026, 11, 24)
UNITS = {
    "dong",
    "percent",
    "weeks",
    "months",
    "years",
    "age_months",
    "span",
    "month",
    "date",
    "days",
    "working_days",
    "times",
    "text",
}
SAID_TODAY: dict[str, object] = {
    "contribution_rate": 22,
    "income_floor": 1500000,
    "income_ceiling": 50600000,
    "contribution_min": 330000,
    "contribution_max": 11132000,
    "reference_level": 2530000,
    "reference_level_from": datetime.date(2026, 7, 1),
    "own_min_poor": 165000,
    "own_min_island": 165000,
    "own_min_near_poor": 198000,
    "own_min_ethnic_minority": 231000,
    "own_min_other": 264000,
    "support_other": 66000,
    "support_rate_poor": 50,
    "support_rate_old_near_poor": 25,
    "support_max_years": 10,
    "support_since": datetime.date(2018, 1, 1),
    "income_floor_next_from": datetime.date(2027, 1, 1),
    "pension_min_years": 15,
    "pension_min_years_old": 20,
    "new_law_from": datetime.date(2025, 7, 1),
    "retirement_age_male_now": 61 * 12 + 6,
    "retirement_age_female_now": 57 * 12,
    "retirement_age_male_next": 61 * 12 + 9,
    "retirement_age_female_next": 57 * 12 + 4,
    "retirement_age_male_final": 62 * 12,
    "retirement_age_female_final": 60 * 12,
    "retirement_age_male_final_year": "2028",
    "retirement_age_female_final_year": "2035",
    "pension_rate_female_min": 45,
    "pension_rate_male_min": 40,
    "pension_rate_male_20": 45,
    "pension_rate_male_20_years": 20,
    "pension_step_female": 2,
    "pension_step_male_low": 1,
    "pension_step_high": 2,
    "pension_rate_max": 75,
    "pension_max_years_female": 30,
    "pension_max_years_male": 35,
    "early_route_age_male": 720,
    "early_route_age_female": 660,
    "early_route_years": 20,
    "early_route_before": datetime.date(2021, 1, 1),
    "early_pension_heavy_work_years": 15,
    "early_pension_years": 20,
    "early_pension_impairment": 61,
    "early_pension_younger_years": 5,
    "early_pension_younger_years_severe": 10,
    "early_pension_reduction": 2,
    "early_pension_half_reduction": 1,
    "missing_time_max_years": 5,
    "half_year_deadline_months": 4,
    "year_deadline_months": 7,
    "withdraw_cutoff": datetime.date(2025, 7, 1),
    "funeral_amount": 25300000,
    "maternity_amount": 2000000,
    "maternity_fetus_weeks": 22,
    "withdraw_impairment": 81,
    "pension_floor_years": 20,
    "proxy_max_months": 12,
    "home_payment_age": 80 * 12,
    "pension_move_days": 5,
    "survivors_mixed_min": 3,
    "survivors_monthly_min_years": 15,
    "debt_confirm_days": 15,
    "debt_confirm_checked_days": 45,
    "compulsory_min_abroad": 556600,
    "compulsory_min_household_business": 632500,
    "fine_household_business_min": 500000,
    "fine_household_business_max": 1000000,
    "fine_household_business_from": datetime.date(2027, 1, 1),
    "fine_book_pawned_min": 4000000,
    "fine_book_pawned_max": 6000000,
    "fine_false_claim_max": 2000000,
    # 45 and 40 % of 1,500,000
    "pension_example_female": 675000,
    "pension_example_male": 600000,
    # 45 and 40 % of 2,200,000
    "pension_example_female_next": 990000,
    "pension_example_male_next": 880000,
    "pension_increase_open_year": "2027",
    "reference_level_open_year": "2027",
    # 5 years × 2 × 1,500,000; the State gave 60 × 66,000, the person 60 × 264,000
    "lump_sum_example_gross": 15000000,
    "lump_sum_example_support": 3960000,
    "lump_sum_example_net": 11040000,
    "lump_sum_example_own": 15840000,
    # 180 − 60 months from the age of 64 on
    "late_start_example": 120,
    "late_start_example_until": 74 * 12,
    "indexed_example_year": "2016",
    "indexed_example": 1320000,
    "maternity_from": datetime.date(2025, 7, 1),
    "social_pension_age": 900,
    "social_pension_age_poor": 840,
    "join_min_age": 180,
    "accident_premium_6": 222000,
    "accident_premium_12": 444000,
    "pension_increase_rate": 8,
    "pension_increase_from": datetime.date(2026, 7, 1),
    "hotline": "1900 9068",
}


@pytest.mark.parametrize("name", sorted(SAID_TODAY))
def test_said_on_24_november_2026(law: Law, name: str) -> None:
    assert figures(law, TODAY)[name].value == SAID_TODAY[name]


def test_what_a_level_costs_and_brings(law: Law) -> None:
    """3.000.000 × 22 % = 660.000, less 20 % of 330.000; after 15 years 45 % for a woman, 40 % for a man."""
    told = figures(law, TODAY)
    kept = {name: (each.value, each.unit, each.confidence) for name, each in told.items()}
    assert kept["level_3"] == (3000000, "dong", "A")
    assert kept["level_gross_3"] == (660000, "dong", "A")
    assert kept["level_own_3"] == (660000 - 66000, "dong", "B")
    assert told["level_pension_female_3"].value == 1350000
    assert told["level_pension_male_3"].value == 1200000


def test_how_long_a_pension_takes_to_give_back_what_was_paid(law: Law) -> None:
    """180 months of 22 %, over 45 % and 40 %: 88 and 99 months, whatever the level."""
    told = figures(law, TODAY)
    assert told["payback_female"] == FigureOf(88, "span", "A")
    assert told["payback_male"] == FigureOf(99, "span", "A")


def test_every_unit_can_be_worded(law: Law) -> None:
    assert {each.unit for each in figures(law, TODAY).values()} <= UNITS


def test_what_is_paid_at_the_next_floor(law: Law, coming_floor: int) -> None:
    """22 % of it; an ethnic minority has 30 % of that, a near-poor household pays 60 % of it."""
    told = figures(law, TODAY)
    assert told["income_floor_next"].value == coming_floor
    assert told["contribution_min_next"].value == 22 * coming_floor // 100
    assert told["support_ethnic_minority_next"].value == 30 * 22 * coming_floor // 100**2
    assert told["own_min_near_poor_next"].value == 60 * 22 * coming_floor // 100**2


def test_the_new_floor_becomes_the_floor(law: Law, coming_floor: int) -> None:
    found = figures(law, datetime.date(2027, 1, 1))
    assert found["income_floor"].value == coming_floor
    assert found["own_min_other"].value == 80 * 22 * coming_floor // 100**2
    assert found["retirement_age_male_now"].value == 61 * 12 + 9


def test_a_next_floor_that_nobody_knows_is_not_said(law: Law) -> None:
    found = figures(law, datetime.date(2027, 1, 1))
    assert not [name for name in found if "_next" in name and not name.startswith("retirement_age")]


def test_the_last_day_of_an_old_value(law: Law) -> None:
    assert figures(law, datetime.date(2026, 6, 30))["funeral_amount"].value == 23400000
    assert figures(law, datetime.date(2026, 6, 30))["income_ceiling"].value == 46800000


def test_before_the_new_law_its_rules_are_not_said(law: Law) -> None:
    found = figures(law, datetime.date(2025, 6, 30))
    assert found["pension_min_years"].value == 20
    assert not {"support_rate_island", "missing_compulsory_months", "withdraw_cutoff"} & set(found)
    assert "pension_min_years_old" not in found


def test_what_is_uncertain_can_be_told_from_what_is_sure(law: Law) -> None:
    found = figures(law, TODAY)
    assert found["fund_rate"].confidence == "B-"
    assert found["contribution_min"].confidence == "B"
    assert found["income_floor_next"].confidence == "B"
    assert found["pension_min_years"] == FigureOf(15, "years", "A")


def test_no_support_before_it_began(law: Law) -> None:
    found = figures(law, datetime.date(2017, 12, 1))
    assert found["support_poor"].value == 0
    assert "support_rate_old_poor" not in found
