"""The sending to a webhook: again until it is taken, each chat's in order, over no more connections than asked for."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot.testing.telegram_people import DATE
from bot.testing.telegram_pushes import TOKEN_HEADER
from bot.testing.telegram_server import BotApiServer
from tests.real_process import WEBHOOK_TOKEN

CONNECTIONS = 3
CHATS, EACH = 5, 4


class Hook(http.server.ThreadingHTTPServer):
    """Takes every update at the second time it comes; answers no one before it is let go on."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.changed = threading.Condition()
        self.came: list[int] = []
        self.taken: list[tuple[int, int]] = []
        self.tokens: set[str | None] = set()
        self.at_once = 0
        self.most_at_once = 0
        self.goes_on = False


class _Taking(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hook

    def do_POST(self) -> None:
        update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        number, hook = update["update_id"], self.server
        with hook.changed:
            hook.tokens.add(self.headers[TOKEN_HEADER])
            hook.at_once += 1
            hook.most_at_once = max(hook.most_at_once, hook.at_once)
            hook.changed.notify_all()
            hook.changed.wait_for(lambda: hook.goes_on)
            again = number in hook.came
            hook.came.append(number)
            if again:
                hook.taken.append((update["message"]["chat"]["id"], number))
            hook.at_once -= 1
        self.send_response(200 if again else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as found:
        threading.Thread(target=found.serve_forever, args=(0.05,), daemon=True).start()
        yield found
        found.shutdown()


def message(chat: int) -> dict[str, Any]:
    who = {"id": chat, "is_bot": False, "first_name": "Ba"}
    return {"message": {"message_id": 1, "date": DATE, "chat": {"id": chat, "type": "private"}, "from": who}}


def test_a_webhook_is_sent_to_as_by_telegram(hook: Hook) -> None:
    with BotApiServer() as api:
        api.queue.arrives_at = hook.server_address[1]
        numbers = [api.raw(message(chat)) for _ in range(EACH) for chat in range(1, CHATS + 1)]
        asked = {"url": "https://x.example.vn/hook", "max_connections": CONNECTIONS, "secret_token": WEBHOOK_TOKEN}
        api.queue.set_webhook(asked)
        with hook.changed:
            assert hook.changed.wait_for(lambda: hook.at_once >= CONNECTIONS, 60)
            hook.goes_on = True
            hook.changed.notify_all()
        api.until(lambda: all(api.confirmed(number) for number in numbers), "all are taken")
    assert hook.most_at_once == CONNECTIONS
    assert hook.tokens == {WEBHOOK_TOKEN}
    assert sorted(hook.came) == sorted(numbers * 2), "once refused, once taken, and never again"
    for chat in range(1, CHATS + 1):
        taken = [number for of, number in hook.taken if of == chat]
        assert taken == sorted(taken)
        assert len(taken) == EACH
