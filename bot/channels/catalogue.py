"""The table of channels: what is in it has its section of the settings, and is served where that is filled in."""

from __future__ import annotations

from pathlib import Path

from bot.base import config
from bot.base.settings import Settings
from bot.channels.declared import Declared
from bot.channels.telegram.declared import TELEGRAM
from bot.channels.web.declared import WEB
from bot.channels.zalo.declared import ZALO

CHANNELS = (TELEGRAM, WEB, ZALO)


def read_settings(file: Path | None, channels: tuple[Declared, ...] = CHANNELS) -> Settings:
    """The settings with a section for each channel; raises BrokenSettings."""
    return config.read_settings(file, Settings.with_sections({each.name: each.section for each in channels}))
