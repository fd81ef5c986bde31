"""One number of the law: its Vietnamese term, its unit, and every date with the value from then on.

A value is an int, Decimal, text, date, bool, None where the law sets none, or a mapping of them by group or
year. A parsed file that is wrong yields problems, each naming the file, the key and what would be right.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

Key = str | int
Scalar = int | Decimal | str | bool | datetime.date | None
Value = Scalar | Mapping[Key, Scalar]

CONFIDENCES = ("A", "B", "B-", "C")
"""The text itself was read · a secondary source · one weak one · general knowledge, never told as fact."""

_WHOLE, _NUMBER, _TEXT, _DATE, _CHOICE = "a whole number", "a number", "a text", "a date", "true or false"
UNITS: Mapping[str, str] = {
    "đồng": _WHOLE,
    "đồng/tháng": _WHOLE,
    "tháng": _WHOLE,
    "năm": _WHOLE,
    "ngày": _WHOLE,
    "ngày làm việc": _WHOLE,
    "tuổi": _WHOLE,
    "tháng tuổi": _WHOLE,
    "lần": _NUMBER,
    "tháng bình quân": _NUMBER,
    "tháng lương hưu": _NUMBER,
    "hệ số": _NUMBER,
    "%": _NUMBER,
    "%/tháng": _NUMBER,
    "ngày tháng": _DATE,
    "chữ": _TEXT,
    "có/không": _CHOICE,
}
_FILE_KEYS = {"term", "unit", "checked", "review_by", "values", "note"}
_FILE_NEEDS = ("term", "unit", "checked", "review_by", "values")
_ROW_KEYS = {"value", "source", "place", "confidence", "reference_confidence", "until", "reason", "note"}
_ROW_NEEDS = ("value", "source", "confidence")


@dataclass(frozen=True, slots=True)
class Dated:
    """A value from a date on, with the document it stands in; `until` is the end the law itself states."""

    name: str
    term: str
    unit: str
    value: Value
    since: datetime.date
    source: str
    place: str
    confidence: str
    until: datetime.date | None = None
    reference_confidence: str | None = None
    note: str = ""

    def table(self) -> Mapping[Key, Scalar]:
        """The values by group, sex or year; TypeError where there is one value for all."""
        if not isinstance(self.value, Mapping):
            raise TypeError(f"{self.name} since {self.since} is one value, not a value for each group or year")
        return self.value

    def number(self, key: Key | None = None) -> Fraction:
        """The value as an exact number in the unit of the file (22 for 22 %)."""
        found = self.value if key is None else self.table()[key]
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            raise TypeError(f"{self.name} since {self.since} is {found!r}, not a number")
        return Fraction(found)

    def whole(self, key: Key | None = None) -> int:
        """The value as a whole number (dong, months, years)."""
        number = self.number(key)
        if number.denominator != 1:
            raise TypeError(f"{self.name} since {self.since} is {number}, not a whole number")
        return int(number)

    def rate(self, key: Key | None = None) -> Fraction:
        """A percentage as a rate: 22 % is 22/100."""
        if not self.unit.startswith("%"):
            raise TypeError(f"{self.name} is in {self.unit}, not in percent")
        return self.number(key) / 100

    def day(self) -> datetime.date:
        """The value as a date."""
        if not isinstance(self.value, datetime.date):
            raise TypeError(f"{self.name} since {self.since} is {self.value!r}, not a date")
        return self.value


@dataclass(frozen=True, slots=True)
class Parameter:
    """One file of `law/parameters/`: values in order of their dates, and when a person last looked at it."""

    name: str
    term: str
    unit: str
    checked: datetime.date
    review_by: datetime.date
    values: tuple[Dated, ...]
    note: str = ""


def read_parameter(name: str, data: object, sources: frozenset[str]) -> tuple[Parameter | None, tuple[str, ...]]:
    """Check one parsed file; returns the parameter, or None with every problem found."""
    reader = _Reader(f"law/parameters/{name}.yaml")
    parameter = reader.parameter(name, data, sources)
    return (None if reader.problems else parameter), tuple(reader.problems)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []

    def wrong(self, key: str, what: str) -> None:
        self.problems.append(f"{self.file}, {key}: {what}")

    def parameter(self, name: str, data: object, sources: frozenset[str]) -> Parameter | None:
        if not isinstance(data, Mapping):
            self.wrong("file", "must be a mapping with term, unit, checked, review_by and values")
            return None
        self._keys("file", data, _FILE_KEYS, _FILE_NEEDS)
        term, unit = self._text("term", data.get("term")), self._text("unit", data.get("unit"))
        if unit and unit not in UNITS:
            self.wrong("unit", f"{unit!r} is not a unit; write one of {', '.join(UNITS)}")
        checked, review_by = (
            self._date("checked", data.get("checked")),
            self._date("review_by", data.get("review_by")),
        )
        if checked and review_by and review_by < checked:
            self.wrong("review_by", f"{review_by} is before checked {checked}; write the later day")
        rows = data.get("values")
        if not isinstance(rows, Mapping) or not rows:
            self.wrong("values", "must map at least one date (2026-07-01) to a value")
            return None
        dated = tuple(self._rows(name, term, unit, rows, sources))
        if self.problems or checked is None or review_by is None:
            return None
        return Parameter(name, term, unit, checked, review_by, dated, str(data.get("note", "")))

    def _rows(
        self, name: str, term: str, unit: str, rows: Mapping[object, object], sources: frozenset[str]
    ) -> Iterator[Dated]:
        before: Dated | None = None
        for key, row in rows.items():
            where = f"values {key}"
            since = self._date(where, key)
            if not isinstance(row, Mapping):
                self.wrong(where, "must be a mapping with value, source and confidence")
                continue
            self._keys(where, row, _ROW_KEYS, _ROW_NEEDS)
            until = self._date(f"{where}, until", row["until"]) if "until" in row else None
            if since is None:
                continue
            if since.day != 1 and not row.get("reason"):
                self.wrong(where, "the law changes on the 1st of a month; correct the date or add `reason:`")
            if before is not None and since <= before.since:
                self.wrong(where, f"stands after {before.since}; put the dates in order, each once")
            if before is not None and before.until is not None and before.until >= since:
                self.wrong(
                    f"values {before.since}, until",
                    f"{before.until} reaches into {since}; end it the day before",
                )
            if until is not None and until < since:
                self.wrong(f"{where}, until", f"{until} is before {since}; write the last day of the value")
            before = Dated(
                name,
                term,
                unit,
                self._value(f"{where}, value", row.get("value"), unit, bool(row.get("note"))),
                since,
                self._source(where, row.get("source"), sources) if "source" in row else "",
                self._text(f"{where}, place", row["place"]) if "place" in row else "",
                self._confidence(where, "confidence", row),
                until,
                self._confidence(where, "reference_confidence", row) or None,
                self._text(f"{where}, note", row["note"]) if "note" in row else "",
            )
            yield before

    def _keys(self, where: str, found: Mapping[object, object], known: set[str], needed: tuple[str, ...]) -> None:
        for key in found:
            if key not in known:
                self.wrong(where, f"unknown key {key!r}; known are {', '.join(sorted(known))}")
        for key in needed:
            if key not in found:
                self.wrong(where, f"{key} is missing; add `{key}:`")

    def _text(self, where: str, found: object) -> str:
        if isinstance(found, str) and found.strip():
            return found
        if found is not None:
            self.wrong(where, f"must be a text, got {found!r}; quote it")
        return ""

    def _date(self, where: str, found: object) -> datetime.date | None:
        if isinstance(found, datetime.date) and not isinstance(found, datetime.datetime):
            return found
        if found is not None:
            self.wrong(where, f"must be a date, got {found!r}; write it as 2026-07-01 without quotes")
        return None

    def _source(self, where: str, found: object, sources: frozenset[str]) -> str:
        if isinstance(found, str) and found in sources:
            return found
        self.wrong(f"{where}, source", f"{found!r} is not in law/sources.yaml; add it there or correct the id")
        return ""

    def _confidence(self, where: str, key: str, row: Mapping[object, object]) -> str:
        if key not in row:
            return ""
        found = row[key]
        if isinstance(found, str) and found in CONFIDENCES:
            return found
        self.wrong(f"{where}, {key}", f"{found!r} is no grade; write one of {', '.join(CONFIDENCES)}")
        return ""

    def _value(self, where: str, found: object, unit: str, explained: bool) -> Value:
        kind = UNITS.get(unit)
        if kind is None:
            return None
        if isinstance(found, Mapping):
            if not found:
                self.wrong(where, "is empty; give a value for at least one group or year")
            read: dict[Key, Scalar] = {}
            for key, each in found.items():
                if isinstance(key, bool) or not isinstance(key, str | int):
                    self.wrong(where, f"{key!r} is no group or year; quote it if it looks like yes, no, on or off")
                    continue
                read[key] = self._scalar(f"{where}, {key}", each, kind, explained)
            return read
        return self._scalar(where, found, kind, explained)

    def _scalar(self, where: str, found: object, kind: str, explained: bool) -> Scalar:
        if found is None:
            if not explained:
                self.wrong(where, f"is empty; write {kind}, or a `note:` that says why the law sets none")
            return None
        if isinstance(found, float):
            self.wrong(where, f'{found!r} was read as a float; quote it: "{found!r}"')
            return None
        read = _READERS[kind](found)
        if read is None:
            self.wrong(where, f"must be {kind}, got {found!r}")
        elif isinstance(read, int | Decimal) and read < 0:
            self.wrong(where, f"must not be below zero, got {found!r}")
        return read


def _whole(found: object) -> Scalar:
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _number(found: object) -> Scalar:
    if isinstance(found, bool) or not isinstance(found, int | Decimal | str):
        return None
    if isinstance(found, int):
        return found
    try:
        number = Decimal(found)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _text(found: object) -> Scalar:
    return found if isinstance(found, str) and found.strip() else None


def _date(found: object) -> Scalar:
    return found if isinstance(found, datetime.date) and not isinstance(found, datetime.datetime) else None


def _choice(found: object) -> Scalar:
    return found if isinstance(found, bool) else None


_READERS: Mapping[str, Callable[[object], Scalar]] = {
    _WHOLE: _whole,
    _NUMBER: _number,
    _TEXT: _text,
    _DATE: _date,
    _CHOICE: _choice,
}
