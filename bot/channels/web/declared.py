"""The chat page as the table of channels lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.base.settings import Web
from bot.channels.declared import Declared

if TYPE_CHECKING:
    from bot.app import App
    from bot.desk.channel import ServedChannel


def _open(app: App) -> ServedChannel:
    from bot.channels.web.opening import opened  # its libraries take a while to load

    return opened(app)


WEB = Declared("web", Web, _open)
