"""Finding the answer to a question, and what a process needs to be ready for the first one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.measure import Measured, measured, share
from bot.base.content import read_content

_QUESTIONS = Path(__file__).parents[1] / "faq" / "content" / "held_out"
_STARTS = 5
_ASK = ("ask", "dong may nam thi duoc luong huu")
_CHAT = ("chat",)


def questions() -> list[str]:
    """Every labelled question of the tests, those out of scope too."""
    rows = (_QUESTIONS / name for name in ("in_scope.jsonl", "out_of_scope.jsonl"))
    return [json.loads(line)["text"] for file in rows for line in file.read_text(encoding="utf-8").splitlines()]


def matching() -> Measured:
    """One question, the engine being ready."""
    matcher = read_content().matcher
    return measured("a question matched", [partial(matcher.match, text) for text in questions()])


def starting() -> Iterator[tuple[Measured, float, int]]:
    """A process of its own from nothing to its end, with its milliseconds of processor time, and the most memory it
    held, in MB.
    """
    for name, arguments in (
        ("bhxh ask: from nothing to the answer", _ASK),
        ("bhxh chat: from nothing to ready", _CHAT),
    ):
        with tempfile.TemporaryDirectory() as folder:
            _run(arguments, folder)  # the first start makes the database
            runs = [_run(arguments, folder) for _ in range(_STARTS)]
        took, used, held = zip(*runs, strict=True)
        yield Measured(name, share(list(took), 0.5)), share(list(used), 0.5), max(held)


def _run(arguments: Sequence[str], folder: str) -> tuple[float, float, int]:
    """Milliseconds, those of processor time, and MB of one run with nothing typed."""
    command = [sys.executable, "-c", "from bot.commands.cli import main; main()", *arguments]
    began = time.perf_counter()
    nothing = subprocess.DEVNULL
    environment = {**os.environ, "BHXH_DATA_FOLDER": folder}
    process = subprocess.Popen(command, stdin=nothing, stdout=nothing, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    took = (time.perf_counter() - began) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"bhxh {arguments[0]} failed with {process.returncode}")
    return took, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss // 1024
