"""The buttons of reminders: what each carries, and what is said where nobody can be reminded."""

from __future__ import annotations

from handlers import reading
from handlers.calculators.contribution import REMIND
from handlers.dialogue.context import Context
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Button, Text, Turn

PRESS = REMIND[0]


def is_of_reminders(message: Message) -> bool:
    """Whether a message may need what the person is reminded of; what never does needs nothing to be looked up."""
    if message.kind == "press":
        return message.text.startswith(f"{PRESS}|")
    return message.text.startswith("/") or reading.speaks_of_reminders(message.text)


def button(context: Context, label: str, *data: str, **figures: object) -> Button:
    """A button of reminders."""
    return context.button(label, PRESS, *data, **figures)


def not_here(context: Context) -> Turn:
    """Nobody can be written to first on this channel; where they can, is said."""
    said = context.say("reminder.cannot", link=context.resources.manner.link)
    return Turn((Text(said),), context.memory.state)
