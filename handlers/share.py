"""«/chiase»: the assistant's link as a QR code, to show to a neighbour."""

from __future__ import annotations

from handlers.dialogue.context import Context
from handlers.dialogue.turn import Picture, Text, Turn


def share(context: Context) -> Turn:
    """The link and its QR code; where the bot's public name is not set, how to find it."""
    link = context.resources.manner.link
    if link is None:
        return Turn((Text(context.say("share.no_link")),), context.memory.state)
    caption = context.say("share.caption", link=link)
    return Turn((Picture("qr", {"link": link}, caption),), context.memory.state)
