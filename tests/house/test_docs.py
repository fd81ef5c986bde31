"""The documents say what the software does: the transcript is replayed, the commands exist, the glossary is current."""

from __future__ import annotations

import importlib.util
import io
import re
from pathlib import Path

from conftest import Clock
from rich.console import Console
from typer.testing import CliRunner

from bot import pictures
from bot.channels.terminal import Terminal
from bot.cli import cli
from bot.content import Content
from bot.desk import Desk
from handlers.exchange import Resources

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


async def test_the_transcript_in_the_readme_is_what_is_said(
    desk: Desk, resources: Resources, clock: Clock, tmp_path: Path
) -> None:
    shown = re.findall(r"```text\n(.*?)```", README, re.DOTALL)[0]
    prompt = resources.texts.label("terminal.prompt")
    typed = re.findall(rf"^{prompt} (.*)$", shown, re.MULTILINE)
    screen = io.StringIO()
    console = Console(file=screen, width=10_000, highlight=False)
    terminal = Terminal(desk, resources.texts, clock, console, pictures.make, tmp_path)
    await terminal.run(io.StringIO("\n".join(typed) + "\n"))
    said = "\n".join(line.rstrip() for line in screen.getvalue().strip("\n").splitlines())
    assert said == shown.rstrip("\n")


def test_every_command_of_the_readme_exists_and_every_command_is_in_it() -> None:
    named = set(re.findall(r"^\| `bhxh ([a-z-]+)", README, re.MULTILINE))
    helped = CliRunner().invoke(cli, ["--help"]).output
    existing = {command.name or command.callback.__name__ for command in cli.registered_commands if command.callback}
    existing |= {str(group.name) for group in cli.registered_groups}
    assert named == existing
    assert all(name in helped for name in existing)


def test_every_document_linked_exists() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name} links {link}"


def test_the_glossary_is_made_from_the_parameters(content: Content) -> None:
    spec = importlib.util.spec_from_file_location("write_glossary", ROOT / "docs" / "write_glossary.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8") == module.glossary(content.law)
