"""Zalo on a port of this machine, for a real process: it pushes to a webhook once, or hands out to who asks, once.

    with ZaloServer() as zalo:                     # zalo.address is what zalo.base_url is set to
        update = zalo.says("7", "xin chào")        # an update; nobody has it yet
        zalo.pushes(update)                        # to the port `arrives_at`: the status, 0 where nobody listens
        zalo.hands_out(update)                     # to the next who asks for updates
        zalo.holds("sendMessage")                  # calls wait, nothing is shown
        zalo.until(lambda: zalo.heard("7"), "an answer")

What is refused is refused by the rules of `zalo_rules`. Nothing here reads the clock but to wait.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from bot.testing.telegram_wire import CUT, WireAnswer, WireServer
from bot.testing.zalo_api import A_MOMENT, SECRET_HEADER, ZALO_BOT, ZALO_TOKEN
from bot.testing.zalo_rules import ZaloSaysNo, checked

_PATIENCE = 180.0
"""Seconds until what never comes is given up: no measure of speed, so that a busy machine is no failure."""
_NOBODY = 0


class ZaloServer:
    """One bot's Zalo over HTTP; see the module's first lines."""

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.RLock())
        self._shown: dict[str, list[str]] = {}
        self._waiting: deque[Mapping[str, Any]] = deque()
        self._holding: set[str] = set()
        self._held = 0
        self._numbers = 0
        self._path = ""
        self._secret = ""
        self.arrives_at = 0
        """The port at which what a webhook is sent arrives, whichever host its address names."""
        self.refused: list[str] = []
        self.photos: list[str] = []
        """The addresses of the pictures that were sent."""
        self._server: WireServer | None = None

    def __enter__(self) -> ZaloServer:
        self._server = WireServer(0, self._answer)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.goes_on()
        assert self._server is not None
        self._server.close()

    @property
    def address(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    # --- what people do, and what is seen of it

    def says(self, chat: str, text: str) -> dict[str, Any]:
        """A person types: an update with a number of its own."""
        with self._changed:
            self._numbers += 1
            head = {"from": {"id": chat, "display_name": "Bà con", "is_bot": False}, "date": A_MOMENT}
            head |= {"chat": {"id": chat, "chat_type": "PRIVATE"}, "message_id": f"m{self._numbers}"}
            return {"event_name": "message.text.received", "message": {**head, "text": text}}

    def pushes(self, update: Mapping[str, Any]) -> int:
        """Send an update to the webhook; the status it is answered with, 0 where it is not."""
        with self._changed:
            path, secret = self._path, self._secret
        address = f"http://127.0.0.1:{self.arrives_at}{path}"
        try:
            answer = httpx.post(
                address,
                json={"ok": True, "result": update},
                headers={SECRET_HEADER: secret},
                timeout=_PATIENCE,
                trust_env=False,
            )
        except httpx.TransportError:
            return _NOBODY
        return answer.status_code

    def hands_out(self, update: Mapping[str, Any]) -> None:
        """Have the next who asks given this update, and nobody after."""
        with self._changed:
            self._waiting.append(update)
            self._changed.notify_all()

    def heard(self, chat: str) -> list[str]:
        """What a person was shown so far."""
        with self._changed:
            return list(self._shown.get(chat, ()))

    @property
    def is_webhook_set(self) -> bool:
        with self._changed:
            return bool(self._path)

    @property
    def held(self) -> int:
        """How many calls wait now."""
        with self._changed:
            return self._held

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for a condition; in vain for some minutes, it is a failure."""
        end = time.monotonic() + _PATIENCE
        with self._changed:
            while not condition():
                if time.monotonic() > end:
                    raise AssertionError(f"waited in vain: {what}")
                self._changed.wait(0.05)

    # --- misbehaving

    def holds(self, method: str) -> None:
        """Calls of a method wait before they are carried out."""
        with self._changed:
            self._holding.add(method)

    def goes_on(self) -> None:
        """Nothing waits any more."""
        with self._changed:
            self._holding.clear()
            self._changed.notify_all()

    # --- what a bot does

    def _answer(self, token: str, method: str, given: Mapping[str, Any], alive: Callable[[], bool]) -> WireAnswer:
        if token != ZALO_TOKEN:
            return _said(ZaloSaysNo(401, "unauthorized", 401))
        with self._changed:
            if method in self._holding and not self._waits(method, alive):
                return CUT
            try:
                result = self._carried_out(method, checked(method, given), alive)
            except ZaloSaysNo as refused:
                self.refused.append(refused.words)
                return _said(refused)
            self._changed.notify_all()
        return WireAnswer(200, json.dumps({"ok": True, "result": result}).encode())

    def _waits(self, method: str, alive: Callable[[], bool]) -> bool:
        """Wait until calls go on; False when who called is gone."""
        self._held += 1
        self._changed.notify_all()
        try:
            while method in self._holding and alive():
                self._changed.wait(0.05)
            return alive()
        finally:
            self._held -= 1

    def _carried_out(self, method: str, fields: Mapping[str, Any], alive: Callable[[], bool]) -> object:
        match method:
            case "getMe":
                return ZALO_BOT
            case "setWebhook":
                self._path, self._secret = httpx.URL(fields["url"]).path, fields["secret_token"]
            case "deleteWebhook":
                self._path = ""
            case "getUpdates":
                return self._polled(fields.get("timeout", 0), alive)
            case "sendMessage" | "sendPhoto":
                said = fields.get("text", fields.get("caption", ""))
                self.photos += [fields["photo"]] if method == "sendPhoto" else []
                self._shown.setdefault(fields["chat_id"], []).append(said)
                self._numbers += 1
                return {"message_id": f"b{self._numbers}", "date": A_MOMENT}
        return {"url": self._path, "updated_at": A_MOMENT}

    def _polled(self, seconds: int, alive: Callable[[], bool]) -> object:
        end = time.monotonic() + seconds
        while not self._waiting and time.monotonic() < end and alive():
            self._changed.wait(0.05)
        return self._waiting.popleft() if self._waiting and alive() else {}


def _said(refused: ZaloSaysNo) -> WireAnswer:
    return WireAnswer(refused.status, json.dumps(refused.envelope).encode())
