"""Numbers are said as people in the villages read them."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.base.month import Month
from vietnamese import wording


@dataclass(frozen=True)
class Given:
    value: object
    unit: str


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "không đồng"),
        (15, "mười lăm đồng"),
        (21, "hai mươi mốt đồng"),
        (24, "hai mươi tư đồng"),
        (105, "một trăm linh năm đồng"),
        (1_015, "một nghìn không trăm mười lăm đồng"),
        (330_000, "ba trăm ba mươi nghìn đồng"),
        (1_005_000, "một triệu không trăm linh năm nghìn đồng"),
        (1_500_000, "một triệu năm trăm nghìn đồng"),
        (2_530_000, "hai triệu năm trăm ba mươi nghìn đồng"),
        (25_300_014, "hai mươi lăm triệu ba trăm nghìn không trăm mười bốn đồng"),
        (1_000_000_005, "một tỷ không trăm linh năm đồng"),
        (3_000_000_000_000, "ba nghìn tỷ đồng"),
        (2_005_000_000_000, "hai nghìn không trăm linh năm tỷ đồng"),
    ],
)
def test_money_in_words_says_empty_hundreds(dong: int, words: str) -> None:
    assert wording.money_in_words(dong) == words


def test_money_below_zero_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="below zero"):
        wording.money_in_words(-1)


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_two_amounts_are_never_said_alike(one: int, other: int) -> None:
    assert (wording.money_in_words(one) == wording.money_in_words(other)) == (one == other)


def test_digits_are_grouped_with_dots() -> None:
    assert wording.money(330_000) == "330.000 đ"
    assert wording.money(50_600_000) == "50.600.000 đ"
    assert wording.money(0) == "0 đ"


@pytest.mark.parametrize(
    ("rate", "said"),
    [(Fraction(22, 100), "22%"), (Decimal("0.005"), "0,5%"), (Decimal("0.75"), "75%"), (Fraction(1, 8), "12,5%")],
)
def test_rates_are_said_in_percent(rate: Fraction | Decimal, said: str) -> None:
    assert wording.percent(rate) == said


@pytest.mark.parametrize(
    ("months", "said"), [(50, "4 năm 2 tháng"), (24, "2 năm"), (5, "5 tháng"), (0, "0 tháng"), (12, "1 năm")]
)
def test_months_are_said_as_years(months: int, said: str) -> None:
    assert wording.months_as_years(months) == said


def test_dates() -> None:
    assert wording.month(Month(2026, 5)) == "tháng 5/2026"
    assert wording.day(datetime.date(2027, 1, 1)) == "01/01/2027"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (330_000, "dong", "330.000 đ"),
        (50, "percent", "50%"),
        (Decimal("1.5"), "percent", "1,5%"),
        (60, "months", "60 tháng"),
        (Fraction(1, 2), "months", "0,5 tháng"),
        (15, "years", "15 năm"),
        (738, "age_months", "61 tuổi 6 tháng"),
        (744, "age_months", "62 tuổi"),
        (88, "span", "7 năm 4 tháng"),
        (Month(2035, 3), "month", "tháng 3/2035"),
        (datetime.date(2027, 1, 1), "date", "01/01/2027"),
        (7, "days", "7 ngày"),
        (5, "working_days", "5 ngày làm việc"),
        (20, "times", "20 lần"),
        ("1900 9068", "text", "1900 9068"),
    ],
)
def test_a_figure_is_said_with_its_unit(value: object, unit: str, said: str) -> None:
    assert wording.figure(Given(value, unit)) == said


@pytest.mark.parametrize(
    ("value", "unit"), [("mười", "dong"), (True, "years"), (5, "date"), (None, "percent"), (5, "kilo")]
)
def test_a_figure_that_does_not_fit_its_unit_is_refused(value: object, unit: str) -> None:
    with pytest.raises(ValueError, match="cannot be said"):
        wording.figure(Given(value, unit))
