"""Who of the staff may do what: the roles of the settings, found by a person's key; no record holds an id."""

from __future__ import annotations

from bot.base.keys import Keys
from bot.base.settings import Staff
from bot.storage.database import Connection
from handlers.dialogue.memory import Colleague, Role


def signature(key: str) -> str:
    """What the decisions of a person of the staff are signed with: it leads to nobody outside the settings."""
    return key[:8]


class Roles:
    """Looked up at every message and every request: what the settings no longer say is over at the next start."""

    def __init__(self, staff: Staff, keys: Keys) -> None:
        named: tuple[tuple[Role, tuple[int, ...]], ...] = (
            ("viewer", staff.viewers),
            ("editor", staff.editors),
            ("admin", staff.admins),
        )
        self._roles = {keys.of(staff.channel, str(person)): role for role, people in named for person in people}

    def of(self, key: str) -> Role | None:
        """The highest role of the person with this key; None for a citizen."""
        return self._roles.get(key)

    async def colleagues(self, connection: Connection) -> tuple[Colleague, ...]:
        """Everybody of the staff, as they are told apart in conversations with citizens."""
        return tuple(Colleague(signature(key), role) for key, role in self._roles.items())
