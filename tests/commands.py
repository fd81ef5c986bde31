"""Runs `bhxh` as its users do: in a folder of its own, with nothing of this machine's settings around it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BHXH = str(Path(sys.executable).with_name("bhxh"))
PATIENCE = 240.0
"""Seconds until what never comes is given up: no measure of speed, so that a busy machine is no failure."""


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code in (0, 1), self.err
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line of a command that could not do its work: exit 2, nothing else said."""
        assert self.code == 2, (self.code, self.out, self.err)
        assert self.out == ""
        (line,) = self.err.splitlines()
        assert "Traceback" not in line
        return line


def surroundings(**given: str) -> dict[str, str]:
    """The environment of this process without settings of the assistant, and with those given."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BHXH_")} | given


def spawned(folder: Path, *words: str, typed: bytes = b"", **given: str) -> Ended:
    """A process of its own, to its end; `typed` is piped in."""
    done = subprocess.run(
        [BHXH, *words],
        check=False,
        cwd=folder,
        env=surroundings(**given),
        input=typed,
        capture_output=True,
        timeout=PATIENCE,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def heard(descriptor: int, words: str) -> str:
    """What comes out of a running process up to `words`."""
    got = b""
    while words.encode() not in got:
        ready, _, _ = select.select([descriptor], [], [], PATIENCE)
        piece = os.read(descriptor, 1) if ready else b""  # what comes after the words is for who asks next
        assert piece, f"«{words}» did not come, but: {got.decode(errors='replace')}"
        got += piece
    return got.decode(errors="replace")
