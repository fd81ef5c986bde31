"""A real `bhxh run`, killed in the middle of an announcement: the next goes on, and nobody is sent it twice."""

from __future__ import annotations

import asyncio
import datetime
import json
from collections import Counter
from pathlib import Path

import pytest

from bot.outreach import announcements
from bot.storage import audit
from bot.storage.announcements import Audience
from bot.storage.audit import SERVER
from bot.storage.database import VIETNAM, Database
from bot.testing.telegram_server import BotApiServer
from tests.real_process import Assistant, assistant

pytestmark = pytest.mark.slow

PEOPLE = range(101, 113)
TEXT = "Thứ Hai cán bộ xã tư vấn ở nhà văn hoá thôn."


async def begin(folder: Path) -> None:
    """As an admin does on a page of another process."""
    database, now = Database.in_folder(folder), datetime.datetime.now(VIETNAM)  # the process goes by the real clock
    try:
        number = await announcements.write(database, TEXT, Audience(), SERVER, now, audit.unnoted)
        await announcements.begin(database, number, len(PEOPLE), SERVER, now, audit.unnoted)
    finally:
        await database.close()


def told(api: BotApiServer) -> Counter[int]:
    """How often each was shown the announcement."""
    return Counter(person for person in PEOPLE for each in api.heard(person) if TEXT in each.text)


def over(process: Assistant) -> bool:
    assert process.running
    return process.rows("SELECT state FROM announcements") == [("done",)]


def test_killed_while_messages_are_taken_it_goes_on_and_who_was_claimed_is_not_known(tmp_path: Path) -> None:
    awake = {"reminders": {"quiet": "00:00-00:00"}}
    with BotApiServer() as api, assistant(tmp_path, api, awake) as process:
        process.start()
        for person in PEOPLE:
            api.says(person, "cho tôi nhận tin")
        api.until(lambda: all(api.heard(person) for person in PEOPLE), "everybody is offered it")
        for person in PEOPLE:
            api.presses(person, api.heard(person)[-1], "Nhận cả")
        api.until(lambda: all(len(api.heard(person)) > 1 for person in PEOPLE), "everybody agrees")
        api.until(lambda: process.rows("SELECT count(*) FROM outbox") == [(0,)], "nothing is owed")
        api.holds("sendMessage", shown=True)
        asyncio.run(begin(process.data))
        api.until(lambda: api.held("sendMessage") > 2, "some have it, and the process does not know that they do")
        process.kill()
        claimed = process.rows("SELECT count(*) FROM announcement_recipients WHERE state = 'claimed'")[0][0]
        api.heal()
        assert 0 < claimed < len(PEOPLE)
        assert set(told(api).values()) == {1}
        process.start()
        api.until(lambda: over(process), "it is sent to its end")
        assert process.stop() == 0
        assert told(api) == Counter(PEOPLE)
        outcome = json.loads(process.rows("SELECT outcome FROM announcements")[0][0])
        assert (outcome["sent"], outcome["unknown"]) == (len(PEOPLE) - claimed, claimed)
        assert process.rows("SELECT count(*) FROM announcement_recipients") == [(0,)]
