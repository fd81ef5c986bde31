"""The terminal: the same conversations as on Telegram, with numbered buttons; reads piped lines too."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
from collections.abc import Awaitable, Callable
from html import unescape
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text as Rich

from bot.base import logs
from bot.base.clock import Clock
from bot.channels.choices import steers
from bot.channels.markup import readable
from bot.desk.channel import Inbound
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.texts import Texts
from handlers.dialogue.turn import Button, Document, Picture, Said

log = logging.getLogger(__name__)

NAME = "terminal"
_PERSON = "local"
_TAG = re.compile(r"(</?[bi]>)")
_STYLES = {"b": "bold", "i": "italic"}
_QUIT = ("/thoat", "/quit", "/exit")


def styled(html: str) -> Rich:
    """A message's HTML as styled text."""
    said = Rich()
    open_tags: list[str] = []
    for piece in _TAG.split(html):
        if piece.startswith("</"):
            open_tags.remove(piece[2:-1])
        elif _TAG.fullmatch(piece):
            open_tags.append(piece[1:-1])
        else:
            said.append(unescape(piece), " ".join(_STYLES[tag] for tag in open_tags))
    return said


async def _next_line(lines: TextIO, interactive: bool) -> str:
    """The next line. At a keyboard it is read only once it is there, for a thread that reads outlives Ctrl-C."""
    if not interactive:
        return await asyncio.to_thread(lines.readline)
    typed, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_reader(lines, typed.set)
    try:
        await typed.wait()
    finally:
        loop.remove_reader(lines)
    return lines.readline()


class Terminal:
    """One person at a keyboard, or lines from a pipe."""

    name = NAME
    writes_first = False

    def __init__(
        self,
        desk: Desk,
        delivery: Delivery,
        texts: Texts,
        clock: Clock,
        console: Console,
        pictures: Callable[[Picture], Awaitable[bytes]],
        picture_folder: Path,
    ) -> None:
        self._desk = desk
        self._delivery = delivery
        self._texts = texts
        self._clock = clock
        self._console = console
        self._pictures = pictures
        self._picture_folder = picture_folder
        self.buttons: list[Button] = []
        """What the numbers press now."""
        self.steering: list[Button] = []
        """«Quay lại» and «Thôi», which are typed."""
        delivery.connect(self)

    async def run(self, lines: TextIO, start: str = "") -> None:
        """Welcome the person, then take lines until they end."""
        await self._delivery.send(await self._delivery.waiting())
        await self.hand_in("start", start)
        interactive = lines.isatty()
        if interactive:
            self._console.print(Rich(self._texts.label("terminal.how"), "dim"))
        while True:
            if interactive:
                self._console.print(Rich(self._texts.label("terminal.prompt"), "bold green"), end=" ")
            line = await _next_line(lines, interactive)
            if not line or line.strip() in _QUIT:
                break
            typed = line.rstrip("\n")
            if not interactive:
                self._console.print(Rich(f"{self._texts.label('terminal.prompt')} {typed}", "bold green"))
            await self.type(typed)
        self._console.print(Rich(self._texts.label("terminal.bye"), "dim"))

    async def type(self, typed: str) -> None:
        """A typed line: the number of a button presses it, anything else is text."""
        typed = readable(typed)
        number = int(typed) if typed.strip().isdecimal() and len(typed.strip()) <= 2 else 0
        if 1 <= number <= len(self.buttons):
            pressed = self.buttons[number - 1]
            self._console.print(Rich(f"  [{pressed.label}]", "dim"))
            await self.hand_in("press", pressed.data)
        elif typed.startswith("/start"):
            await self.hand_in("start", typed.removeprefix("/start").strip())
        else:
            await self.hand_in("text", typed)

    async def hand_in(self, kind: MessageKind, text: str) -> None:
        """One delivery, and everything said to it."""
        message = Message(kind, str(time.time_ns()), self._clock(), text)
        self.buttons, self.steering = [], []
        await self._delivery.send(await self._desk.take(Inbound(NAME, _PERSON, _PERSON, message)))

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        """Print a reply; a picture or file is saved, and its path shown."""
        if isinstance(reply, Picture):
            await self._show_picture(reply)
            return
        if isinstance(reply, Document):
            await self._save(reply)
            return
        self._print(styled(reply.html))
        for row in reply.buttons:
            shown = Rich()
            for button in row:
                shown.append("   " if shown else "  ")
                if steers(button):
                    self.steering.append(button)
                    shown.append(button.label, "dim")
                    continue
                self.buttons.append(button)
                shown.append(f"[{len(self.buttons)}] ", "cyan")
                shown.append(button.label)
            self._console.print(shown, soft_wrap=True)
        if reply.menu:
            labels = (label for row in reply.menu for label in row)  # typed in words: a bare number is an answer
            self._console.print(Rich("  " + "   ".join(labels), "cyan"), soft_wrap=True)

    def at_work(self, address: str) -> contextlib.AbstractAsyncContextManager[None]:
        """The terminal shows nothing meanwhile."""
        return contextlib.nullcontext()

    def _print(self, said: Rich) -> None:
        """A message, set in on a screen; in a pipe, lines as they are."""
        if self._console.is_terminal:
            self._console.print(Padding(said, (1, 0, 0, 2)))
        else:
            self._console.print()
            self._console.print(said, soft_wrap=True)

    async def _show_picture(self, picture: Picture) -> None:
        self._print(styled(picture.caption))
        try:
            content = await self._pictures(picture)
        except (KeyError, ValueError) as error:
            log.error("picture %s can't be made: %s", picture.name, logs.told(error))
            return
        self._picture_folder.mkdir(parents=True, exist_ok=True)
        path = self._picture_folder / f"{picture.name}.png"
        await asyncio.to_thread(path.write_bytes, content)
        self._console.print(Rich(self._texts.label("terminal.picture", path=str(path)), "dim"))

    async def _save(self, file: Document) -> None:
        """A file is saved beside the pictures, and its path shown."""
        self._picture_folder.mkdir(parents=True, exist_ok=True)
        path = self._picture_folder / file.file
        await asyncio.to_thread(path.write_bytes, file.content)
        self._print(styled(file.caption))
        self._console.print(Rich(self._texts.label("terminal.file", path=str(path)), "dim"))
