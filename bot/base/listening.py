"""Web applications on addresses of this machine, in the process and loop of the bot, until told to stop.

Each of them, whoever it is for, is protected here from who opens connections and says nothing, half of what they want,
or does not take the answer: `Limits`.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

_GRACE_SECONDS = 5
_WAITING_AT_MOST = 128
"""Connections the system keeps until they are taken."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one may keep an address waiting, and how many connections it holds.

    `head_seconds`: until a request has said what it wants, from the connection or the last answer on. `body_seconds`:
    until all of it is there, from its head on. `taking_seconds`: without any of the answer being taken. `connections`
    in all, and `of_one_peer` but for the reverse proxy, behind which everybody is. One too many takes the place of the
    one that has waited longest for its own request; where all are being answered it is hung up on.
    """

    head_seconds: float = 10.0
    body_seconds: float = 20.0
    taking_seconds: float = 60.0
    connections: int = 200
    of_one_peer: int = 50


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return socket.create_server((host, port), family=found[0][0], backlog=_WAITING_AT_MOST)


@contextlib.asynccontextmanager
async def listening(
    listener: socket.socket, application: Any, *, proxy: str | None = None, limits: Limits | None = None
) -> AsyncIterator[None]:
    """Serve an ASGI application there meanwhile; at the end, what is being answered gets five seconds.

    `proxy`: the address, or the network, whose word on who asks is believed.
    """
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # else whoever sends no HTTP writes a line of the log
    config = uvicorn.Config(
        application,
        http=_guarded(_Crowd(limits or Limits(), proxy)),
        ws="none",
        log_config=None,
        access_log=False,  # addresses of requests hold one-time links
        server_header=False,
        lifespan="off",
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy,
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


class _Crowd:
    """Those of one address, by peer: who waits for the rest of its request may have to make room."""

    def __init__(self, limits: Limits, proxy: str | None) -> None:
        self.limits = limits
        self._proxy = None if proxy is None else ipaddress.ip_network(proxy)
        self._of: dict[str, dict[_Guarded, None]] = {}
        self._count = 0
        self._waiting: dict[_Guarded, None] = {}
        """The one that has waited longest is the first."""

    def add(self, made: _Guarded) -> bool:
        """Take one more in; False where there is no room for it."""
        of_peer = self._of.setdefault(made.peer, {})
        is_one = not self._is_proxy(made.peer)
        if is_one and len(of_peer) >= self.limits.of_one_peer:
            self._make_room(each for each in self._waiting if each.peer == made.peer)
        if self._count >= self.limits.connections:
            self._make_room(self._waiting)
        of_peer[made] = None
        self._count += 1
        crowded = is_one and len(of_peer) > self.limits.of_one_peer
        return not crowded and self._count <= self.limits.connections

    def _is_proxy(self, peer: str) -> bool:
        """Whether everybody is behind this peer."""
        with contextlib.suppress(ValueError):  # no address: a socket of this machine
            return self._proxy is not None and ipaddress.ip_address(peer) in self._proxy
        return False

    def gone(self, lost: _Guarded) -> None:
        of_peer = self._of.get(lost.peer, {})
        if lost in of_peer:
            del of_peer[lost]
            self._count -= 1
        if not of_peer:
            self._of.pop(lost.peer, None)
        self.answered(lost)

    def waits(self, one: _Guarded) -> None:
        """It is for its peer to go on."""
        self._waiting.setdefault(one)

    def answered(self, one: _Guarded) -> None:
        """It is for us to go on."""
        self._waiting.pop(one, None)

    def _make_room(self, among: Any) -> None:
        longest = next(iter(among), None)
        if longest is not None:
            longest.hang_up()
            self.gone(longest)


class _Guarded(H11Protocol):
    """The protocol of a connection, with an end to its patience, which uvicorn has without one."""

    crowd: _Crowd
    peer = ""
    _deadline: asyncio.TimerHandle | None = None
    _waits_for = ""
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        name = transport.get_extra_info("peername")
        self.peer = str(name[0]) if name else ""
        if self.crowd.add(self):
            self._look()
        else:
            self.hang_up()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait("", 0)
        self._look()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled = self.loop.call_later(self.crowd.limits.taking_seconds, self.hang_up)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._taken()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._wait("", 0)
        self._taken()
        self.crowd.gone(self)

    def hang_up(self) -> None:
        """Close it at once, without a word."""
        self.transport.abort()

    def _look(self) -> None:
        """Find out whose turn it is. A deadline is not put off by a letter more of what is waited for."""
        limits = self.crowd.limits
        if self.cycle is None or self.cycle.response_complete:
            self._wait("head", limits.head_seconds)
        elif self.cycle.more_body:
            self._wait("body", limits.body_seconds)
        else:
            self._wait("", 0)

    def _wait(self, what: str, seconds: float) -> None:
        if what == self._waits_for:
            return
        self._waits_for = what
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        if what:
            self._deadline = self.loop.call_later(seconds, self._had_its_time)
            self.crowd.waits(self)
        else:
            self.crowd.answered(self)

    def _had_its_time(self) -> None:
        if self._waits_for == "head" and self.transport.get_write_buffer_size():  # slow to take the answer before
            self._deadline = self.loop.call_later(self.crowd.limits.taking_seconds, self.hang_up)
        else:
            self.hang_up()

    def _taken(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None


def _guarded(crowd: _Crowd) -> type[H11Protocol]:
    return type("Guarded", (_Guarded,), {"crowd": crowd})
