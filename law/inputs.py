"""Reads what a calculation is given: from a case file (YAML values) or from the command line (text).

WrongInput   a ValueError that names the key, what was given and how it is written
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import cast

from law.base.month import Month
from law.paying.support import GROUPS
from law.pension.history import Period


class WrongInput(ValueError):
    """An option that can't be read."""


@dataclass(frozen=True, slots=True)
class Option:
    """One input of a calculation: how it is written, how it is read, and whether it must be given."""

    written: str
    read: Callable[[object], object]
    required: bool = True


def _month(given: object) -> Month:
    if isinstance(given, datetime.date):
        return Month.of(given)
    if isinstance(given, Month):
        return given
    if isinstance(given, str):
        text = given.strip()
        try:
            return Month.of(datetime.date.fromisoformat(text)) if text.count("-") == 2 else Month.parse(text)
        except ValueError:
            pass
    raise WrongInput(f"must be a month like 2026-11, got {given!r}")


def _birth(given: object) -> Month | int:
    if isinstance(given, bool):
        raise WrongInput(f"must be a birth month like 1969-05 or a year like 1969, got {given!r}")
    if isinstance(given, int) or (isinstance(given, str) and given.strip().isdecimal()):
        year = int(given)
        if not 1800 <= year <= 9999:
            raise WrongInput(f"must be a birth year like 1969, got {given!r}")
        return year
    return _month(given)


_DIGITS = 20
"""A number with more before or after its point is no amount: «1e999999999» would be reckoned for hours."""


def _whole(given: object) -> int:
    number = _number(given)
    if number != int(number):
        raise WrongInput(f"must be a whole number, got {given!r}")
    return int(number)


def _number(given: object) -> Decimal:
    if not isinstance(given, bool) and isinstance(given, int | Decimal | str):
        try:
            number = Decimal(given)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and abs(number.adjusted()) <= _DIGITS:
            return number
    if isinstance(given, float):
        raise WrongInput(f"was read as a float, {given!r}; quote it or read it as a Decimal")
    raise WrongInput(f"must be a number, got {given!r}")


def _flag(given: object) -> bool:
    if isinstance(given, bool):
        return given
    words = {"true": True, "yes": True, "false": False, "no": False}
    if isinstance(given, str) and given.strip().lower() in words:
        return words[given.strip().lower()]
    raise WrongInput(f"must be true or false, got {given!r}")


def _word(given: object) -> str:
    if isinstance(given, str) and given.strip():
        return given.strip()
    raise WrongInput(f"must be a word, got {given!r}")


def _groups(given: object) -> tuple[str, ...]:
    if isinstance(given, str):
        given = given.replace(",", " ").split()
    if given is None:
        return ()
    if isinstance(given, list | tuple) and all(isinstance(each, str) for each in given):
        return tuple(cast(list[str], given))
    raise WrongInput(f"must be a list of {', '.join(GROUPS)}, got {given!r}")


_PERIOD_KEYS = {"from", "to", "income", "scheme", "missing_time", "by_year"}
_PERIOD_FORM = "from, to, income and maybe scheme, missing_time, by_year"


def _periods(given: object) -> tuple[Period, ...]:
    if isinstance(given, str):
        try:
            given = json.loads(given, parse_float=Decimal)
        except ValueError:
            raise WrongInput('must be JSON like [{"from": "2020-01", "to": "2024-12", "income": 1500000}]') from None
    if not isinstance(given, list | tuple):
        raise WrongInput(f"must be a list of periods with from, to and income, got {given!r}")
    return tuple(_period(each) for each in given)


def _period(given: object) -> Period:
    if not isinstance(given, Mapping):
        raise WrongInput(f"a period must have from, to and income, got {given!r}")
    unknown, missing = set(given) - _PERIOD_KEYS, {"from", "to", "income"} - set(given)
    if unknown or missing:
        wrong = ", ".join(sorted(str(each) for each in unknown | missing))
        raise WrongInput(
            f"a period has from, to, income and maybe scheme, missing_time, by_year; wrong or missing: {wrong}"
        )
    return Period(
        _month(given["from"]),
        _month(given["to"]),
        _whole(given["income"]),
        given.get("scheme", "voluntary"),
        _flag(given.get("missing_time", False)),
        _flag(given.get("by_year", False)),
    )


MONTH = Option("YYYY-MM", _month)
BIRTH = Option("YYYY-MM or YYYY", _birth)
WHOLE = Option("whole number", _whole)
NUMBER = Option("number", _number)
FLAG = Option("true or false", _flag)
WORD = Option("word", _word)
GROUP_LIST = Option("groups, set apart by commas", _groups)
PERIODS = Option('JSON list of {"from", "to", "income", "scheme"}', _periods)


def read_options(options: Mapping[str, Option], given: Mapping[str, object]) -> dict[str, object]:
    """Every option read; raises WrongInput for one that is unknown, missing or badly written."""
    unknown = [str(key) for key in given if key not in options]
    if unknown:
        raise WrongInput(f"{', '.join(unknown)}: unknown; there are {', '.join(options)}")
    missing = [key for key, option in options.items() if option.required and key not in given]
    if missing:
        raise WrongInput(f"{', '.join(missing)}: missing")
    read: dict[str, object] = {}
    for key, value in given.items():
        try:
            read[key] = options[key].read(value)
        except ValueError as wrong:
            raise WrongInput(f"{key}: {wrong}") from None
    return read
