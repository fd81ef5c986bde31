"""What tests of the bot share: an empty folder with `bhxh` called there, the staff pages over an empty database, and a
browser.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.commands.cli import main
from bot.storage.database import Database
from handlers.dialogue.context import Resources
from tests.commands import PATIENCE, Ended
from tests.conftest import Clock
from tests.staff_pages import CHROMIUM, FLAGS, MISSING
from tests.web_house import House, make_house

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the working one, with no setting in the environment."""
    folder = tmp_path / "outside"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in [each for each in os.environ if each.startswith("BHXH_")]:
        monkeypatch.delenv(name)
    return folder


@pytest.fixture
def bhxh(outside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """The console script in this process: `bhxh("ask", "…", "--json")`."""

    def call(*words: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["bhxh", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, said.out, said.err)

    return call


@pytest.fixture
def house(database: Database, resources: Resources, clock: Clock, tmp_path: Path) -> House:
    return make_house(database, resources, clock, tmp_path / "data")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    from playwright.sync_api import expect, sync_playwright  # of few tests, and slow to load

    if not os.path.exists(CHROMIUM):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        expect.set_options(timeout=PATIENCE * 1000)
        yield started
        started.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains about, and what it asks of anyone else."""
    return []
