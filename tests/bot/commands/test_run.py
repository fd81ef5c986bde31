"""`bhxh run`: what a healthy start says, who else may serve, and what ends it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot import service
from bot.app import App
from bot.base import folder_lock
from bot.base.folder_lock import AlreadyServed
from bot.base.retry import again
from bot.base.settings import ChannelSection, Settings, Watch, Web
from bot.channels.declared import Declared
from bot.desk.channel import ServedChannel
from bot.storage.database import Damaged, StorageDown
from bot.testing.channel import ChannelInMemory
from handlers.dialogue.message import Message
from tests.conftest import TODAY, no_wait


class Letters(ChannelSection):
    """The settings of a channel that is always set."""

    needs = "needs"


class Postman(ChannelInMemory):
    """A channel that does its work, and then waits for the end."""

    def __init__(self, app: App, work: Callable[[Postman], Awaitable[None]]) -> None:
        super().__init__("letters")
        self.app = app
        self._work = work
        self.confirmed = False

    async def run(self, stop: asyncio.Event) -> None:
        await self._work(self)
        await stop.wait()

    async def hand_in(self, text: str) -> None:
        message = Message("text", text, TODAY, text)
        await again(lambda: self.app.desk.take(self.inbound("7", message)), StorageDown, sleep=no_wait)
        self.confirmed = True


class Post:
    """Serves letters with these settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postman: Postman | None = None

    async def serve(self, work: Callable[[Postman], Awaitable[None]]) -> None:
        def opened(app: App) -> ServedChannel:
            self.postman = Postman(app, work)
            return self.postman

        class AlwaysSet(Letters):
            @property
            def is_set(self) -> bool:
                return True

        kind = Settings.with_sections({"letters": AlwaysSet})
        settings = kind(data_folder=self.folder, web=Web(port=0), watch=Watch(port=0))
        await service.serve(settings, [Declared("letters", AlwaysSet, opened)])


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Post:
    monkeypatch.setattr(service, "_collect_little", lambda: None)  # which is for the whole process
    return Post(tmp_path / "data")


class Enough(Exception):
    """The test saw what it wanted."""


async def enough(postman: Postman) -> None:
    raise Enough


async def test_a_healthy_start_says_in_one_line_what_it_serves(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.service")
    with pytest.raises(Enough):
        await post.serve(enough)
    (line,) = (record.getMessage() for record in caplog.records if record.name == "bot.service")
    for part in ("serves letters", str(post.folder / "bhxh.sqlite3"), "whole", "staff pages nowhere", "answers"):
        assert part in line


async def test_one_process_serves_a_folder_and_the_next_after_it(post: Post) -> None:
    async def another(postman: Postman) -> None:
        with pytest.raises(AlreadyServed):
            await Post(post.folder).serve(enough)
        raise Enough

    for _ in range(2):
        with pytest.raises(Enough):
            await post.serve(another)
    with folder_lock.held(post.folder):
        pass


async def test_damage_found_under_way_ends_the_service_and_nothing_is_confirmed(post: Post) -> None:
    async def damaged(postman: Postman) -> None:
        file = post.folder / "bhxh.sqlite3"
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with file.open("r+b") as pages:
            pages.seek(4096)
            pages.write(b"\x5a" * (file.stat().st_size - 4096))
        await postman.app.database.engine.dispose()
        await postman.hand_in("mức đóng thấp nhất là bao nhiêu")

    with pytest.raises(Damaged, match="bhxh restore"):
        await post.serve(damaged)
    assert post.postman is not None
    assert not post.postman.confirmed
    assert post.postman.sent == []


async def test_a_database_with_a_damaged_page_is_not_served(post: Post) -> None:
    with pytest.raises(Enough):
        await post.serve(enough)
    file = post.folder / "bhxh.sqlite3"
    with contextlib.closing(sqlite3.connect(file)) as connection:  # else the page may still come from the log beside it
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as pages:
        pages.seek(20 * 4096)
        pages.write(b"\x5a" * 4096)
    with pytest.raises(Damaged):
        await post.serve(enough)
