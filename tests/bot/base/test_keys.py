"""Keys: the same person is the same key as long as the secret lives, and nobody finds the person in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.base.keys import Keys, NotSealedHere, WeakSecret, load_secret
from tests.commands import PATIENCE, surroundings


def test_a_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    made = load_secret(folder, None)
    assert len(made) >= 32
    assert load_secret(folder, None) == made
    (file,) = folder.iterdir()  # and nothing is left lying about
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert load_secret(tmp_path / "other", None) != made


def test_what_a_killed_start_left_behind_stops_no_later_one(tmp_path: Path) -> None:

    (tmp_path / f"secret.{os.getpid()}").write_text("half")
    assert len(load_secret(tmp_path, None)) >= 32


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys; from bot.base.keys import load_secret; sys.stdin.readline();"
        "print(load_secret(pathlib.Path(sys.argv[1]), None).decode())"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "data")],
            cwd=Path(__file__).parents[3],
            env=surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(6)
    ]
    for each in started:
        assert each.stdin is not None
        each.stdin.write(b"go\n")
        each.stdin.flush()
    said = {each.communicate(timeout=PATIENCE)[0] for each in started}
    assert len(said) == 1
    assert len(said.pop().strip()) >= 32
    assert [each.name for each in (tmp_path / "data").iterdir()] == ["secret"]


@pytest.mark.parametrize("length", [0, 1, 31])
def test_a_short_secret_is_refused_wherever_it_stands(tmp_path: Path, length: int) -> None:
    with pytest.raises(WeakSecret) as weak:
        load_secret(tmp_path, "x" * length)
    assert (weak.value.where, weak.value.length) == ("BHXH_SECRET", length)
    (tmp_path / "secret").write_text("x" * length + "\n")
    with pytest.raises(WeakSecret) as weak:
        load_secret(tmp_path, None)
    assert weak.value.where == str(tmp_path / "secret")


def test_a_given_secret_is_taken_as_it_is_and_no_file_is_made(tmp_path: Path) -> None:
    assert load_secret(tmp_path / "data", "x" * 32) == b"x" * 32
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_counted_in_bytes(tmp_path: Path) -> None:
    assert len(load_secret(tmp_path, "ầ" * 11)) == 33


def test_a_key_stays_what_it_was() -> None:
    """Written down once: another way to make keys would make a stranger of everybody who is known."""
    known = "c5d2e4fe4eedc8db9f2528fae7238da46150454c6516f221c776aa893c782236"
    assert Keys(b"0" * 32).of("telegram", "987654321") == known


def test_keys_differ_by_person_channel_and_secret() -> None:
    keys, others = Keys(b"0" * 32), Keys(b"1" * 32)
    found = {keys.of("telegram", "7"), keys.of("telegram", "8"), keys.of("terminal", "7"), others.of("telegram", "7")}
    assert len(found) == 4
    assert all(len(each) == 64 for each in found)


def test_what_is_sealed_is_opened_with_the_same_secret_for_the_same_row_only() -> None:
    keys = Keys(b"0" * 32)
    sealed = keys.seal("987654321", "addresses", "p", "telegram")
    assert "987654321" not in sealed
    assert sealed != keys.seal("987654321", "addresses", "p", "telegram")
    assert Keys(b"0" * 32).unseal(sealed, "addresses", "p", "telegram") == "987654321"
    others = [(Keys(b"1" * 32), sealed, "p"), (keys, sealed, "q"), (keys, sealed[:-4], "p"), (keys, "987654321", "p")]
    for key, kept, row in others:
        with pytest.raises(NotSealedHere):
            key.unseal(kept, "addresses", row, "telegram")
