"""Writes the conversation in the README again as it goes now: `make readme`, when what is said has changed."""

from __future__ import annotations

import asyncio
import datetime
import io
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from bot.app import open_app
from bot.base.settings import Settings
from bot.channels.terminal import Terminal
from bot.charts import pictures
from bot.storage.database import VIETNAM

README = Path(__file__).parents[1] / "README.md"
DAY = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)
_SHOWN = re.compile(r"(?<=```text\n).*?(?=```)", re.DOTALL)


async def replayed(document: str, terminal: Callable[[Console], Terminal], prompt: str) -> str:
    """A document whose transcript is what a terminal says now to the lines typed in it, behind the prompt."""
    (shown,) = _SHOWN.findall(document)
    typed = re.findall(rf"^{prompt} (.*)$", shown, re.MULTILINE)
    screen = io.StringIO()
    await terminal(Console(file=screen, width=10_000, highlight=False)).run(io.StringIO("\n".join(typed) + "\n"))
    said = "".join(f"{line.rstrip()}\n" for line in screen.getvalue().strip("\n").splitlines())
    return document.replace(shown, said)


async def _write() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = await open_app(Settings(data_folder=Path(folder)), lambda: DAY)
        texts = app.resources.texts

        def terminal(console: Console) -> Terminal:
            return Terminal(app.desk, app.delivery, texts, lambda: DAY, console, pictures.make, Path(folder))

        said = await replayed(README.read_text(encoding="utf-8"), terminal, texts.label("terminal.prompt"))
        await app.close()
    README.write_text(said, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_write())
