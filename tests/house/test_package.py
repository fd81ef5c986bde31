"""The wheel: installed elsewhere, it answers a question, with every file it needs inside."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.commands import PATIENCE, surroundings

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def run(*words: str | Path, folder: Path) -> str:
    done = subprocess.run(
        [str(each) for each in words],
        cwd=folder,
        env={name: value for name, value in surroundings().items() if name != "PYTHONPATH"},
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, folder=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel, that sees the locked dependencies of this one and not the project."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", folder=folder)
    python = folder / "venv" / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel, folder=folder)
    (packages,) = (folder / "venv").glob("lib/python3*/site-packages")
    (packages / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = run(python, "-c", "import bot; print(bot.__file__)", folder=folder)
    assert where.startswith(str(folder)), "the project itself must come from the wheel"
    return folder


def test_the_wheel_answers_a_question_anywhere(installed: Path, tmp_path: Path) -> None:
    command = installed / "venv" / "bin" / "bhxh"
    said = run(command, "ask", "muc dong thap nhat la bao nhieu", "--on", "2026-11-24", folder=tmp_path)
    assert "330.000 đ" in said
    assert list(tmp_path.iterdir()) == []


def test_the_wheel_keeps_a_database_and_reports_and_checks_itself(installed: Path, tmp_path: Path) -> None:
    command = installed / "venv" / "bin" / "bhxh"
    run(command, "migrate", folder=tmp_path)
    assert "90%" in run(command, "report", "satisfaction", "--year", "2026", folder=tmp_path)
    assert "all right" in run(command, "check", "--on", "2026-11-24", folder=tmp_path)


def test_the_wheel_draws_a_picture_with_its_own_font(installed: Path, tmp_path: Path) -> None:
    program = (
        "from bot.charts.drawing import png\n"
        "data = png('plan', {'pension': 990000, 'pension_from': '2041-12', 'month': '2026-11'})\n"
        "print(data[:4] == b'\\x89PNG', len(data) > 10_000)\n"
    )
    assert run(installed / "venv" / "bin" / "python", "-c", program, folder=tmp_path).split() == ["True", "True"]


def test_every_file_that_is_read_is_in_the_wheel_and_no_secret(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    for package in ("bot", "handlers", "faq", "vietnamese", "law"):
        kept = {
            str(path.relative_to(ROOT))
            for path in (ROOT / package).rglob("*")
            if path.suffix in {".py", ".yaml", ".mako", ".jsonl", ".npz", ".ttf"} and "__pycache__" not in path.parts
        }
        assert kept - packed == set()
    assert "bot/charts/fonts/LICENSE" in packed, "the fonts go nowhere without their licence"
    settings = {name for name in packed if "config" in Path(name).name and not name.endswith(".py")}
    assert not settings | {name for name in packed if name.startswith(("tests/", "data/"))}
