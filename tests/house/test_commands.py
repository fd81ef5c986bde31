"""Every command in a fenced block of a document is run here as it stands, or it is said why not."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands import cli as commands
from tests.commands import PATIENCE, surroundings

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"^( *)```(?:console|sh|shell|bash)\n(.*?)^\1```", re.DOTALL | re.MULTILINE)

ELSEWHERE = {
    r"make (test|setup)": "CI is `make test` on a clean checkout, which sets it up: .ci/run",
    r"make chat|bhxh chat": "`bhxh chat`, by a process of its own: tests/bot/channels/test_terminal.py",
    r"make web|bhxh web": "`bhxh web`, by a process of its own: tests/faults/test_chat_page.py",
    r"make run|bhxh run": "`bhxh run`: tests/bot/storage/test_real_faults.py",
    r"\.venv/bin/pytest .*": "these are tests themselves; that they exist is looked at below",
    r"bhxh questions (assign|out-of-scope) .*": (
        "with the numbers there are: "
        "tests/bot/commands/test_cli.py::test_staff_teach_it_what_it_did_not_know_and_the_next_process_answers"
    ),
    r"bhxh restore /var/backups/.*": (
        "tests/bot/storage/test_real_faults.py::test_damage_stops_the_service_and_the_backup_brings_it_back; "
        "and here, in a folder of its own, by the page van-hanh.md"
    ),
    r"bhxh announcement send .*": (
        "for as many people as there are: "
        "tests/bot/commands/test_announcement.py::test_it_is_written_sent_to_as_many_as_is_said_and_stopped"
    ),
    r"bhxh migrate --copy-from .*": "with PostgreSQL: tests/bot/storage/test_copying.py::test_it_is_a_command",
}
"""What is run, but not here: by what."""

NOT_RUN = {
    r"\.venv/bin/pre-commit install": "writes into the .git of this checkout",
    r"curl .* https://api\.telegram\.org": "tests speak to this machine only",
    r"journalctl .*|systemctl .*|systemd-analyze .*": "needs systemd as process 1: tried on a server (cai-dat.md)",
    r"apt-get .*|sh deploy/systemd/install .*|(runuser|sudo) .*": "changes the machine: tried on a server (cai-dat.md)",
    r"cd /(root/ban-moi)?|sha256sum .*|tar -xzf .*": "a release on a server: tried there (cai-dat.md)",
    r"nano .*": "somebody types",
    r"(cp|mkdir|printf|ls|ln|echo) .*/(etc|opt|var)/.*": "changes the machine: tried on a server (cai-dat.md)",
    r"docker compose .*|install -d .*": "no Docker here; what was tried of it says cai-dat.md",
    r"kubectl .*": "no cluster here; the manifests are held against the schemas of Kubernetes (cai-dat.md)",
    r"export BHXH_DATABASE__URL=.*": "names a PostgreSQL that is not here",
    r"git (switch|branch) .*": "moves this checkout to another branch",
    r"python -m tools\.tour \w+": "an exercise is done by a person; the checker: tests/tools/test_tour.py",
    r"make learn": (
        "writes into this checkout; what is kept is what it gives: "
        "tests/faq/engine/test_weights.py::test_the_kept_weights_are_what_the_content_gives"
    ),
    r"bhxh questions merge": (
        "writes into this checkout; what it does, without the command: "
        "tests/bot/curating/test_curating.py::test_merging_adds_lines_and_changes_nothing_else_and_does_it_once"
    ),
    r"bhxh questions draft .*": (
        "its number hangs on what was asked; what it does, without the command: tests/bot/curating/test_curating.py::"
        "test_a_draft_is_written_beside_the_questions_and_never_over_what_was_written"
    ),
    r"git diff": "shows what the command before it wrote",
    r"curl -s http://127\.0\.0\.1:8081/\w+": (
        "nothing serves here; the addresses are asked in "
        "tests/bot/watch/test_addresses.py::test_they_are_on_an_address_of_their_own_until_the_end"
    ),
    r"bhxh check --online": (
        "asks Telegram; what it finds out, without the command: "
        "tests/bot/channels/test_telegram.py::test_online_over_http_and_the_token_in_no_log"
    ),
    r"promtool .*": "Prometheus is not here; tests/bot/watch/test_deploy.py reads the rules and parses each expression",
}
"""What no test runs as it stands: why."""


@dataclass(frozen=True)
class Command:
    """A line of a block, without its remark."""

    document: str
    line: str

    @property
    def left_out(self) -> bool:
        return any(re.fullmatch(each, self.line) for each in (*ELSEWHERE, *NOT_RUN))


def commands_of(document: Path) -> Iterator[Command]:
    for _, block in BLOCK.findall(document.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            said = re.sub(r"(^|\s+)#\s.*$", "", line).strip().removeprefix(".venv/bin/bhxh ")
            bare = line.strip().startswith(".venv/bin/bhxh ")
            if said:
                yield Command(document.name, f"bhxh {said}" if bare else said)


COMMANDS = [each for document in DOCUMENTS for each in commands_of(document)]
RUN = sorted({each.document for each in COMMANDS if not each.left_out})


def test_what_is_said_not_to_be_run_stands_in_some_document() -> None:
    assert len(COMMANDS) > 60
    for pattern in (*ELSEWHERE, *NOT_RUN):
        assert any(re.fullmatch(pattern, each.line) for each in COMMANDS), f"nothing is {pattern}"
    for why in (*ELSEWHERE.values(), *NOT_RUN.values()):
        for file, test in re.findall(r"(tests/[\w/]+\.py)(?:::(\w+))?", why):
            assert (ROOT / file).exists(), why
            assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), why


def test_the_tests_that_are_named_exist() -> None:
    named = [each.line.split()[1:] for each in COMMANDS if each.line.startswith(".venv/bin/pytest")]
    assert len(named) > 2
    for place, *_ in named:
        file, _, test = place.partition("::")
        assert (ROOT / file).exists(), place
        assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), place


# --- running


class Desk:
    """A folder with what a checkout has, and the data of somebody who was asked."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        shutil.copytree(ROOT / "deploy", folder / "deploy")
        shutil.copy(ROOT / "config.example.yaml", folder)
        monkeypatch.chdir(folder)
        for name in set(surroundings(BHXH_="")) ^ set(surroundings()):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("BHXH_BACKUP_PASSPHRASE", "of whoever reads the page")

    def bhxh(self, *words: str, typed: str = "") -> None:
        done = CliRunner().invoke(commands.cli, list(words), input=typed, catch_exceptions=False)
        assert done.exit_code == 0, f"bhxh {' '.join(words)}: {done.output}"

    def runs(self, line: str) -> None:
        """As a shell does; what `bhxh` is asked is asked in this process, which starts it faster."""
        if line.startswith("cd "):
            self._monkeypatch.chdir(line.removeprefix("cd "))
            return
        given = re.match(r"((?:\w+=\S+ )*)bhxh (.*)", line)
        if given is None:
            done = subprocess.run(["bash", "-euc", line], check=False, capture_output=True, timeout=PATIENCE)
            assert done.returncode == 0, f"{line}: {done.stderr.decode()}"
            return
        with self._monkeypatch.context() as environment:
            for each in given[1].split():
                environment.setenv(*each.split("=", 1))
            self.bhxh(*shlex.split(given[2]))


