"""`bhxh run`: the app served on its channels until told to stop; now and then it is tidied, what is due is done."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import logging
import shutil
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from importlib.metadata import version
from typing import Any, TypeVar

from bot.app import App, open_app
from bot.base import folder_lock, log_lines, logs
from bot.base.clock import now_in_vietnam
from bot.base.obstacle import Obstacle
from bot.base.retry import again
from bot.base.settings import CannotGoOn, Settings, made_folder
from bot.base.tasks import Stopped, beside, stop_signals, until_stopped
from bot.channels.catalogue import CHANNELS
from bot.channels.declared import Declared, chosen_of
from bot.desk import jobs, reminding
from bot.desk.announcing import AnnouncementLane
from bot.desk.channel import ServedChannel
from bot.desk.sign_in import address
from bot.storage import wordings
from bot.storage.database import Damaged, Database, StorageDown
from bot.storage.replica import Way
from bot.watch.watching import watching
from bot.web.server import serving

log = logging.getLogger(__name__)

T = TypeVar("T")

_EVERY_SECONDS = 600
_GROUPING_SECONDS = 60
_PAGES_SECONDS = 5
_FULL_BYTES = 100_000
_OBJECTS_BETWEEN_COLLECTIONS = 5_000


async def serve(settings: Settings, channels: Sequence[Declared] = CHANNELS) -> None:
    """Open the app and serve the channels that are set; returns after a graceful stop.

    Raises BrokenSettings where none is set, and what ends the last of them.
    """
    log_lines.begin(settings.log)
    chosen = chosen_of(channels, settings)
    with stop_signals() as stop, contextlib.ExitStack() as held:
        try:
            alone = any(settings.of(each.section).alone for each in chosen)
            app = await until_stopped(_opened(settings, held, "alone" if alone else "among"), stop)
        except Stopped:
            return
        _collect_little()
        try:
            async with (
                beside(_now_and_then(app)),
                beside(app.freshener.run()),
                beside(_group_questions(app)),
                beside(_send_for_the_pages(app)),
                beside(AnnouncementLane(app.desk, app.delivery, app.meters, app.settings.office.name).run()),
                serving(app, now_in_vietnam),
                watching(app, now_in_vietnam, [each.name for each in chosen]),
            ):
                log.info("%s", await _served(app, [each.name for each in chosen]))
                work = run_all([each.open(app) for each in chosen], stop)
                await _unless_ended(work, _damaged(app.database), app.replica.run(app.delivery.take_over))
        finally:
            await app.close()


async def _opened(settings: Settings, held: contextlib.ExitStack, way: Way) -> App:
    """The app, for this process as long as `held` is open; waits for a disk that can't be written to now.

    A database in the folder is this process's alone; one that several may share is so in the way it is served.
    """
    obstacle = Obstacle(log, "the start waits", "the start goes on")
    folder = made_folder(settings)

    async def wait(error: BaseException, seconds: float) -> None:
        is_full = shutil.disk_usage(folder).free < _FULL_BYTES
        where = "database.url" if settings.database.url else folder
        obstacle.met(f"{where}: {error}{' (its disk is full)' if is_full else ''}")

    async def hold() -> None:
        if not settings.database.url:
            held.enter_context(folder_lock.held(folder))

    async def open_whole() -> App:
        app = await open_app(settings, alone=True)
        try:
            await app.database.check_whole()
            await app.replica.join(way)
        except BaseException:
            await app.close()
            raise
        return app

    await again(partial(_unless_full, hold), StorageDown, meanwhile=wait)
    app = await again(partial(_unless_full, open_whole), StorageDown, never=Damaged, meanwhile=wait)
    obstacle.passed()
    return app


async def _unless_full(work: Callable[[], Awaitable[T]]) -> T:
    """The result of `work`; a disk that is full or can't be written to is StorageDown, like a database on it."""
    try:
        return await work()
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO):
            raise
        raise StorageDown(str(error.strerror)) from error


async def _served(app: App, channels: Sequence[str]) -> str:
    """What a healthy start says, in one line."""
    web, answers, size = app.settings.web, len(list(app.resources.library)), 0
    with contextlib.suppress(StorageDown):  # a server that goes just now is waited for like later
        size = await app.database.size()
    return (
        f"version {version('bhxh-tu-nguyen')} serves {', '.join(channels)}: {answers} answers, "
        f"database {app.database.place} ({size / 1_000_000:.1f} MB, whole), "
        f"staff pages {'nowhere' if not web.port else 'apart' if web.apart else f'on {address(web)}'}"
    )


def _collect_little() -> None:
    """Leave out what was read at start, which stays, and look through the rest often: the pauses are short then."""
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


async def run_all(served: Sequence[ServedChannel], stop: asyncio.Event) -> None:
    """Run channels side by side until told to stop.

    One that ends with an error is told in the log and by /readyz, and the others go on; where it is the last, its error
    is raised. What the database can't keep ends all.
    """
    failed: list[Exception] = []

    async def serve_one(channel: ServedChannel) -> None:
        try:
            await channel.run(stop)
        except StorageDown:
            raise
        except Exception as error:
            failed.append(error)
            if len(failed) == len(served):
                raise
            why = error if isinstance(error, CannotGoOn) else logs.told(error)
            log.error("%s is not served any more, the other channels are: %s", channel.name, why)

    try:
        async with asyncio.TaskGroup() as group:
            for channel in served:
                group.create_task(serve_one(channel))
    except ExceptionGroup as ended:
        raise ended.exceptions[0] from None


async def _unless_ended(work: Coroutine[Any, Any, None], *ends: Coroutine[Any, Any, None]) -> None:
    """Do the work; what one of `ends` raises breaks it off: nothing more may be confirmed."""
    working, *watched = (asyncio.create_task(each) for each in (work, *ends))
    try:
        await asyncio.wait((working, *watched), return_when=asyncio.FIRST_COMPLETED)
        for each in watched:
            if each.done():
                await each
        await working
    finally:
        for each in (working, *watched):
            each.cancel()
        await asyncio.gather(working, *watched, return_exceptions=True)


async def _damaged(database: Database) -> None:
    raise await database.damage()


async def _group_questions(app: App) -> None:
    """Put what was not answered into groups beside, so that nobody waits for it who looks at them."""
    while True:
        try:
            if app.replica.leads:
                await wordings.catch_up(app.database)
        except StorageDown:  # which the database has told
            pass
        except Exception as error:
            log.error("questions could not be put into groups, which is tried again: %s", logs.told(error))
        await asyncio.sleep(_GROUPING_SECONDS)


async def _send_for_the_pages(app: App) -> None:
    """Send what a process of the pages alone left to be sent; where several serve, they look for it anyway."""
    while app.settings.web.apart and not app.database.shared:
        await asyncio.sleep(_PAGES_SECONDS)
        with contextlib.suppress(StorageDown):  # which the database has told
            await app.delivery.look()


async def _now_and_then(app: App) -> None:
    looked_through = now_in_vietnam().date()  # at start
    while True:
        try:
            today = now_in_vietnam().date()
            if today != looked_through:
                await app.database.check_whole()
                looked_through = today
            if app.replica.leads:
                await app.desk.tidy()
                with_staff = app.settings.staff.group is not None
                await jobs.run_due(app.desk, app.database, now_in_vietnam(), with_staff)
                await reminding.remind(app.desk, app.database, now_in_vietnam())
            app.delivery.resume()
        except StorageDown:  # which the database has told; what is due waits
            pass
        except Exception as error:
            log.error("tidying, or what is due, failed and is tried again: %s", logs.told(error))
        await asyncio.sleep(_EVERY_SECONDS)
