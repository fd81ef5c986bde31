"""Canned answers as they are said today: the figures of the law filled in, and whose word they are."""

from __future__ import annotations

import dataclasses
import datetime
import html
from collections.abc import Iterator

from faq.answer import fill
from faq.canned import Canned
from handlers.dialogue import to_staff, whose_word
from handlers.dialogue.context import Context, Resources, in_rows, plain
from handlers.dialogue.memory import KnownConversation, Memory
from handlers.dialogue.message import Message
from handlers.dialogue.state import State
from handlers.dialogue.turn import Text, Turn
from handlers.handover import acts
from law.figures import figures


def said(resources: Resources, canned: Canned, at: datetime.datetime) -> str:
    """The text of one at a moment, without markup; a line whose figure does not exist then is left out."""
    context = Context(Message("tick", "", at), Memory(), resources)
    filled = fill(html.escape(canned.text, quote=False), figures(resources.law, at.date()), resources.law.sources)
    return plain(whose_word.under(context, filled)) if filled else ""


def listed(resources: Resources, topic: str | None) -> Iterator[Canned]:
    """All of them, those of a conversation's topic first."""
    yield from sorted(resources.canned.values(), key=lambda each: (each.topic != topic, each.title))


def choose(context: Context, held: KnownConversation) -> Turn:
    """Which of them, as buttons in the group."""
    buttons = [
        dataclasses.replace(
            context.button("group.canned", to_staff.STAFF_PRESS, to_staff.CANNED, str(held.id), each.id),
            label=each.title,
        )
        for each in listed(context.resources, held.topic)
    ]
    html_text = context.say("group.choose_canned", mark=held.mark)
    return Turn((Text(html_text, in_rows(buttons), quiet=True),), State())


def show(context: Context, held: KnownConversation, name: str) -> Turn:
    """One of them as it would be sent now, with the button that sends it."""
    found = context.resources.canned.get(name)
    if found is None:
        return acts.told(context, "group.no_canned", mark=held.mark)
    text = said(context.resources, found, context.message.at)
    send = context.button("group.send_canned", to_staff.STAFF_PRESS, to_staff.SEND_CANNED, str(held.id), name)
    html_text = context.say("group.canned_shown", mark=held.mark, title=found.title, text=text)
    return Turn((Text(html_text, ((send,),), quiet=True),), State())


def send(context: Context, held: KnownConversation, name: str) -> Turn:
    """One of them goes to the citizen, as if it had been typed."""
    found = context.resources.canned.get(name)
    text = "" if found is None else said(context.resources, found, context.message.at)
    if not text:
        return acts.told(context, "group.no_canned", mark=held.mark)
    return acts.answer(context, held, text)
