"""What of the law is due: parameters to be reviewed, known changes, values whose stated period ends, and what is to be
written where.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from law.base.law import Law
from law.base.parameter import Parameter, Value


@dataclass(frozen=True, slots=True)
class Change:
    """A value of a parameter that begins on a day that is known, and the one before it (None for the first)."""

    parameter: Parameter
    since: datetime.date
    before: Value
    value: Value


@dataclass(frozen=True, slots=True)
class Ending:
    """A value whose period the law itself ends on a day, with none known to follow."""

    parameter: Parameter
    until: datetime.date


@dataclass(frozen=True, slots=True)
class Awaited:
    """A value that is to be written, or whose document is to be read: from which day, and the line in its file.

    `known` of a value that stands there already, known from others than its own document. In the line «…» stands for
    what is read in the document.
    """

    parameter: Parameter
    since: datetime.date
    known: bool
    line: str

    @property
    def file(self) -> str:
        return f"law/parameters/{self.parameter.name}.yaml"


def due(law: Law, on: datetime.date) -> tuple[Parameter, ...]:
    """The parameters past their date of review on a day, the longest overdue first."""
    late = [each for each in law.parameters if each.review_by < on]
    return tuple(sorted(late, key=lambda each: (each.review_by, each.name)))


def changes(law: Law, after: datetime.date, until: datetime.date) -> tuple[Change, ...]:
    """The known changes of values after a day, up to and including another, in order of their days."""
    found = [
        Change(parameter, later.since, earlier.value, later.value)
        for parameter in law.parameters
        for earlier, later in zip(parameter.values, parameter.values[1:], strict=False)
        if after < later.since <= until and later.value != earlier.value
    ]
    return tuple(sorted(found, key=lambda each: (each.since, each.parameter.name)))


def endings(law: Law, on: datetime.date, until: datetime.date) -> tuple[Ending, ...]:
    """The values in force on a day whose stated period is over by another and that nothing follows, in order."""
    found = []
    for parameter in law.parameters:
        now = law.on(on)
        if not now.knows(parameter.name):
            continue
        present = now.value(parameter.name)
        if present.until is not None and present.until <= until and parameter.values[-1] == present:
            found.append(Ending(parameter, present.until))
    return tuple(sorted(found, key=lambda each: (each.until, each.parameter.name)))


_NEAR = datetime.timedelta(days=60)
"""So long before and after the day of a value somebody is to look for it."""
_OPEN = "…"


def to_enter(law: Law, on: datetime.date) -> tuple[Awaited, ...]:
    """What is to be written about a day, in order: values that end by then or soon with none known to follow, and those
    that begin about then and were not read in their own document.
    """
    missing = [_after(each) for each in endings(law, on, on + _NEAR)]
    unread = [
        Awaited(parameter, dated.since, True, _row(dated.since, dated.until, _written(dated.value), dated.source))
        for parameter in law.parameters
        for before, dated in zip(parameter.values, parameter.values[1:], strict=False)
        if dated.confidence != "A" and dated.value != before.value and abs(dated.since - on) <= _NEAR
    ]
    return tuple(sorted((*missing, *unread), key=lambda each: (each.since, each.known, each.parameter.name)))


def _after(ended: Ending) -> Awaited:
    """The line after the last one, for as many years; a table by years has one more where it went up to its own."""
    last, since = ended.parameter.values[-1], ended.until + datetime.timedelta(days=1)
    until = ended.until.replace(year=ended.until.year + since.year - last.since.year)
    line = _row(since, until, _blank(last.value, last.unit, since.year), _OPEN)
    return Awaited(ended.parameter, since, False, line)


def _row(since: datetime.date, until: datetime.date | None, value: str, source: str) -> str:
    end = "" if until is None else f", until: {until}"
    return f'{since}: {{value: {value}, source: {source}, place: "{_OPEN}", confidence: A{end}}}'


def _blank(value: Value, unit: str, year: int) -> str:
    open_ = _OPEN if unit.startswith("đồng") else f'"{_OPEN}"'
    if not isinstance(value, Mapping):
        return open_
    keys = [*value, year] if year - 1 in value else [*value]
    return "{" + ", ".join(f"{key}: {open_}" for key in keys) + "}"


def _written(value: Value) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f'{key}: "{each}"' for key, each in value.items()) + "}"
    return str(value) if isinstance(value, int) else f'"{value}"'
