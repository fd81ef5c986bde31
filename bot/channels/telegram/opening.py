"""Telegram as the settings have it: how it is reached, who sees which commands, and the channel of a running app."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.app import App
from bot.base import logs
from bot.base.clock import now_in_vietnam
from bot.base.settings import Settings
from bot.channels.declared import Tried
from bot.channels.telegram.announcing import Commands
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import TelegramConnection, check_online
from bot.channels.telegram.webhook import Webhook, webhook
from bot.channels.webhook import WebhookPlace
from bot.charts import pictures
from handlers.dialogue.texts import Texts
from handlers.handover import staff_commands as staff
from handlers.router import DESCRIPTIONS


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


def connection(settings: Settings, among: Callable[[], int] = lambda: 1) -> TelegramConnection:
    """How the settings reach Telegram, `among` so many processes."""
    telegram = settings.telegram
    return TelegramConnection(
        telegram.token.get_secret_value(),
        telegram.base_url,
        telegram.base_file_url,
        telegram.proxy,
        messages_a_second=telegram.messages_a_second,
        among=among,
    )


def intake(app: App) -> partial[Webhook] | None:
    """How the settings have updates come in; None for long polling. Raises BrokenSettings."""
    telegram = app.settings.telegram
    telegram.check()
    if telegram.mode == "polling" or telegram.webhook_url is None:
        return None
    token = telegram.webhook_token.get_secret_value()
    logs.guard(token)
    return webhook(WebhookPlace(telegram.webhook_url, telegram.webhook_host, telegram.webhook_port, token), app.meters)


async def tried(settings: Settings) -> Tried:
    """Whether Telegram answers now."""
    answered = await check_online(connection(settings))
    return Tried(answered.reachable, answered.why, {"username": answered.username})


def opened(app: App) -> TelegramChannel:
    """The Telegram channel of a running app; raises BrokenSettings."""
    texts = app.resources.texts
    return TelegramChannel(
        connection(app.settings, lambda: app.replica.count),
        app.desk,
        app.delivery,
        clock=now_in_vietnam,
        pictures=pictures.make,
        commands=Commands(commands(texts), staff_commands(texts), staff_chats(app.settings)),
        apology=texts.say("welcome.broken"),
        intake=intake(app),
        meters=app.meters,
    )
