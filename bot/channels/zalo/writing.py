"""A reply as Zalo shows it: plain text of at most so many letters, with what may be picked as lines at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.channels import choices, markup
from bot.desk.plain_chats import Pickable
from bot.storage.plain_chats import ChatLine
from handlers.dialogue.context import plain
from handlers.dialogue.texts import Texts
from handlers.dialogue.turn import Text

LIMIT = 2000
"""Letters of a text, and of what stands under a picture: counted in UTF-16 units, for no way of counting gives more."""
_LEAST = 400
"""Letters of the answer itself in a message, however many lines there are to pick."""
_LABEL = 120
_MARK_LETTERS = 5
_PICTURE = re.compile(r"^[^\w«(]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class ZaloPage:
    """What goes out of a text now, and what is left of it for who wants to read on."""

    words: str
    offered: tuple[Pickable, ...]
    typed: tuple[str, ...]
    lettered: bool
    rest: Text | None


def page(text: Text, texts: Texts) -> ZaloPage:
    """The first message of a text, with what it offers: nobody must read on to go on, and the lines hold meanwhile."""
    offered = tuple(_offered(text))
    typed = tuple(spoken(each.label) for each in choices.to_type(text))
    ending = "\n".join(
        _ending(texts, [f"{'0' * _MARK_LETTERS}{label}" for label, *_ in offered], typed, text.numbers_answer)
    )
    more = texts.label("zalo.more")
    room = LIMIT - markup.units(ending) - markup.units(more) - 8
    first, left = markup.cut(text.html, LIMIT - markup.units(ending) - 4)
    if left:
        first, left = markup.cut(text.html, max(_LEAST, room))
    rest = Text(left) if left else None
    return ZaloPage(plain(first), offered, typed, text.numbers_answer, rest)


def written(of: ZaloPage, lines: Sequence[ChatLine], texts: Texts) -> str:
    """The message, with the lines that may be picked under their marks."""
    more = (texts.label("zalo.more"),) if of.rest is not None else ()
    ending = _ending(texts, [f"[{each.mark}] {each.label}" for each in lines], of.typed, of.lettered)
    said = "\n\n".join(filter(None, (of.words, *more, "\n".join(ending))))
    return _shortened(said)


def _ending(texts: Texts, lines: Sequence[str], typed: Sequence[str], lettered: bool) -> Iterator[str]:
    if lines:
        yield texts.label("zalo.by_letter" if lettered else "zalo.by_number")
    yield from lines
    if typed:
        yield texts.label("zalo.by_words", words=", ".join(f"«{each}»" for each in typed))


def _offered(text: Text) -> Iterator[Pickable]:
    """What is picked by its line: the buttons, or else the big buttons of the menu, which are sent back as text."""
    for button in choices.to_pick(text):
        yield _short(button.label), "press", button.data
    if not text.buttons:
        for label in (label for row in text.menu for label in row):
            yield _short(label), "text", label


def captioned(caption: str) -> tuple[str, str]:
    """What stands under a picture, and the HTML of the rest, which is said after it."""
    first, left = markup.cut(caption, LIMIT)
    return plain(first), left


def spoken(label: str) -> str:
    """A label without the picture before it: what is to be typed."""
    return _PICTURE.sub("", label)


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"


def _shortened(said: str) -> str:
    """No longer than Zalo takes it, whatever was offered; or a sign, for nothing is no message."""
    while markup.units(said) > LIMIT:
        said = f"{said[: len(said) - (markup.units(said) - LIMIT) - 1]}…"
    return said or "…"
