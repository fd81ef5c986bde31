"""The words of the reports: read once, filled with figures."""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from typing import Any

from bot.base.content import read_file
from vietnamese import wording


@cache
def read_words() -> Mapping[str, str]:
    """The words of the reports by name."""
    words = read_file("bot.reports", "texts.yaml")
    assert isinstance(words, Mapping)
    return words


CHANNEL = "channel_"
"""Before the name of a channel: the text with its name as people know it."""


def channels() -> tuple[str, ...]:
    """The channels that have a name, but the one that stands for none."""
    named = (each.removeprefix(CHANNEL) for each in read_words() if each.startswith(CHANNEL))
    return tuple(each for each in named if each != "unknown")


def channel_name(channel: str | None) -> str:
    """A channel as people know it; of a new one nobody has named yet its own name."""
    return read_words().get(f"{CHANNEL}{channel}", channel) if channel else say(f"{CHANNEL}unknown")


class _Texts(string.Formatter):
    """«{rated:number}» in a text is a count, told with dots; a year or a week is none."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        return wording.number(value) if format_spec == "number" else super().format_field(value, format_spec)


_TEXTS = _Texts()


def say(name: str, /, **figures: object) -> str:
    """One of the texts, filled in; KeyError when the name or a figure is missing."""
    return _TEXTS.vformat(read_words()[name], (), figures)
