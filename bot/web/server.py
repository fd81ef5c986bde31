"""Serves the staff pages until told to stop: beside the bot in its process and loop, or in a process of their own."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator

from bot.app import App
from bot.base.clock import Clock
from bot.base.listening import bound, listening
from bot.desk.sign_in import address
from bot.web.application import application

log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def serving(app: App, clock: Clock, *, alone: bool = False) -> AsyncIterator[bool]:
    """Serve the pages meanwhile; yields whether they are. Port 0 serves none; a port that is taken is one log line.

    `alone`: this process serves nothing else; where the settings have them `apart`, no other one serves them.
    """
    web = app.settings.web
    if web.port == 0 or (web.apart and not alone):
        yield False
        return
    try:
        listener = bound(web.host, web.port)
    except OSError as error:
        log.error("no staff pages: %s, port %d can't be used: %s", web.host, web.port, error.strerror)
        yield False
        return
    async with listening(listener, application(app, clock), proxy=str(web.proxy)):
        log.info("the staff pages are served on %s", address(web))
        yield True
