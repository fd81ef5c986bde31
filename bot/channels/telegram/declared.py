"""Telegram as the table of channels lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.base.settings import Settings, Telegram
from bot.channels.declared import Declared, Tried
from handlers.dialogue.texts import OneOf

if TYPE_CHECKING:
    from bot.app import App
    from bot.desk.channel import ServedChannel


def _open(app: App) -> ServedChannel:
    from bot.channels.telegram.opening import opened  # its library takes a while to load

    return opened(app)


async def _tries(settings: Settings) -> Tried:
    from bot.channels.telegram.opening import tried

    return await tried(settings)


ONLINE = OneOf("online.{}", ("reachable", "wrong_token", "wrong_proxy", "timed_out", "no_connection", "refused"))
TELEGRAM = Declared("telegram", Telegram, _open, _tries, ONLINE)