def with_somebody(desk: Desk) -> None:
    """Somebody asked something, and something that is not known; there is a folder for backups."""
    (desk.folder / "sao-luu").mkdir()
    desk.bhxh("chat", typed="dong may nam thi duoc luong huu\nmay cay bi hong\n")


def with_its_name(desk: Desk) -> None:
    """The backup that was made before has the name that the page shows."""
    made = desk.folder / "sao-luu" / "bhxh-20261128-023000.backup"
    if not made.exists():
        (old,) = made.parent.glob("*.backup")
        shutil.copy(old, made)


def with_a_name(desk: Desk) -> None:
    """The bot has a name, for its links, and there is a list of places."""
    (desk.folder / "config.yaml").write_text("telegram: {username: ten_cua_bot}")
    (desk.folder / "danh-sach.csv").write_text(
        "địa điểm;nơi phát;tên\nChợ Gạo;CTV 03;Chợ phiên\n", encoding="utf-8-sig"
    )


BEFORE: dict[str, Callable[[Desk], None]] = {
    "tuyen-truyen.md": with_a_name,
    "van-hanh.md": with_somebody,
    "viet-cau-tra-loi.md": with_somebody,
}


@pytest.mark.parametrize("document", RUN)
def test_the_commands_of_a_document_run_in_their_order(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, monkeypatch)
    if document in BEFORE:
        BEFORE[document](desk)
    done: set[str] = set()
    for each in COMMANDS:
        if each.document != document or each.left_out or (each.line in done and "restore" not in each.line):
            continue
        if "bhxh restore" in each.line:
            with_its_name(desk)
        desk.runs(each.line)
        done.add(each.line)
    assert done
