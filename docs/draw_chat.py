"""Draws docs/chat.png: a conversation in the terminal, as it really goes. `make picture` runs it.

Needs Debian's chromium, fonts-noto-mono and fonts-noto-color-emoji.
"""

from __future__ import annotations

import asyncio
import datetime
import io
import re
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console

from bot.app import open_app
from bot.base.settings import Settings
from bot.channels.terminal import Terminal
from bot.charts import pictures
from bot.storage.database import VIETNAM

SAID = ("tinh tien dong", "moi thang khoang 300k", "can ngheo", "6 thang")
DAY = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)
_WEB_FONTS = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)


async def draw() -> str:
    """The conversation as SVG, with no font from the network."""
    with tempfile.TemporaryDirectory() as folder:
        app = await open_app(Settings(data_folder=Path(folder)), lambda: DAY)
        console = Console(record=True, width=92, file=io.StringIO(), force_terminal=True, highlight=False)
        texts = app.resources.texts
        terminal = Terminal(app.desk, app.delivery, texts, lambda: DAY, console, pictures.make, Path(folder))
        for said in SAID:
            console.print(f"\n[bold green]{texts.label('terminal.prompt')}[/] {said}")
            await terminal.type(said)
        await app.close()
    return _WEB_FONTS.sub("", console.export_svg(title="make chat")).replace("Fira Code", "Noto Sans Mono")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        svg = Path(folder) / "chat.svg"
        svg.write_text(asyncio.run(draw()), encoding="utf-8")
        shot = f"--screenshot={Path(__file__).with_name('chat.png')}"
        quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
        subprocess.run(["chromium", *quiet, "--window-size=1130,1020", shot, str(svg)], check=True)
