"""How numbers are said in Vietnamese: money, percent, months, ages, dates."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from babel.numbers import format_decimal

from law.base.month import Month

_UNITS = ("", "nghìn", "triệu", "tỷ")
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


class Quantity(Protocol):
    """A figure of the law as `law.figures` gives it: a value and its unit."""

    @property
    def value(self) -> object: ...

    @property
    def unit(self) -> str: ...


@lru_cache(4096)  # babel reads its pattern anew for every number, and an answer has a dozen
def number(value: int | Decimal | Fraction) -> str:
    """Digits grouped with dots, decimals after a comma: 1500000 → «1.500.000», 0.5 → «0,5»."""
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value
    return str(format_decimal(exact, format="#,##0.####", locale="vi"))


def money(dong: int) -> str:
    """330000 → «330.000 đ»."""
    return f"{number(dong)} đ"


def percent(rate: Fraction | Decimal) -> str:
    """A rate, not a percentage: Fraction(22, 100) → «22%», Decimal("0.005") → «0,5%»."""
    return f"{number(rate * 100)}%"


def months_as_years(months: int) -> str:
    """50 → «4 năm 2 tháng», 24 → «2 năm», 5 → «5 tháng»."""
    years, rest = divmod(months, 12)
    if not years:
        return f"{rest} tháng"
    return f"{years} năm {rest} tháng" if rest else f"{years} năm"


def age(months: int) -> str:
    """An age counted in months: 738 → «61 tuổi 6 tháng»."""
    years, rest = divmod(months, 12)
    return f"{years} tuổi {rest} tháng" if rest else f"{years} tuổi"


def month(of: Month) -> str:
    """Month(2026, 5) → «tháng 5/2026»."""
    return f"tháng {of.month}/{of.year}"


def day(of: datetime.date) -> str:
    """date(2027, 1, 1) → «01/01/2027»."""
    return f"{of:%d/%m/%Y}"


def money_in_words(dong: int) -> str:
    """330000 → «ba trăm ba mươi nghìn đồng»; ValueError below zero."""
    if dong < 0:
        raise ValueError(f"an amount is never below zero, got {dong}")
    return f"{_in_words(dong)} đồng"


def figure(said: Quantity) -> str:
    """A figure of the law with its unit, as a sentence quotes it; ValueError when value and unit do not fit."""
    value, unit = said.value, said.unit
    if unit == "date" and isinstance(value, datetime.date):
        return day(value)
    if unit == "month" and isinstance(value, Month):
        return month(value)
    if unit == "text":
        return str(value)
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
        if unit == "percent":
            return f"{number(value)}%"
        if unit == "age_months":
            return age(int(value))
        if unit == "span":
            return months_as_years(int(value))
        if unit in _NAMES:
            return f"{number(value)} {_NAMES[unit]}"
    raise ValueError(f"{value!r} cannot be said in {unit!r}")


_NAMES = {
    "dong": "đ",
    "weeks": "tuần",
    "months": "tháng",
    "years": "năm",
    "days": "ngày",
    "working_days": "ngày làm việc",
    "times": "lần",
}


def _in_words(value: int) -> str:
    if value == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while value:
        value, group = divmod(value, 1000)
        groups.append(group)
    said: list[str] = []
    for place in range(len(groups) - 1, -1, -1):
        billions, unit = divmod(place, 3)
        if groups[place]:
            said += _group_in_words(groups[place], full=place < len(groups) - 1)
            if unit:
                said.append(_UNITS[unit])
        if billions and not unit and (groups[place] or any(groups[place : place + 3])):
            said += [_UNITS[3]] * billions
    return " ".join(said)


def _group_in_words(group: int, full: bool) -> list[str]:
    """Three digits; `full` says the empty hundreds of a later group: «không trăm linh năm»."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    said = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0 and ones == 0:
        return said
    if tens == 0:
        return [*said, "linh", _DIGITS[ones]] if said else [_DIGITS[ones]]
    said += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 0:
        return said
    if ones == 5:
        return [*said, "lăm"]
    return [*said, "mốt" if ones == 1 and tens > 1 else "tư" if ones == 4 and tens > 1 else _DIGITS[ones]]
