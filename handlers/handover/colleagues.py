"""What the staff call each other where they speak of conversations; citizens read none of it."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.dialogue.memory import Colleague
from handlers.dialogue.texts import OneOf, Texts

_CALLED = OneOf("group.called_{}", ("viewer", "editor", "admin", "none", "server"))
_ON_SERVER = "server"
"""The signature of whoever came by a link that was made on the server."""


def called(texts: Texts, colleagues: Iterable[Colleague], signature: str) -> str:
    """The name the admin gave whoever signs so, or the role with the signature."""
    found = next((each for each in colleagues if each.signature == signature), None)
    if found is not None and found.name:
        return found.name
    role = _ON_SERVER if signature == _ON_SERVER else "none" if found is None else found.role
    return texts.label(_CALLED[role], signature=signature)
