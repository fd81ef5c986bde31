"""Each fault of the network, of Telegram and of the machine, on a real process: nothing lost, and answered afterwards.

People write in the middle of the fault. The process goes on, or ends with one line where only somebody can help; once
the cause is gone everybody is answered, and each question is kept once.
"""

from __future__ import annotations

import contextlib
import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from bot.testing import telegram_wire
from bot.testing.telegram_server import TOKEN, BotApiServer, ShownMessage
from bot.testing.telegram_wire import WireAnswer, status
from tests.real_process import Assistant, assistant

pytestmark = pytest.mark.slow

QUESTION = "đóng mấy năm thì được lương hưu"
ANSWER = "15 năm"
PEOPLE = 3
"""Who write in the middle of each fault."""


class Scene:
    """A process that answers, and more people who write to it with every fault."""

    def __init__(self, api: BotApiServer, process: Assistant) -> None:
        self.api, self.process = api, process
        self.people: list[int] = []
        self.last = 0

    def ask(self) -> list[int]:
        """More people ask; returns who."""
        fresh = [1_000 + len(self.people) + number for number in range(PEOPLE)]
        self.people += fresh
        for person in fresh:
            self.last = self.api.says(person, QUESTION)
        return fresh

    def answered(self, people: Sequence[int]) -> None:
        """Wait until these have the answer, and what they wrote never comes again."""

        def all_are() -> bool:
            return self.api.confirmed(self.last) and all(
                any(ANSWER in each.text for each in self.api.heard(person)) for person in people
            )

        self.until(all_are, "everybody is answered")

    def until(self, condition: Callable[[], bool], what: str) -> None:
        self.api.until(condition, what, self.goes_on)

    def goes_on(self) -> None:
        assert self.process.running, "the process goes on"

    def holds_to_account(self) -> None:
        """Every question is kept once, and nobody was told sorry."""
        counted = self.process.rows("SELECT count(*), count(DISTINCT key) FROM questions")
        assert counted == [(len(self.people), len(self.people))]
        assert [each for person in self.people for each in self.api.heard(person) if "trục trặc" in each.text] == []


@contextlib.contextmanager
def scene(folder: Path, sections: Mapping[str, object] | None = None) -> Iterator[Scene]:
    """A process that has answered somebody, and is held to account at the end."""
    with BotApiServer() as api, assistant(folder, api, sections) as process:
        process.start()
        made = Scene(api, process)
        made.answered(made.ask())
        yield made
        made.api.heal()
        made.answered(made.ask())
        made.holds_to_account()
        assert process.stop() == 0


# --- Telegram ------------------------------------------------------------------------------------

PASSING = {
    "409": status(409, "Conflict: terminated by other getUpdates request"),
    "429": status(429, "Too Many Requests: retry after 1", retry_after=1),
    "500": status(500, "Internal Server Error"),
    "502, a page": telegram_wire.HTML,
    "503": status(503),
    "200, garbage": telegram_wire.GARBAGE,
    "200, a page": telegram_wire.PAGE,
    "200, another type": telegram_wire.OTHER_TYPE,
    "cut in the middle": telegram_wire.CUT,
    "taken, and the answer lost": telegram_wire.LOST,
    "slow": WireAnswer(502, b"", seconds=2),
}
"""What passes by itself, by what it is."""
UNCLEAR = ("200, garbage", "200, a page", "200, another type", "cut in the middle", "taken, and the answer lost")
"""After which it is not known whether a reply was taken: it is sent once more, and then counts as taken."""
IN_A_ROW = 2


def test_a_poll_that_fails_in_any_way_is_made_again(tmp_path: Path) -> None:
    with scene(tmp_path) as play:
        for name, answer in PASSING.items():
            if answer.taken:
                continue  # a poll whose answer is lost is one that is cut
            polls = play.api.called("getUpdates")
            play.api.misbehaves("getUpdates", answer, times=1)
            people = play.ask()
            play.answered(people)
            assert play.api.called("getUpdates") > polls + 1, name
        assert TOKEN.partition(":")[2] not in play.process.log


