"""A real `bhxh run` on Zalo, killed between the steps of an answer: what was acknowledged is answered, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.testing.telegram_server import BotApiServer
from bot.testing.zalo_api import ZALO_TOKEN
from bot.testing.zalo_server import ZaloServer
from tests.ports import free_port
from tests.real_process import WEBHOOK_TOKEN, Assistant, assistant

pytestmark = pytest.mark.slow

ASKED, ANSWERED = "đóng mấy năm thì có lương hưu", "15 năm"


@pytest.fixture
def zalo() -> Iterator[ZaloServer]:
    with ZaloServer() as server:
        yield server


def settings(zalo: ZaloServer, mode: str) -> dict[str, Any]:
    """The sections of a process that serves Zalo alone."""
    zalo.arrives_at = free_port()
    section = {
        "token": ZALO_TOKEN,
        "base_url": zalo.address,
        "mode": mode,
        "webhook_url": "https://tro-ly.example.vn/zalo",
        "webhook_port": zalo.arrives_at,
        "webhook_token": WEBHOOK_TOKEN,
    }
    return {"zalo": section, "telegram": {}, "watch": {"port": 0}}


def starts(process: Assistant, zalo: ZaloServer) -> None:
    process.start()
    zalo.until(lambda: zalo.pushes(zalo.says("nobody", "/start")) == 200, "it listens")


def test_killed_before_the_send_it_is_answered_by_the_next_and_known_when_it_comes_again(
    tmp_path: Path, zalo: ZaloServer
) -> None:
    with BotApiServer() as api, assistant(tmp_path, api, settings(zalo, "webhook")) as process:
        starts(process, zalo)
        zalo.holds("sendMessage")
        update = zalo.says("7", ASKED)
        assert zalo.pushes(update) == 200
        zalo.until(lambda: zalo.held, "a reply is about to be taken")
        process.kill()
        assert zalo.pushes(update) == 0
        zalo.goes_on()
        starts(process, zalo)
        assert zalo.pushes(update) == 200
        zalo.until(lambda: zalo.heard("7"), "an answer")
        assert process.rows("SELECT count(*) FROM questions") == [(1,)]
        assert process.stop() == 0
        assert [ANSWERED in each for each in zalo.heard("7")] == [True]
        assert ZALO_TOKEN not in process.log
        assert zalo.refused == []


def test_a_number_typed_to_the_next_process_picks_what_the_killed_one_offered(tmp_path: Path, zalo: ZaloServer) -> None:
    with BotApiServer() as api, assistant(tmp_path, api, settings(zalo, "webhook")) as process:
        starts(process, zalo)
        assert zalo.pushes(zalo.says("7", "/tinhdong")) == 200
        zalo.until(lambda: zalo.heard("7"), "a question")
        process.kill()
        starts(process, zalo)
        assert "[1] Mức thấp nhất" in zalo.heard("7")[0]
        assert zalo.pushes(zalo.says("7", "1")) == 200
        zalo.until(lambda: "thuộc diện nào" in zalo.heard("7")[-1], "the next question")


def test_by_polling_it_answers_and_ends_when_told_to(tmp_path: Path, zalo: ZaloServer) -> None:
    with BotApiServer() as api, assistant(tmp_path, api, settings(zalo, "polling")) as process:
        process.start()
        zalo.hands_out(zalo.says("7", ASKED))
        zalo.until(lambda: zalo.heard("7"), "an answer")
        assert ANSWERED in zalo.heard("7")[0]
        assert process.stop() == 0
        assert "loses what is under way when it is killed" in process.log
