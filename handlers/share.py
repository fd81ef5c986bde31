"""«/chiase»: the assistant's link as a QR code, to show to a neighbour."""

from __future__ import annotations

from handlers.dialogue import passing_on
from handlers.dialogue.context import Context
from handlers.dialogue.records import Shared
from handlers.dialogue.turn import Picture, Text, Turn


def share(context: Context) -> Turn:
    """The link and its QR code, and how to take it back; where the bot's public name is not set, how to find it."""
    link = passing_on.link(context)
    if not link:
        return Turn((Text(context.say("share.no_link")),), context.memory.state)
    picture = Picture("qr", {"link": link}, context.say("share.caption", link=link))
    if not context.memory.share_code:
        return Turn((picture,), context.memory.state)
    buttons = ((passing_on.take_back(context),),)
    coded = Text(context.say("passing_on.coded"), buttons, pass_on=passing_on.to_hand_on(context))
    return Turn((picture, coded), context.memory.state, (Shared("link"),))
