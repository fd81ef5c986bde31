"""A real process with the chat page: alone by one setting, killed within a talk, beside a Telegram that fails."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from bot.testing.drivers import SeenPage
from bot.testing.telegram_server import BotApiServer
from tests.commands import BHXH, PATIENCE, heard, surroundings
from tests.ports import free_port
from tests.real_process import assistant

pytestmark = pytest.mark.slow


def page_alone(port: int, **more: object) -> dict[str, object]:
    return {
        "web": {"port": 0, "chat_url": "https://tro-ly.example.vn", "chat_port": port},
        "telegram": {},
        "watch": {"port": 0},
        **more,
    }


class Person:
    """Somebody with a browser without a script, whose server may be gone for a while."""

    def __init__(self, port: int) -> None:
        self.address, self.cookies = f"http://127.0.0.1:{port}", ""

    def page(self) -> SeenPage:
        return SeenPage(self._asks("GET", "/"))

    def posts(self, **form: str) -> SeenPage:
        self._asks("POST", "/noi", form)
        return self.page()

    def _asks(self, method: str, path: str, form: dict[str, str] | None = None) -> str:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                answer = httpx.request(
                    method, self.address + path, data=form, headers={"Cookie": self.cookies}, timeout=PATIENCE
                )
            except httpx.TransportError:
                assert time.monotonic() < end
                time.sleep(0.1)
                continue
            if "set-cookie" in answer.headers:  # over plain HTTP only a browser on this machine keeps it
                self.cookies = answer.headers["set-cookie"].partition(";")[0]
            assert answer.status_code in (200, 303), answer.text
            return answer.text


def form_of(page: SeenPage, **done: str) -> dict[str, str]:
    return {**page.fields, **done}


def test_the_page_alone_is_served_killed_in_the_middle_of_a_talk_and_goes_on(tmp_path: Path) -> None:
    port = free_port()
    with BotApiServer() as api, assistant(tmp_path, api, page_alone(port)) as bot:
        bot.start()
        person = Person(port)
        shown = person.posts(**form_of(person.page(), text="tính tiền đóng"))
        for label in ("Mức thấp nhất", "Hộ cận nghèo", "6 tháng"):
            button = next(line.buttons[label] for line in shown.lines.values() if label in line.buttons)
            form = form_of(shown, press=button)
            bot.kill()
            bot.start()
            person.posts(**form)
            shown = person.posts(**form)  # twice, as who is not sure presses again
        said = "".join(line.text for line in shown.lines.values())
        assert said.count("Đóng 6 tháng một lần, nộp bây giờ") == 1
        assert bot.rows("SELECT count(*) FROM estimates") == [(1,)]
        assert len(re.findall(r"serves web:|the chat page is served on https://tro-ly.example.vn/", bot.log)) >= 2
        assert bot.stop() == 0


def test_telegram_that_refuses_the_token_leaves_the_page_serving_and_is_told(tmp_path: Path) -> None:
    port, watch = free_port(), free_port()
    sections = page_alone(port, watch={"port": watch})
    del sections["telegram"]
    with BotApiServer() as api, assistant(tmp_path, api, sections, token="1:wrong") as bot:
        bot.start()
        person = Person(port)
        assert person.page().lines
        end = time.monotonic() + PATIENCE
        while "telegram is not served any more" not in bot.log:
            assert time.monotonic() < end
            time.sleep(0.1)
        ready = httpx.get(f"http://127.0.0.1:{watch}/readyz", timeout=PATIENCE)
        assert ready.status_code == 503
        assert (ready.json()["channel_telegram"], ready.json()["channel_web"]) == (False, True)
        shown = person.posts(**form_of(person.page(), text="đóng mấy năm thì có lương hưu"))
        assert "15 năm" in "".join(line.text for line in shown.lines.values())
        assert bot.stop() == 0


def test_on_this_machine_it_says_the_same_without_any_setting(tmp_path: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [BHXH, "web", "--on", "2026-11-24"],
        cwd=tmp_path,
        env=surroundings(BHXH_WEB__CHAT_PORT=str(port)),
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        heard(process.stdout.fileno(), f"http://127.0.0.1:{port}/")
        person = Person(port)
        shown = person.posts(**form_of(person.page(), text="dong may nam thi duoc luong huu"))
        assert "Đóng đủ 15 năm và đủ tuổi nghỉ hưu" in "".join(line.text for line in shown.lines.values())
        process.terminate()
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait(PATIENCE)
        if process.stdout is not None:
            process.stdout.close()
