"""Times a call again and again, and the machine itself on a loop that never changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, in milliseconds; `most` is the aim where there is one."""

    name: str
    p50: float
    p99: float | None = None
    most: float | None = None


def share(times: list[float], part: float) -> float:
    """The time that `part` of the calls did not take longer than."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def measured(name: str, calls: Sequence[Callable[[], object]], most: float | None = None) -> Measured:
    """Each call timed once, after the first one has warmed up what is made on first use."""
    calls[0]()
    times: list[float] = []
    for call in calls:
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return Measured(name, share(times, 0.5), share(times, 0.99), most)


def loop() -> int:
    """A million rounds of plain Python."""
    total = 0
    for number in range(1_000_000):
        total = (total * 31 + number) % 1_000_003
    return total


def baseline() -> Measured:
    """What the machine can do while the rest is measured."""
    return measured("baseline: a million rounds of a plain loop", [loop] * 9)
