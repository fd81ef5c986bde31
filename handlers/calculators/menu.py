"""«/tinh»: everything that can be calculated, one button each, in the order of the table of forms."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.dialogue.context import Exchange, in_rows
from handlers.dialogue.turn import Button, Text, Turn

PRESS = "calc"
ALL = "all"


def choose(exchange: Exchange, forms: Iterable[str]) -> Turn:
    """The forms that have a label («calculators.<form>»), as buttons that open them."""
    named = [form for form in forms if f"calculators.{form}" in exchange.texts]
    buttons = [exchange.button(f"calculators.{form}", "open", form) for form in named]
    return Turn((Text(exchange.say("calculators.choose"), in_rows(buttons)),), exchange.memory.state)


def button(exchange: Exchange) -> Button:
    """«Các phép tính khác»."""
    return exchange.button("calculators.others", PRESS, ALL)
