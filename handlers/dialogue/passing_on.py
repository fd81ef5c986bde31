"""Passing on what was said: a message to be forwarded, with its source and a link whose code leads to nobody."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from handlers.dialogue import whose_word
from handlers.dialogue.context import Context, in_rows, plain, press_data
from handlers.dialogue.message import Message
from handlers.dialogue.records import Shared, Unshared
from handlers.dialogue.state import FormState
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Button, PassOn, Text, Turn
from vietnamese.normalize import fold

SEND = "share"
"""What the button carries before what is to be sent."""
BACK = "revoke"
"""Never «back»: that steers a form."""
RESULT, AMOUNTS = "result", "amounts"
"""Of a result: an invitation first, and the amounts for who asks for them."""
_HOW = OneOf("passing_on.{}", ("how", "how_invited", "how_personal"))
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


def sends(button: Button) -> bool:
    """Whether it is «Gửi cho người nhà»."""
    return button.data.startswith(f"{SEND}|")


def send_result(context: Context, ended: FormState) -> Button:
    """The same under the result of a form."""
    return send(context, RESULT, ended.name, ended.run)


def take_back(context: Context) -> Button:
    """«Thu hồi đường dẫn đã gửi»."""
    return context.button("passing_on.take_back", SEND, BACK)


def passed_on(context: Context, html: str, sources: Collection[str], subject: str, *, personal: bool = False) -> Turn:
    """How to send it, and below it the message itself, with nothing else in it; `personal`: it tells of the person."""
    return _offered(context, html, sources, subject, "how_personal" if personal else "how", (take_back(context),))


def invitation(context: Context, ended: FormState) -> Turn:
    """What is sent of a result unless more is wanted: that it can be reckoned here, and nothing of the person."""
    amounts = context.button("passing_on.with_amounts", SEND, AMOUNTS, ended.name, ended.run)
    html = context.say("passing_on.invitation")
    return _offered(context, html, (), ended.name, "how_invited", (amounts, take_back(context)))


def to_hand_on(context: Context, html: str = "", sources: Collection[str] = ()) -> PassOn | None:
    """What a channel may hand to another chat by a button, without words an invitation; None where there is no link."""
    if not link(context):
        return None
    words = html or context.say("passing_on.invitation")
    said = plain("\n\n".join(filter(None, (words, foot(context, sources, "")))))
    return PassOn(context.label("passing_on.choose"), said, link(context))


def _offered(
    context: Context, html: str, sources: Collection[str], subject: str, how: str, buttons: Sequence[Button]
) -> Turn:
    body = whose_word.under(context, html)
    told = Text(context.say(_HOW[how]), in_rows(buttons, 1), pass_on=to_hand_on(context, body, sources))
    message = Text("\n\n".join(filter(None, (body, foot(context, sources, link(context))))))
    return Turn((told, message), context.memory.state, (Shared("button", subject),))


def taken_back(context: Context) -> Turn:
    """The links passed on so far are nobody's any more."""
    return Turn((Text(context.say("passing_on.taken_back"), replaces=True),), context.memory.state, (Unshared(),))
