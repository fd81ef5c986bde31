"""Who of the staff may do what: those of the settings, and those an admin added; known by key, no record holds an id.

CannotGoOn
    └── CannotAppoint     a change of the staff that is not made; `why` names the sentence that says so
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from bot.base.keys import Keys
from bot.base.settings import CannotGoOn, Staff
from bot.desk.second_factor import SecondFactor
from bot.storage import postgresql, second_factors, sessions, staff
from bot.storage.audit import Author
from bot.storage.database import Connection
from bot.storage.staff import Named
from handlers.dialogue.memory import Colleague, Role
from handlers.dialogue.records import Appointed
from handlers.handover.staff_commands import may

_APPOINTING = "appointing"


class CannotAppoint(CannotGoOn):
    """A change of the staff that is not made."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Member:
    """One of the staff; `fixed` is the role of the settings, which only they take away."""

    key: str
    role: Role
    name: str
    fixed: Role | None = None

    @property
    def author(self) -> Author:
        """Who does what they do."""
        return Author(self.key, self.name)


def signature(key: str) -> str:
    """What the decisions of a person of the staff are signed with: it leads to nobody outside the settings."""
    return key[:8]


class Roles:
    """Looked up at every message and every request, in the database, so that what an admin changes holds at once in
    every process; what the settings no longer say is over at the next start.
    """

    def __init__(self, named: Staff, keys: Keys) -> None:
        roles: tuple[tuple[Role, tuple[int, ...]], ...] = (
            ("viewer", named.viewers),
            ("editor", named.editors),
            ("admin", named.admins),
        )
        self.second_factor = SecondFactor(keys)
        self._keys = keys
        self._channel = named.channel
        self._fixed: Mapping[str, Role] = {
            self.key_of(str(person)): role for role, people in roles for person in people
        }

    def key_of(self, person: str) -> str:
        """The key of a person by their id of the staff's channel."""
        return self._keys.of(self._channel, person)

    async def member(self, connection: Connection, key: str) -> Member | None:
        """Who of the staff has this key, with the higher of their roles; None for a citizen."""
        return self._member(key, await staff.find(connection, key))

    async def everyone(self, connection: Connection) -> list[Member]:
        """All of the staff, those of the settings first."""
        rows = {each.key: each for each in await staff.list_all(connection)}
        found = (self._member(key, rows.get(key)) for key in dict.fromkeys((*self._fixed, *rows)))
        return [each for each in found if each is not None]

    async def colleagues(self, connection: Connection) -> tuple[Colleague, ...]:
        """Everybody of the staff, as they are told apart in conversations with citizens; whom no admin named has ''."""
        everyone = await self.everyone(connection)
        signed = ((signature(each.key), each) for each in everyone)
        return tuple(Colleague(sign, each.role, "" if each.name == sign else each.name) for sign, each in signed)

    async def appoint(self, connection: Connection, key: str, role: Role, name: str, now: datetime.datetime) -> None:
        """Give somebody a role and a name; raises CannotAppoint.

        Whoever has a higher role by the settings keeps it. The last admin stays one.
        """
        name = " ".join(name.split())
        if not name or not name.isprintable():
            raise CannotAppoint("no_name")
        await postgresql.hold(connection, _APPOINTING)
        everyone = await self.everyone(connection)
        if any(each.name.casefold() == name.casefold() and each.key != key for each in everyone):
            raise CannotAppoint("name_taken")
        fixed = self._fixed.get(key)
        given = None if fixed is not None and may(fixed, role) else role
        if not may(given or fixed, "admin"):
            self._must_leave_an_admin(everyone, key)
        await staff.put(connection, key, given, name, now)

    async def why_not_added(self, connection: Connection, order: Appointed) -> str:
        """Why a message can't add somebody, '' where it can; nobody else appoints before the transaction ends."""
        await postgresql.hold(connection, _APPOINTING)
        key, everyone = self.key_of(order.person), await self.everyone(connection)
        if any(each.key == key for each in everyone):
            return "is_member"
        if not order.name.isprintable():
            return "no_name"
        return "name_taken" if any(each.name.casefold() == order.name.casefold() for each in everyone) else ""

    async def remove(self, connection: Connection, key: str) -> Member:
        """Somebody is of the staff no more: their sessions and links end with it. Raises CannotAppoint."""
        await postgresql.hold(connection, _APPOINTING)
        everyone = await self.everyone(connection)
        found = next((each for each in everyone if each.key == key), None)
        if found is None:
            raise CannotAppoint("nobody")
        if found.fixed is not None:
            raise CannotAppoint("in_settings")
        self._must_leave_an_admin(everyone, key)
        await staff.remove(connection, key)
        await sessions.forget(connection, key)
        await second_factors.remove(connection, key)
        return found

    def _must_leave_an_admin(self, everyone: list[Member], but: str) -> None:
        was_admin = any(each.role == "admin" and each.key == but for each in everyone)
        if was_admin and not any(each.role == "admin" and each.key != but for each in everyone):
            raise CannotAppoint("last_admin")

    def _member(self, key: str, row: Named | None) -> Member | None:
        fixed, given = self._fixed.get(key), None if row is None else row.role
        role = given if given is not None and (fixed is None or may(given, fixed)) else fixed
        if role is None:
            return None
        return Member(key, role, row.name if row is not None else signature(key), fixed)
