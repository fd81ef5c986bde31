"""Watches over a running app: its state is told on an address of its own, every minute it is compared, errors count."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Collection, Iterator

from bot.app import App
from bot.base import logs
from bot.base.clock import Clock
from bot.base.listening import bound, listening
from bot.base.meters import CountingHandler, Meters
from bot.base.tasks import beside
from bot.storage.database import StorageDown
from bot.storage.replica import Replica
from bot.watch.alarms import Alarms
from bot.watch.application import application
from bot.watch.daily import Daily
from bot.watch.summary import Summary

log = logging.getLogger(__name__)

_EVERY_SECONDS = 60


@contextlib.asynccontextmanager
async def watching(app: App, clock: Clock, channels: Collection[str]) -> AsyncIterator[None]:
    """Watch meanwhile over an app that serves these channels."""
    with _counted(app.meters):
        async with (
            beside(_every_minute(app.replica, Alarms(app, clock), Daily(app), Summary(app))),
            _told(app, clock, channels),
        ):
            yield


@contextlib.contextmanager
def _counted(meters: Meters) -> Iterator[None]:
    handler = CountingHandler(meters)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


@contextlib.asynccontextmanager
async def _told(app: App, clock: Clock, channels: Collection[str]) -> AsyncIterator[None]:
    """Port 0 tells nothing; a port that is taken is one line of the log, and the bot goes on."""
    watch = app.settings.watch
    if watch.port == 0:
        yield
        return
    try:
        listener = bound(watch.host, watch.port)
    except OSError as error:
        log.error("nothing is told of the state: %s, port %d can't be used: %s", watch.host, watch.port, error.strerror)
        yield
        return
    async with listening(listener, application(app, clock, channels)):
        log.info("the state is told on %s, port %d: /metrics /healthz /readyz", watch.host, watch.port)
        yield


async def _every_minute(replica: Replica, alarms: Alarms, daily: Daily, summary: Summary) -> None:
    while True:
        try:
            if replica.leads:
                health = await alarms.look()
                await daily.look(health)
                await summary.look(health.at)
        except StorageDown:  # which the database has told; nobody can be told on the way of every reply
            pass
        except Exception as error:
            log.error("looking whether all is well failed: %s", logs.told(error))
        await asyncio.sleep(_EVERY_SECONDS)
