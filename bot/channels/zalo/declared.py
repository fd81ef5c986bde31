"""Zalo as the table of channels lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.base.settings import Settings
from bot.channels.declared import Declared, Tried
from bot.channels.zalo.settings import Zalo
from handlers.dialogue.texts import OneOf

if TYPE_CHECKING:
    from bot.app import App
    from bot.desk.channel import ServedChannel


def _open(app: App) -> ServedChannel:
    from bot.channels.zalo.opening import opened

    return opened(app)


async def _tries(settings: Settings) -> Tried:
    from bot.channels.zalo.opening import tried

    return await tried(settings)


ONLINE = OneOf("online.zalo_{}", ("reachable", "refused", "no_connection"))
ZALO = Declared("zalo", Zalo, _open, _tries, ONLINE)
