"""The law on a date: every parameter with the value that holds then, and the document it stands in.

BrokenLaw          the files can't be used; `problems` names each file, key and remedy
LookupError
├── NoSuchParameter    a calculation asks for a number that has no file
└── NoValueKnownOn     the number is not known for so early a date: nothing is guessed
"""

from __future__ import annotations

import datetime
import itertools
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from law.base.month import Month
from law.base.parameter import Dated, Parameter, read_parameter
from law.base.source import Source, read_sources


class BrokenLaw(Exception):
    """Parameters or sources that can't be used, with all their problems."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class NoSuchParameter(LookupError):
    """A number of the law that no file holds."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no law/parameters/{name}.yaml")
        self.name = name


class NoValueKnownOn(LookupError):
    """A number of the law that is known only from a later date on."""

    def __init__(self, name: str, day: datetime.date, first: datetime.date) -> None:
        super().__init__(f"{name} is known from {first} on, not for {day}")
        self.name = name
        self.day = day
        self.first = first


@dataclass(frozen=True, slots=True)
class LawOn:
    """The law as it stands on one day."""

    law: Law
    day: datetime.date

    def value(self, name: str) -> Dated:
        """The value that holds on this day; a value whose stated period is over is carried on (see `stale`).

        Raises NoSuchParameter, and NoValueKnownOn for a day before the first known value.
        """
        values = self.law.parameter(name).values
        place = self._place(name)
        if not place:
            raise NoValueKnownOn(name, self.day, values[0].since)
        return values[place - 1]

    def knows(self, name: str) -> bool:
        """Whether a value is known for this day."""
        return self._place(name) > 0

    def stale(self, name: str) -> bool:
        """Whether the period the law states for the value is over on this day."""
        until = self.value(name).until
        return until is not None and self.day > until

    def previous(self, name: str) -> Dated | None:
        """The last value that was different from the present one; None where there was none."""
        values = self.law.parameter(name).values[: self._place(name)]
        return next((each for each in reversed(values) if each.value != values[-1].value), None)

    def first_of(self, name: str) -> Dated | None:
        """The row from which the present value holds, however often it was said again; None where none is known."""
        values = self.law.parameter(name).values[: self._place(name)]
        same = list(itertools.takewhile(lambda each: each.value == values[-1].value, reversed(values)))
        return same[-1] if same else None

    def next(self, name: str) -> Dated | None:
        """The next known change of the value after this day; None where none is known."""
        values, place = self.law.parameter(name).values, self._place(name)
        present = values[place - 1].value if place else None
        return next((each for each in values[place:] if each.value != present), None)

    def _place(self, name: str) -> int:
        return bisect_right(self.law.parameter(name).values, self.day, key=lambda each: each.since)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Law:
    """Every number of the law at every date, and the documents they stand in; read once, so only equal to itself."""

    parameters: tuple[Parameter, ...]
    sources: Mapping[str, Source]
    _by_name: Mapping[str, Parameter]

    @classmethod
    def from_data(cls, parameters: Mapping[str, object], sources: Mapping[str, object]) -> Law:
        """Build from the parsed YAML: file stem → content of `law/parameters/*.yaml`, and `law/sources.yaml`.

        Raises BrokenLaw with every problem of every file.
        """
        known, problems = read_sources(sources)
        found = list(problems)
        read: dict[str, Parameter] = {}
        for name in sorted(parameters):
            parameter, wrong = read_parameter(name, parameters[name], frozenset(known))
            found += wrong
            if parameter is not None:
                read[name] = parameter
        if found:
            raise BrokenLaw(tuple(found))
        return cls(tuple(read.values()), known, read)

    def __repr__(self) -> str:
        return f"Law({len(self.parameters)} parameters, {len(self.sources)} sources)"

    def on(self, when: datetime.date | Month) -> LawOn:
        """The law on a day; of a month, on its first day."""
        return LawOn(self, when.first_day if isinstance(when, Month) else when)

    def parameter(self, name: str) -> Parameter:
        """One parameter with its whole history; raises NoSuchParameter."""
        try:
            return self._by_name[name]
        except KeyError:
            raise NoSuchParameter(name) from None

    def change_dates(self) -> tuple[datetime.date, ...]:
        """Every date on which a parameter gets a new value, in order."""
        return tuple(sorted({each.since for parameter in self.parameters for each in parameter.values}))

    @property
    def newest(self) -> Month:
        """The month of the last known change: the rules as they will stand."""
        return Month.of(self.change_dates()[-1])
