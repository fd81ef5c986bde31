"""The words staff read about questions and what became of them: `texts.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.content import read_file
from bot.base.settings import CannotGoOn


class Refused(CannotGoOn):
    """A decision that can't be carried out. `why` names the text, `figures` are what it tells."""

    def __init__(self, why: str, **figures: object) -> None:
        super().__init__(say(f"refused_{why}", **figures))
        self.why = why
        self.figures = figures


def say(name: str, **figures: object) -> str:
    """A sentence for staff with its figures filled in."""
    return read_words()[name].format(**figures).rstrip("\n")


def read_words() -> Mapping[str, str]:
    """Every text by name."""
    words = read_file("bot.curating", "texts.yaml")
    assert isinstance(words, Mapping)
    return words
