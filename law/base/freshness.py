"""What of the law is due: parameters to be reviewed, known changes, and values whose stated period ends."""

from __future__ import annotations

import datetime
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
