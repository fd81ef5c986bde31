"""«Hỏi thử»: what the assistant says to a question at this moment, to a person it knows nothing of; nothing is kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.responses import Response

from bot.web.guard import Visit
from bot.web.site import Site
from faq.engine.match import Match
from handlers.dialogue.context import plain
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Text
from handlers.router import converse
from vietnamese.masking import mask

LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message, with what stands on its buttons."""

    text: str
    buttons: tuple[str, ...]


async def show(visit: Visit) -> Response:
    """The form."""
    return visit.show("asking.html", asked="", said=(), found=None)


async def ask(visit: Visit) -> Response:
    """What is said to a question."""
    await visit.site.freshener.look()  # what was just taught counts
    text = visit.form.get("text", "").strip()[:LONGEST]
    if not text:
        return await show(visit)
    said, found = await asyncio.to_thread(_said, visit.site, text)
    return visit.show("asking.html", asked=text, said=said, found=found)


def _said(site: Site, text: str) -> tuple[list[Spoken], Match]:
    turn = converse(Message("text", "0", site.clock(), text), Memory(), site.resources)
    said = [
        Spoken(plain(reply.html), tuple(button.label for row in reply.buttons for button in row))
        for reply in turn.replies
        if isinstance(reply, Text)
    ]
    return said, site.resources.matcher.match(mask(text)[0])
