"""Somebody with the log learns nothing of anybody: a day of a real process, its loggers at their most talkative."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.base.keys import Keys
from bot.testing import telegram_wire
from bot.testing.telegram_people import BOT, DATE
from bot.testing.telegram_server import TOKEN, BotApiServer, ShownMessage
from bot.testing.telegram_wire import status
from bot.web.guard import COOKIE
from tests.ports import free_port
from tests.real_process import Assistant, assistant
from tests.web_house import token_of

SECRET = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
CITIZEN, STRANGER, ADMIN, GROUP = 7_012_345_678, 7_087_654_321, 7_055_555_555, -1_009_988_776_655
PUBLIC = "can-bo.example.vn"
PHONE, CARD, NAME = "0912345678", "001089012345", "Nguyễn Văn Bảy"
TYPED = (
    f"tôi là {NAME}, căn cước {CARD}, điện thoại {PHONE}, đóng mấy năm thì được lương hưu",
    "tính tiền đóng",
    "mỗi tháng 350 nghìn",
    "gặp cán bộ",
    f"nhà tôi ở thôn Đoài, gọi {PHONE} giúp tôi với",
    "số sổ của tôi là 0123456789 có sao không",
)
SAID_BY_STAFF = "Bà con cầm sổ ra bưu điện Phú Nhuận gặp chị Hồng nhé"
EVERYTHING = """
import logging, sys
logging.basicConfig(level=1, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
"""
"""What an impatient technician might do: every logger there is says all it has to say."""

pytestmark = pytest.mark.slow


def test_no_log_at_any_level_tells_a_secret_a_person_or_what_was_written(tmp_path: Path) -> None:
    port, talkative = free_port(), tmp_path / "talkative"
    talkative.mkdir()
    (talkative / "sitecustomize.py").write_text(EVERYTHING)
    sections: Mapping[str, Any] = {
        "staff": {"admins": [ADMIN], "group": GROUP},
        "web": {"port": port, "public_url": f"https://{PUBLIC}"},
    }
    with BotApiServer() as api, assistant(tmp_path, api, sections) as process:
        process.start(PYTHONPATH=str(talkative), BHXH_SECRET=SECRET)
        link, session = a_day(api, process, port)
        assert process.stop() == 0
        log = process.log
    assert "DEBUG asyncio" in log, "loggers said all they had to say, as far as the software lets them"
    assert "INFO bot.service" in log
    keys = Keys(SECRET.encode())
    secrets = {
        "the token": TOKEN.partition(":")[2],
        "the secret": SECRET,
        "a link to the pages": link,
        "a session": session,
        "a phone number": PHONE,
        "an ID number": CARD,
        "a name": "Văn Bảy",
        "what was typed": "thôn Đoài",
        "a number typed": "0123456789",
        "a question": "mấy năm thì được",
        "an amount typed": "350 nghìn",
        "a comment of the staff": "Phú Nhuận",
        "a reply": "Đóng đủ 15 năm",
        **{f"the id {each}": str(each) for each in (CITIZEN, STRANGER, ADMIN, GROUP)},
        **{f"the key of {each}": keys.of("telegram", str(each)) for each in (CITIZEN, STRANGER, ADMIN)},
    }
    told = {what: lines(log, secret) for what, secret in secrets.items() if secret in log}
    assert told == {}, told


def lines(log: str, secret: str) -> list[str]:
    """The loggers that told it."""
    return sorted({line.split(" ", 2)[1] for line in log.splitlines() if secret in line and line.count(" ") > 1})


def a_day(api: BotApiServer, process: Assistant, port: int) -> tuple[str, str]:
    """Questions, a form, a rating, staff, sends that fail, updates that are none; a link used and its session."""

    def goes_on() -> None:
        assert process.running

    def all_taken(number: int) -> None:
        api.until(lambda: api.confirmed(number), "it is confirmed", goes_on)

    def answered(number: int, person: int, count: int) -> None:
        api.until(lambda: len(api.heard(person)) > count and api.confirmed(number), f"{number} is answered", goes_on)

    for text in TYPED[:3]:
        answered(api.says(CITIZEN, text), CITIZEN, len(api.heard(CITIZEN)))
    for answer in (
        telegram_wire.CUT,
        telegram_wire.HTML,
        telegram_wire.PAGE,
        status(429, "Too Many Requests", retry_after=1),
    ):
        api.misbehaves("getUpdates", answer, times=1)
        if answer is not telegram_wire.PAGE:  # of two answers that are none it would count as taken
            api.misbehaves("sendMessage", answer, times=1)
    all_taken(api.says(STRANGER, TYPED[5]))
    api.until(lambda: len(api.heard(STRANGER)) > 0, "who wrote in the middle of it is answered", goes_on)
    api.misbehaves("sendMessage", status(403, f"Forbidden: bot was blocked by {STRANGER}"), chat=STRANGER)
    api.raw({"message": {"text": TYPED[0], "chat": [CITIZEN], "from": {"id": CITIZEN}}})
    api.raw({"message": [TYPED[4], CITIZEN]})
    api.says(STRANGER, TYPED[0])
    for text in TYPED[3:5]:
        all_taken(api.says(CITIZEN, text))
    if any("Gửi" in word for each in api.heard(CITIZEN)[-2:] for word, _ in each.buttons):
        shown = next(each for each in reversed(api.heard(CITIZEN)) if any("Gửi" in word for word, _ in each.buttons))
        all_taken(api.presses(CITIZEN, shown, "Gửi"))
    api.until(lambda: any("#K1" in each.text for each in api.heard(GROUP)), "the group has the question", goes_on)
    question = next(each for each in api.heard(GROUP) if "#K1" in each.text)
    all_taken(api.raw({"message": reply_of_staff(question)}))
    api.until(lambda: any("Phú Nhuận" in each.text for each in api.heard(CITIZEN)), "the reply is there", goes_on)
    all_taken(api.says(ADMIN, "/bangdieukhien"))
    api.until(lambda: any(PUBLIC in each.text for each in api.heard(ADMIN)), "the admin has a link", goes_on)
    found = re.search(rf"https://{PUBLIC}/vao/([\w-]+)", api.heard(ADMIN)[-1].text)
    assert found is not None
    return found[1], signed_in(found[1], port)


def reply_of_staff(to: ShownMessage) -> dict[str, Any]:
    group = {"id": GROUP, "type": "supergroup", "title": "Cán bộ"}
    return {
        "message_id": 9_001,
        "date": DATE,
        "chat": group,
        "from": {"id": ADMIN, "is_bot": False, "first_name": "Cán bộ"},
        "text": SAID_BY_STAFF,
        "reply_to_message": {"message_id": to.number, "date": DATE, "chat": group, "from": BOT, "text": to.text},
    }


def signed_in(link: str, port: int) -> str:
    """The session that the link opens, after pages were seen with it, and doors tried without."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Host": PUBLIC}) as browser:
        shown = browser.get(f"/vao/{link}")
        before = shown.cookies[COOKIE]
        form = {"csrf": token_of(shown.text)}
        entered = browser.post(f"/vao/{link}", data=form, headers={"Cookie": f"{COOKIE}={before}"})
        assert entered.status_code == 303
        session = str(entered.cookies[COOKIE])
        inside = {"Cookie": f"{COOKIE}={session}"}
        for path in ("/", "/danh-gia?q=B%E1%BA%A3y", "/cau-hoi", "/chuyen-can-bo/1", "/tham-so", "/xuat/log/csv"):
            assert browser.get(path, headers=inside).status_code == 200, path
        browser.post("/ra", data={"csrf": "wrong"}, headers=inside)
        browser.get(f"/vao/{link}", headers=inside)
        browser.get("/cau-hoi")
    return session
