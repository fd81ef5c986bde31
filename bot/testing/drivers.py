"""Carries a dialogue over a channel: the terminal as it is seen, Telegram on the strict API, the chat page by HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import html.parser
import io
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import httpx
from rich.console import Console

from bot.channels.telegram.announcing import Commands
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import TelegramConnection
from bot.channels.telegram.opening import commands
from bot.channels.terminal import Terminal
from bot.channels.web.application import application
from bot.channels.web.channel import ChatPlace, WebChannel
from bot.channels.web.throttle import Throttles
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

    async def settled(self) -> None:
        """Return when all that was done is answered."""
        await self.api.drained()
        await self._channel.settled()

    async def _heard(self) -> Heard:
        await self.settled()
        fresh = self._person.heard[self._seen :]
        self._seen = len(self._person.heard)
        buttons = {label: data for each in fresh for row in each.buttons for label, data in row}
        photos = tuple(each.photo for each in fresh if each.photo is not None)
        documents = tuple(each.document for each in fresh if each.document is not None)
        return Heard("\n".join(each.plain for each in fresh), buttons, photos, documents)


@dataclass
class SeenLine:
    """A line of a talk, read off the page: who said it, its words, what its buttons send, and what it links to."""

    side: str
    text: str = ""
    buttons: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)


class SeenPage(html.parser.HTMLParser):
    """What a browser without a script finds on a page: the lines by their numbers, the notice, the fields of a form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: dict[str, SeenLine] = {}
        self.fields: dict[str, str] = {}
        self.notice = ""
        self._line: SeenLine | None = None
        self._into = ""
        self._form = ""
        self._button: str | None = None
        self._label = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = given.get("class", "").split()
        if tag == "li" and "line" in kind:
            self._line = self.lines[given["id"]] = SeenLine(kind[-1])
        elif tag == "div" and "said" in kind:
            self._into = "said"
        elif tag == "p" and "notice" in kind and "hidden" not in given:
            self._into = "notice"
        elif tag == "form":
            self._form = given["id"]
        elif tag == "input" and self._form == "bam":
            self.fields[given["name"]] = given.get("value", "")
        elif tag == "button" and self._line is not None:
            self._button, self._label = given.get("value"), ""
        elif tag == "a" and self._line is not None and "download" in given:
            self._line.links.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("div", "p"):
            self._into = ""
        elif tag == "li":
            self._line = None
        elif tag == "form":
            self._form = ""
        elif tag == "button" and self._line is not None and self._button is not None:
            self._line.buttons[self._label] = self._button
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            self._label += data
        elif self._into == "notice":
            self.notice += data
        elif self._into == "said" and self._line is not None:
            self._line.text += data


class OnPage:
    """The chat page in a browser without a script, by HTTP."""

    def __init__(
        self, desk: Desk, delivery: Delivery, resources: Resources, clock: Callable[[], datetime.datetime]
    ) -> None:
        self._resources, self._clock = resources, clock
        self._seen: dict[str, SeenLine] = {}
        self._cookies = httpx.Cookies()
        self._connect(desk, delivery)

    def _connect(self, desk: Desk, delivery: Delivery) -> None:
        made = partial(application, ways=lambda code: (), throttles=Throttles.none())
        place = ChatPlace("https://tro-ly.example.vn/", "127.0.0.1", 0, "127.0.0.1")
        self.channel = WebChannel(desk, delivery, place, clock=self._clock, pictures=pictures.make, application=made)
        delivery.connect(self.channel)
        self.browser = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.channel.application),
            base_url="https://tro-ly.example.vn",
            cookies=self._cookies,
            follow_redirects=True,
        )
        self._cookies = self.browser.cookies

    async def restarts(self, desk: Desk, delivery: Delivery) -> None:
        await self.browser.aclose()
        self._connect(desk, delivery)

    async def ends(self) -> None:
        await self.browser.aclose()

    async def says(self, text: str) -> Heard:
        return await self._posts(text=text)

    async def starts(self, payload: str) -> Heard:
        return await self._posts(start=payload)

    async def presses(self, data: str) -> Heard:
        return await self._posts(press=data)

    async def sends(self, kind: str) -> Heard:
        raise AssertionError("nothing but words is sent on the page")

    async def _posts(self, **done: str) -> Heard:
        code = done.get("start", "")
        page = SeenPage((await self.browser.get("/", params={"c": code} if code else {})).text)
        answer = await self.browser.post("/noi", data={**page.fields, **done})
        assert answer.status_code == 200, (answer.status_code, SeenPage(answer.text).notice)
        return await self._heard(SeenPage(answer.text))

    async def _heard(self, page: SeenPage) -> Heard:
        fresh = [each for id, each in page.lines.items() if self._seen.get(id) != each and each.side == "assistant"]
        self._seen = page.lines
        links = [link for each in fresh for link in each.links]
        given = [(link, (await self.browser.get(link)).content) for link in links]
        return Heard(
            "\n".join([*(each.text for each in fresh), page.notice]),
            {label: data for each in fresh for label, data in each.buttons.items()},
            tuple(content for link, content in given if link.endswith(".png")),
            tuple(content for link, content in given if not link.endswith(".png")),
        )
