"""Tables sorted by a link at the head of a column, without a script: the address says by which, and which way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.reports.satisfaction import Share
from bot.web.query import Query
from vietnamese.normalize import fold

T = TypeVar("T")
Sortable = str | int | float | None


@dataclass(frozen=True, slots=True)
class SortedTable(Generic[T]):
    """The rows in the order that was asked for; `name`: of the order in the address, `column` «»: as they came."""

    name: str
    rows: Sequence[T]
    column: str
    down: bool

    def turned(self, column: str) -> str:
        """What the address says when the head of a column is followed: it goes down first, then up."""
        return column if self.column == column and self.down else f"-{column}"


SHARES: Mapping[str, Callable[[Share], Sortable]] = {
    "ten": lambda share: fold(share.name),
    "chiso": lambda share: share.found.index,
    "phieu": lambda share: share.found.rated,
    "traloi": lambda share: share.found.response_rate,
}
SORTS = [*SHARES, *(f"-{each}" for each in SHARES)]


def sorted_by(asked: Query, name: str, rows: Sequence[T], by: Mapping[str, Callable[[T], Sortable]]) -> SortedTable[T]:
    """The rows by the column the address asks for under this name; those that have no value are last either way."""
    chosen = asked.choice(name, [*by, *(f"-{each}" for each in by)])
    column, down = chosen.removeprefix("-"), chosen.startswith("-")
    if not column:
        return SortedTable(name, rows, "", False)
    valued = [(by[column](row), row) for row in rows]
    known = [each for each in valued if each[0] is not None]
    known.sort(key=lambda each: each[0], reverse=down)  # type: ignore[arg-type, return-value]
    return SortedTable(name, [row for _, row in known] + [row for value, row in valued if value is None], column, down)
