"""`bhxh run`: the app served on its channels until told to stop; now and then it is tidied, what is due is done."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Sequence

from bot.app import App, open_app
from bot.base import log_lines, logs
from bot.base.clock import now_in_vietnam
from bot.base.settings import Settings
from bot.base.tasks import beside, stop_signals
from bot.channels.catalogue import CHANNELS
from bot.channels.declared import Declared, chosen_of
from bot.desk import jobs
from bot.desk.channel import ServedChannel
from bot.storage.database import StorageDown
from bot.watch.watching import watching
from bot.web.server import serving

log = logging.getLogger(__name__)

_EVERY_SECONDS = 600
_OBJECTS_BETWEEN_COLLECTIONS = 5_000


async def serve(settings: Settings, channels: Sequence[Declared] = CHANNELS) -> None:
    """Open the app and serve the channels that are set; returns after a graceful stop.

    Raises BrokenSettings where none is set, and what ends a channel.
    """
    log_lines.begin(settings.log)
    chosen = chosen_of(channels, settings)
    app = await open_app(settings)
    _collect_little()
    try:
        async with (
            beside(_now_and_then(app)),
            beside(app.freshener.run()),
            serving(app, now_in_vietnam),
            watching(app, now_in_vietnam, [each.name for each in chosen]),
        ):
            with stop_signals() as stop:
                await run_all([each.open(app) for each in chosen], stop)
    finally:
        await app.close()


def _collect_little() -> None:
    """Leave out what was read at start, which stays, and look through the rest often: the pauses are short then."""
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


async def run_all(served: Sequence[ServedChannel], stop: asyncio.Event) -> None:
    """Run channels side by side until told to stop; what ends one of them ends all, and is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            for channel in served:
                group.create_task(channel.run(stop))
    except ExceptionGroup as ended:
        raise ended.exceptions[0] from None


async def _now_and_then(app: App) -> None:
    while True:
        try:
            await app.desk.tidy()
            with_staff = app.settings.staff.group is not None
            await jobs.run_due(app.desk, app.database, now_in_vietnam(), with_staff)
            app.delivery.resume()
        except StorageDown as error:
            log.warning("tidying, and what is due, waits: %s", error)
        except Exception as error:
            log.error("tidying, or what is due, failed and is tried again: %s", logs.told(error))
        await asyncio.sleep(_EVERY_SECONDS)
