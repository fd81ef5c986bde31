"""Prints every benchmark beside the machine's own baseline: `make bench`."""

from __future__ import annotations

import platform

from rich.console import Console
from rich.table import Table

from benchmarks.delivery import print_delivery
from benchmarks.drawing import drawing
from benchmarks.growing import print_growing
from benchmarks.inside import print_inside
from benchmarks.matching import matching, starting
from benchmarks.measure import Measured, baseline
from benchmarks.reckoning import reckoning
from benchmarks.reporting import reporting


def main() -> None:
    before = baseline()
    started = list(starting())
    found = [*(each for each, _, _ in started), matching(), *reckoning(), *drawing(), *reporting()]
    after = baseline()
    loop = min(before.p50, after.p50)
    table = Table("what", "p50 ms", "p99 ms", "aim ms", "p50 / baseline")
    for each in (before, after, *found):
        table.add_row(*_row(each, loop))
    console = Console(width=110)
    console.print(f"Python {platform.python_version()}, {platform.machine()}")
    console.print(table)
    for each, used, held in started:
        console.print(f"{each.name}: {used:.0f} ms of processor time ({used / loop:.1f} rounds), {held} MB at most")
    print_growing(console)
    print_inside(console)
    print_delivery(console)


def _row(each: Measured, loop: float) -> tuple[str, ...]:
    p99 = "" if each.p99 is None else f"{each.p99:.2f}"
    aim = "" if each.most is None else f"≤ {each.most:g}"
    return each.name, f"{each.p50:.2f}", p99, aim, f"{each.p50 / loop:.3f}"


if __name__ == "__main__":
    main()
