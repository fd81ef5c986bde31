"""A long list cut into pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """The rows of one page, which it is, and of how many pages and rows."""

    rows: Sequence[T]
    number: int
    pages: int
    count: int


def bounds(count: int, asked: int, on_a_page: int) -> tuple[int, int]:
    """Which page is shown (the last where there are fewer), and how many there are."""
    pages = max(1, -(-count // on_a_page))
    return min(asked, pages), pages


def paged(rows: Sequence[T], asked: int, on_a_page: int) -> Paged[T]:
    """A page of a list that is there as a whole."""
    number, pages = bounds(len(rows), asked, on_a_page)
    return Paged(rows[(number - 1) * on_a_page : number * on_a_page], number, pages, len(rows))
