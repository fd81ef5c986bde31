"""A campaign's posters as files: A4 and A5 to hang up, cards to hand out, a picture for groups."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, get_args

from bot.outreach.wording import Invitation, PosterWords, worded
from handlers.dialogue.context import Resources

if TYPE_CHECKING:
    from bot.charts.sheet import Sheet

PosterForm = Literal["a4", "a5", "cards", "picture"]
FORMS: tuple[PosterForm, ...] = get_args(PosterForm)
_PAGE: Mapping[PosterForm, tuple[float, float]] = {"a4": (210, 297), "a5": (148, 210), "cards": (210, 297)}
"""How wide and high the paper is, in millimetres."""


def file_name(code: str, form: PosterForm) -> str:
    """What the file of a poster is called."""
    return f"{code}.png" if form == "picture" else f"{code}-{form}.pdf"


def poster(resources: Resources, now: datetime.datetime, invitation: Invitation, form: PosterForm) -> bytes:
    """One poster as a file: PDF, of the picture PNG; by the law of the day it is made.

    It draws for some tenths of a second: call it in a thread beside the event loop.
    """
    return drawn(worded(resources, now, invitation), now, form)


def drawn(words: PosterWords, now: datetime.datetime, form: PosterForm) -> bytes:
    """The file of a poster with these words."""
    from bot.outreach import layout  # what draws and what prints is loaded at the first poster
    from bot.outreach.pdf import pdf

    if form == "picture":
        return layout.picture(words).png()
    sheets: Mapping[PosterForm, Callable[[PosterWords], Sheet]]
    sheets = {"a4": layout.poster, "a5": layout.poster, "cards": layout.cards}
    return pdf([sheets[form](words)], _PAGE[form], f"{words.title}, {words.code}", now)
