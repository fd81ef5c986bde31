"""What stands before several processes: each connection goes to one of them by chance, or to another that listens."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from collections.abc import Sequence
from types import TracebackType

_AT_ONCE = 65_536


class Balancer:
    """Listens at `port`, and passes on to those of `ports` at which somebody listens."""

    def __init__(self, port: int, ports: Sequence[int], chance: random.Random) -> None:
        self._listener = socket.create_server(("127.0.0.1", port), backlog=256)
        self._ports = tuple(ports)
        self._chance = chance

    def __enter__(self) -> Balancer:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with client:
            for port in self._chance.sample(self._ports, len(self._ports)):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)) as process:
                    back = threading.Thread(target=_copied, args=(process, client), daemon=True)
                    back.start()
                    _copied(client, process)
                    back.join()
                    return


def _copied(source: socket.socket, to: socket.socket) -> None:
    """All that comes from one, to the other; then both are told that no more comes."""
    with contextlib.suppress(OSError):
        while said := source.recv(_AT_ONCE):
            to.sendall(said)
    for each in (source, to):
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
