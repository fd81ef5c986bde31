"""The terminal: the assistant as a person meets it, piped, killed and begun again, and at a real keyboard."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.channels.terminal import Terminal, styled
from bot.charts import pictures
from bot.desk.delivery import Delivery
from bot.desk.desk import Desk
from bot.storage.database import Database
from handlers.dialogue.context import Resources
from handlers.dialogue.turn import Picture
from tests.commands import BHXH, PATIENCE, heard, spawned, surroundings
from tests.conftest import Clock, make_delivery, make_desk

CHAT = ("chat", "--on", "2026-11-24")


# --- processes -----------------------------------------------------------------------------------


def test_a_form_typed_through_a_pipe_and_killed_in_its_middle_goes_on_and_is_computed(tmp_path: Path) -> None:
    killed = subprocess.Popen(
        [BHXH, *CHAT], cwd=tmp_path, env=surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert killed.stdin is not None
    assert killed.stdout is not None
    killed.stdin.write(b"tinh tien dong\nkhoang 500k thoi\n")
    killed.stdin.flush()
    heard(killed.stdout.fileno(), "Gia đình bà con thuộc diện nào?")
    killed.kill()
    killed.wait()
    killed.stdin.close()
    killed.stdout.close()
    again = spawned(tmp_path, *CHAT, typed=b"khac\n6 thang\n")
    assert (again.code, again.err) == (0, "")
    # own 500.000 + support 20 % × 22 % × 1.500.000 = 66.000 → 566.000 = 22 % of 2.572.727
    for words in ("mấy tháng một lần", "tính ra 500.000 đ một tháng", "66.000 đ", "2.573.000 đ", "3.000.000 đ"):
        assert words in again.out
    assert "định đóng khoảng bao nhiêu" not in again.out
    assert again.out.splitlines()[-1].startswith("Tạm biệt bà con")


@pytest.mark.slow
def test_a_link_counts_for_its_campaign_and_stray_bytes_stop_nothing(tmp_path: Path) -> None:
    assert spawned(tmp_path, "campaign", "add", "cho-phu-thai", "Chợ", "Phú Thái").code == 0
    ended = spawned(
        tmp_path,
        *CHAT,
        "--start",
        "cho-phu-thai",
        typed=b"\xff\xfe\nmuc dong thap nhat la bao nhieu\n",
        PYTHONIOENCODING="utf-8:strict",
    )
    assert (ended.code, ended.err) == (0, "")
    assert "330.000 đ" in ended.out
    (campaign,) = spawned(tmp_path, "campaign", "list", "--json").json["campaigns"]
    assert (campaign["starts"], campaign["people"], campaign["people_answered"]) == (1, 1, 1)


_AT_ITS_TERMINAL = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "signal.signal(signal.SIGINT, signal.SIG_DFL);"  # which is ignored where the tests were started in the background
    "os.execv(sys.argv[1], sys.argv[1:])"
)


@contextlib.contextmanager
def at_keyboard(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """`bhxh chat` at a terminal of its own."""
    keyboard, screen = pty.openpty()
    sitting = subprocess.Popen(
        [sys.executable, "-c", _AT_ITS_TERMINAL, BHXH, *CHAT],
        cwd=folder,
        env=surroundings(TERM="xterm"),
        stdin=screen,
        stdout=screen,
        stderr=screen,
        start_new_session=True,
    )
    os.close(screen)
    try:
        yield keyboard, sitting
    finally:
        if sitting.poll() is None:
            sitting.kill()
        sitting.wait()
        os.close(keyboard)


def test_a_person_at_the_keyboard_types_and_presses_and_ctrl_d_ends_it(tmp_path: Path) -> None:
    with at_keyboard(tmp_path) as (keyboard, sitting):
        assert "Thoát: /thoat" in heard(keyboard, "Bà con ›")
        os.write(keyboard, b"tinh tien dong\n")
        heard(keyboard, "Chọn theo mức thu nhập")
        heard(keyboard, "Bà con ›")
        os.write(keyboard, b"3\n")
        assert "500.000 đ" in heard(keyboard, "thuộc diện nào?")
        heard(keyboard, "Bà con ›")
        os.write(keyboard, b"\x04")
        heard(keyboard, "Tạm biệt bà con")
        assert sitting.wait(timeout=PATIENCE) == 0


def test_ctrl_c_ends_it_at_once(tmp_path: Path) -> None:
    with at_keyboard(tmp_path) as (keyboard, sitting):
        heard(keyboard, "Bà con ›")
        os.write(keyboard, b"\x03")
        assert sitting.wait(timeout=PATIENCE) == 130


# --- in this process -----------------------------------------------------------------------------


class Screen:
    """A terminal on a desk, and what stands on it since it was last looked at."""

    def __init__(self, desk: Desk, delivery: Delivery, resources: Resources, clock: Clock, folder: Path) -> None:
        self._file = io.StringIO()
        console = Console(file=self._file, width=100, highlight=False)
        self.terminal = Terminal(desk, delivery, resources.texts, clock, console, pictures.make, folder)

    async def type(self, typed: str) -> str:
        await self.terminal.type(typed)
        return self.shown()

    def shown(self) -> str:
        said = self._file.getvalue()
        self._file.seek(0)
        self._file.truncate()
        return said


@pytest.fixture
def screen(desk: Desk, delivery: Delivery, resources: Resources, clock: Clock, tmp_path: Path) -> Screen:
    return Screen(desk, delivery, resources, clock, tmp_path)


async def test_a_number_presses_the_button_that_shows_it(screen: Screen) -> None:
    shown = await screen.type("/tinhdong")
    assert "[3] 500.000 đ" in shown
    assert "Bà con chọn: 500.000 đ" in await screen.type("3")


async def test_a_number_no_button_has_is_what_was_typed(screen: Screen) -> None:
    await screen.type("/tinhdong")
    await screen.type("500k")
    await screen.type("khác")
    shown = await screen.type("12")  # months: there is no twelfth button
    assert "Đóng 12 tháng một lần" in shown


async def test_a_bare_number_answers_the_question_asked_and_never_opens_what_the_bottom_menu_holds(
    screen: Screen,
) -> None:
    await screen.terminal.hand_in("start", "")
    screen.shown()
    assert "định đóng khoảng bao nhiêu" not in await screen.type("2")  # «Tính tiền đóng» is the second of the menu
    await screen.type("/luonghuu")
    await screen.type("nữ")
    shown = await screen.type("2")  # the year of birth has no buttons: this is an answer, if a wrong one
    assert "định đóng khoảng bao nhiêu" not in shown
    assert "sinh" in shown


async def test_numbers_press_only_what_was_said_last(screen: Screen) -> None:
    await screen.type("/tinhdong")
    await screen.type("mức đóng thấp nhất là bao nhiêu")  # its buttons, then those of the form, numbered through
    labels = [button.label for button in screen.terminal.buttons]
    number = labels.index("1.000.000 đ") + 1
    assert "1.000.000 đ" in await screen.type(str(number))
    await screen.type("thôi")
    assert "500.000 đ" not in [button.label for button in screen.terminal.buttons]


async def test_lines_are_read_until_the_person_says_goodbye(screen: Screen) -> None:
    await screen.terminal.run(io.StringIO("mức đóng thấp nhất\n/thoat\n/tinhdong\n"))
    shown = screen.shown()
    assert "Chào bà con" in shown
    assert "330.000 đ" in shown
    assert "định đóng khoảng bao nhiêu" not in shown


async def test_what_was_not_seen_before_the_end_is_shown_at_the_next_start(
    screen: Screen, desk: Desk, database: Database, resources: Resources, clock: Clock, tmp_path: Path
) -> None:
    from bot.desk.channel import Inbound
    from handlers.dialogue.message import Message

    await desk.take(Inbound("terminal", "local", "local", Message("text", "1", clock(), "/tinhdong")))
    clock.forward(minutes=5)
    desk = make_desk(database, resources, clock)
    again = Screen(desk, make_delivery(desk, database, resources, clock), resources, clock, tmp_path)
    await again.terminal.run(io.StringIO(""))
    assert "định đóng khoảng bao nhiêu" in again.shown()


async def test_a_picture_that_an_older_version_asked_for_is_told_in_words(screen: Screen) -> None:
    older = {"incomes": "2000000,3000000", "pensions": "1000000,1500000", "month": "2026-11"}
    await screen.terminal.send("local", Picture("pension_by_income", older, "Lương hưu theo mức đóng"), None)
    shown = screen.shown()
    assert "Lương hưu theo mức đóng" in shown
    assert ".png" not in shown


async def test_every_word_of_a_long_answer_reaches_a_pipe_whole(screen: Screen, quoted: Callable[..., str]) -> None:
    shown = await screen.type("từ năm 2027 mức đóng thay đổi thế nào")
    assert quoted("{contribution_min_next}") in shown
    assert max(map(len, shown.splitlines())) > 100  # one line a paragraph: nothing is broken or cut


def test_markup_is_style_and_what_people_typed_is_not() -> None:
    said = styled("<b>Thấp nhất</b> &lt;b&gt; <i>330.000 đ</i> &amp;amp; [red]x[/red]")
    assert said.plain == "Thấp nhất <b> 330.000 đ &amp; [red]x[/red]"
    assert {(span.start, span.end, str(span.style)) for span in said.spans if span.style} == {
        (0, 9, "bold"),
        (14, 23, "italic"),
    }
