"""References in a text to what stands behind its numbers: put in where a number is said, taken out when all is said.

So a text may be put together of others, and still says once, at its end, whose word its numbers are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from law.base.ground import Ground

_BEGIN, _END = "\ue000", "\ue001"
"""Letters of Unicode's private use: no keyboard types them, and no markup changes them."""
_REFERENCE = re.compile(f"{_BEGIN}([^{_BEGIN}{_END}]*){_END}")
_STRAY = re.compile(f"[{_BEGIN}{_END}]")


def to(ground: Ground) -> str:
    """A reference to a value of the law, where a number that rests on it is said."""
    return to_word(f"{ground.parameter} {ground.since.isoformat()}")


def to_all(grounds: Iterable[Ground]) -> str:
    """One reference to each, in their order."""
    return "".join(map(to, sorted(grounds)))


def to_word(name: str) -> str:
    """A reference by a name: that of a document, where a sentence rests on it that quotes no number."""
    return f"{_BEGIN}{name}{_END}"


def without(text: str) -> str:
    """The text as it is read."""
    return _STRAY.sub("", _REFERENCE.sub("", text))


def of(text: str) -> tuple[str, ...]:
    """What a text refers to, each once, in the order said: «parameter since», or the name of a document."""
    return tuple(dict.fromkeys(_REFERENCE.findall(text)))
