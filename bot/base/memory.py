"""How much memory the process keeps of what it needed for a moment."""

from __future__ import annotations

import contextlib
import ctypes

_M_MMAP_THRESHOLD = -3
"""Of malloc.h: from which size on a block has pages of its own, which go back to the system when it is freed."""
_OWN_PAGES_FROM = 128 * 1024
"""Bytes; the value glibc begins with."""


def give_back() -> None:
    """Large blocks go back to the system as soon as they are freed, to the end; nothing happens where malloc can't.

    By itself glibc takes the first large block that is freed as a sign that such blocks come often, and keeps all of
    its size from then on, full of holes: 6 MB of the tables made at start.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):  # no glibc, or no C library to ask
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _OWN_PAGES_FROM)
