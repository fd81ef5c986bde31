"""The passphrase of backups comes from the environment, a file or a terminal, and from no command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.commands.cli import cli
from bot.commands.passphrase import NoPassphrase, passphrase

WORDS = "sáu mươi con trâu đen"


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BHXH_BACKUP_PASSPHRASE", raising=False)


def bhxh(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, words, input=typed)


def test_it_is_read_from_the_environment_or_a_file_and_a_line_break_is_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "passphrase"
    file.write_text(f"{WORDS}\n", encoding="utf-8")
    assert passphrase(file, new=True) == WORDS
    monkeypatch.setenv("BHXH_BACKUP_PASSPHRASE", f" {WORDS}")
    assert passphrase(None, new=True) == WORDS
    assert passphrase(None, new=False) == WORDS


@pytest.mark.parametrize("short", ["", "   ", "11letters.."])
def test_one_that_could_be_guessed_makes_no_backup(short: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BHXH_BACKUP_PASSPHRASE", short)
    with pytest.raises(NoPassphrase, match="BHXH_BACKUP_PASSPHRASE: at least 12") as refused:
        passphrase(None, new=True)
    assert refused.value.code == 2


def test_where_nobody_can_type_it_says_what_is_missing(tmp_path: Path) -> None:
    assert bhxh("chat", typed="xin chao\n").exit_code == 0
    made = bhxh("backup", "--to", "made.backup")
    assert isinstance(made.exception, NoPassphrase | SystemExit)
    assert not (tmp_path / "made.backup").exists()
    with pytest.raises(NoPassphrase, match="--passphrase-file"):
        passphrase(None, new=True)
    with pytest.raises(NoPassphrase, match="none: can't be read"):
        passphrase(Path("none"), new=True)


def test_a_backup_comes_back_with_the_passphrase_it_was_made_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "words"
    file.write_text(WORDS, encoding="utf-8")
    assert bhxh("chat", typed="dong may nam thi duoc luong huu\n").exit_code == 0
    secret = (tmp_path / "data" / "secret").read_text()
    assert bhxh("backup", "--to", "made.backup", "--passphrase-file", "words").exit_code == 0
    monkeypatch.setenv("BHXH_DATA_FOLDER", "elsewhere")
    assert bhxh("restore", "made.backup").exit_code != 0
    assert not (tmp_path / "elsewhere" / "secret").exists()
    monkeypatch.setenv("BHXH_BACKUP_PASSPHRASE", WORDS)
    assert bhxh("restore", "made.backup").exit_code == 0
    assert (tmp_path / "elsewhere" / "secret").read_text() == secret
