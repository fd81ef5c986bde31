"""Serves the staff pages beside the bot, in the same process and loop, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator

import uvicorn

from bot.app import App
from bot.base.clock import Clock
from bot.desk.sign_in import address
from bot.web.application import application

log = logging.getLogger(__name__)
_GRACE_SECONDS = 5


class _Server(uvicorn.Server):
    """A server that leaves the signals to the process it runs in."""

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()


@contextlib.asynccontextmanager
async def serving(app: App, clock: Clock) -> AsyncIterator[bool]:
    """Serve the pages meanwhile; yields whether they are. Port 0 serves none; a port that is taken is one log line."""
    web = app.settings.web
    listener = _listener(web.host, web.port) if web.port else None
    if listener is None:
        yield False
        return
    config = uvicorn.Config(
        application(app, clock),
        log_config=None,
        access_log=False,  # addresses of requests hold one-time links
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve([listener]))
    log.info("the staff pages are served on %s", address(web))
    try:
        yield True
    finally:
        server.should_exit = True
        await running


def _listener(host: str, port: int) -> socket.socket | None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return socket.create_server((host, port), family=found[0][0], backlog=128)
    except OSError as error:
        log.error("no staff pages: %s, port %d can't be used: %s", host, port, error.strerror)
        return None
