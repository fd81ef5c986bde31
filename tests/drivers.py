"""Carries a dialogue over a channel: the terminal as a person sees it, and Telegram on the strict API."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from rich.console import Console

from bot import pictures
from bot.channels.terminal import Terminal
from bot.desk import Desk
from handlers.exchange import Resources

_NUMBERED = re.compile(r"\[(\d+)\] (.+?)(?=   |$)", re.MULTILINE)


@dataclass(frozen=True)
class Heard:
    """What came back to one thing a person did: all its text, and the buttons by label."""

    text: str
    buttons: dict[str, str] = field(default_factory=dict)


class Driver(Protocol):
    """One person on a channel."""

    async def says(self, text: str) -> Heard: ...
    async def starts(self, payload: str) -> Heard: ...
    async def presses(self, data: str) -> Heard: ...
    async def sends(self, kind: str) -> Heard: ...
    async def restarts(self, desk: Desk) -> None: ...


class OnTerminal:
    """The terminal, read off its screen."""

    def __init__(self, desk: Desk, resources: Resources, clock: Callable[[], object], folder: Path) -> None:
        self._resources, self._clock, self._folder = resources, clock, folder
        self._open(desk)

    def _open(self, desk: Desk) -> None:
        self._screen = io.StringIO()
        console = Console(file=self._screen, width=10_000, highlight=False)
        texts = self._resources.texts
        self._terminal = Terminal(desk, texts, self._clock, console, pictures.make, self._folder)  # type: ignore[arg-type]

    async def restarts(self, desk: Desk) -> None:
        self._open(desk)

    async def says(self, text: str) -> Heard:
        await self._terminal.type(text)
        return self._heard()

    async def starts(self, payload: str) -> Heard:
        await self._terminal.hand_in("start", payload)
        return self._heard()

    async def presses(self, data: str) -> Heard:
        number = next((i for i, each in enumerate(self._terminal.buttons, 1) if each.data == data), None)
        if number is not None and number < 100:
            await self._terminal.type(str(number))
        else:
            await self._terminal.hand_in("press", data)
        return self._heard()

    async def sends(self, kind: str) -> Heard:
        await self._terminal.hand_in("media", "")
        return self._heard()

    def _heard(self) -> Heard:
        shown = self._screen.getvalue()
        self._screen.seek(0)
        self._screen.truncate()
        labels = [label for _, label in _NUMBERED.findall(shown)]
        assert labels == [each.label for each in self._terminal.buttons], "every button is shown with its number"
        return Heard(shown, {each.label: each.data for each in self._terminal.buttons})
