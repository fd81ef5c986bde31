"""The figures of a chart as a conversation hands them over: whole numbers, texts, and lists of either."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.dialogue.turn import PictureFigure
from law.base.month import Month


class Figures:
    """Reads a flat mapping; a figure that is missing is a KeyError, one that can't be read a ValueError."""

    def __init__(self, given: Mapping[str, PictureFigure]) -> None:
        self._given = given

    def __contains__(self, name: object) -> bool:
        return self._given.get(str(name), "") not in ("", ())

    def text(self, name: str, otherwise: str | None = None) -> str:
        """A text; `otherwise` where it is not given."""
        if name not in self and otherwise is not None:
            return otherwise
        return str(self._given[name])

    def whole(self, name: str, otherwise: int | None = None) -> int:
        """A whole number from 0 on (dong, months, years); `otherwise` where it is not given."""
        if name not in self and otherwise is not None:
            return otherwise
        return _whole(name, self._given[name])

    def month(self, name: str) -> Month:
        """A month, written YYYY-MM."""
        return Month.parse(str(self._given[name]))

    def month_or_none(self, name: str) -> Month | None:
        return self.month(name) if name in self else None

    def names(self, name: str) -> tuple[str, ...]:
        """A list of words; empty where it is not given."""
        return tuple(str(each) for each in self._list(name)) if name in self else ()

    def wholes(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers from 0 on."""
        return tuple(_whole(name, each) for each in self._list(name))

    def months(self, name: str) -> tuple[Month, ...]:
        """A list of months, each later than the one before; at least one."""
        found = tuple(Month.parse(str(each)) for each in self._list(name))
        if not found or list(found) != sorted(set(found)):
            raise ValueError(f"{name}: months must be in order, got {self._given[name]!r}")
        return found

    def rows(self, *names: str) -> list[tuple[int, ...]]:
        """Lists of the same length, side by side; ValueError where one is shorter."""
        return list(zip(*(self.wholes(name) for name in names), strict=True))

    def _list(self, name: str) -> tuple[int, ...] | tuple[str, ...]:
        found = self._given[name]
        if not isinstance(found, tuple):
            raise ValueError(f"{name}: expected a list, got {found!r}")
        return found


def _whole(name: str, given: PictureFigure) -> int:
    if not isinstance(given, int):
        raise ValueError(f"{name}: expected a whole number, got {given!r}")
    if given < 0:
        raise ValueError(f"{name}: can't be below zero, got {given}")
    return given
