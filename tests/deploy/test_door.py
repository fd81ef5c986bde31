"""Caddy as deploy/Caddyfile sets it up, before a real `bhxh run` by webhook; skipped where there is no Caddy."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.testing.telegram_server import BotApiServer
from bot.testing.zalo_api import ZALO_TOKEN
from bot.testing.zalo_server import ZaloServer
from tests.commands import PATIENCE, surroundings
from tests.ports import free_port
from tests.real_process import WEBHOOK_TOKEN, assistant

CADDY = shutil.which("caddy")
ZALO_WEBHOOK_TOKEN = "Only_Zalo-is-told-this-0123456789"
CADDYFILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CADDY is None, reason="needs Debian's caddy")]


def status(port: int, path: str, method: str = "GET", **headers: str) -> int | None:
    """The status of an answer; None where nothing listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    with contextlib.closing(connection):
        try:
            connection.request(method, path, headers={"Host": "tro-ly.example.vn", **given})
            return connection.getresponse().status
        except ConnectionRefusedError:
            return None


@contextlib.contextmanager
def caddy(folder: Path, door: int, webhook: int, zalo: int, pages: int, chat: int) -> Iterator[None]:
    """Without a certificate, for names and keys are for a server of its own; else as it is served."""
    assert CADDY is not None
    given = surroundings(
        BHXH_SITE=f"http://:{door}",
        BHXH_WEBHOOKS=f"127.0.0.1:{webhook}",
        BHXH_ZALO=f"127.0.0.1:{zalo}",
        BHXH_PAGES=f"127.0.0.1:{pages}",
        BHXH_CHATS=f"127.0.0.1:{chat}",
        HOME=str(folder),
        XDG_DATA_HOME=str(folder),
        XDG_CONFIG_HOME=str(folder),
    )
    words = [CADDY, "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    with (
        (folder / "caddy.log").open("wb") as log,
        subprocess.Popen(words, env=given, stdout=log, stderr=log) as running,
    ):
        try:
            end = time.monotonic() + PATIENCE
            while status(door, "/") is None:
                assert running.poll() is None, (folder / "caddy.log").read_text()
                assert time.monotonic() < end
                time.sleep(0.05)
            yield
        finally:
            running.terminate()


def reached_at(zalo: ZaloServer, port: int) -> dict[str, object]:
    """The settings of Zalo by webhook."""
    return {
        "token": ZALO_TOKEN,
        "base_url": zalo.address,
        "mode": "webhook",
        "webhook_url": "https://tro-ly.example.vn/zalo",
        "webhook_port": port,
        "webhook_token": ZALO_WEBHOOK_TOKEN,
    }


def test_an_update_and_the_staff_come_in_and_nothing_else_does(tmp_path: Path) -> None:
    door, webhook, by_zalo, pages, chat, watch = (free_port() for _ in range(6))
    sections = {
        "web": {
            "host": "127.0.0.1",
            "port": pages,
            "public_url": "https://tro-ly.example.vn/can-bo",
            "chat_url": "https://tro-ly.example.vn",
            "chat_port": chat,
        },
        "watch": {"port": watch},
    }
    by_webhook = {
        "mode": "webhook",
        "webhook_url": "https://tro-ly.example.vn/telegram",
        "webhook_port": webhook,
        "webhook_token": WEBHOOK_TOKEN,
    }
    with (
        BotApiServer() as api,
        ZaloServer() as zalo,
        assistant(tmp_path, api, {**sections, "zalo": reached_at(zalo, by_zalo)}, **by_webhook) as bot,
        caddy(tmp_path, door, webhook, by_zalo, pages, chat),
    ):
        api.queue.arrives_at = zalo.arrives_at = door
        bot.start()
        number = api.says(7, "đóng mấy năm thì có lương hưu")
        api.until(lambda: bool(api.heard(7)) and api.confirmed(number), "an answer, by webhook and through the door")
        assert "15 năm" in api.heard(7)[-1].text

        zalo.until(lambda: zalo.is_webhook_set, "Zalo is told where to send to")
        assert zalo.pushes(zalo.says("7", "/chiase")) == 200
        zalo.until(lambda: zalo.photos, "a picture, by webhook and through the door")
        shown = urlsplit(zalo.photos[0]).path
        assert shown.startswith("/zalo/anh/")
        assert status(door, shown) == 200, "Zalo fetches it"
        assert status(door, "/zalo", "POST") == 403, "whoever does not know the token is refused within"

        assert status(watch, "/metrics") == 200, "it is told within"
        for path in (
            "/metrics",
            "/healthz",
            "/readyz",
            "/noi/x",
            "/telegram/",
            "/telegram/metrics",
            "/can-bo-x",
            "/vao/x",
            "/zalo",
            "/zalo/",
            "/zalo/anh",
            "/zalo/metrics",
        ):
            assert status(door, path) == 404, path
        for path in ("/telegram/../metrics", "/can-bo/../metrics", "/can-bo/%2e%2e/metrics", "//metrics"):
            assert status(door, path) in (301, 308, 400, 404), path
        assert status(door, "/telegram") == 404, "it is posted to"
        assert status(door, "/telegram", "POST") == 403, "whoever does not know the token is refused within"
        assert status(door, "/") == 200, "the chat page is for everybody"
        assert status(door, "/noi", "POST") == 403, "who posts needs a page of ours"
        assert status(door, "/can-bo/") not in (404, None, 502), "who is not signed in is told so by the pages"
