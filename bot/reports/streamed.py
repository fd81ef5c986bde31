"""Rows of a table that are read as they are written: a million of them take no more memory than a thousand.

A report is written in a thread; there each next piece is asked of the loop, which has the database.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Streamed(Collection[T], Generic[T]):
    """A collection of rows that can be gone through from another thread than that of the loop it was made in."""

    def __init__(self, count: int, pieces: Callable[[], AsyncIterator[Sequence[T]]]) -> None:
        """`count` rows, as far as they are told; `pieces` reads them anew each time they are gone through."""
        self._count = count
        self._pieces = pieces
        self._loop = asyncio.get_running_loop()

    def __len__(self) -> int:
        return self._count

    def __contains__(self, row: object) -> bool:
        return any(each == row for each in self)

    def __iter__(self) -> Iterator[T]:
        with contextlib.suppress(RuntimeError):  # there is no loop in this thread, as it should be
            if asyncio.get_running_loop() is self._loop:
                raise TypeError("the loop that reads these rows can't wait for them: go through them in a thread")
        pieces = self._pieces()

        async def following() -> Sequence[T]:
            async for piece in pieces:
                return piece
            return ()

        async def end() -> None:
            await pieces.aclose()  # type: ignore[attr-defined]

        try:
            while piece := asyncio.run_coroutine_threadsafe(following(), self._loop).result():
                yield from piece
        finally:
            asyncio.run_coroutine_threadsafe(end(), self._loop).result()
