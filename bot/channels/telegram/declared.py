"""Telegram as the table of channels lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.base.settings import Telegram
from bot.channels.declared import Declared

if TYPE_CHECKING:
    from bot.app import App
    from bot.desk.channel import ServedChannel


def _open(app: App) -> ServedChannel:
    from bot.channels.telegram.opening import opened  # its library takes a while to load

    return opened(app)


TELEGRAM = Declared("telegram", Telegram, _open)
