"""HTML for a chat that knows <b> and <i>: mended, measured, and cut into messages at natural places."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

TEXT_LIMIT = 4096
"""UTF-16 units of one message, counted with its tags so that no way of counting finds it too long."""
CAPTION_LIMIT = 1024
"""UTF-16 units under a picture."""

_TOKEN = re.compile(r"<(/?)([bi])>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});|.", re.S | re.I)
_BOUNDARIES = ("\n\n", "\n", ". ", "! ", "? ", "… ", "; ", " ")


@dataclass(frozen=True, slots=True)
class _Letter:
    """One character, and the tags it stands in, outermost first."""

    char: str
    tags: tuple[str, ...]

    @property
    def html(self) -> str:
        return html.escape(self.char, quote=False)


def units(text: str) -> int:
    """The length of a text in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def readable(text: str) -> str:
    """A text as any store can keep it: half characters and NUL, which some clients send, are taken out."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")


def pieces(text: str, limit: int = TEXT_LIMIT) -> tuple[str, ...]:
    """The text as messages of valid HTML, none over `limit`, cut at a paragraph, line, sentence or word.

    Tags left open or crossed are put right, unknown ones and loose `<`, `>`, `&` are shown as they are.
    A text of nothing but spaces has no pieces.
    """
    letters = _trim(_letters(readable(text)))
    cut: list[str] = []
    while letters:
        fits = _fitting(letters, limit)
        end = fits if fits == len(letters) else _boundary(letters, fits)
        cut.append(_written(_trim(letters[:end])))
        letters = _trim(letters[end:])
    return tuple(cut)


def _letters(text: str) -> list[_Letter]:
    letters: list[_Letter] = []
    tags: tuple[str, ...] = ()
    for token in _TOKEN.finditer(text):
        name = (token[2] or "").lower()
        if not name:
            letters += [_Letter(char, tags) for char in readable(html.unescape(token[0]))]
        elif token[1]:
            tags = tuple(tag for tag in tags if tag != name)
        elif name not in tags:
            tags = (*tags, name)
    return letters


def _written(letters: list[_Letter]) -> str:
    written: list[str] = []
    tags: tuple[str, ...] = ()
    for letter in letters:
        written += [_between(tags, letter.tags), letter.html]
        tags = letter.tags
    return "".join([*written, _between(tags, ())])


def _between(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """The tags to close and to open between two letters."""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    closed = "".join(f"</{tag}>" for tag in reversed(before[shared:]))
    return closed + "".join(f"<{tag}>" for tag in after[shared:])


def _fitting(letters: list[_Letter], limit: int) -> int:
    """How many letters one message holds."""
    length = 0
    tags: tuple[str, ...] = ()
    for count, letter in enumerate(letters):
        length += len(_between(tags, letter.tags)) + units(letter.html)
        tags = letter.tags
        if length + len(_between(tags, ())) > limit:
            return max(count, 1)
    return len(letters)


def _boundary(letters: list[_Letter], fits: int) -> int:
    """Where to cut among the letters that fit: a coarse boundary if it is not too early, else a finer one."""
    for mark in _BOUNDARIES:
        stays = len(mark.rstrip())
        text = "".join(letter.char for letter in letters[: fits + len(mark) - stays])
        at = text.rfind(mark)
        if at > fits // 2 or (at > 0 and mark == " "):
            return at + len(mark)
    return fits


def _trim(letters: list[_Letter]) -> list[_Letter]:
    start, end = 0, len(letters)
    while start < end and letters[start].char.isspace():
        start += 1
    while end > start and letters[end - 1].char.isspace():
        end -= 1
    return letters[start:end]
