"""What a channel says of itself, so that it is served by standing in the table (`bot/channels/catalogue.py`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.base.settings import BrokenSettings, ChannelSection, Settings, expected, variable

if TYPE_CHECKING:  # every command reads the table; only what serves loads the rest
    from bot.app import App
    from bot.desk.channel import ServedChannel


@dataclass(frozen=True, slots=True)
class Declared:
    """A channel: its name, which is that of its section in the settings, the section, and how it is opened."""

    name: str
    section: type[ChannelSection]
    open: Callable[[App], ServedChannel]


def chosen_of(channels: Sequence[Declared], settings: Settings) -> list[Declared]:
    """The channels that are set; raises BrokenSettings where none is."""
    chosen = [each for each in channels if settings.of(each.section).is_set]
    if not chosen:
        raise BrokenSettings(f"no channel is set; expected {'; or '.join(map(_wanted, channels))}")
    return chosen


def _wanted(channel: Declared) -> str:
    key = channel.section.needs
    what, name = expected(channel.section, key), variable(channel.name, key)
    return f"{channel.name}.{key}: {what}, in config.yaml or {name}"
