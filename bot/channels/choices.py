"""What a channel without buttons makes of them: lines to pick, but for those that steer a form, which are typed."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.dialogue.filling import BACK, CANCEL
from handlers.dialogue.turn import Button, Text


def steers(button: Button) -> bool:
    """Whether it is «Quay lại» or «Thôi», typed in words, so that a number is never «stop»."""
    return button.data.rsplit("|", 1)[-1] in (BACK, CANCEL)


def to_pick(text: Text) -> Iterator[Button]:
    """The buttons that are picked, in order."""
    return (button for row in text.buttons for button in row if not steers(button))


def to_type(text: Text) -> Iterator[Button]:
    """The buttons that steer, in order."""
    return (button for row in text.buttons for button in row if steers(button))
