"""«/tinh»: everything that can be calculated, one button each, in the order of the table of forms."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.dialogue.context import Context, in_rows
from handlers.dialogue.turn import Button, Text, Turn

PRESS = "calc"
ALL = "all"


def choose(context: Context, forms: Iterable[str]) -> Turn:
    """The forms that have a label («calculators.<form>»), as buttons that open them."""
    named = [form for form in forms if f"calculators.{form}" in context.texts]
    buttons = [context.button(f"calculators.{form}", "open", form) for form in named]
    return Turn((Text(context.say("calculators.choose"), in_rows(buttons)),), context.memory.state)


def button(context: Context) -> Button:
    """«Các phép tính khác»."""
    return context.button("calculators.others", PRESS, ALL)
