"""Zalo as the settings have it: how it is reached, where it sends to, and the channel of a running app."""

from __future__ import annotations

from bot.app import App
from bot.base import logs
from bot.base.clock import now_in_vietnam
from bot.base.settings import Settings
from bot.channels.declared import Tried
from bot.channels.webhook import WebhookPlace
from bot.channels.zalo.api import ZaloConnection, check_online
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.settings import Zalo
from bot.charts import pictures
from bot.desk.plain_chats import PlainChats


def connection(settings: Settings) -> ZaloConnection:
    """How the settings reach Zalo."""
    zalo = settings.of(Zalo)
    return ZaloConnection(zalo.token.get_secret_value(), zalo.base_url)


def place(settings: Settings) -> WebhookPlace | None:
    """Where Zalo sends to; None for polling. Raises BrokenSettings."""
    zalo = settings.of(Zalo)
    zalo.check()
    if zalo.mode == "polling" or zalo.webhook_url is None:
        return None
    token = zalo.webhook_token.get_secret_value()
    logs.guard(token)
    return WebhookPlace(zalo.webhook_url, zalo.webhook_host, zalo.webhook_port, token)


async def tried(settings: Settings) -> Tried:
    """Whether Zalo answers now, and where it sends to."""
    answered = await check_online(connection(settings))
    return Tried(answered.reachable, answered.why, {"name": answered.name, "webhook": answered.webhook})


def opened(app: App) -> ZaloChannel:
    """The Zalo channel of a running app; raises BrokenSettings."""
    return ZaloChannel(
        connection(app.settings),
        PlainChats(app.desk),
        app.delivery,
        clock=now_in_vietnam,
        pictures=pictures.make,
        texts=app.resources.texts,
        place=place(app.settings),
        meters=app.meters,
    )
