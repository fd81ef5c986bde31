"""A channel that declares itself: its settings are read as any other, and it is served alone or beside others."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated, ClassVar

import pytest
from pydantic import Field

from bot import service
from bot.app import App
from bot.base.settings import BrokenSettings, ChannelSection
from bot.channels.catalogue import read_settings
from bot.channels.declared import Declared
from bot.channels.telegram.declared import TELEGRAM
from bot.testing.channel import ChannelInMemory
from handlers.dialogue.message import Message
from tests.conftest import Clock


class Letters(ChannelSection):
    """Where letters are taken."""

    needs: ClassVar[str] = "box"
    box: Annotated[int, Field(ge=0, description="the number of a post box")] = 0


class LetterBox(ChannelInMemory):
    """Takes one letter, and ends when its reply was sent."""

    def __init__(self, app: App) -> None:
        super().__init__("letters")
        self.app = app

    async def run(self, stop: asyncio.Event) -> None:
        async with self.app.delivery.over(self):
            message = Message("text", "1", Clock()(), "mức đóng thấp nhất là bao nhiêu")
            self.app.delivery.wake(await self.app.desk.take(self.inbound("7", message)))
            await self.app.delivery.settled()


def letters(opened: list[LetterBox]) -> Declared:
    def opens(app: App) -> LetterBox:
        opened.append(LetterBox(app))
        return opened[-1]

    return Declared("letters", Letters, opens)


def written(folder: Path, text: str) -> Path:
    file = folder / "config.yaml"
    file.write_text(text, encoding="utf-8")
    return file


async def test_a_channel_is_served_without_any_other(outside: Path) -> None:
    opened: list[LetterBox] = []
    channels = (TELEGRAM, letters(opened))
    settings = read_settings(written(outside, "letters: {box: 8}\nweb: {port: 0}"), channels)
    await service.serve(settings, channels)
    assert [box.app.settings.of(Letters).box for box in opened] == [8]
    assert any("330.000" in html for html in opened[0].to("7"))


async def test_without_any_channel_it_is_said_what_each_needs(outside: Path) -> None:
    channels = (TELEGRAM, letters([]))
    with pytest.raises(BrokenSettings) as broken:
        await service.serve(read_settings(written(outside, "letters: {box: 0}"), channels), channels)
    said = str(broken.value)
    assert len(said.splitlines()) == 1
    for words in ("telegram.token", "BHXH_TELEGRAM__TOKEN", "letters.box", "a post box", "BHXH_LETTERS__BOX"):
        assert words in said
    assert os.listdir(outside) == ["config.yaml"]


@pytest.mark.parametrize(
    ("given", "named"),
    [("letters: {bok: 8}", "letters.bok: unknown key; known here: box"), ("letters: {box: x}", "a post box")],
)
def test_a_mistake_in_its_settings_is_named_as_any_other(outside: Path, given: str, named: str) -> None:
    with pytest.raises(BrokenSettings, match=named):
        read_settings(written(outside, given), (letters([]),))


def test_the_environment_sets_it_too(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BHXH_LETTERS__BOX", "9")
    assert read_settings(None, (letters([]),)).of(Letters).box == 9
    monkeypatch.setenv("BHXH_LETTERS_BOX", "9")
    with pytest.raises(BrokenSettings, match="BHXH_LETTERS_BOX: unknown"):
        read_settings(None, (letters([]),))
