"""Reads how many: «2», «hai con», «sinh đôi»."""

from __future__ import annotations

from handlers.reading.numbers import cardinal
from handlers.reading.words import Found, Phrases, Tokens, answer_of, only, only_values, phrases, skipping

_LARGEST = 99
_BORN_TOGETHER = Phrases(
    {
        **phrases(1, "sinh một | đẻ một | một mình"),
        **phrases(2, "sinh đôi | sanh đôi | đẻ sinh đôi | song sinh | đôi"),
        **phrases(3, "sinh ba | sanh ba | đẻ sinh ba"),
        **phrases(4, "sinh tư"),
    }
)
_skip = skipping("con cháu bé đứa sinh sanh đẻ có được dự kiến lần này người cái thai")


def count(text: str) -> int | None:
    """The number a message consists of, 0 to 99; None when there is none, or two."""
    return only(only_values(answer_of(text), _count, _skip))


def _count(tokens: Tokens, at: int) -> Found[int] | None:
    together = _BORN_TOGETHER.read(tokens, at)
    if together is not None:
        return together
    digits = tokens[at].digits
    if digits is not None:
        return (digits, at + 1) if digits <= _LARGEST else None
    return cardinal(tokens, at)
