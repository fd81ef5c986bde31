"""Passing on what was said: a message to be forwarded, with its source and a link whose code leads to nobody."""

from __future__ import annotations

from collections.abc import Collection

from handlers.dialogue.context import Context, press_data
from handlers.dialogue.message import Message
from handlers.dialogue.records import Shared, Unshared
from handlers.dialogue.turn import Button, Text, Turn
from vietnamese.normalize import fold

SEND = "share"
"""What the button carries before what is to be sent."""
BACK = "back"
_TYPED = ("/chiase", "chiase", "chia se", "gui cho", "ma qr")
"""How what is typed begins that may ask for the link or for something to be sent."""


def is_wanted(message: Message) -> bool:
    """Whether something is to be passed on, so that the code of the person's links is needed."""
    if message.kind == "text":
        return fold(message.text).strip().startswith(_TYPED)
    return message.kind == "press" and message.text.startswith(f"{SEND}|")


def link(context: Context) -> str:
    """The link with the code of who passes it on: to the page that offers every way, else to Telegram; '' where there
    is neither.
    """
    return _page_link(context) or _telegram_link(context)


def link_on_telegram(context: Context) -> str:
    """The same for who reads it on Telegram: the bot itself, where it has a public name."""
    return _telegram_link(context) or _page_link(context)


def _page_link(context: Context) -> str:
    page, code = context.resources.manner.page, context.memory.share_code
    return f"{page}/c/{code}" if page and code else f"{page}/" if page else ""


def _telegram_link(context: Context) -> str:
    bot, code = context.resources.manner.link, context.memory.share_code
    return f"{bot}?start={code}" if bot and code else bot or ""


def foot(context: Context, sources: Collection[str], link: str) -> str:
    """What stands under whatever is passed on: the documents it rests on, and the link; '' where there is neither."""
    return context.say("passing_on.foot", sources=list(sources), link=link)


def send(context: Context, *what: str) -> Button:
    """«Gửi cho người nhà»."""
    return Button(context.label("passing_on.send"), press_data(SEND, *what))


def take_back(context: Context) -> Button:
    """«Thu hồi đường dẫn đã gửi»."""
    return context.button("passing_on.take_back", SEND, BACK)


def passed_on(context: Context, html: str, sources: Collection[str], subject: str) -> Turn:
    """How to send it, and below it the message itself, with nothing else in it."""
    how = Text(context.say("passing_on.how"), ((take_back(context),),))
    message = Text("\n\n".join(filter(None, (html, foot(context, sources, link(context))))))
    return Turn((how, message), context.memory.state, (Shared("button", subject),))


def taken_back(context: Context) -> Turn:
    """The links passed on so far are nobody's any more."""
    return Turn((Text(context.say("passing_on.taken_back"), replaces=True),), context.memory.state, (Unshared(),))
