"""A port of this machine at which nothing listens."""

from __future__ import annotations

import contextlib
import random
import socket


def free_port() -> int:
    """One that stays free: below those from which the system takes the other ends of connections."""
    while True:
        port = random.randrange(10_000, 32_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
