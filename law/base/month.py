"""A calendar month: the law counts contributions, ages and start dates in whole months."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_ISO = re.compile(r"(\d{4})-(\d{1,2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month. `Month(2026, 12) + 1 == Month(2027, 1)`; the difference of two is in months."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"month must be 1 to 12, got {self.month}")

    @classmethod
    def of(cls, day: datetime.date) -> Month:
        """The month that holds a day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `YYYY-MM`; raises ValueError on anything else."""
        found = _ISO.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"a month is written YYYY-MM, got {text!r}")
        return cls(int(found[1]), int(found[2]))

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.month, 1)

    def __add__(self, months: int) -> Month:
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def __sub__(self, other: Month) -> int:
        return (self.year - other.year) * 12 + self.month - other.month

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
