"""HTML for a chat that knows <b> and <i>: mended, measured, and cut into messages at natural places."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

TEXT_LIMIT = 4096
"""UTF-16 units of one message, counted with its tags so that no way of counting finds it too long."""
CAPTION_LIMIT = 1024
"""UTF-16 units under a picture."""

_TOKEN = re.compile(r"<(/?)([bi])>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});|[^<&]+|.", re.S | re.I)
_BOUNDARIES = ("\n\n", "\n", ". ", "! ", "? ", "… ", "; ", " ")


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text, and the tags it stands in, outermost first."""

    text: str
    tags: tuple[str, ...]

    @property
    def html(self) -> str:
        return html.escape(self.text, quote=False)


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
    made: list[str] = []
    left = _trim(_runs(readable(text)))
    while left:
        piece, left = _first(left, limit)
        made.append(piece)
    return tuple(made)


def cut(text: str, limit: int) -> tuple[str, str]:
    """The first of the pieces of a text, and the rest in one; '' where there is none."""
    runs = _trim(_runs(readable(text)))
    piece, left = _first(runs, limit) if runs else ("", [])
    return piece, _written(left)


def _first(runs: list[_Run], limit: int) -> tuple[str, list[_Run]]:
    """The first piece, and what is left."""
    whole = _written(runs)
    if units(whole) <= limit:  # as nearly all are: nothing is looked at letter by letter
        return whole, []
    letters = [_Run(char, run.tags) for run in runs for char in run.text]
    fits = _fitting(letters, limit)
    end = fits if fits == len(letters) else _boundary(letters, fits)
    return _written(_trim(letters[:end])), _trim(letters[end:])


def _runs(text: str) -> list[_Run]:
    runs: list[_Run] = []
    tags: tuple[str, ...] = ()
    for token in _TOKEN.finditer(text):
        name = (token[2] or "").lower()
        if not name:
            shown = readable(html.unescape(token[0])) if token[0][0] == "&" else token[0]
            runs += [_Run(shown, tags)] if shown else []
        elif token[1]:
            tags = tuple(tag for tag in tags if tag != name)
        elif name not in tags:
            tags = (*tags, name)
    return runs


def _written(runs: list[_Run]) -> str:
    written: list[str] = []
    tags: tuple[str, ...] = ()
    for run in runs:
        written += [_between(tags, run.tags), run.html]
        tags = run.tags
    return "".join([*written, _between(tags, ())])


def _between(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """The tags to close and to open between two runs."""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    closed = "".join(f"</{tag}>" for tag in reversed(before[shared:]))
    return closed + "".join(f"<{tag}>" for tag in after[shared:])


def _fitting(letters: list[_Run], limit: int) -> int:
    """How many letters one message holds."""
    length = 0
    tags: tuple[str, ...] = ()
    for count, letter in enumerate(letters):
        length += len(_between(tags, letter.tags)) + units(letter.html)
        tags = letter.tags
        if length + len(_between(tags, ())) > limit:
            return max(count, 1)
    return len(letters)


def _boundary(letters: list[_Run], fits: int) -> int:
    """Where to cut among the letters that fit: a coarse boundary if it is not too early, else a finer one."""
    for mark in _BOUNDARIES:
        stays = len(mark.rstrip())
        text = "".join(letter.text for letter in letters[: fits + len(mark) - stays])
        at = text.rfind(mark)
        if at > fits // 2 or (at > 0 and mark == " "):
            return at + len(mark)
    return fits


def _trim(runs: list[_Run]) -> list[_Run]:
    """The same without the spaces at both ends."""
    start, end = 0, len(runs)
    while start < end and runs[start].text.isspace():
        start += 1
    while end > start and runs[end - 1].text.isspace():
        end -= 1
    kept = runs[start:end]
    if kept:
        kept[0] = _Run(kept[0].text.lstrip(), kept[0].tags)
        kept[-1] = _Run(kept[-1].text.rstrip(), kept[-1].tags)
    return kept
