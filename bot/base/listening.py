"""Web applications on addresses of this machine, in the process and loop of the bot, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

_GRACE_SECONDS = 5
_HEAD_SECONDS = 10.0
"""How long a request may take to say what it wants; a connection that says nothing is closed then."""


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return socket.create_server((host, port), family=found[0][0], backlog=128)


@contextlib.asynccontextmanager
async def listening(
    listener: socket.socket,
    application: Any,
    *,
    proxy: str | None = None,
    connections: int | None = None,
    head_seconds: float = _HEAD_SECONDS,
) -> AsyncIterator[None]:
    """Serve an ASGI application there meanwhile; at the end, what is being answered gets five seconds.

    `proxy`: the one address whose word on who asks is believed. `connections`: how many there may be, 503 for more.
    """
    config = uvicorn.Config(
        application,
        http=_patient_for(head_seconds),
        ws="none",
        log_config=None,
        access_log=False,  # addresses of requests hold one-time links
        server_header=False,
        lifespan="off",
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy,
        limit_concurrency=connections,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve([listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await running


class _Server(uvicorn.Server):
    """A server that leaves the signals to the process it runs in."""

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()


def _patient_for(seconds: float) -> type[H11Protocol]:
    """The protocol, with an end to its patience for the head of a request, which uvicorn waits for without one."""

    class Patient(H11Protocol):
        _deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait_for_a_head()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._wait_for_a_head()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._wait_for_a_head()

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            self._no_longer()

        def _wait_for_a_head(self) -> None:
            answering = self.cycle is not None and not self.cycle.response_complete
            if answering or self.transport.is_closing():
                self._no_longer()
            elif self._deadline is None:
                self._deadline = self.loop.call_later(seconds, self.transport.abort)

        def _no_longer(self) -> None:
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None

    return Patient
