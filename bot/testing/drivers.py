"""Carries a dialogue over a channel: the terminal as a person sees it, and Telegram on the strict API."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import io
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console

from bot.channels.telegram.announcing import Commands
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import TelegramConnection
from bot.channels.telegram.opening import commands
from bot.channels.terminal import Terminal
from bot.charts import pictures
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.testing.telegram_api import TOKEN, StrictBotApi
from bot.testing.telegram_people import MEDIA
from handlers.dialogue.context import Resources

EDITOR, VIEWER, STRANGER = 501, 502, 503
"""Members of the staff's group in dialogues, by what they may do."""
_NUMBERED = re.compile(r"\[(\d+)\] (.+?)(?=   |$)", re.MULTILINE)


@dataclass(frozen=True)
class Heard:
    """What came back to one thing a person did: all its text, and the buttons by label."""

    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    pictures: tuple[bytes, ...] = ()
    documents: tuple[bytes, ...] = ()


class Driver(Protocol):
    """One person on a channel."""

    async def says(self, text: str) -> Heard: ...
    async def starts(self, payload: str) -> Heard: ...
    async def presses(self, data: str) -> Heard: ...
    async def sends(self, kind: str) -> Heard: ...
    async def restarts(self, desk: Desk, delivery: Delivery) -> None: ...
    async def ends(self) -> None: ...


class OnTerminal:
    """The terminal, read off its screen."""

    def __init__(
        self,
        desk: Desk,
        delivery: Delivery,
        resources: Resources,
        clock: Callable[[], datetime.datetime],
        folder: Path,
    ) -> None:
        self._resources, self._clock, self._folder = resources, clock, folder
        self._open(desk, delivery)

    def _open(self, desk: Desk, delivery: Delivery) -> None:
        self._delivery, self._screen = delivery, io.StringIO()
        console = Console(file=self._screen, width=10_000, highlight=False)
        texts = self._resources.texts
        self._terminal = Terminal(desk, delivery, texts, self._clock, console, pictures.make, self._folder)

    async def restarts(self, desk: Desk, delivery: Delivery) -> None:
        self._open(desk, delivery)

    async def ends(self) -> None:
        """Nothing is left running."""

    async def ticks(self, due: Awaitable[None]) -> Heard:
        """The clock hands in what is due."""
        await due
        self._terminal.buttons, self._terminal.steering = [], []
        await self._delivery.send(await self._delivery.waiting())
        return self._heard()

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
        assert all(each.label in shown for each in self._terminal.steering)
        buttons = {each.label: each.data for each in (*self._terminal.buttons, *self._terminal.steering)}
        saved = self._resources.texts.label("terminal.picture", path="")
        paths = [line.removeprefix(saved).strip() for line in shown.splitlines() if line.startswith(saved)]
        kept = self._resources.texts.label("terminal.file", path="")
        files = [line.removeprefix(kept).strip() for line in shown.splitlines() if line.startswith(kept)]
        return Heard(
            shown,
            buttons,
            tuple(Path(path).read_bytes() for path in paths),
            tuple(Path(path).read_bytes() for path in files),
        )


class OnTelegram:
    """A private chat with the bot, served by a real python-telegram-bot application on the strict Bot API."""

    def __init__(
        self,
        desk: Desk,
        delivery: Delivery,
        resources: Resources,
        clock: Callable[[], datetime.datetime],
        group: int | None = None,
    ) -> None:
        self.api = StrictBotApi()
        self.group = group
        if group is not None:
            self.api.group(group)
        self._seen_by_staff = 0
        self._person = self.api.user(7)
        self._resources, self._clock = resources, clock
        self._seen = 0
        self._start(desk, delivery)

    def _start(self, desk: Desk, delivery: Delivery) -> None:
        self._delivery = delivery
        texts = self._resources.texts
        self._channel = TelegramChannel(
            TelegramConnection(TOKEN, messages_a_second=0),
            desk,
            delivery,
            clock=self._clock,
            pictures=pictures.make,
            commands=Commands(commands(texts)),
            apology=texts.say("welcome.broken"),
            request=self.api,
        )
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(self._channel.run(self._stop))

    async def restarts(self, desk: Desk, delivery: Delivery) -> None:
        """The process is killed, without a word, and started again."""
        self._running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._running
        self._start(desk, delivery)

    async def ends(self) -> None:
        self._stop.set()
        await self._running
        expected = ("bot was blocked by the user", "upgraded to a supergroup chat")
        refused = [
            call
            for call in self.api.refusals
            if call.method != "getUpdates" and not (call.refused or "").endswith(expected)
        ]
        assert refused == [], "Telegram refused something"

    async def staff(self, turn: dict[str, Any]) -> Heard:
        """What a member of the staff does in their group, and what the group hears of it."""
        assert self.group is not None
        member, shown = self.api.user(turn.get("by", EDITOR)), self.api.heard(self.group)
        if "staff_says" in turn:
            member.says(turn["staff_says"], group=self.group)
        else:
            to = [each for each in shown if turn.get("to", "#K") in each.plain][-1]
            if "staff_presses" in turn:
                to = [each for each in shown if turn["staff_presses"] in each.labels][-1]
                member.presses_in(self.group, turn["staff_presses"], to)
            elif "staff_sends" in turn:
                member.replies("", to, group=self.group, **{turn["staff_sends"]: MEDIA[turn["staff_sends"]]})
            else:
                member.replies(turn["staff_replies"], to, group=self.group)
        return await self._heard()

    async def blocks(self, seen: bool) -> Heard:
        """The person blocks the bot; not `seen`, no update tells of it."""
        if seen:
            self._person.blocks()
        else:
            self.api.blocked.add(self._person.id)
        return await self._heard()

    async def group_moves(self, new: int, told: bool) -> Heard:
        """The group becomes a supergroup; not `told`, the bot learns it when it sends."""
        assert self.group is not None
        self.api.migrates(self.group, new, told=told)
        self.group, self._seen_by_staff = new, 0
        return await self._heard()

    async def ticks(self, due: Awaitable[None]) -> Heard:
        """The clock hands in what is due."""
        await due
        self._delivery.resume()
        return await self._heard()

    def heard_by_staff(self) -> Heard:
        """What came to the group since this was asked last."""
        assert self.group is not None
        fresh = self.api.heard(self.group)[self._seen_by_staff :]
        self._seen_by_staff = len(self.api.heard(self.group))
        buttons = {label: data for each in fresh for row in each.buttons for label, data in row}
        return Heard("\n".join(each.plain for each in fresh), buttons)

    async def says(self, text: str) -> Heard:
        self._person.says(text)
        return await self._heard()

    async def starts(self, payload: str) -> Heard:
        self._person.starts(payload)
        return await self._heard()

    async def presses(self, data: str) -> Heard:
        holding = [each for each in self._person.heard if any(data == held for row in each.buttons for _, held in row)]
        self._person.presses_data(data, holding[-1].message_id)
        return await self._heard()

    async def sends(self, kind: str) -> Heard:
        self._person.sends(kind)
        return await self._heard()

    async def _heard(self) -> Heard:
        await self.api.drained()
        await self._channel.settled()
        fresh = self._person.heard[self._seen :]
        self._seen = len(self._person.heard)
        buttons = {label: data for each in fresh for row in each.buttons for label, data in row}
        photos = tuple(each.photo for each in fresh if each.photo is not None)
        documents = tuple(each.document for each in fresh if each.document is not None)
        return Heard("\n".join(each.plain for each in fresh), buttons, photos, documents)
