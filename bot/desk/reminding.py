"""What people asked to be reminded of, said when it is due: each one once, by whoever looks.

A reminder that is due becomes a reply in the outbox and goes on to its next time in one transaction. So no two
processes ever take the same one; and from there on it is sent as every reply is: by the process that claims it, marked
when it went out, sent once more where it is not known whether it did, waited for where the channel takes nothing.
"""

from __future__ import annotations

import datetime
import logging

from bot.base import logs
from bot.desk.desk import Desk
from bot.storage import reminders
from bot.storage.database import Database, StorageDown

log = logging.getLogger(__name__)


async def remind(desk: Desk, database: Database, now: datetime.datetime) -> tuple[str, ...]:
    """Say all that is due; whom something waits for then. Raises StorageDown.

    Nothing is said in the quiet hours and on holidays: it waits until they are over.
    """
    if desk.resources.manner.quiet.holds(now):
        return ()
    async with database.read() as connection:
        due = await reminders.due(connection, now)
    owed = dict[str, None]()
    for one in due:
        try:
            owed |= dict.fromkeys(await desk.remind(one))
        except StorageDown:
            raise
        except Exception as error:  # the others are to be said all the same
            log.error("a reminder could not be said, which is tried again: %s", logs.told(error))
    return tuple(owed)
