"""The Bot API on a port of this machine, for a real process: it keeps a queue, and misbehaves as it is told.

    with BotApiServer() as api:                         # api.address is what telegram.base_url is set to
        api.says(7, "đóng mấy năm thì có lương hưu")    # person 7 types
        api.presses(7, api.heard(7)[-1], "Chi tiết")    # and presses a button of what they heard
        api.misbehaves("sendMessage", status(502), times=3)
        api.holds("sendMessage")                        # calls wait, nothing is shown
        api.until(lambda: api.confirmed(number), "the update is confirmed")
        api.goes(); api.comes_back()                    # the network is gone, and back at the same port

An update is confirmed by a poll with a higher offset, as on Telegram, or by the 200 of a webhook, and comes again
until then (`api.queue`). What is refused is refused by the rules of `telegram_rules`. Nothing here reads the clock but
to wait. `api.queue.arrives_at` is the port at which a bot's webhook listens.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.testing.telegram_people import BOT, DATE
from bot.testing.telegram_queue import UpdateQueue
from bot.testing.telegram_rules import METHODS, ApiRefusal, bad, parameters, plain_text, units
from bot.testing.telegram_wire import CUT, WireAnswer, WireServer, status

TOKEN = "123456789:AAServer-for-tests-only-0123456789abc"
PATIENCE = 180.0
"""Seconds until what never comes is given up: no measure of speed, so that a busy machine is no failure."""

_SAYS = {"sendMessage", "sendPhoto", "sendDocument", "editMessageText"}


@dataclass(frozen=True)
class ShownMessage:
    """One message (or change of one) that a person was shown."""

    number: int
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    method: str = "sendMessage"


@dataclass
class _Misbehaviour:
    method: str
    answer: WireAnswer
    times: float
    chat: int | None


@dataclass
class _State:
    shown: dict[int, list[ShownMessage]] = field(default_factory=dict)
    calls: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    held: dict[str, int] = field(default_factory=dict)
    misbehaviours: list[_Misbehaviour] = field(default_factory=list)
    message: int = 0


class BotApiServer:
    """One bot's Bot API over HTTP; see the module's first lines."""

    def __init__(self) -> None:
        self._state = _State()
        self._changed = threading.Condition(threading.RLock())
        self.queue = UpdateQueue(self._changed)
        self._holding: set[str] = set()
        self._showing_held = False
        self._server: WireServer | None = None
        self._port = 0

    # --- the network

    def __enter__(self) -> BotApiServer:
        self.comes_back()
        return self

    def __exit__(self, *_: object) -> None:
        self.heal()
        self.queue.close()
        self.goes()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}/bot"

    def goes(self) -> None:
        """Nothing listens any more, and every connection is cut."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        with self._changed:
            self.queue.open = False
            self._changed.notify_all()

    def comes_back(self) -> None:
        """Listen, at the same port as before."""
        self.queue.open = True
        self._server = WireServer(self._port, self._answer)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    # --- what people do

    def says(self, person: int, text: str) -> int:
        """A person types; returns the number of the update."""
        return self._arrives("message", self._message(person) | {"text": text})

    def presses(self, person: int, heard: ShownMessage, wanted: str) -> int:
        """A person presses the button with these words under a message; returns the number of the update."""
        data = next(data for label, data in heard.buttons if wanted in label)
        press = {"id": str(heard.number), "from": _person(person), "chat_instance": "1", "data": data}
        shown = {"message_id": heard.number, "chat": _chat(person), "date": DATE, "from": BOT, "text": heard.text}
        return self._arrives("callback_query", press | {"message": shown})

    def raw(self, update: Mapping[str, Any]) -> int:
        """An update as it is, with a number of its own."""
        return self.queue.add(update)

    def _arrives(self, kind: str, content: Mapping[str, Any]) -> int:
        return self.raw({kind: content})

    def _message(self, person: int) -> dict[str, Any]:
        with self._changed:
            self._state.message += 1
            return {
                "message_id": self._state.message,
                "date": DATE,
                "chat": _chat(person),
                "from": _person(person),
            }

    # --- what is seen from outside

    def heard(self, person: int) -> list[ShownMessage]:
        """What a person was shown so far."""
        with self._changed:
            return list(self._state.shown.get(person, ()))

    def people(self) -> list[int]:
        """Who was shown anything."""
        with self._changed:
            return list(self._state.shown)

    def confirmed(self, number: int) -> bool:
        """Whether an update never comes again."""
        return self.queue.confirmed(number)

    def was_given(self, number: int) -> bool:
        """Whether an update was handed out at least once."""
        return self.queue.was_given(number)

    def called(self, method: str) -> int:
        """How often a method was called."""
        with self._changed:
            return sum(name == method for name, _ in self._state.calls)

    def held(self, method: str) -> int:
        """How many calls of a method wait now."""
        with self._changed:
            return self._state.held.get(method, 0)

    def until(self, condition: Callable[[], bool], what: str, also: Callable[[], object] | None = None) -> None:
        """Wait for a condition, in vain for no longer than `PATIENCE`; `also` is done at every look."""
        end = time.monotonic() + PATIENCE
        with self._changed:
            while not condition():
                if time.monotonic() > end:
                    raise AssertionError(f"waited in vain: {what}")
                if also is not None:
                    also()
                self._changed.wait(0.05)

    # --- misbehaving

    def misbehaves(self, method: str, answer: WireAnswer, times: float = float("inf"), chat: int | None = None) -> None:
        """The next `times` calls of a method (in one chat, if named) get this answer."""
        with self._changed:
            self._state.misbehaviours.append(_Misbehaviour(method, answer, times, chat))

    def holds(self, method: str, *, shown: bool = False) -> None:
        """Calls of a method wait, before they are carried out or (`shown`) after."""
        with self._changed:
            self._holding.add(method)
            self._showing_held = shown

    def heal(self) -> None:
        """Nothing misbehaves or waits any more; what waited is carried out."""
        with self._changed:
            self._state.misbehaviours.clear()
            self._holding.clear()
            self.queue.hears_no_confirmation(False)
            self._changed.notify_all()

    # --- what a bot does

    def _answer(self, token: str, method: str, given: Mapping[str, str], alive: Callable[[], bool]) -> WireAnswer:
        if token != TOKEN:
            return status(401, "Unauthorized")
        with self._changed:
            self._state.calls.append((method, given))
            self._changed.notify_all()
            wrong = self._wrong(method, given)
            if wrong is not None and not wrong.taken:
                return wrong
            held = method in self._holding
            after = held and self._showing_held
            if held and not after and not self._waits(method, alive):
                return CUT
            try:
                result = self._carried_out(method, given, alive)
            except ApiRefusal as refused:
                return status(refused.status, refused.words, **refused.parameters)
            self._changed.notify_all()
            if after and not self._waits(method, alive):
                return CUT
        return wrong or WireAnswer(200, json.dumps({"ok": True, "result": result}).encode())

    def _wrong(self, method: str, given: Mapping[str, str]) -> WireAnswer | None:
        for each in self._state.misbehaviours:
            if each.method in (method, "*") and each.chat in (None, _number(given.get("chat_id"))):
                each.times -= 1
                if each.times <= 0:
                    self._state.misbehaviours.remove(each)
                return each.answer
        return None

    def _waits(self, method: str, alive: Callable[[], bool]) -> bool:
        """Wait until calls go on; False when who called is gone."""
        self._state.held[method] = self._state.held.get(method, 0) + 1
        self._changed.notify_all()
        try:
            while method in self._holding:
                if not alive():
                    return False
                self._changed.wait(0.05)
            return alive()
        finally:
            self._state.held[method] -= 1

    def _carried_out(self, method: str, given: Mapping[str, str], alive: Callable[[], bool]) -> object:
        if method not in METHODS:
            raise ApiRefusal(404, "Not Found")
        read = parameters(method, given)
        if method == "getMe":
            return BOT
        if method == "getUpdates":
            return self.queue.poll(read, alive)
        if method in ("setWebhook", "deleteWebhook"):
            return self.queue.set_webhook(read)
        if method == "getWebhookInfo":
            return self.queue.webhook_info()
        return self._shown(method, read) if method in _SAYS else True

    def _shown(self, method: str, read: Mapping[str, Any]) -> dict[str, Any]:
        written = read.get("text", read.get("caption", ""))
        plain = plain_text(written, read.get("parse_mode"))
        if units(plain) > 4096:
            raise bad("message is too long")
        self._state.message += 1
        number = read["message_id"] if method == "editMessageText" else self._state.message
        rows = (read.get("reply_markup") or {}).get("inline_keyboard", ())
        buttons = tuple((key["text"], key.get("callback_data", "")) for row in rows for key in row)
        self._state.shown.setdefault(read["chat_id"], []).append(ShownMessage(number, plain, buttons, method))
        return {"message_id": number, "date": DATE, "chat": _chat(read["chat_id"]), "from": BOT, "text": plain}


def _person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Bà con", "language_code": "vi"}


def _chat(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private" if number > 0 else "supergroup", "first_name": "Bà con"}


def _number(written: str | None) -> int | None:
    return int(written) if written is not None and re.fullmatch(r"-?\d+", written) else None
