"""What a channel says of itself, so that it is served by standing in the table (`bot/channels/catalogue.py`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.base.settings import BrokenSettings, ChannelSection, Settings, expected, variable
from handlers.dialogue.texts import OneOf

if TYPE_CHECKING:  # every command reads the table; only what serves loads the rest
    from bot.app import App
    from bot.desk.channel import ServedChannel


@dataclass(frozen=True, slots=True)
class Tried:
    """Whether what a channel rests on answers; why, one of the texts it is `told` by, and the figures of that."""

    reachable: bool
    why: str
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Declared:
    """A channel: its name, which is that of its section in the settings, the section, and how it is opened.

    `tries` asks once whether what it rests on answers, which is `told` by one of these texts; None where there is
    nothing to ask.
    """

    name: str
    section: type[ChannelSection]
    open: Callable[[App], ServedChannel]
    tries: Callable[[Settings], Awaitable[Tried]] | None = None
    told: OneOf[str] | None = None


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
