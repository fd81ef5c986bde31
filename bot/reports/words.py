"""The words of the reports: read once, filled with figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.base.content import read_file


@cache
def read_words() -> Mapping[str, str]:
    """The words of the reports by name."""
    words = read_file("bot.reports", "texts.yaml")
    assert isinstance(words, Mapping)
    return words


def say(name: str, /, **figures: object) -> str:
    """One of the texts, filled in; KeyError when the name or a figure is missing."""
    return read_words()[name].format(**figures)
