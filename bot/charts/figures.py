"""The figures of a chart as a conversation hands them over: whole numbers and texts, lists with commas between."""

from __future__ import annotations

from collections.abc import Mapping

from law.base.month import Month


class Figures:
    """Reads a flat mapping; a figure that is missing is a KeyError, one that can't be read a ValueError."""

    def __init__(self, given: Mapping[str, str | int]) -> None:
        self._given = given

    def __contains__(self, name: object) -> bool:
        return self._given.get(str(name), "") != ""

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
        return tuple(part.strip() for part in self.text(name, "").split(",") if part.strip())

    def wholes(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers from 0 on."""
        return tuple(_whole(name, part) for part in self.text(name).split(","))

    def months(self, name: str) -> tuple[Month, ...]:
        """A list of months, each later than the one before."""
        found = tuple(Month.parse(part) for part in self.text(name).split(","))
        if list(found) != sorted(set(found)):
            raise ValueError(f"{name}: months must be in order, got {self.text(name)!r}")
        return found

    def rows(self, *names: str) -> list[tuple[int, ...]]:
        """Lists of the same length, side by side; ValueError where one is shorter."""
        return list(zip(*(self.wholes(name) for name in names), strict=True))


def _whole(name: str, given: str | int) -> int:
    try:
        found = int(given)
    except ValueError:
        raise ValueError(f"{name}: expected a whole number, got {given!r}") from None
    if found < 0:
        raise ValueError(f"{name}: can't be below zero, got {found}")
    return found