def test_whatever_telegram_answers_to_a_reply_everybody_has_it_in_the_end(tmp_path: Path) -> None:
    """Each fault in a chat of its own, all at once, for whatever is said there: texts, changes, pictures."""
    with scene(tmp_path) as play:
        people = [play.ask()[0] for _ in PASSING]
        play.answered(play.people)
        for person, (name, answer) in zip(people, PASSING.items(), strict=True):
            play.api.misbehaves("*", answer, times=1 if name in UNCLEAR else IN_A_ROW, chat=person)
            play.last = play.api.presses(person, with_button(play, person, DETAILS), DETAILS)

        def all_heard() -> bool:
            return all(any("Căn cứ" in each.text for each in play.api.heard(person)) for person in people)

        play.until(all_heard, "everybody has the details")
        assert TOKEN.partition(":")[2] not in play.process.log


def test_a_press_that_can_not_be_acknowledged_is_answered_all_the_same(tmp_path: Path) -> None:
    with scene(tmp_path) as play:
        people = [play.ask()[0] for _ in PASSING]
        play.answered(play.people)
        for person, answer in zip(people, PASSING.values(), strict=True):
            play.api.misbehaves("answerCallbackQuery", answer, times=1)
            play.last = play.api.presses(person, with_button(play, person, DETAILS), DETAILS)
        play.until(
            lambda: all(any("Căn cứ" in each.text for each in play.api.heard(person)) for person in people),
            "everybody has the details",
        )


@pytest.mark.parametrize("method", ["getMe", "setMyCommands"])
def test_a_start_that_telegram_spoils_is_gone_on_with(tmp_path: Path, method: str) -> None:
    with BotApiServer() as api, assistant(tmp_path, api) as process:
        for answer in (
            telegram_wire.HTML,
            telegram_wire.GARBAGE,
            telegram_wire.OTHER_TYPE,
            telegram_wire.CUT,
            status(429, retry_after=1),
        ):
            api.misbehaves(method, answer, times=1)
        process.start()
        play = Scene(api, process)
        play.answered(play.ask())
        play.holds_to_account()
        assert process.stop() == 0


DETAILS = "Chi tiết"


def with_button(play: Scene, person: int, label: str) -> ShownMessage:
    """What this person was last shown with such a button."""
    heard = reversed(play.api.heard(person))
    return next(each for each in heard if any(label in words for words, _ in each.buttons))


def test_a_call_that_hangs_holds_up_nobody_else_and_is_answered_afterwards(tmp_path: Path) -> None:
    with scene(tmp_path) as play:
        play.api.holds("sendMessage")
        people = play.ask()
        play.until(lambda: play.api.held("sendMessage") >= PEOPLE and play.api.confirmed(play.last), "all of them hang")
        play.api.heal()
        play.answered(people)


def test_who_blocked_the_assistant_ends_nothing_for_anybody_else(tmp_path: Path) -> None:
    with scene(tmp_path) as play:
        blocked, *others = play.ask()
        play.api.misbehaves("sendMessage", status(403, "Forbidden: bot was blocked by the user"), chat=blocked)
        gone, *more = play.ask()
        play.api.misbehaves("sendMessage", status(400, "Bad Request: chat not found"), chat=gone)
        play.answered([*others, *more])


@pytest.mark.parametrize("code", [401, 404])
def test_a_token_that_is_revoked_ends_it_with_one_line_and_a_good_one_goes_on(tmp_path: Path, code: int) -> None:
    with scene(tmp_path) as play:
        play.api.misbehaves("getUpdates", status(code, "Unauthorized" if code == 401 else "Not Found"))
        people = play.ask()
        assert play.process.ends() == 2
        last = play.process.log.splitlines()[-1]
        assert "token" in last
        assert TOKEN not in play.process.log
        play.api.heal()
        play.process.start()
        play.answered(people)


# --- the network ---------------------------------------------------------------------------------


def test_the_network_gone_and_back(tmp_path: Path) -> None:
    with scene(tmp_path) as play:
        play.api.goes()
        people = play.ask()
        play.until(lambda: "no answer" in play.process.log, "it says that nobody answers")
        play.api.comes_back()
        play.answered(people)


def test_a_proxy_gone_and_back(tmp_path: Path) -> None:
    with BotApiServer() as proxy:
        proxied = proxy.address.removesuffix("/bot")
        with assistant(tmp_path, proxy, base_url="http://telegram.invalid/bot", proxy=proxied) as process:
            process.start()
            play = Scene(proxy, process)
            play.answered(play.ask())
            proxy.goes()
            people = play.ask()
            play.until(lambda: "no answer" in process.log, "it says that nobody answers")
            proxy.comes_back()
            play.answered(people)
            play.holds_to_account()
            assert process.stop() == 0


