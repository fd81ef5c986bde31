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


class _Texts(string.Formatter):
    """«{rated:number}» in a text is a count, told with dots; a year or a week is none."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        return wording.number(value) if format_spec == "number" else super().format_field(value, format_spec)


_TEXTS = _Texts()


def say(name: str, /, **figures: object) -> str:
    """One of the texts, filled in; KeyError when the name or a figure is missing."""
    return _TEXTS.vformat(read_words()[name], (), figures)
