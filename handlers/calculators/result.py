"""What the forms have under their results: the other calculations."""

from __future__ import annotations

from handlers.dialogue.context import Context
from handlers.dialogue.turn import Button

OTHERS = "calc"
_ALL = "all"


def other_calculations(context: Context) -> Button:
    """«Các phép tính khác»."""
    return context.button("calculators.others", OTHERS, _ALL)
