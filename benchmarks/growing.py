"""How finding the answer grows with the phrasings: 1,000, 10,000 and 30,000 of them.

Fewer are every n-th of ours; more are ours as people say them otherwise: with a greeting, from another place, with a
word less. Alone: `python -m benchmarks.growing`.
"""

from __future__ import annotations

import dataclasses
import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from rich.console import Console
from rich.table import Table

from benchmarks.matching import questions
from benchmarks.measure import Measured, baseline, measured
from bot.base.content import read_content
from faq.engine.match import Matcher
from faq.library import Library

_SIZES = {1_000: 5, 10_000: 12, 30_000: 30}
"""Phrasings, and the most milliseconds that 99 of 100 questions take."""
_BEFORE = ("cho tôi hỏi", "bác ơi", "em chào anh chị", "thưa cán bộ", "dạ cho con hỏi", "ad cho mình hỏi", "nhờ tư vấn")
_AFTER = ("ạ", "vậy", "hả chị", "xin cảm ơn", "mong được giải đáp", "giúp tôi với", "ở xã tôi", "năm nay", "với ạ")
_SEED = 2


@dataclass(frozen=True, slots=True)
class Grown:
    """So many phrasings, seconds to learn them, and what a question takes then."""

    phrasings: int
    learnt: float
    asked: Measured


def growing() -> Iterator[Grown]:
    library = read_content().library
    for size, most in _SIZES.items():
        grown = _of_size(library, size)
        began = time.perf_counter()
        matcher = Matcher.build(grown)
        learnt = time.perf_counter() - began
        calls = [partial(matcher.match, text) for text in questions()]
        yield Grown(size, learnt, measured(f"a question among {size:,}", calls, most))


def _of_size(library: Library, size: int) -> Library:
    """The library with so many phrasings, each entry having its share."""
    owned = [(entry.id, phrasing) for entry in library for phrasing in entry.phrasings]
    if size <= len(owned):
        kept = {owned[i * len(owned) // size] for i in range(size)}
        entries = {
            entry.id: dataclasses.replace(entry, phrasings=tuple(p for p in entry.phrasings if (entry.id, p) in kept))
            for entry in library
        }
        return dataclasses.replace(library, entries=entries)
    said = {phrasing for _, phrasing in owned}
    draw, more = random.Random(_SEED), list[tuple[str, str]]()
    for owner, phrasing in itertools.cycle(owned):
        if len(owned) + len(more) == size:
            return library.with_phrasings(more)
        other = _otherwise(phrasing, draw)
        if other not in said:
            said.add(other)
            more.append((owner, other))
    raise AssertionError("a cycle does not end")


def _otherwise(phrasing: str, draw: random.Random) -> str:
    words = phrasing.split()
    if len(words) > 3:
        words.pop(draw.randrange(len(words)))
    return " ".join((draw.choice(_BEFORE), *words, draw.choice(_AFTER)))


def print_growing(console: Console) -> None:
    loop = baseline().p50
    table = Table("phrasings", "learnt in, s", "p50 ms", "p99 ms", "aim ms", "p99 in rounds of the loop")
    for each in growing():
        asked = each.asked
        assert asked.p99 is not None
        rounds = f"{asked.p99 / loop:.3f}"
        table.add_row(
            f"{each.phrasings:,}",
            f"{each.learnt:.2f}",
            f"{asked.p50:.2f}",
            f"{asked.p99:.2f}",
            f"≤ {asked.most:g}",
            rounds,
        )
    console.print(table)


if __name__ == "__main__":
    print_growing(Console(width=110))
