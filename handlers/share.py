"""«/chiase»: the assistant's link as a QR code, to show to a neighbour."""

from __future__ import annotations

from handlers.dialogue.context import Exchange
from handlers.dialogue.turn import Picture, Text, Turn


def share(exchange: Exchange) -> Turn:
    """The link and its QR code; where the bot's public name is not set, how to find it."""
    link = exchange.resources.manner.link
    if link is None:
        return Turn((Text(exchange.say("share.no_link")),), exchange.memory.state)
    caption = exchange.say("share.caption", link=link)
    return Turn((Picture("qr", {"link": link}, caption),), exchange.memory.state)
