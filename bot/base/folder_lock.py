"""Only one process serves a data folder: a lock of the operating system, which ends with the process, however it ends.

CannotGoOn
    └── AlreadyServed    another process holds the folder
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from bot.base.settings import CannotGoOn

FILE = "lock"


class AlreadyServed(CannotGoOn):
    """Another process serves the data folder."""

    code = 5

    def __init__(self, folder: Path, process: str) -> None:
        super().__init__(
            f"{folder}: another process{process and f' ({process})'} serves this data folder; stop it first, "
            "or give this one a data_folder and a bot of its own"
        )


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder meanwhile; raises AlreadyServed, and OSError where the file of the lock can't be made."""
    descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServed(folder, os.read(descriptor, 20).decode(errors="replace").strip()) from None
        with contextlib.suppress(OSError):  # which process it is only helps whoever is refused
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)
