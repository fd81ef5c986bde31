"""One number of the law: its Vietnamese term, its unit, and every date with the value from then on.

A value is an int, Decimal, text, date, bool, None where the law sets none, or a mapping of them by group or
year. A parsed file that is wrong yields problems, each naming the file, the key and what would be right.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from law.base.model import Day, FileModel, FileText, read

Key = str | int
Scalar = int | Decimal | str | bool | datetime.date | None
Value = Scalar | Mapping[Key, Scalar]

Grade = Literal["A", "B", "B-", "C"]
CONFIDENCES: tuple[str, ...] = get_args(Grade)
"""The text itself was read · a secondary source · one weak one · general knowledge, never told as fact."""

_WHOLE, _NUMBER, _TEXT, _DATE, _CHOICE = "a whole number", "a number", "a text", "a date", "true or false"
UNITS: Mapping[str, str] = {
    "đồng": _WHOLE,
    "đồng/tháng": _WHOLE,
    "tháng": _WHOLE,
    "năm": _WHOLE,
    "ngày": _WHOLE,
    "ngày làm việc": _WHOLE,
    "tuần": _WHOLE,
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
TYPES: Mapping[str, tuple[type, ...]] = {
    _WHOLE: (int,),
    _NUMBER: (int, Decimal),
    _TEXT: (str,),
    _DATE: (datetime.date,),
    _CHOICE: (bool,),
}
"""What YAML makes of a value that is right: exactly of the type, for a bool is an int, and a time is a date."""


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
    called: str = ""
    """What people call it, in the line that says whose word it is."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "called", self.called or self.term)


def _unit(unit: str) -> str:
    if unit not in UNITS:
        raise PydanticCustomError("unit", f"{unit!r} is not a unit; write one of {', '.join(UNITS)}")
    return unit


class _Row(FileModel):
    value: Annotated[Any, Field(description="in the unit; or one value for each group, sex or year")]
    source: Annotated[FileText, Field(description="the document it stands in, by its id in law/sources.yaml")]
    place: Annotated[FileText, Field(description="the article and clause of the document")] = ""
    confidence: Annotated[Grade, Field(description="A the text itself, B a secondary source, B- a weak one, C hearsay")]
    reference_confidence: Annotated[Grade | None, Field(description="how sure the document's own number is")] = None
    until: Annotated[Day | None, Field(description="the last day of the value, where the law states one")] = None
    reason: Annotated[FileText, Field(description="why it begins on another day than the 1st of a month")] = ""
    note: Annotated[
        FileText, Field(description="what else is to be known; why the law sets none, of an empty value")
    ] = ""


class ParameterFile(FileModel):
    """One file of `law/parameters/` as it is written: a number of the law, by the dates it holds from."""

    term: Annotated[FileText, Field(description="the law's own term, in Vietnamese")]
    called: Annotated[FileText, Field(description="what people call it, shorter than the law")] = ""
    unit: Annotated[FileText, AfterValidator(_unit), Field(json_schema_extra={"enum": [*UNITS]})]
    checked: Annotated[Day, Field(description="when a person last compared it with the documents")]
    review_by: Annotated[Day, Field(description="when a person is to look at it again")]
    values: Annotated[dict[Day, _Row], Field(min_length=1, description="what holds from each date on, in their order")]
    note: FileText = ""


def read_parameter(name: str, data: object, sources: frozenset[str]) -> tuple[Parameter | None, tuple[str, ...]]:
    """Check one parsed file; returns the parameter, or None with every problem found."""
    problems: list[str] = []

    def wrong(key: str, what: str) -> None:
        problems.append(f"law/parameters/{name}.yaml, {key}: {what}")

    file = read(ParameterFile, data, wrong)
    if file is None:
        return None, tuple(problems)
    if file.review_by < file.checked:
        wrong("review_by", f"{file.review_by} is before checked {file.checked}; write the later day")
    values: list[Dated] = []
    for since, row in file.values.items():
        where, before = f"values {since}", values[-1] if values else None
        if row.source not in sources:
            wrong(f"{where} source", f"{row.source!r} is not in law/sources.yaml; add it there or correct the id")
        if since.day != 1 and not row.reason:
            wrong(where, "the law changes on the 1st of a month; correct the date or add `reason:`")
        if row.until is not None and row.until < since:
            wrong(f"{where} until", f"{row.until} is before {since}; write the last day of the value")
        if before is not None and since <= before.since:
            wrong(where, f"stands after {before.since}; put the dates in order, each once")
        if before is not None and before.until is not None and before.until >= since:
            wrong(f"values {before.since} until", f"{before.until} reaches into {since}; end it the day before")
        value = _value(row, UNITS[file.unit], f"{where} value", wrong)
        values.append(
            Dated(
                name,
                file.term,
                file.unit,
                value,
                since,
                row.source,
                row.place,
                row.confidence,
                row.until,
                row.reference_confidence,
                row.note,
            )
        )
    parameter = Parameter(
        name, file.term, file.unit, file.checked, file.review_by, tuple(values), file.note, file.called
    )
    return (None if problems else parameter), tuple(problems)


def _value(row: _Row, kind: str, where: str, wrong: Callable[[str, str], None]) -> Value:
    """The value, its fractions exact; `wrong` is told what would be right."""
    if not isinstance(row.value, Mapping):
        return _scalar(row.value, kind, row.note, functools.partial(wrong, where))
    if not row.value:
        wrong(where, "is empty; give a value for at least one group or year")
    for key in row.value:
        if type(key) not in (str, int):
            wrong(where, f"{key!r} is no group or year; quote it if it looks like yes, no, on or off")
    return {
        key: _scalar(found, kind, row.note, functools.partial(wrong, f"{where} {key}"))
        for key, found in row.value.items()
    }


def _scalar(found: Scalar, kind: str, note: str, wrong: Callable[[str], None]) -> Scalar:
    exact = _fraction(found) if kind == _NUMBER and isinstance(found, str) else found
    if exact is None:
        if not note:
            wrong(f"is empty; write {kind}, or a `note:` that says why the law sets none")
    elif isinstance(exact, float):
        wrong(f'{exact!r} was read as a float; quote it: "{exact!r}"')
    elif type(exact) not in TYPES[kind] or not str(exact).strip():
        wrong(f"must be {kind}, got {found!r}")
    elif isinstance(exact, int | Decimal) and exact < 0:
        wrong(f"must not be below zero, got {found!r}")
    return exact


def _fraction(written: str) -> Decimal | str:
    """The number between the quotes, or what stands there where it is none."""
    try:
        number = Decimal(written)
    except InvalidOperation:
        return written
    return number if number.is_finite() else written