NAME = "telegram.invalid"
RESOLVER = f"""
import pathlib, socket
found = socket.getaddrinfo
def getaddrinfo(host, *given, **more):
    if host in ("{NAME}", b"{NAME}"):
        if not pathlib.Path(__file__).with_name("known").exists():
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        host = "127.0.0.1"
    return found(host, *given, **more)
socket.getaddrinfo = getaddrinfo
"""
"""What looks up names for the process, and knows that of the Bot API while a file lies beside it."""


def test_a_name_that_can_not_be_found_and_can_again(tmp_path: Path) -> None:
    """At the start, and under way."""
    looked_up = tmp_path / "looked_up"
    looked_up.mkdir()
    (looked_up / "sitecustomize.py").write_text(RESOLVER)
    known = looked_up / "known"
    with BotApiServer() as api:
        named = api.address.replace("127.0.0.1", NAME)
        with assistant(tmp_path, api, base_url=named) as process:
            play = Scene(api, process)
            process.start(PYTHONPATH=str(looked_up))
            for _ in range(2):
                people = play.ask()
                before = process.log.count("no answer")
                play.until(lambda before=before: process.log.count("no answer") >= before + 2, "it tries again")  # type: ignore[misc]
                assert not api.heard(people[0])
                known.touch()
                play.answered(people)
                known.unlink()
                api.goes()  # a connection that is open needs no name
                api.comes_back()
            known.touch()
            play.answered(play.ask())
            play.holds_to_account()
            assert process.stop() == 0


# --- the machine ---------------------------------------------------------------------------------


def test_a_database_that_another_process_holds(tmp_path: Path) -> None:
    with scene(tmp_path) as play:
        with contextlib.closing(sqlite3.connect(play.process.data / "bhxh.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            people = play.ask()
            first = play.last - PEOPLE + 1
            play.until(lambda: play.api.was_given(play.last), "the updates are handed out")
            assert not play.api.confirmed(first)
            other.execute("ROLLBACK")
        play.answered(people)


def test_a_disk_that_is_full_and_has_room_again(tmp_path: Path) -> None:
    """Full for this process: a file may not grow, which SQLite meets as it meets a full disk."""
    with scene(tmp_path) as play:
        _, hard = resource.prlimit(play.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(play.process.pid, resource.RLIMIT_FSIZE, (4_096, hard))
        people = play.ask()
        play.until(lambda: play.api.was_given(play.last), "the updates are handed out")
        resource.prlimit(play.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        play.answered(people)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 8 MB, where one may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here: only root may")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_a_real_disk_that_is_full_and_one_that_is_read_only_at_start(small_disk: Path, tmp_path: Path) -> None:
    with scene(tmp_path, {"data_folder": str(small_disk / "data")}) as play:
        filler = small_disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(b"0" * 4_096)
                file.flush()
        people = play.ask()
        play.until(lambda: play.api.was_given(play.last), "the updates are handed out")
        filler.unlink()
        play.answered(people)
        play.process.kill()
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
        people, said = play.ask(), len(play.process.log)
        play.process.start()
        play.api.until(lambda: len(play.process.log) > said or not play.process.running, "it says so, or ends")
        subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
        if not play.process.running:
            play.process.start()
        play.answered(people)


def test_a_clock_that_jumps_forth_and_back(tmp_path: Path) -> None:
    """Under way, and between two starts; what the kernel counts for pauses goes on."""
    shim, clock = tmp_path / "wall_clock.so", tmp_path / "wall_clock"
    source = Path(__file__).with_name("wall_clock.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True)
    with BotApiServer() as api, assistant(tmp_path, api) as process:
        play = Scene(api, process)
        for first, *jumps in ((0, 400, -2), (-2, 0)):
            clock.write_text(str(first * A_DAY))
            process.start(LD_PRELOAD=str(shim), WALL_CLOCK=str(clock))
            play.answered(play.ask())
            for jump in jumps:
                clock.write_text(str(jump * A_DAY))
                play.answered(play.ask())
            process.kill()
            assert process.rows("SELECT count(DISTINCT date(at)) FROM questions") == [(3,)], "it was told the time"
        process.start()
        play.answered(play.ask())
        play.holds_to_account()
        assert process.stop() == 0


A_DAY = 86_400
