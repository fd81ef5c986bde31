"""What tests of the command line share: an empty folder to stand in, and `bhxh` called there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.commands.cli import main
from tests.commands import Ended


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
