"""Whose word a number is: the values of the law it rests on, carried with it up to the sentence that says it.

A value whose own text was read, and that has no last day, needs no saying; the others are the grounds of every number
that is reckoned from them.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from law.base.estimate import Figure, Note
from law.base.parameter import Dated


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """A value of a parameter, by the day from which it holds."""

    parameter: str
    since: datetime.date


Grounds = frozenset[Ground]
NOTHING: Grounds = frozenset()


class Grounded(int):
    """A whole number with what it rests on; what is added to it, or multiplied with it, rests on the same.

    >>> floor = Ground("rural_poverty_line", datetime.date(2027, 1, 1))
    >>> (6 * Grounded(484_000, frozenset({floor}))).grounds == {floor}
    True
    """

    grounds: Grounds

    def __new__(cls, value: int, grounds: Grounds = NOTHING) -> Grounded:
        made = super().__new__(cls, value)
        made.grounds = grounds
        return made

    def __add__(self, other: Any) -> Any:
        return _carried(super().__add__(other), self, other)

    def __radd__(self, other: Any) -> Any:
        return _carried(super().__radd__(other), self, other)

    def __sub__(self, other: Any) -> Any:
        return _carried(super().__sub__(other), self, other)

    def __rsub__(self, other: Any) -> Any:
        return _carried(super().__rsub__(other), self, other)

    def __mul__(self, other: Any) -> Any:
        return _carried(super().__mul__(other), self, other)

    def __rmul__(self, other: Any) -> Any:
        return _carried(super().__rmul__(other), self, other)

    def __floordiv__(self, other: Any) -> Any:
        return _carried(super().__floordiv__(other), self, other)

    def __neg__(self) -> Any:
        return _carried(super().__neg__(), self)


def _carried(result: Any, *of: object) -> Any:
    grounds = grounds_of(*of)
    return Grounded(result, grounds) if isinstance(result, int) and not isinstance(result, bool) else result


def grounds_of(*values: object) -> Grounds:
    """What these values rest on, together."""
    return NOTHING.union(*(value.grounds for value in values if isinstance(value, Grounded)))


def grounded(value: Figure, grounds: Grounds) -> Figure:
    """A figure of a calculation with what it rests on, where it is a whole number."""
    if not grounds or isinstance(value, bool) or not isinstance(value, int):
        return value
    return Grounded(value, grounds | grounds_of(value))


def grounded_note(note: Note, grounds: Grounds) -> Note:
    """The same for every figure of a sentence."""
    if not grounds:
        return note
    return Note(note.name, {name: grounded(value, grounds) for name, value in note.figures.items()})


def grounds(values: Iterable[Dated]) -> Grounds:
    """What must be said of numbers that rest on these values: those not read in their own text, and those that end."""
    return frozenset(Ground(each.name, each.since) for each in values if _is_number(each) and _is_open(each))


def _is_open(dated: Dated) -> bool:
    return dated.confidence != "A" or dated.until is not None


def _is_number(dated: Dated) -> bool:
    """A telephone number or a name proves itself when it is used; a rule that is there or not is no number."""
    return dated.unit not in _NO_NUMBERS


_NO_NUMBERS: Collection[str] = ("chữ", "có/không")
