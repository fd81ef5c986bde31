"""`bhxh run`: the app served on its channels until told to stop; now and then it is tidied, what is due is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from bot.app import App, open_app
from bot.base import logs
from bot.base.clock import now_in_vietnam
from bot.base.settings import Settings
from bot.base.tasks import beside, stop_signals
from bot.channels.telegram.connection import TelegramConnection, WrongToken
from bot.channels.telegram.polling import TelegramChannel
from bot.charts import pictures
from bot.desk import jobs
from bot.desk.channel import ServedChannel
from bot.storage.database import StorageDown
from bot.web.server import serving
from handlers.dialogue.texts import Texts
from handlers.handover import staff_commands as staff
from handlers.router import DESCRIPTIONS

log = logging.getLogger(__name__)

__all__ = ["WrongToken", "commands", "connection", "serve", "telegram_channel"]
_EVERY_SECONDS = 600


def commands(texts: Texts) -> list[tuple[str, str]]:
    """The commands shown in Telegram's menu, with their descriptions."""
    return [(name, texts.label(text)) for name, text in DESCRIPTIONS.items()]


def staff_commands(texts: Texts) -> list[tuple[str, str]]:
    """The commands shown in the chats of the staff, with their descriptions."""
    return [(name, texts.label(text)) for name, text in staff.DESCRIPTIONS.items()]


def staff_chats(settings: Settings) -> list[int]:
    """The private chats and the group in which the commands of the staff are shown."""
    named = settings.staff
    group = () if named.group is None else (named.group,)
    return [*dict.fromkeys((*named.viewers, *named.editors, *named.admins, *group))]


def connection(settings: Settings) -> TelegramConnection:
    """How the settings reach Telegram."""
    telegram = settings.telegram
    return TelegramConnection(
        telegram.token.get_secret_value(), telegram.base_url, telegram.base_file_url, telegram.proxy
    )


def telegram_channel(app: App, settings: Settings) -> TelegramChannel:
    """The Telegram channel of a running app."""
    texts = app.resources.texts
    return TelegramChannel(
        connection(settings),
        app.desk,
        app.delivery,
        clock=now_in_vietnam,
        pictures=pictures.make,
        commands=commands(texts),
        staff_commands=staff_commands(texts),
        staff_chats=staff_chats(settings),
        apology=texts.say("welcome.broken"),
    )


def channels(app: App, settings: Settings) -> list[ServedChannel]:
    """The channels the settings give a way to."""
    return [telegram_channel(app, settings)]


async def serve(settings: Settings) -> None:
    """Open the app and serve its channels; returns after a graceful stop. Raises WrongToken."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logs.guard(settings.telegram.token.get_secret_value())
    app = await open_app(settings)
    try:
        async with (
            beside(_now_and_then(app)),
            beside(app.freshener.run()),
            serving(app, now_in_vietnam),
        ):
            with stop_signals() as stop:
                await run_all(channels(app, settings), stop)
    finally:
        await app.close()


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
