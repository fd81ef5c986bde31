"""A text as the readers of facts go over it: its words, what was read already, and the words around a place."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from handlers.reading.shorthand import spelled_out
from handlers.reading.words import Phrases, Token, Tokens, tokens_of

T = TypeVar("T")

_REACH = 12
"""Words before a number in which its meaning is looked for; a bound that keeps the work linear."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One fact, and the words from `first` up to `after` that say it."""

    fact: str
    value: object
    first: int
    after: int


@lru_cache(maxsize=16)  # one message is looked through for many things
def _spelled_out(text: str) -> tuple[tuple[Token, ...], bool]:
    """The words of a text, and whether any of them is typed with accents."""
    typed = tokens_of(text)
    return spelled_out(typed), any(token.accents for token in typed)


@dataclass(slots=True)
class Passage:
    """The words of a text, the day it is read, and which words were read already."""

    tokens: tuple[Token, ...]
    today: datetime.date
    accented: bool
    taken: list[bool] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, today: datetime.date) -> Passage:
        tokens, accented = _spelled_out(text)
        return cls(tokens, today, accented, [False] * len(tokens))

    def free(self, first: int, after: int) -> bool:
        return not any(self.taken[first:after])

    def take(self, first: int, after: int) -> None:
        self.taken[first:after] = [True] * (min(after, len(self.taken)) - first)

    def free_from(self, first: int, at: int) -> int:
        """Where the words right before `at` begin that nothing was read from yet, `first` at the earliest."""
        while at > first and not self.taken[at - 1]:
            at -= 1
        return at

    def begins(self, at: int) -> bool:
        """Whether a clause begins there."""
        return at <= 0 or at >= len(self.tokens) or self.tokens[at].gap > 0

    def clause_start(self, at: int, reach: int = _REACH) -> int:
        """Where the clause begins in which the word there stands, not farther back than `reach` words."""
        first = at
        while first > 0 and at - first < reach and not self.begins(first):
            first -= 1
        return first

    def clause_end(self, at: int, reach: int = _REACH) -> int:
        """The place after the last word of the clause that goes on there."""
        after = at
        while after < len(self.tokens) and after - at < reach and not (self.begins(after) and after > at):
            after += 1
        return after if at >= len(self.tokens) or not self.tokens[at].gap else at


def mentions(passage: Passage, read: Callable[[Passage, int], Mention | None], *, take: bool = True) -> list[Mention]:
    """Everything that `read` finds among the words not used up; `take`: they are used up by it."""
    found: list[Mention] = []
    at = 0
    while at < len(passage.tokens):
        said = None if passage.taken[at] else read(passage, at)
        if said is None or (take and not passage.free(said.first, said.after)):
            at += 1
            continue
        found.append(said)
        if take:
            passage.take(said.first, said.after)
        at = max(said.after, at + 1)
    return found


class Cues(Generic[T]):
    """Words that give the words beside them a meaning."""

    def __init__(self, known: Phrases[T]) -> None:
        self._known = known

    def found(self, tokens: Tokens, first: int, after: int) -> Iterator[tuple[int, int, T]]:
        """Every cue from `first` up to `after`: where it begins, where it ends, its meaning; none inside another."""
        at = first
        while at < after:
            here = self._known.read(tokens, at)
            if here is None or here[1] > after:
                at += 1
                continue
            yield at, here[1], here[0]
            at = here[1]

    def nearest(self, tokens: Tokens, first: int, after: int) -> tuple[int, int, T] | None:
        """The last cue before `after`."""
        return max(self.found(tokens, first, after), key=lambda cue: cue[0], default=None)

    def any(self, tokens: Tokens, first: int, after: int) -> bool:
        return next(self.found(tokens, first, after), None) is not None
