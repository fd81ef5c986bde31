"""`bhxh announcement`: written, looked at, sent to as many as is said, stopped; each noted as done on the server."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.base.keys import Keys
from bot.base.settings import Settings
from bot.storage import addresses, identity, schema, subscriptions
from bot.storage.addresses import Address
from bot.storage.database import Database, StorageDown
from tests.commands import Ended
from tests.conftest import KEYS, TODAY

Bhxh = Callable[..., Ended]


async def agree(folder: Path, people: int) -> None:
    database = Database.in_folder(folder)
    async with database.begin() as connection:
        for person in map(str, range(people)):
            key = KEYS.of("letters", person)
            await addresses.save(connection, key, Address("letters", person), KEYS)
            await subscriptions.put(connection, key, ("scams",), TODAY)
    await database.close()


async def served(folder: Path) -> None:
    """A process served this folder, with a secret."""
    (folder / "secret").write_text("5" * 64)
    database = Database.in_folder(folder)
    await identity.adopt(database, folder, Keys(b"5" * 64).fingerprint)
    await database.close()


async def noted(folder: Path) -> list[tuple[str, str]]:
    database = Database.in_folder(folder)
    async with database.read() as connection:
        rows = await connection.execute(sa.select(schema.audit.c.action, schema.audit.c.about))
        found = [(row.action, row.about) for row in rows if row.action.startswith("announcement")]
    await database.close()
    return found


@pytest.fixture
def folder(outside: Path, migrated: Path) -> Path:
    """A database with three people who agreed to hear of frauds."""
    shutil.copytree(migrated, outside / "data")
    (outside / "tin.txt").write_text("Có người giả cán bộ thu tiền.\n\nGọi 1900 9068.\n", encoding="utf-8")
    asyncio.run(agree(outside / "data", 3))
    return outside / "data"


def test_it_is_written_sent_to_as_many_as_is_said_and_stopped(bhxh: Bhxh, folder: Path) -> None:
    written = bhxh("announcement", "write", "tin.txt", "--topic", "scams")
    assert written.code == 0
    assert "Có người giả cán bộ thu tiền.\n\nGọi 1900 9068." in written.out
    assert "#1: a draft, to 3 people" in written.out
    refused = bhxh("announcement", "send", "1", "--people", "4")
    assert (refused.code, "số người nay là 3" in refused.err) == (1, True)
    changed = bhxh("announcement", "send", "1", "--people", "3", "--mark", "0123456789ab")
    assert (changed.code, "đã đổi từ lúc xem" in changed.err) == (1, True)
    mark = bhxh("announcement", "show", "1", "--json").json["mark"]
    assert f"send 1 --people 3 --mark {mark}" in written.out
    assert bhxh("announcement", "send", "1", "--people", "3", "--mark", mark).out == "#1 goes to 3 people\n"
    assert bhxh("announcement", "send", "1", "--people", "3").code == 1
    shown = bhxh("announcement", "show", "1", "--json").json
    assert (shown["state"], shown["people"], shown["waiting"]) == ("sending", 3, 3)
    assert [bhxh("announcement", "stop", "1").out for _ in range(2)] == [
        "#1 is being stopped\n",
        "#1 is not being sent\n",
    ]
    assert "#1: stopping, sent 0" in bhxh("announcement", "list").out
    assert asyncio.run(noted(folder)) == [
        ("announcement_write", "#1"),
        ("announcement_send", "#1 → 3"),
        ("announcement_stop", "#1"),
    ]


def test_a_backup_that_is_brought_back_sends_nothing_that_was_being_sent_when_it_was_made(
    bhxh: Bhxh, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BHXH_BACKUP_PASSPHRASE", "of whoever reads the page")
    asyncio.run(served(folder))
    bhxh("announcement", "write", "tin.txt")
    bhxh("announcement", "send", "1", "--people", "3")
    assert bhxh("backup", "--to", "da.backup").code == 0
    restored = bhxh("restore", "da.backup")
    assert (restored.code, "1 announcements were being sent" in restored.err) == (0, True)
    assert bhxh("announcement", "show", "1", "--json").json["state"] == "stopping"


def test_where_they_can_not_be_stopped_after_a_restore_it_is_an_error_that_says_so(
    bhxh: Bhxh, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(settings: Settings, about: str) -> int:
        raise StorageDown("the disk is full")

    monkeypatch.setenv("BHXH_BACKUP_PASSPHRASE", "of whoever reads the page")
    asyncio.run(served(folder))
    assert bhxh("backup", "--to", "da.backup").code == 0
    monkeypatch.setattr("bot.commands.noting.note_restored", fails)
    restored = bhxh("restore", "da.backup")
    assert (restored.code, "may go out twice" in restored.err) == (1, True)
    assert "restored from da.backup" in restored.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("write", "tin.txt", "--topic", "weather"), "policy, payment, events, scams"),
        (("write", "tin.txt", "--campaign", "khac"), "Không có chiến dịch nào mã «khac»"),
        (("show", "7"), "Không có tin số 7"),
        (("stop", "7"), "Không có tin số 7"),
        (("send", "7", "--people", "1"), "không còn là bản nháp"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(bhxh: Bhxh, folder: Path, words: tuple[str, ...], said: str) -> None:
    refused = bhxh("announcement", *words)
    assert (refused.code, refused.out, said in refused.err) == (1, "", True)


def test_without_topics_it_is_for_all_who_agreed(bhxh: Bhxh, folder: Path) -> None:
    assert "to 0 people" in bhxh("announcement", "write", "tin.txt", "--topic", "events").out
    assert "to 3 people" in bhxh("announcement", "write", "tin.txt").out
    assert [each["number"] for each in bhxh("announcement", "list", "--json").json] == [2, 1]
