"""Where the group of the staff is: on the channel and under the number of the settings, followed when it moves."""

from __future__ import annotations

import logging

from bot.base.keys import Keys, NotSealedHere
from bot.base.settings import Staff
from bot.storage import groups
from bot.storage.addresses import Address
from bot.storage.database import Connection

log = logging.getLogger(__name__)

STAFF = "staff"
"""The key under which replies to the group of the staff wait; every other key is 64 hexadecimal digits."""
_FAR = 10
"""A group becomes a supergroup once; more steps are a ring that somebody wrote."""


class StaffGroup:
    """The group of the settings, followed where it became a supergroup; or none."""

    def __init__(self, staff: Staff, keys: Keys) -> None:
        self._keys = keys
        self._channel = staff.channel
        self._group = staff.group

    @property
    def is_set(self) -> bool:
        """Whether there is one: else what is for the staff is found on their pages only."""
        return self._group is not None

    async def where(self, connection: Connection) -> Address | None:
        """Where it is written to now; None where there is none."""
        if self._group is None:
            return None
        group = str(self._group)
        for _ in range(_FAR):
            old = self._keys.of(self._channel, group)
            sealed = await groups.moved_to(connection, old)
            if sealed is None:
                break
            try:
                group = self._keys.unseal(sealed, groups.TABLE, old)
            except NotSealedHere:
                log.error("where the group of the staff moved to can't be opened: set staff.group to its new number")
                break
        return Address(self._channel, group)

    async def moved(self, connection: Connection, channel: str, old: str, new: str) -> None:
        """A group of a channel has another number now; a group of another channel is never ours."""
        if channel == self._channel and old != new:
            key = self._keys.of(channel, old)
            await groups.moved(connection, key, self._keys.seal(new, groups.TABLE, key))

    async def seal(self, connection: Connection) -> None:
        """Seal what an older version kept as it is."""
        for old, new in await groups.plain(connection):
            await groups.forget(connection, old)
            await self.moved(connection, self._channel, old, new)
