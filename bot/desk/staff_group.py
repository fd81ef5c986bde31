"""Where the group of the staff is: on the channel and under the number of the settings, followed when it moves."""

from __future__ import annotations

from bot.base.settings import Staff
from bot.storage import groups
from bot.storage.addresses import Address
from bot.storage.database import Connection

STAFF = "staff"
"""The key under which replies to the group of the staff wait; every other key is 64 hexadecimal digits."""


class StaffGroup:
    """The group of the settings, followed where it became a supergroup; or none."""

    def __init__(self, staff: Staff) -> None:
        self._channel = staff.channel
        self._group = staff.group

    async def where(self, connection: Connection) -> Address | None:
        """Where it is written to now; None where there is none."""
        if self._group is None:
            return None
        return Address(self._channel, await groups.current(connection, str(self._group)))

    async def moved(self, connection: Connection, channel: str, old: str, new: str) -> None:
        """A group of a channel has another number now; a group of another channel is never ours."""
        if channel == self._channel:
            await groups.moved(connection, old, new)
