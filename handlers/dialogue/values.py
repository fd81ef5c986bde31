"""What was said in a form so far, by field: each value read as what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handlers.dialogue.state import FieldValue
from law.base.month import Month

Given = Mapping[str, FieldValue]
"""Values as a field gives them."""


class Values(Mapping[str, FieldValue]):
    """The values of a form; a reader raises KeyError where nothing was said, TypeError for another kind of value.

    >>> values = Values({"paid": 90, "birth": "2026-11"})
    >>> values.whole("paid"), values.whole("vol", 0), values.month("birth")
    (90, 0, Month(year=2026, month=11))
    """

    def __init__(self, held: Given) -> None:
        self._held = held

    def __getitem__(self, name: str) -> FieldValue:
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def whole(self, name: str, untold: int | None = None) -> int:
        """A whole number (dong, months, a year); `untold` where nothing was said and that is given."""
        found = self.get(name, untold) if untold is not None else self[name]
        if isinstance(found, bool) or not isinstance(found, int):
            raise TypeError(f"{name} is {found!r}, not a whole number")
        return found

    def text(self, name: str) -> str:
        """A word, such as the name of a choice."""
        found = self[name]
        if not isinstance(found, str):
            raise TypeError(f"{name} is {found!r}, not a word")
        return found

    def words(self, name: str) -> tuple[str, ...]:
        """One word or several."""
        found = self[name]
        return found if isinstance(found, tuple) else (self.text(name),)

    def month(self, name: str) -> Month:
        """A month of the calendar, held as «YYYY-MM»."""
        return Month.parse(self.text(name))

    def yes(self, name: str) -> bool:
        """Whether a question was answered with yes; False also where it was not asked."""
        return self.get(name) is True

    def but(self, **changed: FieldValue) -> Values:
        """The same with other values."""
        return Values({**self._held, **changed})
