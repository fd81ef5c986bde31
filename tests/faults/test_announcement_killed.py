"""A real `bhxh run`, killed in the middle of an announcement: the next goes on, and nobody is sent it twice."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.testing.telegram_server import BotApiServer
from tests.commands import spawned
from tests.real_process import Assistant, assistant

pytestmark = pytest.mark.slow

PEOPLE = range(101, 113)
TEXT = "Thứ Hai cán bộ xã tư vấn ở nhà văn hoá thôn."


def begin(folder: Path) -> None:
    """As an admin does by the command line, in a process of its own that goes by the same clock."""
    (folder / "tin.txt").write_text(TEXT, encoding="utf-8")
    for words in (("write", "tin.txt"), ("send", "1", "--people", str(len(PEOPLE)))):
        done = spawned(folder, "--config", "config.yaml", "announcement", *words)
        assert done.code == 0, done.err


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
        begin(tmp_path)
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
