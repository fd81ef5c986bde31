"""The disk and the database fail under a real process that serves a Bot API over HTTP: nobody's question is lost.

Needs the right to mount a disk of a few megabytes, and skips without it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.commands import BHXH, PATIENCE, Ended, heard, spawned, surroundings

pytestmark = pytest.mark.slow

TOKEN = "123456789:AAStrictBotApi-for-tests-only-0123456"
QUESTION = "mức đóng thấp nhất là bao nhiêu"
LONGER_THAN_OUR_PATIENCE = 35.0


@dataclass
class Place:
    """A data folder on a disk of its own, a Bot API, and the bot where it runs."""

    disk: Path
    port: int
    writers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    bot: subprocess.Popen[bytes] | None = None
    log: str = ""

    @property
    def database(self) -> Path:
        return self.disk / "data" / "bhxh.sqlite3"

    @property
    def given(self) -> dict[str, str]:
        return {
            "BHXH_DATA_FOLDER": str(self.disk / "data"),
            "BHXH_TELEGRAM__TOKEN": TOKEN,
            "BHXH_TELEGRAM__BASE_URL": f"http://127.0.0.1:{self.port}/bot",
            "BHXH_WEB__PORT": "0",
        }

    def start(self, *, until: str = " serves telegram") -> None:
        self.log = ""
        self.bot = subprocess.Popen([BHXH, "run"], cwd=self.disk.parent, env=surroundings(**self.given), stderr=-1)
        self.hear(until)

    def hear(self, words: str) -> None:
        assert self.bot is not None
        assert self.bot.stderr is not None
        self.log += heard(self.bot.stderr.fileno(), words)

    def ended(self) -> int:
        assert self.bot is not None
        _, rest = self.bot.communicate(timeout=PATIENCE)
        self.log += rest.decode()
        return self.bot.returncode

    def stop(self) -> None:
        assert self.bot is not None
        self.bot.terminate()
        assert self.ended() == 0

    def bhxh(self, *words: str) -> Ended:
        return spawned(self.disk.parent, *words, typed=b"xin chao\n", **self.given)

    def written(self, count: int) -> Future[dict[str, Any]]:
        """So many people ask the same at once; what became of it, once all have a reply or are given up."""
        wanted = json.dumps({"token": TOKEN, "texts": [QUESTION] * count, "each_seconds": 0}).encode()

        def ask() -> dict[str, Any]:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/write", wanted, PATIENCE) as answer:
                outcome: dict[str, Any] = json.load(answer)["result"]
                return outcome

        return self.writers.submit(ask)

    def fill(self) -> Path:
        """A file that leaves no byte on the disk."""
        file = self.disk / "fill"
        with contextlib.suppress(OSError), file.open("wb", buffering=0) as filling:
            while True:
                filling.write(b"x" * 4096)
        return file

    def kept(self) -> tuple[int, int]:
        """How many questions of how many people."""
        with contextlib.closing(sqlite3.connect(self.database)) as connection:
            questions, people = connection.execute("SELECT count(*), count(DISTINCT key) FROM questions").fetchone()
            return questions, people

    def until_kept(self, questions: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.kept()[0] < questions:
            assert time.monotonic() < deadline
            time.sleep(0.5)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("a disk can't be mounted here")
    (disk / "data").mkdir()
    api = subprocess.Popen([sys.executable, "-m", "benchmarks.bot_api"], stdout=subprocess.PIPE, text=True)
    assert api.stdout is not None
    made = Place(disk, int(api.stdout.readline()))
    try:
        yield made
    finally:
        for each in (made.bot, api):
            if each is not None:
                each.kill()
                each.communicate()
        made.writers.shutdown(cancel_futures=True)
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def all_answered(outcome: Future[dict[str, Any]]) -> None:
    """Everybody has the answer, and nobody was told that something broke."""
    found = outcome.result(PATIENCE)
    assert found["without_reply"] == 0
    assert [text for text in found["first_replies"] if "Xin lỗi" in text] == []


def test_a_full_disk_is_named_once_and_all_are_answered_when_there_is_room(place: Place) -> None:
    place.start()
    all_answered(place.written(3))
    fill = place.fill()
    asked = place.written(40)
    place.hear("nothing can be kept")
    time.sleep(10)  # so that many are tried again and again
    fill.unlink()
    all_answered(asked)
    place.stop()
    assert place.kept()[0] == 43
    assert place.log.count("nothing can be kept") <= 2  # SQLite may call it two things, one after the other
    assert place.log.count("StorageDown") == 0


def test_a_start_on_a_full_disk_waits_and_goes_on_by_itself(place: Place) -> None:
    place.start()
    all_answered(place.written(3))
    place.stop()
    fill = place.fill()
    asked = place.written(20)
    place.start(until="its disk is full")
    time.sleep(10)
    fill.unlink()
    all_answered(asked)
    place.stop()
    assert place.log.count("the start waits") <= 2
    assert "the start goes on" in place.log


def test_a_start_on_a_disk_that_cannot_be_written_to_waits_and_goes_on_by_itself(place: Place) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(place.disk)], check=True)
    place.start(until="Read-only file system")
    asked = place.written(5)
    subprocess.run(["mount", "-o", "remount,rw", str(place.disk)], check=True)
    all_answered(asked)
    place.stop()
    assert place.kept()[0] == 5


def test_a_lock_longer_than_our_patience_loses_nobody(place: Place) -> None:
    place.start()
    all_answered(place.written(1))
    with contextlib.closing(sqlite3.connect(place.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = place.written(60)
        time.sleep(LONGER_THAN_OUR_PATIENCE)
        other.execute("ROLLBACK")
    all_answered(asked)
    place.stop()
    assert place.kept() == (61, 60)


def overwrite(database: Path) -> None:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.open("r+b") as pages:
        pages.seek(4096)
        pages.write(b"\x5a" * (database.stat().st_size - 4096))


@pytest.mark.parametrize("damage", [overwrite, Path.unlink], ids=["overwritten", "removed"])
def test_damage_stops_the_service_and_the_backup_brings_it_back(place: Place, damage: Callable[[Path], None]) -> None:
    place.start()
    all_answered(place.written(5))
    made, words = str(place.disk.parent / "made.backup"), place.disk.parent / "passphrase"
    words.write_text("sáu mươi con trâu đen", encoding="utf-8")
    by = ("--passphrase-file", str(words))
    assert place.bhxh("backup", "--to", made, *by).code == 0
    assert place.bhxh("restore", made, *by).code == 5
    damage(place.database)
    asked = place.written(10)
    assert place.ended() == 3
    assert place.log.splitlines()[-1].endswith("bring it back with: bhxh restore BACKUP")
    assert place.bhxh("run").code in (3, 4)
    assert place.bhxh("restore", made, *by).code == 0
    place.start()
    place.until_kept(15)  # none of those ten was confirmed
    place.stop()
    assert [text for text in asked.result(PATIENCE)["first_replies"] if "Xin lỗi" in text] == []
    assert place.kept() == (15, 10)


def test_a_second_process_on_the_same_folder_refuses(place: Place) -> None:
    place.start()
    refused = place.bhxh("run")
    assert (refused.code, len(refused.err.splitlines())) == (5, 1)
    all_answered(place.written(3))
    assert place.bhxh("report", "satisfaction").code == 0
    assert place.bhxh("questions", "unanswered").code == 0
    assert place.bhxh("chat").code == 0
    assert place.bot is not None
    place.bot.kill()  # and what it held is free
    place.ended()
    place.start()
    place.stop()
